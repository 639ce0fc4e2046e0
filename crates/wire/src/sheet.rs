//! A project as a page of Markdown: the picture, the policy as tables, and the code, for a wiki or a pull request.

use crate::{
    Project,
    launch::findings,
    project::metric_name,
    quantity::{
        format_count, format_decimal, format_duration, format_metric, format_percent, format_weight,
    },
    words::bound_words,
};
use coalmine_controller::{
    Check, Compiled, Fallback, Metric, NoDataMeans, NodePolicy, WindowSource, compile,
};
use coalmine_flow::{Diagram, NodeId, Severity, parse};
use std::fmt::Write as _;

/// The project as Markdown. `picture` is the address of its picture, as it will stand beside the text.
pub fn sheet(project: &Project, picture: Option<&str>) -> String {
    let parsed = parse(&project.code);
    let compiled = compile(&parsed.diagram, &project.policy);
    let mut sheet = Sheet {
        project,
        diagram: &parsed.diagram,
        compiled: &compiled,
        text: String::new(),
    };
    sheet.write(picture);
    sheet.text
}

/// A page being written. Writing into a string cannot fail, so results are not looked at.
struct Sheet<'p> {
    project: &'p Project,
    diagram: &'p Diagram,
    compiled: &'p Compiled,
    text: String,
}

impl Sheet<'_> {
    fn write(&mut self, picture: Option<&str>) {
        let name = inline(&self.project.name);
        self.line(&format!("# {name}"));
        if let Some(picture) = picture {
            self.line(&format!(
                "![The rollout as a diagram]({})",
                address(picture)
            ));
        }
        self.steps();
        self.gates();
        self.limits();
        self.rest();
        self.findings();
        self.code();
    }

    /// A paragraph.
    fn line(&mut self, words: &str) {
        let _ = writeln!(self.text, "{words}\n");
    }

    fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        let _ = writeln!(self.text, "| {} |", heads.join(" | "));
        let _ = writeln!(self.text, "|{}", " --- |".repeat(heads.len()));
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| inline(cell)).collect();
            let _ = writeln!(self.text, "| {} |", cells.join(" | "));
        }
        self.text.push('\n');
    }

    /// What raises the canary and what observes it, in the order of a healthy rollout.
    fn steps(&mut self) {
        let (steps, observations) = (self.compiled.steps(), self.compiled.observations());
        if steps.is_empty() && observations.is_empty() {
            return;
        }
        let steps: Vec<Vec<String>> = steps
            .iter()
            .map(|step| vec![self.named(step.node), format_weight(step.weight)])
            .collect();
        let observations: Vec<Vec<String>> = observations
            .iter()
            .map(|it| {
                let source = match it.source {
                    WindowSource::Node => "its own",
                    WindowSource::Drawn => "as drawn",
                    WindowSource::Policy => "the policy for all",
                };
                vec![
                    self.named(it.node),
                    format_duration(it.window),
                    source.to_owned(),
                ]
            })
            .collect();
        self.line("## Steps");
        if !steps.is_empty() {
            self.table(&["Step", "Share"], &steps);
        }
        if !observations.is_empty() {
            self.table(&["Observes at", "For", "Said by"], &observations);
        }
    }

    /// What each gate judges.
    fn gates(&mut self) {
        let mut rows = Vec::new();
        for gate in self.compiled.gates() {
            for (place, check) in gate.checks.iter().enumerate() {
                let name = if place == 0 {
                    self.named(gate.node)
                } else {
                    String::new()
                };
                rows.push(self.check(name, check));
            }
        }
        if rows.is_empty() {
            return;
        }
        self.line("## Gates");
        let heads = [
            "Gate",
            "Metric",
            "Healthy",
            "Looks back",
            "Needs",
            "No data means",
        ];
        self.table(&heads, &rows);
        let policy = &self.project.policy;
        let fallback = match policy.fallback {
            Fallback::No => "`No`",
            Fallback::Yes => "`Yes`",
        };
        let looks = policy.look_every.map_or_else(
            || "Gates are judged at the end of an observation.".to_owned(),
            |every| {
                format!(
                    "Gates are looked at every {} during an observation.",
                    format_duration(every)
                )
            },
        );
        let more = match policy.extensions {
            0 => "does not look longer".to_owned(),
            1 => "looks once more for as long".to_owned(),
            times => format!("looks up to {times} times more for as long"),
        };
        self.line(&format!(
            "{looks} A gate that cannot decide {more}, and then goes as if {fallback}."
        ));
        for (node, own) in &policy.nodes {
            if let Some(words) = own_words(own) {
                let named = inline(&self.named(*node));
                self.line(&format!("{named} {words}."));
            }
        }
    }

    fn check(&self, gate: String, check: &Check) -> Vec<String> {
        let needs = if check.metric.counts_requests() {
            format!("{} requests", format_count(check.min_requests))
        } else {
            "—".to_owned()
        };
        let no_data = match check.no_data {
            NoDataMeans::Inconclusive => "too little to tell",
            NoDataMeans::Fail => "unhealthy",
            NoDataMeans::Pass => "healthy",
        };
        let window = check
            .window
            .map_or_else(|| "to the last step".to_owned(), format_duration);
        vec![
            gate,
            self.metric(check.metric),
            bound_words(check.bound, check.metric),
            window,
            needs,
            no_data.to_owned(),
        ]
    }

    /// What stops the rollout between gates.
    fn limits(&mut self) {
        let policy = &self.project.policy;
        let mut rows: Vec<Vec<String>> = policy
            .triggers
            .iter()
            .map(|it| {
                vec![
                    self.metric(it.metric),
                    format!("not {}", bound_words(it.bound, it.metric)),
                    format_duration(it.window),
                    format!("{} requests", format_count(it.min_requests)),
                ]
            })
            .collect();
        rows.extend(policy.burn_rates.iter().map(|it| {
            let factor = format_decimal(it.factor.0.unsigned_abs(), 6);
            vec![
                format!("error budget of {}", format_percent(it.objective)),
                format!("burns {factor} times too fast"),
                format!(
                    "{} and {}",
                    format_duration(it.long),
                    format_duration(it.short)
                ),
                format!("{} requests", format_count(it.min_requests)),
            ]
        }));
        if rows.is_empty() {
            return;
        }
        self.line("## Hard limits");
        self.line("Looked at on every scrape while the canary has traffic; the first one that trips stops the rollout.");
        self.table(
            &["Metric", "Stops where it is", "Looks back", "Needs"],
            &rows,
        );
    }

    fn rest(&mut self) {
        let deadline = format_duration(self.project.policy.ready_deadline);
        self.line(&format!(
            "Pods that are not ready after {deadline} fail the rollout."
        ));
    }

    /// Errors and warnings: whoever reads the sheet should know.
    fn findings(&mut self) {
        let mut told = String::new();
        for found in findings(self.project) {
            let mark = match found.severity {
                Severity::Error => "Error",
                Severity::Warning => "Warning",
                Severity::Info => continue,
            };
            let _ = writeln!(told, "- {mark}: {}", inline(&found.message));
        }
        if !told.is_empty() {
            self.line("## What Coalmine says of it");
            self.line(told.trim_end());
        }
    }

    fn code(&mut self) {
        self.line("## The diagram's code");
        // A fence that is longer than any in the code.
        let longest = self.project.code.split(|c| c != '`').map(str::len).max();
        let fence = "`".repeat(longest.unwrap_or(0).max(2) + 1);
        let _ = writeln!(
            self.text,
            "{fence}\n{}\n{fence}",
            self.project.code.trim_end()
        );
    }

    fn named(&self, id: NodeId) -> String {
        match self.diagram.node(id) {
            Some(node) if !node.label.is_empty() => format!("{id} {}", node.label),
            Some(_) | None => id.to_string(),
        }
    }

    fn metric(&self, metric: Metric) -> String {
        match metric {
            Metric::Custom(_) => metric_name(metric, &self.project.scenario.measurement.metrics),
            Metric::ErrorRate | Metric::Latency(_) | Metric::Cpu | Metric::Memory => {
                format_metric(metric)
            }
        }
    }
}

/// What a node does differently, besides what the tables show.
fn own_words(own: &NodePolicy) -> Option<String> {
    let mut words = Vec::new();
    if let Some(times) = own.extensions {
        words.push(format!(
            "looks up to {times} times more where it cannot decide"
        ));
    }
    if let Some(fallback) = own.fallback {
        let way = match fallback {
            Fallback::No => "`No`",
            Fallback::Yes => "`Yes`",
        };
        words.push(format!("then goes as if {way}"));
    }
    if let Some(every) = own.look_every {
        words.push(format!("is looked at every {}", format_duration(every)));
    }
    (!words.is_empty()).then(|| words.join(", "))
}

/// Words that mean themselves in Markdown, on one line and in a table.
fn inline(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                plain.push('\\');
                plain.push(c);
            }
            '\n' | '\r' | '\t' => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// A file's name as an address.
fn address(name: &str) -> String {
    let mut address = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_./".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    // Where there are files to compare with.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn the_sheet_of_the_first_rollout() {
        let text = include_str!("../../../examples/good-release.coalmine.toml");
        let project = Project::parse(text).expect("the example is sound");
        let sheet = sheet(&project, Some("good release.svg"));
        expect_test::expect_file!["sheet/good-release.md"].assert_eq(&sheet);
    }

    #[test]
    fn words_cannot_break_out_of_their_place() {
        let mut project = Project::from_code(
            "a | b\n# c".to_owned(),
            "L { # L\nn1: circle label:\"a|b ``` `\"\n}".to_owned(),
        );
        project.policy.triggers.clear();
        let sheet = sheet(&project, None);
        assert!(sheet.starts_with("# a \\| b \\# c\n"), "{sheet}");
        assert!(sheet.contains("\n````\nL {"), "{sheet}");
    }
}
