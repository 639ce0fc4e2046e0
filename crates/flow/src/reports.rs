//! Collects diagnostics while a text is read, and stops building them where nobody would read on.

use crate::{Diagnostic, Fix, Severity, TextSpan};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// How many errors, warnings and infos are kept; their sum is what one text can cause.
const MOST: [u32; 3] = [120, 60, 20];

/// The words of a diagnostic, built only if it is kept.
pub(crate) struct Finding {
    message: String,
    suggestion: Option<String>,
    fix: Option<Fix>,
}

impl Finding {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            suggestion: None,
            fix: None,
        }
    }

    pub(crate) fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// Adds a patch; its title is the suggestion too, unless there is a better one.
    pub(crate) fn fix(
        mut self,
        title: impl Into<String>,
        span: TextSpan,
        replacement: impl Into<String>,
    ) -> Self {
        let title = title.into();
        self.suggestion.get_or_insert_with(|| title.clone());
        self.fix = Some(Fix {
            title,
            span,
            replacement: replacement.into(),
        });
        self
    }
}

/// The diagnostics of one text.
#[derive(Default)]
pub(crate) struct Reports {
    kept: Vec<Diagnostic>,
    found: [u32; 3],
    first_left_out: Option<(Severity, TextSpan)>,
}

impl Reports {
    /// Adds a finding, unless there are so many of its severity already.
    pub(crate) fn add(
        &mut self,
        severity: Severity,
        code: &str,
        span: TextSpan,
        finding: impl FnOnce() -> Finding,
    ) {
        let rank = rank(severity);
        self.found[rank] = self.found[rank].saturating_add(1);
        if self.found[rank] <= MOST[rank] {
            let Finding {
                message,
                suggestion,
                fix,
            } = finding();
            self.kept.push(Diagnostic {
                severity,
                code: code.to_string(),
                span,
                message,
                suggestion,
                fix,
            });
        } else {
            let left_out = self.first_left_out.get_or_insert((severity, span));
            if rank < self::rank(left_out.0) {
                *left_out = (severity, span);
            }
        }
    }

    pub(crate) fn error(&mut self, code: &str, span: TextSpan, finding: impl FnOnce() -> Finding) {
        self.add(Severity::Error, code, span, finding);
    }

    pub(crate) fn warn(&mut self, code: &str, span: TextSpan, finding: impl FnOnce() -> Finding) {
        self.add(Severity::Warning, code, span, finding);
    }

    pub(crate) fn info(&mut self, code: &str, span: TextSpan, finding: impl FnOnce() -> Finding) {
        self.add(Severity::Info, code, span, finding);
    }

    /// How many errors there are by now.
    pub(crate) fn errors(&self) -> u32 {
        self.found[rank(Severity::Error)]
    }

    /// All that was kept, by place; what was left out is counted in a last one.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        crate::order::sort_by_key(&mut self.kept, |diagnostic| diagnostic.span);
        if let Some((severity, span)) = self.first_left_out {
            let more: u32 = (0..3)
                .map(|rank| self.found[rank].saturating_sub(MOST[rank]))
                .fold(0, u32::saturating_add);
            self.kept.push(Diagnostic {
                severity,
                code: "more".to_string(),
                span,
                message: format!("and {more} more"),
                suggestion: None,
                fix: None,
            });
        }
        self.kept
    }
}

fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}
