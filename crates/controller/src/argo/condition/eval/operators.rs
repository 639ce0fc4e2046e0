//! Operators on values, as Go computes them.

#![expect(
    clippy::float_arithmetic,
    reason = "a condition computes with measured values; what comes out is yes or no"
)]

use crate::argo::condition::{
    Mistake,
    pattern::Pattern,
    tree::Binary,
    value::{Elements, Value},
};
use alloc::{format, string::String, vec::Vec};
use core::cmp::Ordering;

pub(super) fn mismatched(operator: Binary, left: &Value, right: &Value) -> Mistake {
    let (left, right, sign) = (left.type_name(), right.type_name(), operator.sign());
    Mistake(format!("invalid operation: {left} {sign} {right}"))
}

/// Whether both are the same; numbers of both kinds by their value.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (left, right) if left.is_nil() && right.is_nil() => true,
        (Value::Int(left), Value::Int(right)) => left == right,
        (Value::List(_, left), Value::List(_, right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right)
                    .all(|(left, right)| equal(left, right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .all(|(name, left)| right.get(name).is_some_and(|right| equal(left, right)))
        }
        _ => match (left.number(), right.number()) {
            (Some(left), Some(right)) => same(left, right),
            (None, None) => left == right,
            (Some(_), None) | (None, Some(_)) => false,
        },
    }
}

#[expect(clippy::float_cmp, reason = "conditions compare exactly")]
fn same(left: f64, right: f64) -> bool {
    left == right
}

/// Whether one is in the other.
pub(super) fn is_in(left: &Value, right: &Value) -> Result<bool, Mistake> {
    match (left, right) {
        (_, Value::List(_, values)) => Ok(values.iter().any(|value| equal(left, value))),
        (Value::Text(name), Value::Map(values)) => Ok(values.contains_key(name)),
        (Value::Nil, Value::Map(_)) | (_, Value::Nil) => Ok(false),
        _ => Err(mismatched(Binary::In, left, right)),
    }
}

pub(super) fn matches(text: &Value, pattern: &Value) -> Result<Value, Mistake> {
    match (text, pattern) {
        (Value::Text(text), Value::Text(pattern)) => {
            let pattern = Pattern::new(pattern).map_err(Mistake)?;
            Ok(Value::Bool(pattern.matches(text)))
        }
        (Value::Nil, Value::Text(_)) => Ok(Value::Bool(false)),
        _ => Err(mismatched(Binary::Matches, text, pattern)),
    }
}

/// Operators that look at both sides and at nothing else.
pub(super) fn binary(operator: Binary, left: &Value, right: &Value) -> Result<Value, Mistake> {
    let texts = match (left, right) {
        (Value::Text(left), Value::Text(right)) => Some((left, right)),
        _ => None,
    };
    let numbers = left.number().zip(right.number());
    let found = match operator {
        Binary::Less | Binary::LessOrEqual | Binary::More | Binary::MoreOrEqual => {
            return ordered(operator, left, right);
        }
        Binary::Contains => texts.map(|(text, part)| Value::Bool(text.contains(part.as_str()))),
        Binary::StartsWith => {
            texts.map(|(text, part)| Value::Bool(text.starts_with(part.as_str())))
        }
        Binary::EndsWith => texts.map(|(text, part)| Value::Bool(text.ends_with(part.as_str()))),
        Binary::Plus => sum(left, right),
        Binary::Minus => difference(left, right),
        Binary::Times => product(left, right),
        Binary::Over => numbers.map(|(left, right)| Value::Float(left / right)),
        Binary::Power => numbers.map(|(left, right)| Value::Float(libm::pow(left, right))),
        Binary::Modulo => match (left, right) {
            (Value::Int(_), Value::Int(0)) => {
                return Err(Mistake::new("integer divide by zero"));
            }
            (Value::Int(left), Value::Int(right)) => Some(Value::Int(left.wrapping_rem(*right))),
            _ => None,
        },
        Binary::Or
        | Binary::And
        | Binary::Equal
        | Binary::NotEqual
        | Binary::In
        | Binary::Matches
        | Binary::Range
        | Binary::Coalesce => None,
    };
    found.ok_or_else(|| mismatched(operator, left, right))
}

/// The order of two values: none where one of them is no number, which is no mistake.
fn order(left: &Value, right: &Value) -> Result<Option<Ordering>, Mistake> {
    Ok(match (left, right) {
        (Value::Int(left), Value::Int(right))
        | (Value::Instant(left), Value::Instant(right))
        | (Value::Length(left), Value::Length(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        _ => {
            let numbers = left.number().zip(right.number());
            let (left, right) = numbers.ok_or_else(|| mismatched(Binary::Less, left, right))?;
            left.partial_cmp(&right)
        }
    })
}

fn ordered(operator: Binary, left: &Value, right: &Value) -> Result<Value, Mistake> {
    let order = order(left, right).map_err(|_| mismatched(operator, left, right))?;
    let holds = order.is_some_and(|order| match operator {
        Binary::Less => order.is_lt(),
        Binary::LessOrEqual => order.is_le(),
        Binary::More => order.is_gt(),
        _ => order.is_ge(),
    });
    Ok(Value::Bool(holds))
}

/// Whether the first is strictly below the second, for `sort`, `max` and `min`.
pub(super) fn is_less(left: &Value, right: &Value) -> Result<bool, Mistake> {
    Ok(order(left, right)? == Some(Ordering::Less))
}

pub(super) fn sum(left: &Value, right: &Value) -> Option<Value> {
    Some(match (left, right) {
        (Value::Int(left), Value::Int(right)) => Value::Int(left.wrapping_add(*right)),
        (Value::Text(left), Value::Text(right)) => Value::Text([left.as_str(), right].concat()),
        (Value::Instant(one), Value::Length(other))
        | (Value::Length(other), Value::Instant(one)) => Value::Instant(one.wrapping_add(*other)),
        (Value::Length(one), Value::Length(other)) => Value::Length(one.wrapping_add(*other)),
        _ => Value::Float(left.number()? + right.number()?),
    })
}

fn difference(left: &Value, right: &Value) -> Option<Value> {
    Some(match (left, right) {
        (Value::Int(left), Value::Int(right)) => Value::Int(left.wrapping_sub(*right)),
        (Value::Instant(one), Value::Instant(other))
        | (Value::Length(one), Value::Length(other)) => Value::Length(one.wrapping_sub(*other)),
        (Value::Instant(one), Value::Length(other)) => Value::Instant(one.wrapping_sub(*other)),
        _ => Value::Float(left.number()? - right.number()?),
    })
}

fn product(left: &Value, right: &Value) -> Option<Value> {
    Some(match (left, right) {
        (Value::Int(left), Value::Int(right)) => Value::Int(left.wrapping_mul(*right)),
        (Value::Length(one), Value::Length(other) | Value::Int(other))
        | (Value::Int(one), Value::Length(other)) => Value::Length(one.wrapping_mul(*other)),
        (Value::Length(one), Value::Float(other)) | (Value::Float(other), Value::Length(one)) => {
            Value::Length(truncated(*one as f64 * other))
        }
        _ => Value::Float(left.number()? * right.number()?),
    })
}

/// A number without its fraction; beyond what a whole number holds it saturates.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the fraction is cut off, and the cast saturates"
)]
pub(super) const fn truncated(value: f64) -> i64 {
    value as i64
}

/// A length in units of so many nanoseconds.
pub(super) fn in_units(nanos: i64, unit: i64) -> Value {
    Value::Float(nanos as f64 / unit as f64)
}

/// The mean, and for no values zero.
pub(super) fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / values.len() as f64
}

/// The middle value or the mean of the two in the middle, and for no values zero.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal));
    let middle = values.len() / 2;
    let at = |place: usize| values.get(place).copied().unwrap_or_default();
    if values.len() % 2 == 1 {
        at(middle)
    } else if values.is_empty() {
        0.0
    } else {
        f64::midpoint(at(middle - 1), at(middle))
    }
}

/// A number from a text, as Go's `ParseFloat` reads it.
pub(super) fn float(text: &str) -> Option<f64> {
    let plain = text.trim_start_matches(['+', '-']);
    let word = plain.to_ascii_lowercase();
    let is_word = matches!(word.as_str(), "inf" | "infinity" | "nan");
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    (is_word || is_number).then(|| text.parse().ok())?
}

pub(super) fn texts(values: &[Value]) -> Option<Vec<String>> {
    let texts = values.iter().map(|value| match value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

pub(super) fn list(values: Vec<Value>) -> Value {
    Value::List(Elements::Any, values)
}
