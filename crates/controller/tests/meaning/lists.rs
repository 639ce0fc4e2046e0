//! What an inspector shows beside the diagram.

use crate::{SEED, compiled};
use coalmine_controller::WindowSource;
use expect_test::expect;
use std::fmt::Write;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn the_seed_lists_its_steps_observations_and_gates_in_the_order_of_a_healthy_run() {
    let compiled = compiled(SEED);
    let mut text = String::new();
    for step in compiled.steps() {
        let number = step.share_span.unwrap().of(SEED);
        let _ = writeln!(text, "{} {} written {number}", step.node, step.weight);
    }
    for observation in compiled.observations() {
        let source = match observation.source {
            WindowSource::Node => "node",
            WindowSource::Drawn => "drawn",
            WindowSource::Policy => "policy",
        };
        let _ = writeln!(text, "{} {} {source}", observation.node, observation.window);
    }
    for gate in compiled.gates() {
        let _ = writeln!(text, "{} {} checks", gate.node, gate.checks.len());
    }
    expect![[r"
        n6 5% written 5
        n10 25% written 25
        n13 50% written 50
        n14 100% written 100
        n8 5min policy
        n12 5min policy
        n15 5min policy
        n9 4 checks
        n12 4 checks
        n18 4 checks
    "]]
    .assert_eq(&text.replace('\u{2009}', ""));
}
