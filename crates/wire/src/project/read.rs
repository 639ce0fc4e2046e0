//! Reads a project file: what each table may hold, and what each key means.

mod fault;
mod law;
mod measurement;
mod policy;
mod scenario;
mod traffic;
pub(super) mod words;

use super::{
    Project,
    findings::{Findings, span},
    form,
    section::Section,
};
use coalmine_flow::{Diagnostic, TextSpan};
use coalmine_sim::Seed;
use toml::de::DeTable;

/// The schema that this version writes, and the newest that it reads.
pub(super) const SCHEMA: u64 = 1;

/// Longer files than this are not projects, and offsets in shorter ones fit their type.
const LONGEST: usize = 16 * 1024 * 1024;

/// A project file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectFile {
    /// What it holds.
    pub project: Project,
    /// The value of `flow` in the text, delimiters included.
    pub flow: TextSpan,
    /// Where the flow's first byte stands in the text, if the flow stands there exactly as it is, without escapes:
    /// then an offset in the flow plus this is an offset in the file.
    pub verbatim_at: Option<u32>,
}

/// Reads a project file.
///
/// # Errors
/// Everything wrong with it at once, in the order of the text.
pub(super) fn read(text: &str) -> Result<ProjectFile, Vec<Diagnostic>> {
    let mut findings = Findings::default();
    if LONGEST < text.len() {
        findings.error(
            "too-large",
            TextSpan::default(),
            format!(
                "the file has {} bytes, more than the {LONGEST} that are read",
                text.len()
            ),
            None,
        );
        return Err(findings.diagnostics);
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    let file = root(&mut findings, document.get_ref(), text);
    if let Some(first) = errors
        .iter()
        .filter_map(toml::de::Error::span)
        .min_by_key(|it| it.start)
    {
        // Behind a header that cannot be read, keys stand in the wrong table; what is missing may stand in that part.
        let first = span(first);
        findings
            .diagnostics
            .retain(|it| it.span < first && it.code != "missing-key");
    }
    for error in &errors {
        let place = error.span().map(span).unwrap_or_default();
        findings.error("toml-syntax", place, error.message().to_owned(), None);
    }
    match file {
        Some(file) if findings.diagnostics.is_empty() => {
            let problems = file.project.problems();
            if problems.is_empty() {
                return Ok(file);
            }
            for problem in problems {
                let place = findings.place(&problem.path);
                findings.diagnostics.push(problem.diagnostic(place));
            }
        }
        Some(file) if !findings.is_partial => {
            // Only of keys that were read: the others still hold their defaults.
            for problem in file.project.problems() {
                if let Some(place) = findings.place_of(&problem.path) {
                    findings.diagnostics.push(problem.diagnostic(place));
                }
            }
        }
        Some(_) | None => {}
    }
    findings
        .diagnostics
        .sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code.clone()));
    Err(findings.diagnostics)
}

fn root<'t>(findings: &mut Findings, table: &'t DeTable<'t>, text: &str) -> Option<ProjectFile> {
    let mut root = Section::root(table);
    let schema = root.need(findings, "schema", &form::whole("1"));
    if schema.is_some_and(|schema| schema != SCHEMA) {
        let place = findings.place("schema");
        findings.error(
            "unknown-schema",
            place,
            format!("this file is not of schema {SCHEMA}, the one that this version reads"),
            Some("open it with a newer version".to_owned()),
        );
        return None;
    }
    let mut project = Project::default();
    root.set(
        findings,
        "name",
        &mut project.name,
        &form::text("checkout-api"),
    );
    root.set(findings, "seed", &mut project.seed, &form::seed().map(Seed));
    let flow_form = form::Form {
        example: "'''…'''".to_owned(),
        ..form::text("")
    };
    let flow = root.need(findings, "flow", &flow_form);
    // First the scenario: checks may name metrics that it describes.
    if let Some(section) = root.section(findings, "scenario") {
        scenario::read(findings, section, &mut project.scenario);
    }
    let metrics = &project.scenario.measurement.metrics;
    let own: Vec<String> = metrics.iter().map(|it| it.name.clone()).collect();
    if let Some(section) = root.section(findings, "policy") {
        policy::read(findings, section, &own, &mut project.policy);
    }
    root.close(findings);
    project.code = flow?;
    let place = findings.place("flow");
    Some(ProjectFile {
        verbatim_at: verbatim(text, place, &project.code),
        flow: place,
        project,
    })
}

/// Where `code` begins inside the value at `place`, if it stands there as it is.
fn verbatim(text: &str, place: TextSpan, code: &str) -> Option<u32> {
    let value = text.get(place.start as usize..place.end as usize)?;
    [
        "'''\r\n",
        "'''\n",
        "'''",
        "\"\"\"\r\n",
        "\"\"\"\n",
        "\"\"\"",
        "'",
        "\"",
    ]
    .into_iter()
    .filter(|open| value.starts_with(open))
    .find(|open| value[open.len()..].starts_with(code))
    .and_then(|open| u32::try_from(open.len()).ok())
    .map(|open| place.start + open)
}
