//! What reading a file has found: everything wrong with it, and where each key stands.

use super::form::{self, Form, Reason};
use crate::nearest::nearest;
use coalmine_flow::{Diagnostic, Fix, Severity, TextSpan};
use std::ops::Range;
use toml::de::DeValue;

/// What reading has found so far.
#[derive(Default)]
pub(super) struct Findings {
    /// Everything wrong, in no order yet.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Where each key that was read stands, by its path, as in `policy.check.0.window`; what was read last counts.
    places: Vec<(String, TextSpan)>,
    /// Whether a part of a list was left out or filled up, so that what is said of the whole would not be of the file.
    pub(super) is_partial: bool,
}

impl Findings {
    /// Writes down an error.
    pub(super) fn error(
        &mut self,
        code: &str,
        span: TextSpan,
        message: String,
        suggestion: Option<String>,
    ) {
        self.diagnostics.push(Diagnostic {
            severity: Severity::Error,
            code: code.to_owned(),
            span,
            message,
            suggestion,
            fix: None,
        });
    }

    /// Writes down where a key stands.
    pub(super) fn stands(&mut self, path: String, place: TextSpan) {
        self.places.push((path, place));
    }

    /// The place of a path, if it was read.
    pub(super) fn place_of(&self, path: &str) -> Option<TextSpan> {
        let mut last_first = self.places.iter().rev();
        last_first
            .find(|(other, _)| other == path)
            .map(|(_, place)| *place)
    }

    /// The place of a path, or of the nearest table around it.
    pub(super) fn place(&self, path: &str) -> TextSpan {
        let mut path = path;
        loop {
            if let Some(place) = self.place_of(path) {
                return place;
            }
            match path.rsplit_once('.') {
                Some((outer, _)) => path = outer,
                None => return TextSpan::default(),
            }
        }
    }
}

/// Offsets in a text shorter than the reader's limit, which fits.
pub(super) fn span(range: Range<usize>) -> TextSpan {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    TextSpan {
        start: offset(range.start),
        end: offset(range.end),
    }
}

/// A key that stands in the file.
#[derive(Clone, Copy)]
pub(super) struct Field<'t> {
    /// The key.
    pub(super) key: TextSpan,
    /// Its value.
    pub(super) place: TextSpan,
    /// Its value.
    pub(super) value: &'t DeValue<'t>,
}

pub(super) fn report<T>(
    findings: &mut Findings,
    key: &str,
    field: Field<'_>,
    form: &Form<'_, T>,
    reason: Reason,
) {
    let example = format!("{key} = {}", form.example);
    let as_in = Some(format!("write it as in `{example}`"));
    match reason {
        Reason::WrongType => {
            wrong_type(findings, key, field.place, form.what, field.value, &example);
        }
        Reason::Quantity(error) => {
            let message = format!("`{key}` must be {}: {error}", form.what);
            findings.error("impossible-number", field.place, message, as_in);
        }
        Reason::Word { written, words } => {
            let near = nearest(&written, words.iter().map(String::as_str));
            let suggestion = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None if words.is_empty() => format!("describe it first, in a [[scenario.{key}]]"),
                None => format!("one of: {}", words.join(", ")),
            };
            findings.diagnostics.push(Diagnostic {
                severity: Severity::Error,
                code: "unknown-word".to_owned(),
                span: field.place,
                message: if form.what == form::A_NAME {
                    format!("there is no {key} `{written}`")
                } else {
                    format!("`{written}` is not a word that `{key}` knows")
                },
                suggestion: Some(suggestion),
                fix: near.map(|near| Fix {
                    title: format!("write `{near}`"),
                    span: field.place,
                    replacement: format!("\"{near}\""),
                }),
            });
        }
    }
}

pub(super) fn wrong_type(
    findings: &mut Findings,
    key: &str,
    place: TextSpan,
    what: &str,
    value: &DeValue<'_>,
    example: &str,
) {
    findings.error(
        "wrong-type",
        place,
        match value {
            DeValue::Array(_) if what.starts_with("a list") => {
                format!("`{key}` must be {what}, not of anything else")
            }
            _ => format!("`{key}` must be {what}, not {}", kind_of(value)),
        },
        Some(format!("write it as in `{example}`")),
    );
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
