//! Rules that pick metrics by name: dry runs and how many measurements are kept.

use crate::argo::{Pattern, Retention};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Which of these names a list of rules picks, in the order of the names; a rule that picks none is a mistake, and so
/// is one that is no regular expression.
///
/// # Errors
///
/// A rule that picks nothing.
pub fn matched(rules: &[String], names: &[String]) -> Result<Vec<String>, String> {
    let mut picked = Vec::new();
    for rule in rules {
        let pattern = Pattern::new(rule);
        let before = picked.len();
        if let Ok(pattern) = pattern {
            picked.extend(names.iter().filter(|name| pattern.matches(name)).cloned());
        }
        if before == picked.len() {
            return Err(format!(
                "Rule didn't match any metric name(s): {rule:?} picks none: write a regular expression such as \".*\""
            ));
        }
    }
    let in_order = names.iter().filter(|name| picked.contains(name));
    Ok(in_order.map(ToString::to_string).collect())
}

/// How many measurements of a metric are kept: what the last rule for it says, or the default.
pub fn limit_of(rules: &[Retention], name: &str, default: usize) -> usize {
    let matches = |rule: &&Retention| {
        Pattern::new(&rule.metric_name).is_ok_and(|pattern| pattern.matches(name))
    };
    let said = rules.iter().rev().find(matches).map(|rule| rule.limit);
    let said = said.filter(|&limit| 0 < limit);
    said.and_then(|limit| usize::try_from(limit).ok())
        .unwrap_or(default)
}

/// The newest of the measurements, as many as are kept.
pub fn kept<T>(measurements: &[T], limit: usize) -> &[T] {
    let first = measurements.len().saturating_sub(limit);
    measurements.get(first..).unwrap_or_default()
}
