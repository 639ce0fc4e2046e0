//! The language of conditions: what upstream's library makes of an expression, with `now` handed in and bounded work.
//!
//! A condition is checked for the type of the very result that it judges, each time: a mistake of type is an error of
//! that measurement, not of the file. It is small enough to be ours: a library would have to have the same checks, the
//! same zeros and the same errors.

mod check;
mod clock;
mod eval;
mod kind;
mod lex;
mod parse;
mod tree;
mod value;

use super::{Phase, Release, pattern};
use alloc::{
    format,
    string::{String, ToString},
};
use core::fmt;
use eval::Given;
use kind::Kind;
pub use value::{Elements, Value};

/// Why a condition could not be evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake(pub(in crate::argo) String);

impl Mistake {
    fn new(text: &str) -> Self {
        Self(text.to_string())
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is handed to a condition besides the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Whose rules count.
    pub release: Release,
    /// What `now()` says: nanoseconds since 1970.
    pub now: i64,
}

/// What an expression comes to.
///
/// # Errors
///
/// Why there is no value.
pub fn evaluate(text: &str, result: &Value, setting: Setting) -> Result<Value, Mistake> {
    let node = parse::parse(text, setting.release)?;
    check::check(&node, Kind::of(result), setting.release)?;
    eval::evaluate(&node, given(result, setting))
}

/// Whether a condition holds. Everything but yes and no is a mistake.
///
/// # Errors
///
/// Why there is no answer.
pub fn holds(text: &str, result: &Value, setting: Setting) -> Result<bool, Mistake> {
    let wrong = |name: &dyn fmt::Display| Mistake(format!("expected bool, but got {name}"));
    let node = parse::parse(text, setting.release)?;
    let kind = check::check(&node, Kind::of(result), setting.release)?;
    if !kind.may_be(Kind::Bool) {
        return Err(wrong(&kind));
    }
    match eval::evaluate(&node, given(result, setting))? {
        Value::Bool(truth) => Ok(truth),
        other => Err(wrong(&other.type_name())),
    }
}

/// Whether a text can be read as a condition at all; types turn out only with a result.
///
/// # Errors
///
/// Why it cannot be read.
pub fn read(text: &str, release: Release) -> Result<(), Mistake> {
    parse::parse(text, release).map(drop)
}

const fn given(result: &Value, setting: Setting) -> Given<'_> {
    Given {
        result,
        release: setting.release,
        now: setting.now,
    }
}

/// What a measurement comes to: its phase, and what went wrong where something did. An empty condition is none.
pub fn assess(
    success: Option<&str>,
    failure: Option<&str>,
    result: &Value,
    setting: Setting,
) -> (Phase, Option<String>) {
    let judged = |name: &str, condition: Option<&str>| match condition.filter(|it| !it.is_empty()) {
        None => Ok(None),
        Some(text) => match holds(text, result, setting) {
            Ok(truth) => Ok(Some(truth)),
            Err(mistake) => Err(format!("could not evaluate {name}: {mistake}")),
        },
    };
    let success = match judged("successCondition", success) {
        Ok(success) => success,
        Err(told) => return (Phase::Error, Some(told)),
    };
    let failure = match judged("failureCondition", failure) {
        Ok(failure) => failure,
        Err(told) => return (Phase::Error, Some(told)),
    };
    let phase = match (success, failure) {
        (_, Some(true)) | (Some(false), None) => Phase::Failed,
        (Some(true) | None, Some(false) | None) => Phase::Successful,
        (Some(false), Some(false)) => Phase::Inconclusive,
    };
    (phase, None)
}

/// What a condition compares the result with, where it is, or begins with, a simple comparison: whether it holds above,
/// and the number.
pub(super) fn comparison(text: &str, release: Release) -> Option<(bool, f64)> {
    compared(&parse::parse(text, release).ok()?)
}

fn compared(node: &tree::Node) -> Option<(bool, f64)> {
    use tree::{Binary, Node, Unary};
    match node {
        Node::Unary(Unary::Not, of) => compared(of).map(|(above, value)| (!above, value)),
        Node::Binary(Binary::And | Binary::Or, one, other) => {
            compared(one).or_else(|| compared(other))
        }
        Node::Binary(operator, one, other) if operator.compares() => {
            let above = matches!(operator, Binary::More | Binary::MoreOrEqual);
            match (number_in(one), number_in(other)) {
                (None, Some(value)) => Some((above, value)),
                (Some(value), None) => Some((!above, value)),
                (Some(_), Some(_)) | (None, None) => None,
            }
        }
        Node::Call(name, arguments) if matches!(name.as_str(), "all" | "any") => {
            arguments.get(1).and_then(compared)
        }
        Node::Closure(of) => compared(of),
        _ => None,
    }
}

fn number_in(node: &tree::Node) -> Option<f64> {
    match node {
        tree::Node::Constant(value) => value.number(),
        tree::Node::Unary(tree::Unary::Minus, of) => number_in(of).map(core::ops::Neg::neg),
        _ => None,
    }
}
