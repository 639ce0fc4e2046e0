//! Steps of the rarer kinds.

use crate::{
    runs::{analysis, check, pause, routed, success_rate, weight},
    stage::play,
};
use coalmine_controller::{
    Millis,
    argo::{CanaryScale, Experiment, ExperimentAnalysis, Metric, Plugin, Route, Step},
};
use expect_test::expect;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn pods_apart_from_weight_routes_plugins_and_experiments_take_their_turns() {
    let route = |matches: Option<&str>| Route {
        name: "testers".to_owned(),
        matches: matches.map(str::to_owned),
    };
    let steps = vec![
        Step {
            set_canary_scale: Some(CanaryScale::Replicas(3)),
            ..Step::default()
        },
        Step {
            header_route: Some(route(Some("header x"))),
            ..Step::default()
        },
        Step {
            plugin: Some(Plugin {
                name: "smoke-test".to_owned(),
                takes: Millis::from_secs(45),
            }),
            ..Step::default()
        },
        Step {
            experiment: Some(Experiment {
                duration: Some(Millis::from_mins(2)),
                analyses: Vec::new(),
            }),
            ..Step::default()
        },
        Step {
            set_canary_scale: Some(CanaryScale::MatchTrafficWeight),
            ..Step::default()
        },
        weight(10),
        Step {
            header_route: Some(route(None)),
            ..Step::default()
        },
        pause(0),
    ];
    check(
        routed(steps),
        "",
        &expect![[r"
        0:00 at Start
        0:00 at Scale canary to 3 pods
        0:00 canary 3
        0:20 at Set header route testers
        0:20 at Run plugin smoke-test
        1:05 at Experiment 2 min
        3:05 at Scale canary with its traffic
        3:05 canary 0
        3:05 at Set weight 10%
        3:05 canary 1
        3:25 route 10%
        3:25 at Remove header route testers
        3:25 at Pause 0 s
        3:25 at All pods, then 100% of traffic
        3:25 canary 10
        3:45 route 100%
        3:47 at Promote canary to stable
        3:47 promote
        3:52 at Healthy
        3:52 Succeeded: the new version serves all traffic
        3:52 complete Succeeded
    "]],
    );
}

#[test]
fn the_analyses_of_an_experiment_decide_it_together() {
    let experiment = |count| Step {
        experiment: Some(Experiment {
            duration: Some(Millis::from_mins(5)),
            analyses: [success_rate(), success_rate()]
                .map(|metric| ExperimentAnalysis {
                    analysis: analysis(Metric {
                        count: Some(count),
                        ..metric
                    }),
                    required: true,
                })
                .into(),
        }),
        ..Step::default()
    };
    let told = play(routed(vec![experiment(2)]), "");
    assert!(
        told.contains("1:00 success-rate, success-rate successful? Pass"),
        "{told}"
    );
    let told = play(routed(vec![experiment(3)]), "90s errors 50%");
    assert!(
        told.contains("2:00 success-rate, success-rate successful? Fail"),
        "{told}"
    );
}
