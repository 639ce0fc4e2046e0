//! The lines of a trace, to the letter: other programs read them.

use super::*;
use crate::{decode, encode};
use coalmine_controller::{
    Analysis, BurnRate, Burned, CommandId, Evidence, Limit, Look, Method, Metric, Millis, Pods,
    Quantile, Query, Sides, Time, Weight, Window,
};
use coalmine_flow::parse;
use coalmine_sim::PodId;
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check() -> Checked {
    Checked {
        query: Query {
            metric: Metric::Latency(Quantile(9_900)),
            version: Version::Canary,
            window: Window {
                from: Time(5_000),
                to: Time(305_000),
            },
        },
        canary: Reading::Value {
            value: 0.245,
            samples: 3_012,
        },
        stable: Some(Reading::NoData),
        bound: Bound {
            healthy: Healthy::Below,
            against: Against::StableTimes(Limit(1_500_000)),
        },
        min_requests: 500,
        verdict: Verdict::Pass,
        evidence: None,
    }
}

fn lines(kinds: Vec<EventKind>) -> String {
    let diagram = parse(Project::default().code.as_str()).diagram;
    let mut scenario = Scenario::default();
    if let Some(failure) = coalmine_sim::library::failure("one-endpoint") {
        failure.inject(&mut scenario);
    }
    kinds
        .into_iter()
        .map(|kind| event(&Event { at: Time(1), kind }, &diagram, &scenario) + "\n")
        .collect()
}

#[test]
fn every_record_of_a_controller_has_its_line() {
    let kinds = vec![
        EventKind::Controller(Record::Entered(NodeId(6))),
        EventKind::Controller(Record::Travelled(EdgeId(2))),
        EventKind::Controller(Record::Jumped {
            from: NodeId(8),
            to: NodeId(11),
            cause: Cause::Trigger(0, check()),
        }),
        EventKind::Controller(Record::Jumped {
            from: NodeId(8),
            to: NodeId(8),
            cause: Cause::Failure("a \"quoted\"\nreason".to_owned()),
        }),
        EventKind::Controller(Record::Jumped {
            from: NodeId(8),
            to: NodeId(11),
            cause: Cause::Operator,
        }),
        EventKind::Controller(Record::Observing {
            node: NodeId(8),
            until: Time(9),
        }),
        EventKind::Controller(Record::Probed {
            node: NodeId(15),
            checked: check(),
        }),
        EventKind::Controller(Record::Decided(Decision {
            node: NodeId(9),
            verdict: Verdict::Inconclusive,
            checks: vec![],
            next: Next::ExtendedTo(Time(10)),
        })),
        EventKind::Controller(Record::Decided(Decision {
            node: NodeId(9),
            verdict: Verdict::Fail,
            checks: vec![check()],
            next: Next::Took(EdgeId(8)),
        })),
        EventKind::Controller(Record::Operator {
            act: Operator::Pause,
            heeded: true,
        }),
        EventKind::Controller(Record::Ended {
            outcome: Outcome::RolledBack,
            reason: "why".to_owned(),
        }),
    ];
    expect![[r#"
        {"at_ms":1,"event":"entered","node":"n6"}
        {"at_ms":1,"event":"travelled","edge":2,"from":"n3","to":"n6"}
        {"at_ms":1,"event":"jumped","from":"n8","to":"n11","cause":"trigger","trigger":0,"check":{"metric":"latency-p99","from_ms":5000,"to_ms":305000,"value":0.245,"samples":3012,"stable_value":null,"stable_samples":0,"healthy":"below","against":"stable-times","limit":1.5,"min_requests":500,"verdict":"pass"}}
        {"at_ms":1,"event":"jumped","from":"n8","to":"n8","cause":"failure","why":"a \"quoted\"\nreason"}
        {"at_ms":1,"event":"jumped","from":"n8","to":"n11","cause":"operator"}
        {"at_ms":1,"event":"observing","node":"n8","until_ms":9}
        {"at_ms":1,"event":"probed","node":"n15","check":{"metric":"latency-p99","from_ms":5000,"to_ms":305000,"value":0.245,"samples":3012,"stable_value":null,"stable_samples":0,"healthy":"below","against":"stable-times","limit":1.5,"min_requests":500,"verdict":"pass"}}
        {"at_ms":1,"event":"decided","node":"n9","verdict":"inconclusive","checks":[],"next":"extended","until_ms":10}
        {"at_ms":1,"event":"decided","node":"n9","verdict":"fail","checks":[{"metric":"latency-p99","from_ms":5000,"to_ms":305000,"value":0.245,"samples":3012,"stable_value":null,"stable_samples":0,"healthy":"below","against":"stable-times","limit":1.5,"min_requests":500,"verdict":"pass"}],"next":"took","edge":8,"from":"n9","to":"n11"}
        {"at_ms":1,"event":"operator","act":"pause","heeded":true}
        {"at_ms":1,"event":"ended","outcome":"rolled-back","reason":"why"}
    "#]].assert_eq(&lines(kinds));
}

#[test]
fn tests_looks_and_budgets_have_their_lines() {
    let tested = Checked {
        bound: Bound {
            healthy: Healthy::Below,
            against: Against::Analysis(Analysis {
                method: Method::AlwaysValid {
                    effect: Limit(2_500),
                },
                alpha: Limit(50_000),
                sides: Sides::Worse,
            }),
        },
        verdict: Verdict::Fail,
        evidence: Some(Evidence {
            statistic: 3.5,
            bound: 3.0,
            p_value: 0.03,
            interval: Some((0.25, 1.0)),
            look: Look { number: 2, of: 5 },
        }),
        ..check()
    };
    let burned = Burned {
        place: 1,
        rate: BurnRate {
            objective: Limit(999_000),
            factor: Limit(14_400_000),
            long: Millis::from_mins(60),
            short: Millis::from_mins(5),
            min_requests: 100,
        },
        long: check(),
        short: check(),
    };
    let kinds = vec![
        EventKind::Controller(Record::Looked {
            node: NodeId(9),
            look: Look { number: 2, of: 5 },
            verdict: Verdict::Fail,
            checks: vec![tested],
        }),
        EventKind::Controller(Record::Jumped {
            from: NodeId(8),
            to: NodeId(11),
            cause: Cause::BurnRate(Box::new(burned)),
        }),
    ];
    // A test takes another form on its way from the worker: nothing of it is lost.
    assert_eq!(decode(&encode(&kinds)).as_ref(), Ok(&kinds));
    assert_eq!(decode(&encode(&check())), Ok(check()));
    expect![[r#"
        {"at_ms":1,"event":"looked","node":"n9","look":2,"looks":5,"verdict":"fail","checks":[{"metric":"latency-p99","from_ms":5000,"to_ms":305000,"value":0.245,"samples":3012,"stable_value":null,"stable_samples":0,"healthy":"below","against":"analysis","analysis":"always-valid","alpha":0.05,"sides":"worse","effect":0.0025,"min_requests":500,"verdict":"fail","statistic":3.5,"critical":3,"p_value":0.03,"difference_lower":0.25,"difference_upper":1,"look":2,"looks":5}]}
        {"at_ms":1,"event":"jumped","from":"n8","to":"n11","cause":"burn-rate","burn_rate":1,"objective":0.999,"factor":14.4,"long":{"metric":"latency-p99","from_ms":5000,"to_ms":305000,"value":0.245,"samples":3012,"stable_value":null,"stable_samples":0,"healthy":"below","against":"stable-times","limit":1.5,"min_requests":500,"verdict":"pass"},"short":{"metric":"latency-p99","from_ms":5000,"to_ms":305000,"value":0.245,"samples":3012,"stable_value":null,"stable_samples":0,"healthy":"below","against":"stable-times","limit":1.5,"min_requests":500,"verdict":"pass"}}
    "#]].assert_eq(&lines(kinds));
}

#[test]
fn every_other_event_has_its_line() {
    let kinds = vec![
        EventKind::Asked(CommandId(4), Command::ScaleCanary(Pods(5))),
        EventKind::Done(CommandId(4)),
        EventKind::CouldNot(CommandId(4), "no".to_owned()),
        EventKind::Routed(Weight::FULL),
        EventKind::Pod {
            pod: PodId(20),
            version: Version::Canary,
            change: PodChange::OutOfMemory,
        },
        EventKind::FaultBegan(0),
        EventKind::FaultEnded(0),
        EventKind::Closed,
    ];
    expect![[r#"
        {"at_ms":1,"event":"asked","id":4,"command":"scale-canary","pods":5}
        {"at_ms":1,"event":"done","id":4}
        {"at_ms":1,"event":"could-not","id":4,"why":"no"}
        {"at_ms":1,"event":"routed","weight_bp":10000}
        {"at_ms":1,"event":"pod","pod":20,"version":"canary","change":"out-of-memory"}
        {"at_ms":1,"event":"fault-began","fault":0,"kind":"error-rate","target":"canary"}
        {"at_ms":1,"event":"fault-ended","fault":0}
        {"at_ms":1,"event":"closed"}
    "#]]
    .assert_eq(&lines(kinds));
}

#[test]
fn the_first_line_names_the_format_and_the_seed() {
    let expected = format!(
        r#"{{"schema":"coalmine.trace/1","version":"{}","name":"checkout-api","seed":"7"}}"#,
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(header(&Project::default()), expected);
}

#[test]
fn the_last_line_holds_the_verdict_and_the_hash() {
    let summary = Summary {
        outcome: Outcome::Aborted,
        reason: "error rate".to_owned(),
        ended: Time(3),
        closed: Time(4),
        onset: Some(Time(1)),
        detected: None,
        weight_at_detection: Weight::from_basis_points(500),
        canary_requests: 1,
        canary_bad: 2,
        bad_by_fault: 3,
        requests: 4,
        bad: 5,
        bad_by_cause: BadByCause {
            faults: vec![3, 0],
            load: 0,
            plan: 1,
            background: 1,
        },
        fault_onsets: vec![Some(Time(1)), None],
        budget_burned: 1_250_000,
        trace_hash: 0xabc,
    };
    expect![[r#"{"verdict":"aborted","sentence":"Aborted at 5 % after 0 s; 3 requests went bad that would have been fine","reason":"error rate","ended_ms":3,"closed_ms":4,"onset_ms":1,"detected_ms":null,"weight_at_detection_bp":500,"canary_requests":1,"canary_bad":2,"bad_by_fault":3,"requests":4,"bad":5,"bad_by_cause":{"faults":[3,0],"load":0,"plan":1,"background":1},"fault_onsets_ms":[1,null],"budget_burned":1.25,"trace_hash":"0000000000000abc"}"#]].assert_eq(&verdict(&summary));
}

#[test]
fn a_scrape_has_the_truth_beside_what_was_measured() {
    let of = |canary| Sample {
        at: Time(5_000),
        weight: Weight::FULL,
        stable: VersionSample::default(),
        canary,
    };
    let canary = VersionSample {
        requests: 1_000,
        failed: 12,
        error_rate: Some(0.012),
        latency_p99: None,
        cpu: Some(0.5),
        memory: Some(0.25),
        ready: 20,
        sent: 1_001,
        true_error_rate: Some(0.01),
        true_latency_p99: Some(0.256),
    };
    expect![[r#"{"at_ms":5000,"event":"sample","weight_bp":10000,"stable":{"requests":0,"failed":0,"error_rate":null,"latency_p99":null,"cpu":null,"memory":null,"ready":0,"sent":0,"true_error_rate":null,"true_latency_p99":null},"canary":{"requests":1000,"failed":12,"error_rate":0.012,"latency_p99":null,"cpu":0.5,"memory":0.25,"ready":20,"sent":1001,"true_error_rate":0.01,"true_latency_p99":0.256}}"#]].assert_eq(&sample(&of(canary)));
}
