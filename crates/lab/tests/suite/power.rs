//! What gates can see: the closed form, the simulation, and the two against each other.

use crate::setting::{Limit, diagram};
use coalmine_controller::{Metric, Policy};
use coalmine_flow::NodeId;
use coalmine_lab::{Design, Power, Quality, Release, Way, chance_to_fail};
use coalmine_sim::{Kit, Rate, Scenario, Seed, Traffic};
use coalmine_stats::proportion::{Count, wilson};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn design(per_second: u64) -> Design {
    let scenario = Scenario {
        traffic: Traffic::constant(Rate(per_second * 1_000)),
        ..Scenario::default()
    };
    Design {
        diagram: diagram(),
        policy: Policy::default(),
        releases: vec![Release::new("good", Quality::Good, scenario)],
    }
}

#[test]
fn the_closed_form_agrees_with_the_simulated_gate_over_a_grid_of_sizes() {
    let design = design(200);
    let power = Power::new(&design, Seed(7), 250).expect("it runs");
    let mut kit = Kit::default();
    let sights = power.sights(Limit(10_000), &mut kit);
    let first = &sights[0];
    assert_eq!(
        (first.gate, first.metric, first.way),
        (NodeId(9), Metric::ErrorRate, Way::Exact)
    );
    for size in [0, 5_000, 6_500, 7_500, 8_500, 10_000, 13_000] {
        let p = (2_000 + size) as f64 / 1e6;
        let expected = chance_to_fail(first.samples, p, 0.01, 500);
        let place = (first.gate, first.metric, first.weight);
        let (successes, trials) = power.simulate(place, Limit(size), &mut kit);
        assert_eq!(trials, 250);
        // 99.9 %, because there are several sizes.
        let interval = wilson(Count { successes, trials }, 0.999);
        let is_in = interval.lower - 1e-3 <= expected && expected <= interval.upper + 1e-3;
        assert!(is_in, "{size}: {expected} against {successes} of {trials}");
    }
}

#[test]
fn the_chance_to_fail_is_the_sum_over_all_counts() {
    // Few requests: by hand over every pair of counts.
    let (mean, p, bound) = (12.0, 0.1, 0.2);
    let pmf = coalmine_stats::poisson_pmf;
    let mut by_hand = 0.0;
    for errors in 0..60_u64 {
        for others in 0..80_u64 {
            let all = errors + others;
            if 5 <= all && bound * all as f64 <= errors as f64 {
                by_hand += pmf(mean * p, errors) * pmf(mean * (1.0 - p), others);
            }
        }
    }
    assert!((chance_to_fail(mean, p, bound, 5) - by_hand).abs() < 1e-9);
    assert!(chance_to_fail(mean, 0.0, bound, 1) < 1e-12);
    assert!(chance_to_fail(10.0, 0.5, 0.01, 1_000) < 1e-12);
}

#[test]
fn a_gate_with_little_traffic_is_blind_and_told_what_it_would_need() {
    let busy = design(200);
    let quiet = design(4);
    let mut kit = Kit::default();
    let mut sights = |design: &Design| {
        let power = Power::new(design, Seed(7), 60).expect("it runs");
        power.sights(Limit(12_000), &mut kit).remove(0)
    };
    let (busy, quiet) = (sights(&busy), sights(&quiet));
    assert!(!busy.is_blind() && 0.8 <= busy.catches.expect("errors"));
    assert!(
        (2_800.0..3_050.0).contains(&busy.samples),
        "{}",
        busy.samples
    );
    let caught = busy.smallest_80.expect("it catches some").0;
    assert!((8_000..10_500).contains(&caught), "{caught}");
    assert!(busy.smallest_80 < busy.smallest_95);
    assert!(quiet.is_blind(), "{quiet:?}");
    // Four requests a second at 5 % never come to the 500 that the check needs in five minutes.
    assert_eq!((quiet.smallest_80, quiet.catches), (None, Some(0.0)));
    let needed = quiet.needed_window.expect("long enough is enough");
    assert!(quiet.window < needed && quiet.weight < quiet.needed_weight.expect("below all"));
}

#[test]
fn a_regression_below_the_bound_is_never_caught_and_latency_is_found_by_simulation() {
    let design = design(200);
    let power = Power::new(&design, Seed(7), 40).expect("it runs");
    let sights = power.sights(Limit(3_000), &mut Kit::default());
    assert_eq!(sights[0].needed_window, None);
    assert!(sights[0].is_blind());
    let latency = sights
        .iter()
        .find(|sight| matches!(sight.metric, Metric::Latency(_)));
    let latency = latency.expect("it is judged");
    assert_eq!(latency.way, Way::Simulated);
    // p99 is some 256 ms in a bucket that ends at 500 ms.
    let size = latency.smallest_80.expect("some latency is too long").0;
    assert!((100_000..1_500_000).contains(&size), "{size}");
}
