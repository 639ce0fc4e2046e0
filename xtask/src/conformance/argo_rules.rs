//! Vectors of what upstream reads and refuses: validation, lengths of time, arguments, names, retention.

#![expect(clippy::unnecessary_wraps, reason = "all checks have one form")]

use super::{
    argo_values::{lack, metric, text, whole},
    case::{Case, Lack},
};
use coalmine_controller::argo::{
    Metric, Retention,
    analysis::{Argument, Written, joined, kept, limit_of, matched, merge, names_once, validate},
    duration,
};
use serde_json::{Value, json};

pub(crate) fn validation(case: &mut Case<'_>) -> Result<(), Lack> {
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

pub(crate) fn pause_duration(case: &mut Case<'_>) -> Result<(), Lack> {
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

pub(crate) fn duration_string(case: &mut Case<'_>) -> Result<(), Lack> {
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

pub(crate) fn arguments(case: &mut Case<'_>) -> Result<(), Lack> {
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
    let templates = ["templates_args", "in_templates", "templates"].iter();
    let templates = templates
        .copied()
        .find_map(|name| case.value(name)?.as_array().cloned());
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

pub(crate) fn name_rule(case: &mut Case<'_>) -> Result<(), Lack> {
    let found = matched(&texts(case.value("rules")), &texts(case.value("metrics")));
    match found {
        Ok(names) => case.expect_value("expected/matched", &json!(names)),
        Err(told) => {
            case.expect_part("expected/error_contains", &told);
            if case.value("expected/error") == Some(&json!(true)) {
                case.expect_value("expected/error", &json!(true));
            } else if case.text("expected/error").is_some() {
                case.expect_that("an error", !told.is_empty(), &told);
            } else if case.value("expected/error_contains").is_none() {
                case.expect_value("expected/matched", &json!("a mistake"));
            }
        }
    }
    Ok(())
}

pub(crate) fn retention(case: &mut Case<'_>) -> Result<(), Lack> {
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
