//! Vectors of analyses: each family through the rule that the product offers for it.

use super::{
    argo_runs,
    argo_values::{lack, metric, phase, phase_at, seconds, text, truth, value, whole},
    case::{Case, Check, Lack},
};
use coalmine_controller::{
    Time,
    argo::{
        Metric, Phase, Release, Retention,
        analysis::{
            Argument, Counters, Due, Measurement, Progress, Written, assess, due, is_terminating,
            joined, kept, limit_of, matched, merge, names_once, next_due, over_a_limit, validate,
        },
        condition, duration,
    },
};
use serde_json::{Value, json};

/// The families, each with its check.
pub(crate) const CHECKS: [(&str, Check); 18] = [
    ("metric_cases", metric_case),
    ("counter_cases", counter_case),
    ("measurement_sequences", sequence),
    ("condition_cases", condition_case),
    ("expression_cases", expression),
    ("time_expression_cases", time_expression),
    ("provider_cases", provider),
    ("schedule_cases", schedule),
    ("run_cases", argo_runs::run_case),
    ("rollout_effects", argo_runs::rollout_effect),
    ("phase_order", phase_order),
    ("terminating_cases", terminating),
    ("validation_cases", validation),
    ("pause_durations", pause_duration),
    ("duration_strings", duration_string),
    ("argument_cases", arguments),
    ("name_rule_cases", name_rule),
    ("retention_cases", retention),
];

/// An instant that vectors count from: late enough for everything to lie after zero.
pub(crate) const NOW: Time = Time(1_000_000_000);

fn counters(of: &Value) -> Counters {
    let count = |name: &str| whole(of, name).unwrap_or(0);
    Counters {
        count: count("count"),
        successful: count("successful"),
        failed: count("failed"),
        inconclusive: count("inconclusive"),
        error: count("error"),
        consecutive_error: count("consecutive_error"),
        consecutive_success: count("consecutive_success"),
    }
}

fn expect_counters(case: &mut Case<'_>, prefix: &str, found: &Counters) {
    for (name, found) in [
        ("count", found.count),
        ("successful", found.successful),
        ("failed", found.failed),
        ("inconclusive", found.inconclusive),
        ("error", found.error),
        ("consecutive_error", found.consecutive_error),
        ("consecutive_success", found.consecutive_success),
    ] {
        case.expect_value(&format!("{prefix}/{name}"), &json!(found));
    }
}

fn metric_case(case: &mut Case<'_>) -> Result<(), Lack> {
    let metric = metric(case.value("metric").unwrap_or(&Value::Null));
    let state = case.value("state").unwrap_or(&Value::Null);
    let counters = counters(state);
    let last = phase_at(state, "last_measurement_phase")?;
    let before = phase_at(state, "phase")?.unwrap_or(Phase::Pending);
    let found = assess(
        &metric,
        before,
        last,
        &counters,
        truth(case.json(), "terminating"),
    );
    case.expect_value("expected/metric_phase", &json!(found.word()));
    let told = over_a_limit(&metric, &counters).map(|(_, told)| told);
    case.expect_part("expected/message_contains", &told.unwrap_or_default());
    Ok(())
}

fn counter_case(case: &mut Case<'_>) -> Result<(), Lack> {
    let mut found = counters(case.value("before").unwrap_or(&Value::Null));
    found.add(phase(case.text("measurement_phase").unwrap_or_default())?);
    expect_counters(case, "expected", &found);
    Ok(())
}

const fn setting(release: Release) -> condition::Setting {
    condition::Setting { release, now: 0 }
}

/// What one measurement of a sequence comes to: as it says, or as the conditions judge its value.
fn measured(metric: &Metric, of: &Value) -> Result<Phase, Lack> {
    if let Some(phase) = phase_at(of, "phase")? {
        return Ok(phase);
    }
    let result = value(of.get("value").ok_or_else(|| lack("a value or a phase"))?)?;
    Ok(judged(metric, &result).0)
}

pub(crate) fn judged(metric: &Metric, result: &condition::Value) -> (Phase, Option<String>) {
    let (success, failure) = (&metric.success_condition, &metric.failure_condition);
    condition::assess(
        success.as_deref(),
        failure.as_deref(),
        result,
        setting(Release::V1_10),
    )
}

fn sequence(case: &mut Case<'_>) -> Result<(), Lack> {
    let metric = metric(case.value("metric").unwrap_or(&Value::Null));
    let list = case
        .value("measurements")
        .and_then(Value::as_array)
        .cloned();
    let mut phase = Phase::Pending;
    let mut last = None;
    let mut counters = Counters::default();
    let mut completes = Value::Null;
    let mut phases = Vec::new();
    for (number, of) in (1..).zip(list.iter().flatten()) {
        let found = measured(&metric, of)?;
        phases.push(json!(found.word()));
        if phase.is_complete() {
            continue;
        }
        counters.add(found);
        last = Some(found);
        phase = assess(&metric, phase, last, &counters, false);
        if phase.is_complete() {
            completes = json!(number);
        }
    }
    let terminated = assess(&metric, phase, last, &counters, true);
    case.expect_value("expected/metric_phase", &json!(phase.word()));
    case.expect_value("expected/completes_at_measurement", &completes);
    case.expect_value("expected/if_terminated_now", &json!(terminated.word()));
    case.expect_value("expected/measurement_phases", &Value::Array(phases));
    expect_counters(case, "expected/counters", &counters);
    let told = over_a_limit(&metric, &counters).map(|(_, told)| told);
    case.expect_part("expected/message_contains", &told.unwrap_or_default());
    Ok(())
}

fn condition_case(case: &mut Case<'_>) -> Result<(), Lack> {
    let result = value(case.value("value").unwrap_or(&Value::Null))?;
    let (success, failure) = (
        case.text("success_condition"),
        case.text("failure_condition"),
    );
    let judge = |release| condition::assess(success, failure, &result, setting(release));
    let (newest, told) = judge(Release::V1_10);
    let (older, _) = judge(Release::V1_9);
    case.expect_value("expected/phase", &json!(newest.word()));
    case.expect_part("expected/error_contains", &told.unwrap_or_default());
    let in_older = ["phase_in_v1.9.1", "expected/phase_in_v1.9.1"];
    let said = in_older.iter().find(|name| case.value(name).is_some());
    let said = said.copied().unwrap_or("expected/phase");
    case.expect_value(said, &json!(older.word()));
    Ok(())
}

fn expression(case: &mut Case<'_>) -> Result<(), Lack> {
    let result = value(case.value("value").unwrap_or(&Value::Null))?;
    let expression = case.text("expression").unwrap_or_default();
    match condition::holds(expression, &result, setting(Release::V1_10)) {
        Ok(truth) => case.expect_value("expected/result", &json!(truth)),
        Err(mistake) => {
            case.expect_value("expected/result", &Value::Null);
            case.expect_part("expected/error_contains", &mistake.to_string());
        }
    }
    Ok(())
}

fn time_expression(case: &mut Case<'_>) -> Result<(), Lack> {
    let expression = case.text("expression").unwrap_or_default();
    let found = condition::evaluate(expression, &condition::Value::Nil, setting(Release::V1_10));
    let is_instant = matches!(found, Ok(condition::Value::Instant(_)));
    let from_now = expression.contains("now()") && is_instant;
    case.expect_value("expected/error", &json!(!is_instant));
    let told = match &found {
        Ok(value) => value.to_string(),
        Err(mistake) => mistake.to_string(),
    };
    // What is counted from now is only known to be an instant.
    if from_now {
        case.expect_that("an instant", is_instant, &told);
    } else {
        case.expect_value("expected/time", &json!(told));
    }
    Ok(())
}

/// A simulated query is bound to what is measured: there is no request that could go wrong.
fn provider(case: &mut Case<'_>) -> Result<(), Lack> {
    case.not_simulated(
        "a query is bound to what the world measures; requests to a provider are not simulated",
    );
    Ok(())
}

fn ago(of: &Value, name: &str) -> Option<Time> {
    Some(NOW.before(seconds(of, name)?))
}

fn progress(of: &Value) -> Result<Progress, Lack> {
    let mut progress = Progress {
        phase: phase_at(of, "metric_phase")?.unwrap_or(Phase::Running),
        ..Progress::default()
    };
    progress.counters = counters(of);
    let Some(last) = of.get("last_measurement").filter(|last| last.is_object()) else {
        return Ok(progress);
    };
    let finished = ago(last, "finished_s_ago");
    let resume = whole(last, "resume_in_s").map(|seconds| {
        let millis = seconds.unsigned_abs() * 1_000;
        Time(if seconds < 0 {
            NOW.0 - millis
        } else {
            NOW.0 + millis
        })
    });
    progress.last = Some(Measurement {
        phase: phase_at(last, "phase")?.unwrap_or(Phase::Running),
        started: ago(last, "started_s_ago").or(finished).unwrap_or(NOW),
        finished,
        resume_at: resume,
    });
    Ok(progress)
}

fn schedule(case: &mut Case<'_>) -> Result<(), Lack> {
    let started = match case.json().get("run_started_s_ago") {
        Some(_) => ago(case.json(), "run_started_s_ago"),
        // Every run but a new one has begun.
        None if truth(case.json(), "first_pass") => None,
        None => Some(Time(0)),
    };
    let is_new = case
        .json()
        .get("run_started_s_ago")
        .is_some_and(Value::is_null);
    let started = if is_new { None } else { started };
    let list = case.value("metrics").and_then(Value::as_array).cloned();
    let mut metrics = Vec::new();
    for of in list.iter().flatten() {
        metrics.push((metric(of.get("metric").unwrap_or(of)), progress(of)?));
    }
    let terminating = truth(case.json(), "terminating") || truth(case.json(), "terminate");
    let words = metrics.iter().map(|(metric, progress)| {
        let in_flight = progress
            .last
            .as_ref()
            .is_some_and(|last| last.finished.is_none());
        match due(metric, progress, started, NOW) {
            Due::Now if terminating => json!(false),
            Due::Now => json!(true),
            Due::Resume => json!("resume"),
            Due::At(_) if terminating && in_flight => json!("resume"),
            Due::At(_) | Due::Never => json!(false),
        }
    });
    let words = words.collect();
    case.expect_value("expected/measure_now", &Value::Array(words));
    let pairs = metrics.iter().map(|(metric, progress)| (metric, progress));
    let next = next_due(pairs, started, NOW);
    let next = next.map_or(Value::Null, |at| json!(at.since(NOW).0 / 1_000));
    case.expect_value("expected/next_in_s", &next);
    Ok(())
}

fn phase_order(case: &mut Case<'_>) -> Result<(), Lack> {
    let current = phase(case.text("current").unwrap_or_default())?;
    let new = phase(case.text("new").unwrap_or_default())?;
    case.expect_value("expected/new_is_worse", &json!(new.is_worse_than(current)));
    Ok(())
}

fn terminating(case: &mut Case<'_>) -> Result<(), Lack> {
    let list = case.value("metric_results").and_then(Value::as_array);
    let mut phases = Vec::new();
    for of in list.into_iter().flatten() {
        phases.push((
            phase_at(of, "phase")?.unwrap_or(Phase::Pending),
            truth(of, "dry_run"),
        ));
    }
    let found = is_terminating(phases, truth(case.json(), "terminate_requested"));
    case.expect_value("expected/terminating", &json!(found));
    Ok(())
}

fn validation(case: &mut Case<'_>) -> Result<(), Lack> {
    let list = case.value("metrics").and_then(Value::as_array).cloned();
    let list = list.unwrap_or_default();
    let metrics: Vec<Metric> = list.iter().map(metric).collect();
    let texts: Vec<[Option<String>; 2]> = list
        .iter()
        .map(|of| [text(of, "interval"), text(of, "initial_delay")])
        .collect();
    let written: Vec<Written<'_>> = metrics
        .iter()
        .zip(&texts)
        .zip(&list)
        .map(|((metric, [interval, delay]), of)| Written {
            metric,
            interval: interval.as_deref(),
            initial_delay: delay.as_deref(),
            providers: whole(of, "providers")
                .map_or(1, |count| usize::try_from(count).unwrap_or(0)),
        })
        .collect();
    let found = validate(&written);
    case.expect_value("expected/valid", &json!(found.is_ok()));
    case.expect_part(
        "expected/message_contains",
        &found.err().unwrap_or_default(),
    );
    Ok(())
}

fn pause_duration(case: &mut Case<'_>) -> Result<(), Lack> {
    let given = match case.json().get("value") {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Null) | None => {
            // No duration at all waits for a person.
            case.expect_value("expected/seconds", &json!(0));
            case.expect_value("expected/valid", &json!(true));
            return Ok(());
        }
        Some(_) => return Err(lack("a duration")),
    };
    let found = duration::pause_seconds(&given);
    case.expect_value("expected/seconds", &json!(found));
    case.expect_value("expected/valid", &json!(0 <= found));
    Ok(())
}

fn duration_string(case: &mut Case<'_>) -> Result<(), Lack> {
    let Some(given) = case.json().get("value").and_then(Value::as_str) else {
        // The file must write a text.
        case.expect_value("expected/error", &json!(true));
        return Ok(());
    };
    let found = duration::nanos(given);
    case.expect_value("expected/error", &json!(found.is_none()));
    if let Some(nanos) = found {
        case.expect("expected/seconds", nanos as f64 / 1e9);
    }
    Ok(())
}

fn argument_list(of: Option<&Value>) -> Vec<Argument> {
    let list = of.and_then(Value::as_array).into_iter().flatten();
    let argument = |of: &Value| Argument {
        name: text(of, "name").unwrap_or_default(),
        value: text(of, "value"),
    };
    list.map(argument).collect()
}

fn arguments(case: &mut Case<'_>) -> Result<(), Lack> {
    if mentions(
        case.json(),
        &["value_from", "valueFrom", "secret", "secret_key_ref"],
    ) {
        case.not_simulated("there are no secrets and no fields of live objects to read from");
        return Ok(());
    }
    let names = case
        .value("templates_metrics")
        .and_then(Value::as_array)
        .cloned();
    let mut found: Result<Vec<Argument>, _> = Ok(Vec::new());
    if let Some(templates) = names {
        let all = templates
            .iter()
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str);
        found = names_once(all).map(|()| Vec::new());
    }
    let templates = case
        .value("templates_args")
        .and_then(Value::as_array)
        .cloned();
    let declared = match templates {
        Some(templates) => {
            let templates: Vec<_> = templates.iter().map(|of| argument_list(Some(of))).collect();
            joined(&templates)
        }
        None => Ok(argument_list(case.value("in_template"))),
    };
    let given = argument_list(case.value("from_rollout"));
    let found = found.and_then(|_| merge(&given, &declared?));
    match found {
        Ok(arguments) => {
            let told = arguments.iter().map(|argument| match &argument.value {
                Some(value) => json!({ "name": argument.name, "value": value }),
                None => json!({ "name": argument.name }),
            });
            case.expect_value("expected/args", &told.collect());
            case.expect_value("expected/error", &Value::Null);
        }
        Err(error) => {
            case.expect_part("expected/error", &error.to_string());
            case.expect_part("expected/error_contains", &error.to_string());
        }
    }
    Ok(())
}

/// Whether a key of this name is anywhere in a value.
fn mentions(of: &Value, names: &[&str]) -> bool {
    match of {
        Value::Object(values) => values
            .iter()
            .any(|(name, value)| names.contains(&name.as_str()) || mentions(value, names)),
        Value::Array(values) => values.iter().any(|value| mentions(value, names)),
        _ => false,
    }
}

fn texts(of: Option<&Value>) -> Vec<String> {
    let list = of.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn name_rule(case: &mut Case<'_>) -> Result<(), Lack> {
    let found = matched(&texts(case.value("rules")), &texts(case.value("metrics")));
    match found {
        Ok(names) => case.expect_value("expected/matched", &json!(names)),
        Err(told) => {
            if case.value("expected/error") == Some(&json!(true)) {
                case.expect_value("expected/error", &json!(true));
            } else if case.text("expected/error").is_some() {
                case.expect_that("an error", !told.is_empty(), &told);
            } else {
                case.expect_value("expected/matched", &json!("a mistake"));
            }
        }
    }
    Ok(())
}

fn retention(case: &mut Case<'_>) -> Result<(), Lack> {
    let list = case
        .value("values")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let default = case.small("default_limit")? as usize;
    let rule = whole(case.json(), "rule_limit").map(|limit| Retention {
        metric_name: "^metric$".to_owned(),
        limit,
    });
    let rules: Vec<Retention> = rule.into_iter().collect();
    let limit = limit_of(&rules, "metric", default);
    case.expect_value("expected/kept", &json!(kept(&list, limit)));
    Ok(())
}
