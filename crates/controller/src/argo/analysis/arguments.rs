//! Arguments of templates: who gives a value, and where it goes.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

/// An argument: its name and its value, where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Option<String>,
}

/// What is wrong with arguments or with templates that are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArgumentError {
    /// Nobody gives a value.
    NotResolved(String),
    /// Two templates have different values for it.
    Conflict {
        /// Its name.
        name: String,
        /// The value of the one.
        one: String,
        /// The value of the other.
        other: String,
    },
    /// Two templates have a metric of this name.
    SameMetric(String),
}

impl fmt::Display for ArgumentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotResolved(name) => write!(f, "args.{name} was not resolved"),
            Self::Conflict { name, one, other } => write!(
                f,
                "Argument `{name}` specified multiple times with different values: '{one}', '{other}'"
            ),
            Self::SameMetric(name) => write!(f, "two metrics have the same name '{name}'"),
        }
    }
}

/// The arguments that templates declare, with the values that the rollout gives; what they do not declare is dropped.
///
/// # Errors
///
/// An argument without a value.
pub fn merge(given: &[Argument], declared: &[Argument]) -> Result<Vec<Argument>, ArgumentError> {
    let merged = declared.iter().map(|argument| {
        let given = given.iter().filter(|given| given.name == argument.name);
        let value = given.filter_map(|given| given.value.clone()).next_back();
        match value.or_else(|| argument.value.clone()) {
            Some(value) => Ok(Argument {
                name: argument.name.clone(),
                value: Some(value),
            }),
            None => Err(ArgumentError::NotResolved(argument.name.clone())),
        }
    });
    merged.collect()
}

/// The arguments of several templates together.
///
/// # Errors
///
/// An argument with two values.
pub fn joined(templates: &[Vec<Argument>]) -> Result<Vec<Argument>, ArgumentError> {
    let mut all: Vec<Argument> = Vec::new();
    for argument in templates.iter().flatten() {
        match all.iter_mut().find(|other| other.name == argument.name) {
            None => all.push(argument.clone()),
            Some(other) => match (&other.value, &argument.value) {
                (Some(one), Some(another)) if one != another => {
                    return Err(ArgumentError::Conflict {
                        name: argument.name.clone(),
                        one: one.clone(),
                        other: another.clone(),
                    });
                }
                (None, Some(value)) => other.value = Some(value.clone()),
                (Some(_) | None, _) => {}
            },
        }
    }
    Ok(all)
}

/// Checks that no two templates have a metric of the same name.
///
/// # Errors
///
/// A name that is there twice.
pub fn names_once<'a>(names: impl IntoIterator<Item = &'a str>) -> Result<(), ArgumentError> {
    let mut seen: Vec<&str> = Vec::new();
    for name in names {
        if seen.contains(&name) {
            return Err(ArgumentError::SameMetric(name.to_string()));
        }
        seen.push(name);
    }
    Ok(())
}

/// A text with the values of the arguments where it says `{{args.name}}`. Other placeholders are left as they are.
///
/// # Errors
///
/// A placeholder without a value.
pub fn substitute(text: &str, arguments: &[Argument]) -> Result<String, ArgumentError> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("{{") {
        let (before, inside) = rest.split_at_checked(start).unwrap_or((rest, ""));
        filled.push_str(before);
        let inside = inside.get(2..).unwrap_or_default();
        let Some(end) = inside.find("}}") else {
            filled.push_str("{{");
            rest = inside;
            continue;
        };
        let (placeholder, after) = inside.split_at_checked(end).unwrap_or((inside, ""));
        match placeholder.trim().strip_prefix("args.") {
            None => filled.extend(["{{", placeholder, "}}"]),
            Some(name) => {
                let own = arguments.iter().find(|argument| argument.name == name);
                let value = own.and_then(|argument| argument.value.as_deref());
                let value = value.ok_or_else(|| ArgumentError::NotResolved(name.to_string()));
                filled.push_str(value?);
            }
        }
        rest = after.get(2..).unwrap_or_default();
    }
    filled.push_str(rest);
    Ok(filled)
}
