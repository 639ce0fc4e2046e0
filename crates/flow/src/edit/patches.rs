//! Patches that belong together: one change of a diagram in several places of its text.

use crate::{Fix, TextSpan, edit::apply};
use alloc::{string::String, vec::Vec};

/// Patches of one text in falling order of their places, to be applied one after the other: none disturbs the place of
/// the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patches(Vec<Fix>);

impl Patches {
    /// One after the other.
    pub fn as_slice(&self) -> &[Fix] {
        &self.0
    }

    /// The text with all of them.
    pub fn apply(&self, text: &str) -> String {
        let applied = |text: String, fix: &Fix| apply(&text, fix);
        self.0.iter().fold(String::from(text), applied)
    }

    /// The patches that take these back, given the text before them.
    #[must_use]
    pub fn inverse(&self, text: &str) -> Self {
        // In the new text each place has moved by what the patches before it in the text add.
        let mut moved = 0_i64;
        let mut inverse: Vec<Fix> = Vec::new();
        for fix in self.0.iter().rev() {
            let start = offset(i64::from(fix.span.start) + moved);
            let length = i64::try_from(fix.replacement.len()).unwrap_or(i64::MAX);
            let end = offset(i64::from(start).saturating_add(length));
            moved += length - i64::from(fix.span.end.saturating_sub(fix.span.start));
            inverse.push(Fix {
                title: fix.title.clone(),
                span: TextSpan::new(start, end),
                replacement: String::from(fix.span.of(text)),
            });
        }
        inverse.reverse();
        Self(inverse)
    }
}

fn offset(at: i64) -> u32 {
    u32::try_from(at.max(0)).unwrap_or(u32::MAX)
}

/// Collects the patches of one change. What is put at one place stays in the order in which it came.
#[derive(Debug)]
pub(super) struct Collector {
    title: String,
    found: Vec<(TextSpan, String)>,
}

impl Collector {
    pub(super) fn new(title: String) -> Self {
        Self {
            title,
            found: Vec::new(),
        }
    }

    /// Other bytes in the place of these.
    pub(super) fn replace(&mut self, span: TextSpan, replacement: String) {
        self.found.push((span, replacement));
    }

    /// All of them, in falling order; pieces that meet at one place become one patch.
    pub(super) fn finish(mut self) -> Patches {
        self.found.sort_by_key(|(span, _)| *span);
        let mut fixes: Vec<Fix> = Vec::new();
        for (span, replacement) in self.found {
            match fixes.last_mut() {
                // What overlaps was said twice: the wider one, which came first, stands.
                Some(last) if span.start < last.span.end => {}
                Some(last) if span.start == last.span.end && last.span.start == span.start => {
                    last.span.end = span.end;
                    last.replacement.push_str(&replacement);
                }
                _ => fixes.push(Fix {
                    title: self.title.clone(),
                    span,
                    replacement,
                }),
            }
        }
        fixes.reverse();
        Patches(fixes)
    }
}
