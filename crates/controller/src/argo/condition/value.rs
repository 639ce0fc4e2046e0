//! What a condition is about: values as providers return them.

use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use core::fmt;

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Nil,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// A list, with what is known of its elements beforehand.
    List(Elements, Vec<Value>),
    /// Values by name.
    Map(BTreeMap<String, Value>),
    /// An instant: nanoseconds since 1970.
    Instant(i64),
    /// A length of time in nanoseconds.
    Length(i64),
}

/// What is known of the elements of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elements {
    /// Anything.
    Any,
    /// Numbers.
    Floats,
    /// Whole numbers.
    Ints,
    /// Texts.
    Texts,
    /// Yes or no.
    Bools,
}

impl Value {
    /// A list of numbers, as Prometheus returns for a vector.
    pub fn floats(values: impl IntoIterator<Item = f64>) -> Self {
        let values = values.into_iter().map(Self::Float).collect();
        Self::List(Elements::Floats, values)
    }

    /// A list of texts.
    pub fn texts(values: impl IntoIterator<Item = String>) -> Self {
        let values = values.into_iter().map(Self::Text).collect();
        Self::List(Elements::Texts, values)
    }

    /// What its type is called in messages, as upstream calls it.
    pub(super) const fn type_name(&self) -> &'static str {
        match self {
            Self::Nil => "<nil>",
            Self::Float(_) => "float64",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Text(_) => "string",
            Self::List(Elements::Any, _) => "[]interface {}",
            Self::List(Elements::Floats, _) => "[]float64",
            Self::List(Elements::Ints, _) => "[]int",
            Self::List(Elements::Texts, _) => "[]string",
            Self::List(Elements::Bools, _) => "[]bool",
            Self::Map(_) => "map[string]interface {}",
            Self::Instant(_) => "time.Time",
            Self::Length(_) => "time.Duration",
        }
    }

    /// How many values it holds.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::List(_, values) => 1 + values.iter().map(Self::size).sum::<usize>(),
            Self::Map(values) => 1 + values.values().map(Self::size).sum::<usize>(),
            Self::Text(text) => 1 + text.len() / 16,
            Self::Nil
            | Self::Bool(_)
            | Self::Int(_)
            | Self::Float(_)
            | Self::Instant(_)
            | Self::Length(_) => 1,
        }
    }

    /// Whether it is nothing.
    pub(super) const fn is_nil(&self) -> bool {
        matches!(self, Self::Nil)
    }

    /// As a number, if it is one.
    pub(super) const fn number(&self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            _ => None,
        }
    }
}

/// As upstream prints it: shortest digits, an exponent for the very large and very small.
pub(super) fn float_text(value: f64) -> String {
    if value.is_nan() {
        return String::from("NaN");
    }
    if value.is_infinite() {
        return String::from(if value.is_sign_negative() {
            "-Inf"
        } else {
            "+Inf"
        });
    }
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e21).contains(&size) {
        let text = format!("{value:e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, exponent) = match exponent.strip_prefix('-') {
            Some(exponent) => ('-', exponent),
            None => ('+', exponent),
        };
        return format!("{digits}e{sign}{exponent:0>2}");
    }
    format!("{value}")
}

/// As in a message: `0.95`, `[0.97]`, `"text"`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nil => f.write_str("nil"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "{value}"),
            Self::Float(value) => f.write_str(&float_text(*value)),
            Self::Text(text) => f.write_str(text),
            Self::List(_, values) => {
                f.write_str("[")?;
                for (at, value) in values.iter().enumerate() {
                    let gap = if at == 0 { "" } else { " " };
                    write!(f, "{gap}{value}")?;
                }
                f.write_str("]")
            }
            Self::Map(values) => {
                f.write_str("map[")?;
                for (at, (name, value)) in values.iter().enumerate() {
                    let gap = if at == 0 { "" } else { " " };
                    write!(f, "{gap}{name}:{value}")?;
                }
                f.write_str("]")
            }
            Self::Instant(nanos) => f.write_str(&super::clock::rfc3339(*nanos)),
            Self::Length(nanos) => write!(f, "{nanos}ns"),
        }
    }
}
