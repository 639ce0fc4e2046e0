//! Whole runs: steps, analyses, people, the way back.

use crate::stage::{Stage, play};
use coalmine_controller::{
    Controller, Metric as Measured, Millis, Pods, Record,
    argo::{Analysis, Background, Metric, Pause, Provider, Routing, Spec, Step},
    binding::{Binding, Scale, Sense},
};
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

pub(crate) fn check(spec: Spec, script: &str, expected: &Expect) {
    expected.assert_eq(&play(spec, script));
}

pub(crate) fn weight(weight: u32) -> Step {
    Step {
        set_weight: Some(weight),
        ..Step::default()
    }
}

pub(crate) fn pause(seconds: u64) -> Step {
    Step {
        pause: Some(Pause::For(Millis::from_secs(seconds))),
        ..Step::default()
    }
}

fn forever() -> Step {
    Step {
        pause: Some(Pause::Indefinite),
        ..Step::default()
    }
}

/// A success rate in percent, over a minute, asked once a minute.
pub(crate) fn success_rate() -> Metric {
    let binding = Binding {
        sense: Sense::Complement,
        scale: Scale::Percent,
        ..Binding::of(Measured::ErrorRate, Millis::from_mins(1))
    };
    Metric {
        interval: Some(Millis::from_mins(1)),
        success_condition: Some("result[0] >= 95".to_owned()),
        ..Metric::new("success-rate".to_owned(), Provider::Bound(binding))
    }
}

pub(crate) fn analysis(metric: Metric) -> Analysis {
    Analysis {
        name: "success-rate".to_owned(),
        metrics: vec![metric],
        ..Analysis::default()
    }
}

pub(crate) fn watched(metric: Metric, steps: Vec<Step>) -> Spec {
    Spec {
        background: Some(Background {
            analysis: analysis(metric),
            starting_step: 0,
        }),
        ..routed(steps)
    }
}

pub(crate) fn routed(steps: Vec<Step>) -> Spec {
    Spec {
        replicas: Pods(10),
        steps,
        routing: Some(Routing::default()),
        ..Spec::default()
    }
}

pub(crate) fn step_analysis(metric: Metric) -> Step {
    Step {
        analysis: Some(analysis(metric)),
        ..Step::default()
    }
}

#[test]
fn steps_lead_to_the_promotion() {
    check(
        routed(vec![weight(20), pause(60), weight(50), forever()]),
        "5m promote",
        &expect![[r"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:20 route 20%
            0:20 at Pause 1 min
            1:20 at Set weight 50%
            1:20 canary 5
            1:40 route 50%
            1:40 at Pause until promoted
            5:00 at All pods, then 100% of traffic
            5:00 canary 10
            5:20 route 100%
            5:22 at Promote canary to stable
            5:22 promote
            5:27 at Healthy
            5:27 Succeeded: the new version serves all traffic
            5:27 complete Succeeded
        "]],
    );
}

#[test]
fn a_watch_that_fails_aborts_and_the_canary_keeps_its_pods_for_a_while() {
    check(
        watched(success_rate(), vec![weight(20), pause(600)]),
        "150s errors 10%",
        &expect![[r#"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:20 route 20%
            0:20 at Pause 10 min
            3:00 success-rate within its limits? Fail
            3:00 jump to Abort: all traffic to stable
            3:00 at Abort: all traffic to stable
            3:00 route 0%
            3:32 roll back
            3:37 at Degraded
            3:37 Aborted: analysis success-rate: Metric "success-rate" assessed Failed due to failed (1) > failureLimit (0)
            3:37 complete Aborted
        "#]],
    );
}

#[test]
fn an_analysis_that_cannot_decide_waits_for_a_person() {
    let metric = Metric {
        count: Some(2),
        success_condition: Some("result[0] >= 99".to_owned()),
        failure_condition: Some("result[0] < 90".to_owned()),
        ..success_rate()
    };
    check(
        routed(vec![weight(20), step_analysis(metric), weight(40)]),
        "10s errors 5%; 5m promote",
        &expect![[r"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:20 route 20%
            0:20 at Run success-rate
            0:20 at success-rate successful?
            0:20 success-rate successful? Inconclusive
            5:00 at Set weight 40%
            5:00 canary 4
            5:20 route 40%
            5:20 at All pods, then 100% of traffic
            5:20 canary 10
            5:40 route 100%
            5:42 at Promote canary to stable
            5:42 promote
            5:47 at Healthy
            5:47 Succeeded: the new version serves all traffic
            5:47 complete Succeeded
        "]],
    );
}

#[test]
fn the_fifth_error_in_a_row_aborts_after_forty_seconds() {
    check(
        watched(
            Metric {
                interval: Some(Millis::from_mins(5)),
                ..success_rate()
            },
            vec![weight(20), pause(600)],
        ),
        "0s no answers",
        &expect![[r#"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:20 route 20%
            0:20 at Pause 10 min
            0:40 success-rate within its limits? Fail
            0:40 jump to Abort: all traffic to stable
            0:40 at Abort: all traffic to stable
            0:40 route 0%
            1:12 roll back
            1:17 at Degraded
            1:17 Aborted: analysis success-rate: Metric "success-rate" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4): "Error Message: the query could not be carried out"
            1:17 complete Aborted
        "#]],
    );
}

#[test]
fn nothing_over_nothing_fails_at_once() {
    check(
        watched(success_rate(), vec![weight(20), pause(600)]),
        "0s no data",
        &expect![[r#"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:00 success-rate within its limits? Fail
            0:00 jump to Abort: all traffic to stable
            0:00 at Abort: all traffic to stable
            0:30 roll back
            0:35 at Degraded
            0:35 Aborted: analysis success-rate: Metric "success-rate" assessed Failed due to failed (1) > failureLimit (0)
            0:35 complete Aborted
        "#]],
    );
}

#[test]
fn a_watch_that_reaches_its_count_watches_no_more() {
    check(
        watched(
            Metric {
                count: Some(2),
                ..success_rate()
            },
            vec![weight(20), pause(300)],
        ),
        "90s errors 50%",
        &expect![[r"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:20 route 20%
            0:20 at Pause 5 min
            1:00 success-rate within its limits? Pass
            5:20 at All pods, then 100% of traffic
            5:20 canary 10
            5:40 route 100%
            5:42 at Promote canary to stable
            5:42 promote
            5:47 at Healthy
            5:47 Succeeded: the new version serves all traffic
            5:47 complete Succeeded
        "]],
    );
}

#[test]
fn a_step_analysis_decides_at_its_gate() {
    let metric = Metric {
        count: Some(3),
        ..success_rate()
    };
    check(
        routed(vec![weight(20), step_analysis(metric), weight(40)]),
        "",
        &expect![[r"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:20 route 20%
            0:20 at Run success-rate
            2:20 at success-rate successful?
            2:20 success-rate successful? Pass
            2:20 at Set weight 40%
            2:20 canary 4
            2:40 route 40%
            2:40 at All pods, then 100% of traffic
            2:40 canary 10
            3:00 route 100%
            3:02 at Promote canary to stable
            3:02 promote
            3:07 at Healthy
            3:07 Succeeded: the new version serves all traffic
            3:07 complete Succeeded
        "]],
    );
}

#[test]
fn without_a_router_pods_come_and_go_in_turns_also_on_the_way_back() {
    let steps = vec![weight(20), forever()];
    check(
        Spec {
            routing: None,
            ..routed(steps)
        },
        "5m abort",
        &expect![[r"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 stable 8
            0:00 canary 2
            0:20 route 20%
            0:20 at Pause until promoted
            5:00 jump to Abort: all traffic to stable
            5:00 at Abort: all traffic to stable
            5:00 stable 10
            5:00 canary 0
            5:00 route 0%
            5:20 roll back
            5:25 at Degraded
            5:25 Aborted: a person aborted the rollout
            5:25 complete Aborted
        "]],
    );
}

#[test]
fn without_a_router_and_steps_pods_are_replaced() {
    check(
        Spec {
            replicas: Pods(4),
            routing: None,
            ..routed(Vec::new())
        },
        "",
        &expect![[r"
            0:00 at Start
            0:00 at Replace all pods
            0:00 stable 3
            0:00 canary 2
            0:20 route 40%
            0:20 stable 1
            0:20 route 66.66%
            0:20 canary 4
            0:40 route 80%
            0:40 stable 0
            0:40 route 100%
            0:42 at Promote canary to stable
            0:42 promote
            0:47 at Healthy
            0:47 Succeeded: the new version serves all traffic
            0:47 complete Succeeded
        "]],
    );
}

#[test]
fn pods_that_never_come_end_a_rollout_only_where_it_says_so() {
    let spec = |progress_deadline_abort| Spec {
        progress_deadline_abort,
        ..routed(vec![weight(20)])
    };
    check(
        spec(true),
        "0s no pods",
        &expect![[r"
        0:00 at Start
        0:00 at Set weight 20%
        0:00 canary 2
        10:00 jump to Abort: all traffic to stable
        10:00 at Abort: all traffic to stable
        10:30 roll back
        10:35 at Degraded
        10:35 Aborted: there was no progress for 10 min
        10:35 complete Aborted
    "]],
    );
    check(
        spec(false),
        "0s no pods",
        &expect![[r"
        0:00 at Start
        0:00 at Set weight 20%
        0:00 canary 2
    "]],
    );
}

#[test]
fn stable_shrinks_with_its_traffic_and_grows_again_before_it() {
    let spec = Spec {
        routing: Some(Routing {
            dynamic_stable_scale: true,
            ..Routing::default()
        }),
        ..routed(vec![weight(20), pause(60), weight(60), forever()])
    };
    check(
        spec,
        "5m abort",
        &expect![[r"
        0:00 at Start
        0:00 at Set weight 20%
        0:00 canary 2
        0:20 route 20%
        0:20 at Pause 1 min
        0:22 stable 8
        1:20 at Set weight 60%
        1:20 canary 6
        1:40 route 60%
        1:40 at Pause until promoted
        1:42 stable 4
        5:00 jump to Abort: all traffic to stable
        5:00 at Abort: all traffic to stable
        5:00 stable 8
        5:20 route 20%
        5:20 stable 10
        5:22 canary 2
        5:40 route 0%
        6:12 roll back
        6:17 at Degraded
        6:17 Aborted: a person aborted the rollout
        6:17 complete Aborted
    "]],
    );
}

#[test]
fn people_pause_retry_and_promote_all() {
    check(
        routed(vec![weight(20), pause(60), weight(50), forever()]),
        "30s pause; 200s resume; 5m abort; 400s retry; 500s promote full",
        &expect![[r"
            0:00 at Start
            0:00 at Set weight 20%
            0:00 canary 2
            0:20 route 20%
            0:20 at Pause 1 min
            3:20 at Set weight 50%
            3:20 canary 5
            3:40 route 50%
            3:40 at Pause until promoted
            5:00 jump to Abort: all traffic to stable
            5:00 at Abort: all traffic to stable
            5:00 route 0%
            5:32 roll back
            5:37 at Degraded
            5:37 Aborted: a person aborted the rollout
            5:37 complete Aborted
            6:40 at Set weight 20%
            6:40 canary 2
            7:00 route 20%
            7:00 at Pause 1 min
            8:00 at Set weight 50%
            8:00 canary 5
            8:20 at All pods, then 100% of traffic
            8:20 canary 10
            8:40 route 100%
            8:42 at Promote canary to stable
            8:42 promote
            8:47 at Healthy
            8:47 Succeeded: the new version serves all traffic
            8:47 complete Succeeded
        "]],
    );
}

#[test]
fn a_snapshot_carries_on_identically() {
    let spec = watched(
        success_rate(),
        vec![weight(20), pause(60), weight(50), pause(90)],
    );
    let mut stage = Stage::new(spec, "100s pause; 130s resume; 170s errors 20%");
    loop {
        let mut other = stage.clone();
        let went_on = stage.step();
        assert_eq!(other.step(), went_on);
        assert_eq!(other.controller, stage.controller);
        assert_eq!(other.told, stage.told);
        if !went_on {
            break;
        }
    }
    assert!(stage.controller.position().outcome.is_some());
}

#[test]
fn everything_it_tells_of_is_in_its_diagram() {
    let metric = Metric {
        count: Some(2),
        ..success_rate()
    };
    let mut spec = watched(
        success_rate(),
        vec![
            weight(20),
            step_analysis(metric.clone()),
            step_analysis(metric),
            pause(60),
        ],
    );
    spec.name = "a \"strange\" \\ name".to_owned();
    let mut stage = Stage::new(spec, "");
    while stage.step() {}
    let plan = stage.controller.plan();
    let parsed = coalmine_flow::parse(plan.code());
    assert!(
        parsed.diagnostics.is_empty(),
        "{}\n{:#?}",
        plan.code(),
        parsed.diagnostics
    );
    let (nodes, edges) = (plan.nodes(), plan.edges());
    let mut at = plan.start();
    for record in &stage.records {
        match record {
            Record::Entered(node) => {
                assert!(nodes.contains(node));
                at = *node;
            }
            Record::Travelled(edge) => {
                assert!(edges.contains(edge));
                let drawn = parsed.diagram.edge(*edge).expect("it is in the diagram");
                assert_eq!(drawn.from, at, "the token was elsewhere");
            }
            _ => {}
        }
    }
    assert_eq!(parsed.diagram.nodes.len(), nodes.len());
}
