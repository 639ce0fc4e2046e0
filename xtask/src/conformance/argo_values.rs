//! What the vectors about Argo Rollouts write, as our types.

use super::case::{Case, Lack, number};
use coalmine_controller::{
    Millis, Pods,
    argo::{
        Amount, CanaryScale, Metric, Pause, Phase, Provider, Routing, Spec, Step, Threshold,
        condition,
        scaling::{PodSet, Situation},
    },
};
use serde_json::Value;

/// What a case lacks or writes in a way that is not known.
pub(crate) fn lack(what: &str) -> Lack {
    Lack(format!("expected {what}"))
}

/// A whole number, where there is one.
pub(crate) fn whole(value: &Value, name: &str) -> Option<i64> {
    value.get(name)?.as_i64()
}

pub(crate) fn small(value: &Value, name: &str) -> Option<u32> {
    u32::try_from(whole(value, name)?).ok()
}

pub(crate) fn truth(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

pub(crate) fn text(value: &Value, name: &str) -> Option<String> {
    Some(value.get(name)?.as_str()?.to_owned())
}

/// Milliseconds of a number of seconds.
pub(crate) fn seconds(value: &Value, name: &str) -> Option<Millis> {
    let found = value.get(name).and_then(number)?;
    (0.0..1e12)
        .contains(&found)
        .then(|| format!("{:.0}", found * 1_000.0).parse().ok().map(Millis))
        .flatten()
}

pub(crate) fn phase(word: &str) -> Result<Phase, Lack> {
    Ok(match word {
        "" | "Pending" => Phase::Pending,
        "Running" => Phase::Running,
        "Successful" => Phase::Successful,
        "Inconclusive" => Phase::Inconclusive,
        "Error" => Phase::Error,
        "Failed" => Phase::Failed,
        _ => return Err(lack("the name of a phase")),
    })
}

/// The phase called `name`, where there is one.
pub(crate) fn phase_at(value: &Value, name: &str) -> Result<Option<Phase>, Lack> {
    value
        .get(name)
        .and_then(Value::as_str)
        .map(phase)
        .transpose()
}

/// A metric in the words of its file.
pub(crate) fn metric(value: &Value) -> Metric {
    let name = text(value, "name").unwrap_or_default();
    Metric {
        interval: seconds(value, "interval_s"),
        initial_delay: seconds(value, "initial_delay_s"),
        count: whole(value, "count"),
        success_condition: text(value, "success_condition"),
        failure_condition: text(value, "failure_condition"),
        failure_limit: whole(value, "failure_limit"),
        inconclusive_limit: whole(value, "inconclusive_limit"),
        consecutive_error_limit: whole(value, "consecutive_error_limit"),
        consecutive_success_limit: whole(value, "consecutive_success_limit"),
        ..Metric::new(name, Provider::Unbound(String::new()))
    }
}

/// A typed value, as providers return it.
pub(crate) fn value(case: &Value) -> Result<condition::Value, Lack> {
    use condition::{Elements, Value as Found};
    let kind = case.get("type").and_then(Value::as_str);
    let of = case.get("v").unwrap_or(&Value::Null);
    let wrong = || lack("a value of a known type");
    let list = || of.as_array().ok_or_else(wrong);
    Ok(match kind {
        Some("float") => Found::Float(number(of).ok_or_else(wrong)?),
        Some("floats") => {
            let values: Option<Vec<f64>> = list()?.iter().map(number).collect();
            Found::floats(values.ok_or_else(wrong)?)
        }
        Some("int") => Found::Int(of.as_i64().ok_or_else(wrong)?),
        Some("ints") => {
            let values = list()?.iter().filter_map(Value::as_i64).map(Found::Int);
            Found::List(Elements::Ints, values.collect())
        }
        Some("bool") => Found::Bool(of.as_bool().ok_or_else(wrong)?),
        Some("string") => Found::Text(of.as_str().ok_or_else(wrong)?.to_owned()),
        Some("strings") => {
            let values = list()?.iter().filter_map(Value::as_str);
            Found::texts(values.map(str::to_owned))
        }
        Some("json") => json(of),
        // What is not there has no type either.
        Some("nil" | "nil_float_ptr" | "nil_list") => Found::Nil,
        _ => return Err(wrong()),
    })
}

/// Decoded JSON: every number is a float.
fn json(of: &Value) -> condition::Value {
    use condition::{Elements, Value as Found};
    match of {
        Value::Null => Found::Nil,
        Value::Bool(truth) => Found::Bool(*truth),
        Value::Number(number) => Found::Float(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Found::Text(text.clone()),
        Value::Array(values) => Found::List(Elements::Any, values.iter().map(json).collect()),
        Value::Object(values) => {
            let values = values
                .iter()
                .map(|(name, value)| (name.clone(), json(value)));
            Found::Map(values.collect())
        }
    }
}

/// Pods, or a share of them; nothing where the field is absent, and a mistake where it is no amount.
pub(crate) fn amount(value: Option<&Value>) -> Result<Option<Amount>, Lack> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => match Amount::read(text) {
            Some(amount) => Ok(Some(amount)),
            None => Err(lack("an amount of pods")),
        },
        Some(other) => {
            let pods = other.as_u64().and_then(|pods| u32::try_from(pods).ok());
            pods.map(|pods| Some(Amount::Pods(pods)))
                .ok_or_else(|| lack("an amount of pods"))
        }
    }
}

pub(crate) fn pod_set(value: Option<&Value>) -> Option<PodSet> {
    let of = value.filter(|value| value.is_object())?;
    let available = small(of, "available").unwrap_or(0);
    let asked = small(of, "spec").unwrap_or(0);
    Some(PodSet {
        asked,
        available,
        created: small(of, "created").unwrap_or(asked),
    })
}

pub(crate) fn threshold(value: Option<&Value>) -> Option<Threshold> {
    let of = value?;
    let amount = whole(of, "value")?;
    match of.get("type")?.as_str()?.to_ascii_lowercase().as_str() {
        "percent" | "percentage" => Some(Threshold::Percent(amount)),
        "pods" | "pod" => Some(Threshold::Pods(amount)),
        _ => None,
    }
}

fn step(value: &Value) -> Step {
    let mut step = Step {
        set_weight: small(value, "set_weight"),
        ..Step::default()
    };
    if let Some(pause) = value.get("pause") {
        let duration = seconds(pause, "duration_s").or_else(|| seconds(pause, "duration"));
        step.pause = Some(duration.map_or(Pause::Indefinite, Pause::For));
    }
    if let Some(scale) = value.get("set_canary_scale") {
        step.set_canary_scale = if truth(scale, "match_traffic_weight") {
            Some(CanaryScale::MatchTrafficWeight)
        } else if let Some(pods) = small(scale, "replicas") {
            Some(CanaryScale::Replicas(pods))
        } else {
            small(scale, "weight").map(CanaryScale::Weight)
        };
    }
    step
}

pub(crate) fn steps(value: &Value) -> Vec<Step> {
    let list = value.get("steps").and_then(Value::as_array);
    list.into_iter().flatten().map(step).collect()
}

/// A rollout in the words of its file, as far as scaling depends on it.
pub(crate) fn spec(value: &Value, routed: bool) -> Result<Spec, Lack> {
    let routing = routed.then(|| Routing {
        max_weight: small(value, "max_weight")
            .or_else(|| small(value, "max_traffic_weight"))
            .unwrap_or(100),
        dynamic_stable_scale: truth(value, "dynamic_stable_scale"),
        abort_scale_down_delay: seconds(value, "abort_scale_down_delay_s"),
        scale_down_delay: seconds(value, "scale_down_delay_s"),
        min_pods: small(value, "min_pods_per_replica_set").map(Pods),
    });
    Ok(Spec {
        release: coalmine_controller::argo::Release::V1_10,
        replicas: Pods(small(value, "replicas").unwrap_or(1)),
        steps: steps(value),
        max_surge: amount(value.get("max_surge"))?,
        max_unavailable: amount(value.get("max_unavailable"))?,
        routing,
        progress_threshold: threshold(
            value
                .get("threshold")
                .or_else(|| value.get("replica_progress_threshold")),
        ),
        ..Spec::default()
    })
}

/// Where a rollout stands.
pub(crate) fn situation(value: &Value) -> Situation {
    Situation {
        canary: pod_set(value.get("canary")),
        stable: pod_set(value.get("stable")),
        older: pod_set(value.get("older")).unwrap_or_default(),
        canary_is_stable: truth(value, "canary_is_stable"),
        no_stable: truth(value, "no_stable_hash"),
        replicas: small(value, "replicas").unwrap_or(1),
        index: value
            .get("current_step_index")
            .and_then(Value::as_u64)
            .map_or(0, |index| usize::try_from(index).unwrap_or(usize::MAX)),
        aborted: truth(value, "abort"),
        promote_full: truth(value, "promote_full"),
        rolls_back_to_stable: truth(value, "rollback_to_stable"),
        weight: small(value, "current_canary_weight"),
    }
}

/// The object called `name`, or the case itself.
pub(crate) fn object<'a>(case: &'a Case<'_>, name: &str) -> &'a Value {
    case.value(name).unwrap_or_else(|| case.json())
}
