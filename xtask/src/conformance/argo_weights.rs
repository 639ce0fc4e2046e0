//! Vectors of pods and weights: each family through the rule that the product offers for it.

#![expect(clippy::unnecessary_wraps, reason = "all checks have one form")]

use super::{
    argo_scenarios,
    argo_values::{
        amount, lack, object, pod_set, situation, small, spec, steps, threshold, truth, whole,
    },
    case::{Case, Check, Lack},
};
use coalmine_controller::{
    Millis,
    argo::{
        Amount, Plan, Release, Spec,
        scaling::{
            DelayMeans, Limits, PodSet, Scaling, Situation, Split, Strategy,
            abort_scale_down_delay, carries, ideal_split, is_within_rollback_window, pods_for,
            pods_for_scale_down, resolve, router_weight, scale_down_delay, step_weight,
            threshold_met,
        },
    },
};
use serde_json::{Value, json};

/// The families, each with its check.
pub(crate) const CHECKS: [(&str, Check); 22] = [
    ("ideal_split", split),
    ("computed_ideal_split", split),
    ("basic_canary", pass),
    ("traffic_routed", pass),
    ("computed_traffic_routed", pass),
    ("computed_basic_canary_paths", path),
    ("abort_desired_weight", abort_weight),
    ("step_weight", weight_of_step),
    ("weight_to_pods_ceil", pods_of_weight),
    ("max_surge_unavailable_fenceposts", fenceposts),
    ("max_surge_unavailable", limits),
    ("computed_max_surge_unavailable", limits),
    ("max_surge_unavailable_validation", limits_valid),
    ("pods_considered_for_scale_down", scale_down),
    ("replica_progress_threshold", progress_threshold),
    ("at_desired_counts", at_desired),
    ("traffic_gate", gate),
    ("router_weight", router),
    ("rollback_window", window),
    ("promotion_gate", promotion),
    ("scale_down_delays", delays),
    ("e2e_scenarios", argo_scenarios::check),
];

fn expect_split(case: &mut Case<'_>, found: Split) {
    case.expect_value("expected/canary", &json!(found.canary));
    case.expect_value("expected/stable", &json!(found.stable));
}

fn split(case: &mut Case<'_>) -> Result<(), Lack> {
    let found = ideal_split(
        case.small("replicas")?,
        case.small("weight")?,
        case.small("max_weight").unwrap_or(100),
        case.small("max_surge")?,
    );
    expect_split(case, found);
    Ok(())
}

fn pass(case: &mut Case<'_>) -> Result<(), Lack> {
    let of = object(case, "rollout");
    let spec = spec(of, truth(of, "traffic_routing"))?;
    let now = situation(of);
    let found = Scaling {
        spec: &spec,
        now: &now,
    }
    .pass();
    expect_split(case, found);
    Ok(())
}

/// Pass after pass until nothing changes, every pod being available at once.
fn path(case: &mut Case<'_>) -> Result<(), Lack> {
    let replicas = case.small("replicas")?;
    let mut spec = spec(case.json(), false)?;
    spec.steps = vec![coalmine_controller::argo::Step {
        set_weight: Some(case.small("set_weight")?),
        ..Default::default()
    }];
    let first = case.value("path_canary_stable/0").cloned();
    let first = first.ok_or_else(|| lack("a path"))?;
    let at = |place: usize| first.get(place).and_then(Value::as_u64).unwrap_or(0);
    let mut pods = [at(0), at(1)].map(|pods| u32::try_from(pods).unwrap_or(0));
    let mut walked = vec![json!(pods)];
    for _ in 0..200 {
        let now = Situation {
            canary: Some(PodSet::all(pods[0])),
            stable: Some(PodSet::all(pods[1])),
            replicas,
            ..Situation::default()
        };
        let next = Scaling {
            spec: &spec,
            now: &now,
        }
        .pass();
        if next.stable != pods[1] {
            pods[1] = next.stable;
        } else if next.canary != pods[0] {
            pods[0] = next.canary;
        } else {
            break;
        }
        walked.push(json!(pods));
    }
    case.expect_value("path_canary_stable", &Value::Array(walked));
    Ok(())
}

fn abort_weight(case: &mut Case<'_>) -> Result<(), Lack> {
    let of = object(case, "rollout");
    let spec = spec(of, true)?;
    let now = situation(of);
    let found = Scaling {
        spec: &spec,
        now: &now,
    }
    .abort_desired_weight();
    case.expect_value("expected/desired_canary_weight", &json!(found));
    Ok(())
}

fn weight_of_step(case: &mut Case<'_>) -> Result<(), Lack> {
    let of = object(case, "rollout");
    let now = situation(of);
    let max = small(of, "max_weight").unwrap_or(100);
    let found = step_weight(&steps(of), now.index, now.aborted, max);
    case.expect_value("expected/set_weight", &json!(found));
    Ok(())
}

fn pods_of_weight(case: &mut Case<'_>) -> Result<(), Lack> {
    let max = case.small("max_weight").unwrap_or(100);
    let found = pods_for(case.small("weight")?, max, case.small("replicas")?);
    case.expect_value("expected/pods", &json!(found));
    Ok(())
}

fn expect_limits(case: &mut Case<'_>, found: Limits) {
    case.expect_value("expected/max_surge", &json!(found.surge));
    case.expect_value("expected/max_unavailable", &json!(found.unavailable));
}

fn fenceposts(case: &mut Case<'_>) -> Result<(), Lack> {
    let surge = amount(case.value("max_surge"));
    let unavailable = amount(case.value("max_unavailable"));
    let is_wrong = surge.is_err() || unavailable.is_err();
    if case.value("expected/error").is_some() {
        case.expect_value("expected/error", &json!(is_wrong));
        return Ok(());
    }
    let none = Amount::Pods(0);
    let (surge, unavailable) = (surge?.unwrap_or(none), unavailable?.unwrap_or(none));
    let found = resolve(surge, unavailable, case.small("replicas")?);
    expect_limits(case, found);
    Ok(())
}

fn limits(case: &mut Case<'_>) -> Result<(), Lack> {
    let given = case.json();
    // A rollout that is no canary has neither.
    let strategy = given
        .get("strategy")
        .map(|value| value.as_str() == Some("canary"));
    let no_strategy = truth(given, "no_canary_strategy") || truth(given, "no_strategy");
    let found = if strategy == Some(false) || no_strategy {
        Limits {
            surge: 0,
            unavailable: 0,
        }
    } else {
        Limits::of(
            amount(case.value("max_surge"))?,
            amount(case.value("max_unavailable"))?,
            case.small("replicas")?,
        )
    };
    expect_limits(case, found);
    Ok(())
}

fn limits_valid(case: &mut Case<'_>) -> Result<(), Lack> {
    let (surge, unavailable) = (
        amount(case.value("max_surge")),
        amount(case.value("max_unavailable")),
    );
    let told = match (surge, unavailable) {
        (Ok(max_surge), Ok(max_unavailable)) => {
            let spec = Spec {
                max_surge,
                max_unavailable,
                ..Spec::default()
            };
            let faults = Plan::new(spec).err().unwrap_or_default();
            faults.iter().map(ToString::to_string).collect()
        }
        // What is no amount cannot be read.
        (Err(Lack(told)), _) | (_, Err(Lack(told))) => vec![told],
    };
    case.expect_value("expected/valid", &json!(told.is_empty()));
    case.expect_part("expected/message_contains", &told.join("; "));
    Ok(())
}

fn scale_down(case: &mut Case<'_>) -> Result<(), Lack> {
    let set = pod_set(case.value("replica_set"));
    let found = pods_for_scale_down(set, truth(case.json(), "ignore_availability"));
    case.expect_value("expected/pods", &json!(found));
    Ok(())
}

fn progress_threshold(case: &mut Case<'_>) -> Result<(), Lack> {
    let available = pod_set(case.value("replica_set")).map(|set| set.available);
    let found = threshold_met(
        threshold(case.value("threshold")),
        available,
        case.small("desired")?,
    );
    case.expect_value("expected/met", &json!(found));
    Ok(())
}

fn at_desired(case: &mut Case<'_>) -> Result<(), Lack> {
    let of = object(case, "rollout");
    let spec = spec(of, truth(of, "traffic_routing"))?;
    let now = situation(of);
    let found = Scaling {
        spec: &spec,
        now: &now,
    }
    .is_at_desired();
    case.expect_value("expected/at_desired", &json!(found));
    Ok(())
}

fn gate(case: &mut Case<'_>) -> Result<(), Lack> {
    let found = carries(
        pod_set(case.value("replica_set")),
        case.small("weight_on_it")?,
        case.small("max_weight").unwrap_or(100),
        case.small("replicas")?,
        threshold(case.value("threshold")),
    );
    case.expect_value("expected/enough_for_weight", &json!(found));
    Ok(())
}

fn router(case: &mut Case<'_>) -> Result<(), Lack> {
    let of = object(case, "rollout");
    let spec = spec(of, true)?;
    let now = situation(of);
    let scaling = Scaling {
        spec: &spec,
        now: &now,
    };
    // Where the router is not called, the weight in force stays.
    let found = router_weight(scaling).or(now.weight);
    let additional = experiment_weights(of, now.index);
    match found {
        Some(found) => case.expect_value("expected/canary_weight", &json!(found)),
        None => case.expect_value("expected/canary_weight", &Value::Null),
    }
    case.expect_value("expected/additional_weights", &additional);
    Ok(())
}

/// The shares of an experiment that is running.
fn experiment_weights(of: &Value, index: usize) -> Value {
    let is_running = of.get("experiment_phase").and_then(Value::as_str) == Some("Running");
    // The last experiment at or before the step.
    let templates = (0..=index)
        .rev()
        .find_map(|step| of.pointer(&format!("/steps/{step}/experiment/templates")));
    let weights = templates.and_then(Value::as_array).into_iter().flatten();
    let weights = weights.filter_map(|template| whole(template, "weight"));
    json!(if is_running {
        weights.collect::<Vec<_>>()
    } else {
        Vec::new()
    })
}

fn window(case: &mut Case<'_>) -> Result<(), Lack> {
    let sets = case
        .value("replica_sets_oldest_first")
        .and_then(Value::as_array);
    // What is written as a text belongs to an experiment and does not count.
    let sets: Vec<u32> = sets
        .into_iter()
        .flatten()
        .filter_map(|set| u32::try_from(set.as_u64()?).ok())
        .collect();
    let new = small(case.json(), "new");
    let revisions = case.small("window_revisions").unwrap_or(0);
    let found = is_within_rollback_window(&sets, case.small("stable")?, new, revisions);
    case.expect_value("expected/within_window", &json!(found));
    Ok(())
}

fn promotion(case: &mut Case<'_>) -> Result<(), Lack> {
    let replicas = case.small("replicas")?;
    let available = case.small("canary_available")?;
    let spec = Spec {
        release: Release::V1_10,
        steps: vec![coalmine_controller::argo::Step::default()],
        progress_threshold: threshold(case.value("threshold")),
        ..Spec::default()
    };
    let now = Situation {
        canary: Some(PodSet {
            asked: replicas,
            available,
            created: replicas,
        }),
        replicas,
        index: usize::from(truth(case.json(), "all_steps_done")),
        ..Situation::default()
    };
    let found = Scaling {
        spec: &spec,
        now: &now,
    }
    .promotes();
    case.expect_value("expected/promotes", &json!(found));
    Ok(())
}

fn delays(case: &mut Case<'_>) -> Result<(), Lack> {
    let given = case.json();
    let strategy = match (
        given.get("strategy").and_then(Value::as_str),
        truth(given, "traffic_routing"),
    ) {
        (Some("canary"), true) => Strategy::RoutedCanary,
        (Some("canary"), false) => Strategy::BasicCanary,
        (Some("blueGreen"), _) => Strategy::BlueGreen,
        (None, _) => Strategy::None,
        (Some(_), _) => return Err(lack("a known strategy")),
    };
    let said = super::argo_values::seconds(given, "value");
    if case.text("field") == Some("scaleDownDelaySeconds") {
        let found = scale_down_delay(strategy, said);
        case.expect_value("expected/delay_s", &json!(found.0 / 1_000));
        return Ok(());
    }
    let (means, explicit) = abort_scale_down_delay(strategy, said);
    let (delay, word) = match means {
        DelayMeans::AtOnce => (json!(0), "at once"),
        DelayMeans::After(Millis(millis)) => (json!(millis / 1_000), "after the delay"),
        DelayMeans::Never => (Value::Null, "never"),
    };
    case.expect_value("expected/explicit", &json!(explicit));
    if means == DelayMeans::Never {
        // How the absence of a delay is written is the file's affair.
        let expected = case
            .value("expected/delay_s")
            .cloned()
            .unwrap_or(Value::Null);
        let is_none = expected.is_null() || expected == json!(0);
        case.expect_that("no delay", is_none, "never");
        let meaning = case.text("expected/meaning").unwrap_or("never").to_owned();
        let is_never = meaning != "at once" && meaning != "after the delay";
        case.expect_that("the canary to keep its pods", is_never, "never");
        return Ok(());
    }
    case.expect_value("expected/delay_s", &delay);
    case.expect_value("expected/meaning", &json!(word));
    Ok(())
}
