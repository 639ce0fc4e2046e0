//! Reads tables of a file key by key, so that whatever nobody asked for is unknown, and every finding has its place.

mod fill;

pub(super) use fill::{Entry, Need, Slot};

use super::{
    findings::{Field, Findings, report, span, wrong_type},
    form::Form,
};
use crate::nearest::nearest;
use coalmine_flow::{Diagnostic, Fix, Severity, TextSpan};
use toml::de::{DeTable, DeValue};

/// A table, and what has been asked of it.
pub(super) struct Section<'t> {
    path: String,
    place: TextSpan,
    table: &'t DeTable<'t>,
    asked: Vec<&'static str>,
}

impl<'t> Section<'t> {
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
        findings.stands(self.path_of(key), field.place);
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

    /// What is read of each table of a list, as in `[[policy.check]]`. `None` if the key is not there or no list.
    pub(super) fn each<T>(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        mut read: impl FnMut(&mut Findings, Section<'t>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut all = Vec::new();
        for section in self.list(findings, key)? {
            match read(findings, section) {
                Some(it) => all.push(it),
                None => findings.is_partial = true,
            }
        }
        Some(all)
    }

    /// The tables of a list, as in `[[policy.check]]`. `None` if the key is not there or no list.
    fn list(&mut self, findings: &mut Findings, key: &'static str) -> Option<Vec<Section<'t>>> {
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
            findings.stands(path.clone(), place);
            match item.get_ref() {
                DeValue::Table(table) => sections.push(Section {
                    path,
                    place,
                    table,
                    asked: Vec::new(),
                }),
                other => {
                    findings.is_partial = true;
                    wrong_type(findings, key, place, "a list of tables", other, &header);
                }
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
        findings.stands(path.clone(), place);
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
