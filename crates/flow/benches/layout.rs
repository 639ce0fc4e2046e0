//! How long a large diagram takes from its text to a layout: a rollout of 200 nodes in four lanes.

use coalmine_flow::{layout, parse};
use std::fmt::Write as _;

/// Steps and gates in turn, each gate with a way round.
fn diagram(count: u32) -> String {
    let lane = |n: u32| (n - 1) * 4 / count;
    let mut code = String::new();
    for number in 0..4 {
        writeln!(code, "L{number} {{ # Lane {number}").expect("a string takes everything");
        for n in (1..=count).filter(|n| lane(*n) == number) {
            write_node(&mut code, n, count, lane);
        }
        code += "}\n";
    }
    code
}

fn write_node(code: &mut String, n: u32, count: u32, lane: impl Fn(u32) -> u32) {
    let is_gate = n.is_multiple_of(5) && n < count;
    let (shape, label) = match n {
        1 => ("circle", "Start".to_owned()),
        n if n == count => ("circle", "End".to_owned()),
        _ if is_gate => ("diamond", "Healthy?".to_owned()),
        _ => ("rectangle", "Wait 1 min".to_owned()),
    };
    let mut put = |text: String| *code += &(text + "\n");
    put(format!("n{n}: {shape} label:\"{label}\""));
    if n < count {
        let target = if lane(n) == lane(n + 1) {
            String::new()
        } else {
            format!("L{}.", lane(n + 1))
        };
        let word = if is_gate { " [label=\"Yes\"]" } else { "" };
        put(format!(
            "n{n}.handle(right) -> {target}n{}.handle(left){word}",
            n + 1
        ));
    }
    if is_gate && n + 3 < count && lane(n + 3) == lane(n) {
        put(format!(
            "n{n}.handle(bottom) -> n{}.handle(bottom) [label=\"No\"]",
            n + 3
        ));
    }
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
#[expect(clippy::print_stdout, reason = "a bench tells what it measured")]
fn main() {
    let text = diagram(200);
    let parsed = parse(&text);
    let best = |work: &dyn Fn()| {
        let times = (0..20).map(|_| {
            let begin = std::time::Instant::now();
            work();
            begin.elapsed().as_secs_f64() * 1e3
        });
        times.fold(f64::INFINITY, f64::min)
    };
    let reading = best(&|| drop(std::hint::black_box(parse(&text))));
    let laying = best(&|| drop(std::hint::black_box(layout(&parsed.diagram))));
    println!(
        "{} nodes, {} edges: read in {reading:.2} ms, laid out in {laying:.2} ms",
        parsed.diagram.nodes.len(),
        parsed.diagram.edges.len()
    );
}
