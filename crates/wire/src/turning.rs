//! Values of what the lab can turn, as people write and read them.

use crate::quantity::{
    QuantityError, format_decimal, format_duration, format_limit, format_percent, format_rate,
    format_weight, parse_decimal, parse_duration, parse_limit, parse_percent, parse_rate,
    parse_weight,
};
use coalmine_controller::{Limit, Metric, Millis, Policy, Weight};
use coalmine_lab::Parameter;

/// A value in the parameter's unit.
///
/// # Errors
/// What is wrong with the text, in words.
pub fn parse_value(
    parameter: Parameter,
    text: &str,
    policy: &Policy,
) -> Result<i64, QuantityError> {
    let signed = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    Ok(match parameter {
        Parameter::Bound(metric, _) => parse_limit(metric, text)?.0,
        Parameter::Trigger(place) => parse_limit(metric_of(place, policy), text)?.0,
        Parameter::LookBack(_) | Parameter::Window(_) => signed(parse_duration(text)?.0),
        Parameter::MinRequests(_) | Parameter::Extensions => signed(parse_decimal(text, 0)?),
        Parameter::Step(_) => i64::from(parse_weight(text)?.basis_points()),
        Parameter::Traffic => signed(parse_rate(text)?),
        Parameter::Errors => parse_percent(text)?.0,
        Parameter::Regression => signed(parse_decimal(text, 6)?),
    })
}

/// A value as people read it.
pub fn show_value(parameter: Parameter, value: i64, policy: &Policy) -> String {
    let positive = value.unsigned_abs();
    match parameter {
        Parameter::Bound(metric, _) => format_limit(metric, Limit(value)),
        Parameter::Trigger(place) => format_limit(metric_of(place, policy), Limit(value)),
        Parameter::LookBack(_) | Parameter::Window(_) => format_duration(Millis(positive)),
        Parameter::MinRequests(_) | Parameter::Extensions => format_decimal(positive, 0),
        Parameter::Step(_) => {
            let weight = u16::try_from(value)
                .ok()
                .and_then(Weight::from_basis_points);
            weight.map_or(String::new(), format_weight)
        }
        Parameter::Traffic => format_rate(positive),
        Parameter::Errors => format_percent(Limit(value)),
        Parameter::Regression => format_decimal(positive, 6),
    }
}

fn metric_of(place: u32, policy: &Policy) -> Metric {
    let trigger = policy.triggers.get(place as usize);
    trigger.map_or(Metric::ErrorRate, |trigger| trigger.metric)
}
