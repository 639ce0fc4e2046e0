//! What the compiler makes of diagrams: meanings, what cannot run and why, what is implicit, and the fixes.

mod errors;
mod implicit;
mod lists;
mod vocabulary;
mod warnings;

use coalmine_controller::{Compiled, Policy, compile};
use coalmine_flow::{parse, place_of};
use std::fmt::Write;

/// The rollout that the product starts from.
const SEED: &str = include_str!("../../../../examples/canary.fz");

/// Compiles under the default policy.
fn compiled(code: &str) -> Compiled {
    compile(&parse(code).diagram, &Policy::default())
}

/// Everything that was found, a line each: place, severity, code, message.
fn findings(code: &str, policy: &Policy) -> String {
    let compiled = compile(&parse(code).diagram, policy);
    let mut text = String::new();
    for found in &compiled.diagnostics {
        let place = place_of(code, found.span.start);
        let (line, column) = (place.line, place.column);
        let message = found.message.replace('\u{2009}', "");
        let (severity, code) = (found.severity, &found.code);
        let _ = writeln!(text, "{line}:{column} {severity:?} {code}: {message}");
        if let Some(suggestion) = &found.suggestion {
            let _ = writeln!(text, "    {}", suggestion.replace('\u{2009}', ""));
        }
    }
    let runs = if compiled.plan.is_some() {
        "runs"
    } else {
        "does not run"
    };
    let _ = writeln!(text, "{runs}");
    text
}

/// A diagram in one lane. Nodes as `1 circle Start`, edges as `1>2` or `1>2 Yes`, in any order.
fn drawn(statements: &[&str]) -> String {
    let mut code = String::from("L { # Lane\n");
    for statement in statements {
        let (head, rest) = statement.split_once(' ').unwrap_or((statement, ""));
        if let Some((from, to)) = head.split_once('>') {
            let _ = write!(code, "n{from}.handle(right) -> n{to}.handle(left)");
            if !rest.is_empty() {
                let _ = write!(code, " [label=\"{rest}\"]");
            }
        } else {
            let (shape, label) = rest.split_once(' ').unwrap_or((rest, ""));
            let _ = write!(code, "n{head}: {shape} label:\"{label}\"");
        }
        code.push('\n');
    }
    code.push_str("}\n");
    code
}
