//! Tests, looks and budgets in project files.

use super::said;
use crate::Project;
use coalmine_controller::{
    Against, Analysis, Bound, BurnRate, Check, Healthy, Limit, Method, Metric, Millis, NoDataMeans,
    NodePolicy, Policy, Quantile, Sides,
};
use coalmine_flow::NodeId;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SPRT: Method = Method::Sprt {
    good: Limit(5_000),
    bad: Limit(10_000),
    beta: Limit(100_000),
};

fn tested(method: Method, healthy: Healthy, sides: Sides) -> Check {
    Check {
        metric: if method.ranks() {
            Metric::Latency(Quantile(9_900))
        } else {
            Metric::ErrorRate
        },
        bound: Bound {
            healthy,
            against: Against::Analysis(Analysis {
                method,
                alpha: Limit(10_000),
                sides,
            }),
        },
        window: None,
        min_requests: 500,
        no_data: NoDataMeans::Inconclusive,
    }
}

fn with_policy(policy: Policy) -> Project {
    Project {
        policy,
        ..Project::default()
    }
}

#[test]
fn every_test_every_budget_and_every_look_comes_back() {
    let methods = [
        Method::TwoProportions,
        Method::Fisher,
        Method::MannWhitney,
        Method::Pocock,
        Method::ObrienFleming,
        SPRT,
        Method::AlwaysValid {
            effect: Limit(2_500),
        },
        Method::Multinomial { concentration: 7 },
    ];
    let checks = methods.into_iter().zip(0..).map(|(method, at)| {
        let healthy = [Healthy::Above, Healthy::Below][at % 2];
        tested(method, healthy, [Sides::Both, Sides::Worse][at / 4])
    });
    let checks: Vec<Check> = checks.collect();
    let node = NodePolicy {
        checks: Some(checks.clone()),
        look_every: Some(Millis::from_secs(5)),
        ..NodePolicy::default()
    };
    let budget = |factor, long, short| BurnRate {
        objective: Limit(999_000),
        factor: Limit(factor),
        long: Millis::from_mins(long),
        short: Millis::from_mins(short),
        min_requests: 42,
    };
    let project = with_policy(Policy {
        checks,
        burn_rates: vec![budget(14_400_000, 60, 5), budget(1_000_000, 4_320, 360)],
        look_every: Some(Millis::from_secs(30)),
        nodes: [(NodeId(9), node)].into(),
        ..Policy::default()
    });
    assert_eq!(project.problems(), []);
    assert_eq!(Project::parse(&project.to_toml()).as_ref(), Ok(&project));
}

fn check(policy: &str, expected: &Expect) {
    let text = format!("schema = 1\nflow = ''\n{policy}");
    let told = match Project::parse(&text) {
        Ok(project) => {
            let file = project.to_toml();
            let from = file.find("look_every").or_else(|| file.find("[[policy"));
            let to = file.find("\n[scenario]");
            file[from.unwrap_or(0)..to.unwrap_or(file.len())].to_owned()
        }
        Err(diagnostics) => said(&text, &diagnostics),
    };
    expected.assert_eq(&told);
}

#[test]
fn what_a_test_does_not_say_goes_without_saying() {
    check(
        r#"[policy]
look_every = "30s"
trigger = []
[[policy.check]]
metric = "error-rate"
analysis = "z"
[[policy.check]]
metric = "error-rate"
analysis = "sprt"
good = "0.5%"
bad = "1%"
[[policy.check]]
metric = "error-rate"
analysis = "multinomial"
[[policy.burn_rate]]
objective = "99.9%"
factor = 14.4
long = "1h"
short = "5m"
"#,
        &expect![[r#"
            look_every = "30s"
            trigger = []

            [[policy.check]]
            metric = "error-rate"
            analysis = "z"
            alpha = "5%"
            sides = "worse"
            worse = "higher"
            min_requests = 500
            no_data = "inconclusive"

            [[policy.check]]
            metric = "error-rate"
            analysis = "sprt"
            alpha = "5%"
            good = "0.5%"
            bad = "1%"
            beta = "5%"
            sides = "worse"
            worse = "higher"
            min_requests = 500
            no_data = "inconclusive"

            [[policy.check]]
            metric = "error-rate"
            analysis = "multinomial"
            alpha = "5%"
            concentration = 100
            sides = "worse"
            worse = "higher"
            min_requests = 500
            no_data = "inconclusive"

            [[policy.burn_rate]]
            objective = "99.9%"
            factor = 14.4
            long = "1h"
            short = "5m"
            min_requests = 100
        "#]],
    );
}

#[test]
fn tests_that_cannot_be_made_are_refused() {
    check(
        r#"[[policy.check]]
metric = "error-rate"
analysis = "zz"
[[policy.check]]
metric = "error-rate"
analysis = "z"
below = "1%"
[[policy.check]]
metric = "error-rate"
analysis = "z"
good = "1%"
[[policy.check]]
metric = "error-rate"
analysis = "sprt"
good = "1%"
[[policy.trigger]]
metric = "error-rate"
analysis = "z"
window = "1m"
"#,
        &expect![[r#"
            5: `"zz"` unknown-word: `zz` is not a word that `analysis` knows (did you mean `z`?)
            9: `below` two-bounds: `below` stands beside `analysis`, and only one of them can decide (keep one of the two, or write a second [[policy.check]])
            13: `good` unknown-key: `good` is not a key of [policy.check] (known here: above, above_stable_plus, above_stable_times, alpha, analysis, below, below_stable_plus, below_stable_times, metric, min_requests, no_data, sides, window, worse)
            14: `[[policy.check]]` missing-key: `bad` is missing (add `bad = "1%"`)
            18: `[[policy.trigger]]` missing-key: the bound is missing: what is healthy? (add `below = "1%"`)
            20: `analysis` unknown-key: `analysis` is not a key of [policy.trigger] (known here: above, above_stable_plus, above_stable_times, below, below_stable_plus, below_stable_times, metric, min_requests, window)
        "#]],
    );
}

#[test]
fn numbers_that_no_test_and_no_budget_can_have_are_refused() {
    check(
        r#"[policy]
look_every = "0s"
[[policy.check]]
metric = "cpu"
analysis = "z"
[[policy.check]]
metric = "error-rate"
analysis = "mann-whitney"
[[policy.check]]
metric = "latency-p99"
analysis = "fisher"
alpha = "60%"
[[policy.check]]
metric = "error-rate"
analysis = "sprt"
good = "1%"
bad = "1%"
sides = "both"
[[policy.check]]
metric = "error-rate"
analysis = "always-valid"
effect = "0%"
[[policy.burn_rate]]
objective = "100%"
factor = 6
long = "1m"
short = "5m"
[[policy.burn_rate]]
objective = "90%"
factor = 14.4
long = "1h"
short = "5m"
"#,
        &expect![[r#"
            4: `"0s"` impossible-number: `look_every` is 0s, and cannot be less than 1s (choose from 1s to 30d)
            7: `"z"` impossible-number: this `analysis` counts events, and gauges have none (choose `mann-whitney` for latencies, another one for shares of requests, and a bound for the rest)
            10: `"mann-whitney"` impossible-number: this `analysis` ranks latencies, and this metric is none (choose `mann-whitney` for latencies, another one for shares of requests, and a bound for the rest)
            13: `"fisher"` impossible-number: this `analysis` counts events, and latencies have none (choose `mann-whitney` for latencies, another one for shares of requests, and a bound for the rest)
            14: `"60%"` impossible-number: `alpha` is 60%, and cannot be more than 50% (choose from 0.0001% to 50%)
            19: `"1%"` impossible-number: `bad` is not above `good`, so no canary could be told to be either (move one of the two, or change `worse`)
            20: `"both"` impossible-number: `sides` is both, and this test knows only good and bad (leave `sides` out)
            24: `"0%"` impossible-number: `effect` is 0%, and cannot be less than 0.0001% (choose from 0.0001% to 99.9999%)
            26: `"100%"` impossible-number: `objective` is 100%, and cannot be more than 99.9999% (choose from 0.0001% to 99.9999%)
            27: `6` impossible-number: this many times what `objective` forgives is no share of requests, so it would trip never, or always (choose another `factor`, or another `objective`)
            29: `"5m"` impossible-number: `short` is longer than `long` (swap the two)
            32: `14.4` impossible-number: this many times what `objective` forgives is no share of requests, so it would trip never, or always (choose another `factor`, or another `objective`)
        "#]],
    );
}
