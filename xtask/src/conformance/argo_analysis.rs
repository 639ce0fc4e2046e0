//! Vectors of analyses: each family through the rule that the product offers for it.

#![expect(clippy::unnecessary_wraps, reason = "all checks have one form")]

use super::{
    argo_rules, argo_runs,
    argo_values::{lack, metric, phase, phase_at, seconds, truth, value, whole},
    case::{Case, Check, Lack},
};
use coalmine_controller::{
    Time,
    argo::{
        Metric, Phase, Release,
        analysis::{
            Counters, Due, Measurement, Progress, assess, due, is_terminating, next_due,
            over_a_limit,
        },
        condition,
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
    ("validation_cases", argo_rules::validation),
    ("pause_durations", argo_rules::pause_duration),
    ("duration_strings", argo_rules::duration_string),
    ("argument_cases", argo_rules::arguments),
    ("name_rule_cases", argo_rules::name_rule),
    ("retention_cases", argo_rules::retention),
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
    let names = ["phase", "metric_phase", "phase_before"];
    let before = names.iter().find(|name| state.get(**name).is_some());
    let before = before.map_or(Ok(None), |name| phase_at(state, name))?;
    let before = before.unwrap_or(Phase::Pending);
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

/// On some day after the vectors were made.
const fn setting(release: Release) -> condition::Setting {
    condition::Setting {
        release,
        now: 1_788_000_000_000_000_000,
    }
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
    let values = case
        .value("measurements")
        .and_then(Value::as_array)
        .cloned();
    let mut phase = Phase::Pending;
    let mut newest = None;
    let mut counts = Counters::default();
    let mut completes = Value::Null;
    let mut each = Vec::new();
    for (number, of) in (1..).zip(values.iter().flatten()) {
        if phase.is_complete() {
            break;
        }
        let found = measured(&metric, of)?;
        each.push(json!(found.word()));
        counts.add(found);
        newest = Some(found);
        phase = assess(&metric, phase, newest, &counts, false);
        if phase.is_complete() {
            completes = json!(number);
        }
    }
    let terminated = assess(&metric, phase, newest, &counts, true);
    case.expect_value("expected/metric_phase", &json!(phase.word()));
    case.expect_value("expected/completes_at_measurement", &completes);
    case.expect_value("expected/if_terminated_now", &json!(terminated.word()));
    case.expect_value("expected/measurement_phases", &Value::Array(each));
    expect_counters(case, "expected/counters", &counts);
    let told = over_a_limit(&metric, &counts).map(|(_, told)| told);
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
    if let Some(given) = case.value("value") {
        // What it returned is known, and judged like everything else.
        let (result, metric) = (value(given)?, metric(case.json()));
        let (phase, told) = judged(&metric, &result);
        case.expect_value("expected/phase", &json!(phase.word()));
        case.expect_part("expected/message_contains", &told.unwrap_or_default());
        return Ok(());
    }
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
    // A run that has not begun is in its first pass.
    let started = ago(case.json(), "run_started_s_ago");
    let list = case.value("metrics").and_then(Value::as_array).cloned();
    let mut metrics = Vec::new();
    for of in list.iter().flatten() {
        metrics.push((metric(of.get("metric").unwrap_or(of)), progress(of)?));
    }
    let terminating = ["terminating", "terminate", "terminate_requested"]
        .iter()
        .any(|name| truth(case.json(), name));
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
    let next = next.map_or(Value::Null, |at| {
        let ago = i64::try_from(NOW.since(at).0 / 1_000).unwrap_or(0);
        let ahead = i64::try_from(at.since(NOW).0 / 1_000).unwrap_or(0);
        json!(ahead - ago)
    });
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
