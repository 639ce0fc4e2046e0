//! Reads tables of a file key by key, so that whatever nobody asked for is unknown, and every finding has its place.

use super::form::{self, Form, Reason};
use crate::nearest::nearest;
use coalmine_controller::{Limit, Millis, Time};
use coalmine_flow::{Diagnostic, Fix, Severity, TextSpan};
use coalmine_sim::Rate;
use std::{collections::BTreeMap, ops::Range};
use toml::de::{DeTable, DeValue};

/// What reading has found so far.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// Everything wrong, in no order yet.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Where each key that was read stands, by its path, as in `policy.check.0.window`.
    pub(super) places: BTreeMap<String, TextSpan>,
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

    /// The place of a path, or of the nearest table around it.
    pub(super) fn place(&self, path: &str) -> TextSpan {
        let mut path = path;
        loop {
            if let Some(span) = self.places.get(path) {
                return *span;
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

/// A table, and what has been asked of it.
#[derive(Debug)]
pub(super) struct Section<'t> {
    path: String,
    place: TextSpan,
    table: &'t DeTable<'t>,
    asked: Vec<&'static str>,
}

/// A key that stands in the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'t> {
    /// The key.
    pub(super) key: TextSpan,
    /// Its value.
    pub(super) place: TextSpan,
    /// Its value.
    pub(super) value: &'t DeValue<'t>,
}

/// Where the value of a key goes, and with it what form it has.
pub(super) enum Slot<'s> {
    Duration(&'s mut Millis),
    Instant(&'s mut Time),
    Micros(&'s mut u64),
    Percent(&'s mut Limit),
    Number(&'s mut Limit),
    Rate(&'s mut Rate),
    Text(&'s mut String),
    Small(&'s mut u8),
}

/// A key of a table: its name, an example of its value, whether it must be there, and where it goes.
pub(super) type Entry<'s> = (&'static str, &'static str, Need, Slot<'s>);

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Needed,
    Optional,
}

impl<'t> Section<'t> {
    /// Reads many keys; nothing if one that must be there is not, or is wrong.
    pub(super) fn fill(
        &mut self,
        findings: &mut Findings,
        entries: &mut [Entry<'_>],
    ) -> Option<()> {
        let mut is_whole = true;
        for (key, example, need, slot) in entries {
            let is_missing = !self.table.contains_key(*key);
            if is_missing && *need == Need::Optional {
                self.asked.push(key);
                continue;
            }
            is_whole &= self.put(findings, key, example, slot);
        }
        is_whole.then_some(())
    }

    fn put(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        example: &str,
        slot: &mut Slot<'_>,
    ) -> bool {
        fn store<T>(slot: &mut T, value: Option<T>) -> bool {
            value.map(|value| *slot = value).is_some()
        }
        match slot {
            Slot::Duration(it) => store(
                &mut **it,
                self.need(findings, key, &form::duration(example)),
            ),
            Slot::Instant(it) => {
                store(&mut **it, self.need(findings, key, &form::instant(example)))
            }
            Slot::Micros(it) => store(&mut **it, self.need(findings, key, &form::micros(example))),
            Slot::Percent(it) => {
                store(&mut **it, self.need(findings, key, &form::percent(example)))
            }
            Slot::Number(it) => store(&mut **it, self.need(findings, key, &form::number(example))),
            Slot::Rate(it) => store(&mut **it, self.need(findings, key, &form::rate().map(Rate))),
            Slot::Text(it) => store(&mut **it, self.need(findings, key, &form::text(example))),
            Slot::Small(it) => store(
                &mut **it,
                self.need(findings, key, &form::small(example, "255")),
            ),
        }
    }

    /// Whether a key stands here.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether anybody asked for a key.
    pub(super) fn was_asked(&self, key: &str) -> bool {
        self.asked.contains(&key)
    }

    /// The whole file.
    pub(super) fn root(table: &'t DeTable<'t>) -> Self {
        Self {
            path: String::new(),
            place: TextSpan::default(),
            table,
            asked: Vec::new(),
        }
    }

    /// Where it stands: its header.
    pub(super) fn place(&self) -> TextSpan {
        self.place
    }

    /// What its header says between the brackets.
    pub(super) fn header(&self) -> String {
        let parts: Vec<&str> = self
            .path
            .split('.')
            .filter(|part| part.parse::<usize>().is_err())
            .collect();
        parts.join(".")
    }

    /// The path of a key in it.
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    /// What stands behind a key, written down as asked for.
    pub(super) fn field(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
    ) -> Option<Field<'t>> {
        self.asked.push(key);
        let (name, value) = self.table.get_key_value(key)?;
        let field = Field {
            key: span(name.span()),
            place: span(value.span()),
            value: value.get_ref(),
        };
        findings.places.insert(self.path_of(key), field.place);
        Some(field)
    }

    /// The value behind a key, if it stands there and has the right form.
    pub(super) fn read<T>(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        form: &Form<'_, T>,
    ) -> Option<T> {
        let field = self.field(findings, key)?;
        match (form.read)(field.value) {
            Ok(value) => Some(value),
            Err(reason) => {
                report(findings, key, field, form, reason);
                None
            }
        }
    }

    /// Puts the value behind a key where it belongs, if it stands there and has the right form.
    pub(super) fn set<T>(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        slot: &mut T,
        form: &Form<'_, T>,
    ) {
        if let Some(value) = self.read(findings, key, form) {
            *slot = value;
        }
    }

    /// As [`read`](Self::read), for a key that must be there.
    pub(super) fn need<T>(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        form: &Form<'_, T>,
    ) -> Option<T> {
        if !self.table.contains_key(key) {
            self.asked.push(key);
            findings.error(
                "missing-key",
                self.place,
                format!("`{key}` is missing"),
                Some(format!("add `{key} = {}`", form.example)),
            );
            return None;
        }
        self.read(findings, key, form)
    }

    /// The table behind a key.
    pub(super) fn section(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
    ) -> Option<Section<'t>> {
        let field = self.field(findings, key)?;
        match field.value {
            DeValue::Table(table) => Some(Section {
                path: self.path_of(key),
                place: field.key,
                table,
                asked: Vec::new(),
            }),
            other => {
                wrong_type(
                    findings,
                    key,
                    field.place,
                    "a table",
                    other,
                    &format!("[{}]", self.path_of(key)),
                );
                None
            }
        }
    }

    /// The tables of a list, as in `[[policy.check]]`. `None` if the key is not there or no list.
    pub(super) fn list(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
    ) -> Option<Vec<Section<'t>>> {
        let field = self.field(findings, key)?;
        let header = format!("[[{}]]", self.path_of(key));
        let DeValue::Array(items) = field.value else {
            wrong_type(
                findings,
                key,
                field.place,
                "a list of tables",
                field.value,
                &header,
            );
            return None;
        };
        let mut sections = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let place = span(item.span());
            let path = format!("{}.{index}", self.path_of(key));
            findings.places.insert(path.clone(), place);
            match item.get_ref() {
                DeValue::Table(table) => sections.push(Section {
                    path,
                    place,
                    table,
                    asked: Vec::new(),
                }),
                other => wrong_type(findings, key, place, "a list of tables", other, &header),
            }
        }
        Some(sections)
    }

    /// Every table inside, where the keys are names of the user's own.
    pub(super) fn tables(
        &self,
        findings: &mut Findings,
    ) -> Vec<(&'t str, TextSpan, &'t DeTable<'t>)> {
        let mut tables = Vec::new();
        for (name, value) in self.table {
            let key = name.get_ref().as_ref();
            match value.get_ref() {
                DeValue::Table(table) => tables.push((key, span(name.span()), table)),
                other => {
                    let header = format!("[{}]", self.path_of(key));
                    wrong_type(findings, key, span(value.span()), "a table", other, &header);
                }
            }
        }
        tables
    }

    /// A table inside this one under a name of its own.
    pub(super) fn inner(
        &self,
        findings: &mut Findings,
        name: &str,
        place: TextSpan,
        table: &'t DeTable<'t>,
    ) -> Section<'t> {
        let path = self.path_of(name);
        findings.places.insert(path.clone(), place);
        Section {
            path,
            place,
            table,
            asked: Vec::new(),
        }
    }

    /// Reports every key that nobody asked for.
    pub(super) fn close(self, findings: &mut Findings) {
        for name in self.table.keys() {
            let written = name.get_ref().as_ref();
            if self.asked.contains(&written) {
                continue;
            }
            let place = span(name.span());
            let near = nearest(written, self.asked.iter().copied());
            let mut known = self.asked.clone();
            known.sort_unstable();
            known.dedup();
            let table = if self.path.is_empty() {
                "the file".to_owned()
            } else {
                format!("[{}]", self.header())
            };
            findings.diagnostics.push(Diagnostic {
                severity: Severity::Error,
                code: "unknown-key".to_owned(),
                span: place,
                message: format!("`{written}` is not a key of {table}"),
                suggestion: Some(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known here: {}", known.join(", ")),
                }),
                fix: near.map(|near| Fix {
                    title: format!("write `{near}`"),
                    span: place,
                    replacement: near.to_owned(),
                }),
            });
        }
    }
}

fn report<T>(
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
                None if words.is_empty() => "nothing of the kind is in this file yet".to_owned(),
                None => format!("one of: {}", words.join(", ")),
            };
            findings.diagnostics.push(Diagnostic {
                severity: Severity::Error,
                code: "unknown-word".to_owned(),
                span: field.place,
                message: format!("`{written}` is not a word that `{key}` knows"),
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

fn wrong_type(
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
        format!("`{key}` must be {what}, not {}", kind_of(value)),
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
