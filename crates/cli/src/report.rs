//! Diagnostics on the command line: the source line with a mark under the place, or one JSON object a line.

use crate::{
    args::Format,
    input::{Input, Loaded},
    output::Terminal,
};
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use coalmine_flow::{Diagnostic, Severity, TextSpan, place_of};
use coalmine_wire::Json;
use std::ops::Range;

/// The text that diagnostics lie in, under the name that people know it by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'t> {
    pub(crate) path: &'t str,
    pub(crate) text: &'t str,
}

impl<'t> Source<'t> {
    /// A whole input.
    pub(crate) fn of(input: &'t Input) -> Self {
        Self {
            path: &input.path,
            text: &input.text,
        }
    }
}

/// Diagnostics that lie in the code of a loaded input, at their places in the input itself where the code stands
/// there as it is, and otherwise in the code.
pub(crate) fn in_code<'t>(
    input: &'t Input,
    loaded: &'t Loaded,
    mut diagnostics: Vec<Diagnostic>,
) -> (Source<'t>, Vec<Diagnostic>) {
    let Some(offset) = loaded.code_at else {
        let source = Source {
            path: &input.path,
            text: &loaded.project.code,
        };
        return (source, diagnostics);
    };
    for diagnostic in &mut diagnostics {
        shift(&mut diagnostic.span, offset);
        if let Some(fix) = &mut diagnostic.fix {
            shift(&mut fix.span, offset);
        }
    }
    (Source::of(input), diagnostics)
}

fn shift(span: &mut TextSpan, offset: u32) {
    span.start = span.start.saturating_add(offset);
    span.end = span.end.saturating_add(offset);
}

/// Writes diagnostics, in the order of the text. Tells whether there are errors.
pub(crate) fn report(
    source: Source<'_>,
    diagnostics: &[Diagnostic],
    format: Format,
    terminal: &mut Terminal,
) -> bool {
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| diagnostic.span);
    for diagnostic in ordered {
        match format {
            Format::Text => {
                terminal.say(&drawn(source, diagnostic));
                terminal.say("");
            }
            Format::Json => terminal.say(&json(source, diagnostic)),
        }
    }
    diagnostics
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
}

fn drawn(source: Source<'_>, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::NOTE,
    };
    let place = range(source.text, diagnostic.span);
    let snippet = Snippet::source(source.text)
        .path(source.path)
        .annotation(AnnotationKind::Primary.span(place));
    let mut main = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .element(snippet);
    let mut report = Vec::new();
    match (&diagnostic.fix, &diagnostic.suggestion) {
        // The suggestion is in words what the patch is in letters.
        (Some(fix), suggestion) => {
            let title = suggestion.as_deref().unwrap_or(&fix.title);
            let patch = Patch::new(range(source.text, fix.span), fix.replacement.as_str());
            let snippet = Snippet::source(source.text).path(source.path).patch(patch);
            report.push(Group::with_title(Level::HELP.secondary_title(title)).element(snippet));
        }
        (None, Some(suggestion)) => {
            main = main.element(Level::HELP.message(suggestion.as_str()));
        }
        (None, None) => {}
    }
    report.insert(0, main);
    Renderer::styled().render(&report)
}

/// The bytes of a span, moved to where characters begin, so that no file makes the drawing fail.
fn range(text: &str, span: TextSpan) -> Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.floor_char_boundary(span.end as usize);
    start..end.max(start)
}

fn json(source: Source<'_>, diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let start = place_of(source.text, diagnostic.span.start);
    let end = place_of(source.text, diagnostic.span.end);
    let line = Json::new()
        .text("file", source.path)
        .number("line", start.line)
        .number("column", start.column)
        .number("end_line", end.line)
        .number("end_column", end.column)
        .text("severity", severity)
        .text("code", &diagnostic.code)
        .text("message", &diagnostic.message);
    let line = match &diagnostic.suggestion {
        Some(suggestion) => line.text("suggestion", suggestion),
        None => line.null("suggestion"),
    };
    match &diagnostic.fix {
        Some(fix) => line.object(
            "fix",
            Json::new()
                .text("title", &fix.title)
                .number("start", fix.span.start)
                .number("end", fix.span.end)
                .text("replacement", &fix.replacement),
        ),
        None => line.null("fix"),
    }
    .finish()
}
