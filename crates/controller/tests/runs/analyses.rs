//! Gates that decide by a test of counts, looks before the end of an observation, and budgets that burn.

use crate::stage::{SEED, Stage, plan};
use coalmine_controller::{
    Against, Analysis, Bound, BurnRate, Check, Checked, Command, Evidence, FlowController, Healthy,
    Limit, Look, Method, Metric, Millis, NoDataMeans, NodePolicy, Policy, Quantile, Record,
    Recording, Sides, Verdict,
};
use coalmine_flow::NodeId;
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SPRT: Method = Method::Sprt {
    good: Limit(5_000),
    bad: Limit(10_000),
    beta: Limit(50_000),
};

fn tested(metric: Metric, method: Method, sides: Sides) -> Check {
    Check {
        metric,
        bound: Bound {
            healthy: Healthy::Below,
            against: Against::Analysis(Analysis {
                method,
                alpha: Limit(50_000),
                sides,
            }),
        },
        window: None,
        min_requests: 500,
        no_data: NoDataMeans::Inconclusive,
    }
}

fn policy(check: Check, look_every: Option<Millis>) -> Policy {
    Policy {
        checks: vec![check],
        triggers: Vec::new(),
        look_every,
        ..Policy::default()
    }
}

fn play(policy: &Policy, script: &str) -> Stage {
    let controller = FlowController::new(plan(SEED, policy), Recording::Full);
    let mut stage = Stage::new(controller, script);
    while stage.step() {}
    stage
}

/// The first check of the first decision.
fn first(stage: &Stage) -> Checked {
    let decided = stage.records.iter().find_map(|record| match record {
        Record::Decided(decision) => Some(decision.checks[0]),
        _ => None,
    });
    decided.expect("a gate decided")
}

/// The lines that contain one of these words.
fn check(policy: &Policy, script: &str, words: &[&str], expected: &Expect) {
    let stage = play(policy, script);
    let wanted = |line: &&str| words.iter().any(|word| line.contains(word));
    let told = stage.told.lines().filter(wanted);
    expected.assert_eq(&told.flat_map(|line| [line, "\n"]).collect::<String>());
}

#[test]
fn every_test_of_shares_tells_a_canary_that_is_worse_from_one_that_is_not() {
    for method in [
        Method::TwoProportions,
        Method::Fisher,
        Method::Pocock,
        Method::ObrienFleming,
        Method::AlwaysValid {
            effect: Limit(10_000),
        },
        Method::Multinomial { concentration: 100 },
    ] {
        for (script, worse, both) in [
            ("", Verdict::Pass, Verdict::Pass),
            ("1m canary errors 2%", Verdict::Fail, Verdict::Fail),
            // Surprisingly good.
            ("1m stable errors 2%", Verdict::Pass, Verdict::Fail),
            (
                "1m canary errors 2%; 1m stable errors 2%",
                Verdict::Pass,
                Verdict::Pass,
            ),
            (
                "1m canary samples 499",
                Verdict::Inconclusive,
                Verdict::Inconclusive,
            ),
            (
                "1m stable samples 0",
                Verdict::Inconclusive,
                Verdict::Inconclusive,
            ),
        ] {
            for (sides, verdict) in [(Sides::Worse, worse), (Sides::Both, both)] {
                let policy = policy(tested(Metric::ErrorRate, method, sides), None);
                let found = first(&play(&policy, script));
                assert_eq!(found.verdict, verdict, "{method:?} {script} {found:?}");
                assert_eq!(found.evidence.is_some(), verdict != Verdict::Inconclusive);
            }
        }
    }
}

#[test]
fn latencies_are_compared_by_their_ranks() {
    let p99 = Metric::Latency(Quantile(9_900));
    let policy = policy(tested(p99, Method::MannWhitney, Sides::Worse), None);
    for (script, verdict) in [
        ("", Verdict::Pass),
        ("1m canary p99 600ms", Verdict::Fail),
        ("1m canary p99 600ms; 1m stable p99 600ms", Verdict::Pass),
        ("1m canary p99 100ms", Verdict::Pass),
    ] {
        assert_eq!(first(&play(&policy, script)).verdict, verdict, "{script}");
    }
}

#[test]
fn a_sequential_test_of_the_canary_alone_extends_while_it_cannot_tell() {
    let policy = policy(tested(Metric::ErrorRate, SPRT, Sides::Worse), None);
    check(
        &policy,
        "1m canary errors 0.72%; 8m canary errors 0.1%",
        &["n9", "count", "Inconclusive"],
        &expect![[r"
            7:22 at n9
            7:22 count error rate of Canary 2:22..7:22
            7:22 n9 judged Inconclusive, error rate Inconclusive
            7:22 n9 observes to 12:22
            12:22 count error rate of Canary 2:22..12:22
            12:22 n9 judged Pass, error rate Pass
            17:44 count error rate of Canary 12:44..17:44
            23:28 count error rate of Canary 18:28..23:28
        "]],
    );
}

#[test]
fn a_decision_holds_the_numbers_of_its_test() {
    let check = tested(Metric::ErrorRate, Method::TwoProportions, Sides::Both);
    let stage = play(&policy(check, None), "1m canary errors 2%");
    let Some(Evidence {
        statistic,
        bound,
        p_value,
        interval: Some((lower, upper)),
        look,
    }) = first(&stage).evidence
    else {
        panic!("a test with an interval")
    };
    // 60 and 6 errors in 3,000 requests each: by hand.
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-5, "{found}");
    near(statistic, 6.683_803);
    near(bound, 1.959_964);
    assert!(p_value < 1e-10);
    near(lower, 0.018 - 0.005_258_6);
    near(upper, 0.018 + 0.005_258_6);
    assert_eq!(look, Look { number: 1, of: 1 });
}

#[test]
fn a_look_that_fails_cuts_the_observation_short_and_takes_the_gates_no() {
    let check_by = tested(Metric::ErrorRate, Method::Pocock, Sides::Worse);
    check(
        &policy(check_by, Some(Millis::from_mins(1))),
        "4m canary errors 2%",
        &["n8", "n9", "n11", "look", "Aborted"],
        &expect![[r"
            2:22 at n8
            2:22 n8 observes to 7:22
            3:22 n9 look 1 of 5: Pass, error rate Pass
            4:22 at n9
            4:22 n9 judged Fail, error rate Fail
            4:22 at n11
            4:52 Aborted: error rate 2% was worse than stable's 0.2% over 2min (p < 0.0001, look 2 of 5) at 5% of traffic
            4:52 complete Aborted
        "]],
    );
}

#[test]
fn probes_look_early_as_well_and_what_they_found_is_judged_at_the_last_look() {
    let check_by = tested(Metric::ErrorRate, Method::ObrienFleming, Sides::Worse);
    let policy = policy(check_by, Some(Millis::from_secs(150)));
    check(
        &policy,
        "",
        &["n15", "n16", "n17", "n18", "look 1"],
        &expect![[r"
            4:52 n9 look 1 of 2: Pass, error rate Pass
            10:14 n12 look 1 of 2: Pass, error rate Pass
            13:28 at n15
            13:28 n15 observes to 18:28
            15:58 n18 look 1 of 2: Pass, error rate Pass
            18:28 n15 probed error rate Pass
            18:28 at n16
            18:28 at n17
            18:28 at n18
            18:28 n18 judged Pass, error rate Pass
        "]],
    );
    check(
        &policy,
        "13m canary errors 2%",
        &["n15", "n16", "n18", "n20", "RolledBack"],
        &expect![[r"
            13:28 at n15
            13:28 n15 observes to 18:28
            15:58 at n16
            15:58 at n18
            15:58 n18 judged Fail, error rate Fail
            15:58 at n20
            16:28 RolledBack: error rate 2% was worse than stable's 0.2% over 2min 30s (p < 0.0001, look 1 of 2) at 100% of traffic
            16:28 complete RolledBack
        "]],
    );
}

#[test]
fn bounds_are_looked_at_early_too_and_a_gate_may_look_as_often_as_it_likes() {
    let bound = Policy::default().checks[0];
    let mut policy = policy(bound, None);
    let entry = NodePolicy {
        look_every: Some(Millis::from_mins(2)),
        ..NodePolicy::default()
    };
    policy.nodes.insert(NodeId(12), entry);
    check(
        &policy,
        "9m canary errors 2%",
        &["n9", "n12", "Aborted"],
        &expect![[r"
            7:22 at n9
            7:22 n9 judged Pass, error rate Pass
            7:44 at n12
            7:44 n12 observes to 12:44
            10:14 n12 judged Fail, error rate Fail
            10:44 Aborted: error rate 2% was not below 1% over 2min 30s at 25% of traffic
            10:44 complete Aborted
        "]],
    );
}

#[test]
fn a_paused_run_looks_on_and_leaves_no_node() {
    let check_by = tested(Metric::ErrorRate, Method::Pocock, Sides::Worse);
    check(
        &policy(check_by, Some(Millis::from_secs(150))),
        "3m pause; 4m canary errors 2%; 6m canary errors 0.2%; 9m resume",
        &["n8", "n9", "person", "Aborted"],
        &expect![[r"
            2:22 at n8
            2:22 n8 observes to 7:22
            3:00 person: Pause
            4:52 n9 look 1 of 2: Fail, error rate Fail
            9:00 person: Resume
            9:00 at n9
            9:00 n9 judged Pass, error rate Pass
        "]],
    );
}

#[test]
fn looks_are_evenly_spaced_and_tests_plan_no_more_than_twenty() {
    for (method, every, looks) in [
        (Method::TwoProportions, 5, 60),
        (Method::TwoProportions, 70, 4),
        (Method::TwoProportions, 400, 1),
        (Method::Pocock, 5, 20),
    ] {
        let every = Some(Millis::from_secs(every));
        let check = tested(Metric::ErrorRate, method, Sides::Worse);
        let stage = play(&policy(check, every), "");
        let look = first(&stage).evidence.expect("a test").look;
        let (number, of) = (looks, looks);
        assert_eq!(look, Look { number, of }, "{method:?}");
        // The first window is from 2:22 to 7:22.
        let asked = stage.commands.iter().filter_map(|(at, command)| {
            let is_count = matches!(command, Command::Count(_));
            (is_count && at.0 <= 442_000).then(|| at.0 - 142_000)
        });
        let mut asked: Vec<u64> = asked.collect();
        asked.dedup();
        let due = (1..=u64::from(looks)).map(|look| 300_000 * look / u64::from(looks));
        assert_eq!(asked, due.collect::<Vec<_>>());
    }
}

/// The objective forgives one in a thousand.
fn burning(factor: i64, long: u64, short: u64) -> Policy {
    Policy {
        burn_rates: vec![BurnRate {
            objective: Limit(999_000),
            factor: Limit(factor),
            long: Millis::from_mins(long),
            short: Millis::from_mins(short),
            min_requests: 100,
        }],
        triggers: Vec::new(),
        ..Policy::default()
    }
}

#[test]
fn a_budget_that_burns_too_fast_in_both_windows_stops_the_rollout() {
    let words = [
        "scrape",
        "jump",
        "Aborted",
        "ask error rate of Canary 0:00",
        "3:00",
    ];
    // 14.4 times too fast is 1.44 %.
    check(
        &burning(14_400_000, 60, 2),
        "150s canary errors 1.4%; 3m scrape; 190s canary errors 1.5%; 200s scrape",
        &words,
        &expect![[r"
            3:00 ask error rate of Canary 0:00..3:00
            3:00 ask error rate of Canary 1:00..3:00
            3:20 ask error rate of Canary 0:00..3:20
            3:20 jump n8 to n11, budget 0
            3:50 Aborted: the error budget of 99.9% burned 14.4 times too fast: error rate 1.5% was not below 1.44% over 3min 20s at 5% of traffic
            3:50 complete Aborted
        "]],
    );
    // Too few requests are no reason.
    check(
        &burning(14_400_000, 60, 2),
        "150s canary errors 50%; 150s canary samples 99; 3m scrape; 200s canary errors 0%; 200s canary samples 3000",
        &["jump", "Aborted"],
        &expect![[r""]],
    );
}
