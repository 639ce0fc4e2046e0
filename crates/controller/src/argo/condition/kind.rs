//! What is known of a value before it is there.

use super::value::{Elements, Value};
use core::fmt;

/// A type, as upstream's compiler sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// It turns out when the condition is evaluated.
    Unknown,
    Nil,
    Bool,
    Int,
    /// Whole as well, but called otherwise in messages: what `asInt` gives.
    Int64,
    Float,
    Text,
    List(Elements),
    Map,
    Instant,
    Length,
}

impl Kind {
    /// Of a value that is handed in.
    pub(super) const fn of(value: &Value) -> Self {
        match value {
            Value::Nil => Self::Nil,
            Value::Float(_) => Self::Float,
            Value::Bool(_) => Self::Bool,
            Value::Int(_) => Self::Int,
            Value::Text(_) => Self::Text,
            Value::List(elements, _) => Self::List(*elements),
            Value::Map(_) => Self::Map,
            Value::Instant(_) => Self::Instant,
            Value::Length(_) => Self::Length,
        }
    }

    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Int64 | Self::Float)
    }

    pub(super) const fn is_unknown(self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Whether it is this or may turn out so.
    pub(super) fn may_be(self, other: Self) -> bool {
        self.is_unknown() || self == other || (self == Self::Int64 && other == Self::Int)
    }

    /// Whether it is a list or may turn out so.
    pub(super) const fn may_be_list(self) -> bool {
        matches!(self, Self::Unknown | Self::List(_))
    }

    /// The type of a list's elements.
    pub(super) const fn element(self) -> Self {
        match self {
            Self::List(Elements::Floats) => Self::Float,
            Self::List(Elements::Ints) => Self::Int,
            Self::List(Elements::Texts) => Self::Text,
            Self::List(Elements::Bools) => Self::Bool,
            _ => Self::Unknown,
        }
    }

    /// The type of a list with such elements.
    pub(super) const fn list_of(self) -> Self {
        Self::List(match self {
            Self::Float => Elements::Floats,
            Self::Int | Self::Int64 => Elements::Ints,
            Self::Text => Elements::Texts,
            Self::Bool => Elements::Bools,
            _ => Elements::Any,
        })
    }

    /// Whether both may be compared for equality.
    pub(super) const fn comparable(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unknown | Self::Nil, _)
            | (_, Self::Unknown | Self::Nil)
            | (Self::Bool, Self::Bool)
            | (Self::Int | Self::Int64 | Self::Float, Self::Int | Self::Int64 | Self::Float)
            | (Self::Text, Self::Text)
            | (Self::List(_), Self::List(_))
            | (Self::Map, Self::Map)
            | (Self::Instant, Self::Instant)
            | (Self::Length, Self::Length) => true,
            (
                Self::Bool
                | Self::Int
                | Self::Int64
                | Self::Float
                | Self::Text
                | Self::List(_)
                | Self::Map
                | Self::Instant
                | Self::Length,
                _,
            ) => false,
        }
    }
}

/// As upstream's messages call it.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "interface {}",
            Self::Nil => "nil",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Float => "float64",
            Self::Text => "string",
            Self::List(Elements::Any) => "[]interface {}",
            Self::List(Elements::Floats) => "[]float64",
            Self::List(Elements::Ints) => "[]int",
            Self::List(Elements::Texts) => "[]string",
            Self::List(Elements::Bools) => "[]bool",
            Self::Map => "map[string]interface {}",
            Self::Instant => "time.Time",
            Self::Length => "time.Duration",
        })
    }
}
