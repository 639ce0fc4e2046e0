//! `coalmine ensemble`: how often a policy is wrong, and what that costs.

use crate::{
    args::{EnsembleArgs, LabFormat},
    exit::{Exit, Failure},
    lab::{
        Subject, estimate_json, grouped, in_unit, interval, k_of_n, key, percent, refused, shard,
        share_json,
    },
    output::Terminal,
    parts::{self, Asked},
    pool,
    table::{csv, table},
};
use coalmine_controller::Outcome;
use coalmine_lab::{
    Measure, Part, Precision, Quality, ReleaseReport, Report, Share, Study, StudyParts,
    default_releases, seed_of,
};
use coalmine_wire::{Json, Project, quantity};
use std::sync::Arc;

pub(crate) fn run(args: &EnsembleArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let precision = match &args.precision {
        None => None,
        Some(text) => Some(Precision {
            half_width: quantity::parse_percent(text)
                .map_err(|error| Failure::Argument("--precision", format!("`{text}`: {error}")))?,
        }),
    };
    let Some(subject) = Subject::read(&args.lab, terminal)? else {
        return Ok(Exit::WrongInput);
    };
    let parts = StudyParts {
        plans: vec![Arc::clone(&subject.plan)],
        releases: default_releases(&subject.project.scenario),
        seed: subject.project.seed,
        rollouts: args.lab.rollouts,
        precision,
        shard: shard(&args.lab)?,
    };
    let study = Study::new(parts).map_err(refused)?;
    let ledger = pool::complete(Arc::new(study), args.lab.threads);
    parts::put(
        &subject,
        Asked::Ensemble,
        vec![Part::of(&ledger)],
        &args.lab,
        terminal,
    )
}

/// Writes what a study of one plan found.
pub(crate) fn tell(subject: &Subject, part: &Part, format: LabFormat, terminal: &mut Terminal) {
    let report = part.report(0).expect("an ensemble has one plan");
    let told = Told {
        subject,
        part,
        report: &report,
    };
    match format {
        LabFormat::Text => terminal.write(&told.text()),
        LabFormat::Json => terminal.say(&told.json()),
        LabFormat::Csv => terminal.write(&told.csv()),
    }
}

struct Told<'r> {
    subject: &'r Subject,
    part: &'r Part,
    report: &'r Report,
}

impl Told<'_> {
    fn project(&self) -> &Project {
        &self.subject.project
    }

    fn text(&self) -> String {
        let mut out = format!(
            "{}: {} rollouts of {} releases, seed {}; intervals hold the truth 19 times in 20\n\n",
            self.project().name,
            grouped(self.part.runs()),
            self.report.releases.len(),
            self.project().seed.0
        );
        let mut rows = Vec::new();
        for (name, share, says) in [
            (
                "False alarms",
                self.report.false_alarms,
                "good releases rolled back",
            ),
            ("Misses", self.report.misses, "bad releases promoted"),
        ] {
            if let Some(share) = share {
                let mut row = vec![name.to_owned()];
                row.extend(shown(share));
                row.push(says.to_owned());
                rows.push(row);
            }
        }
        out += &table(&rows);
        out.push('\n');
        out += &table(&self.releases());
        for release in &self.report.releases {
            out += &spreads(release);
        }
        out + &self.never()
    }

    /// One row a release: what became of it, and what stopped it.
    fn releases(&self) -> Vec<Vec<String>> {
        let head = [
            "release",
            "should be",
            "wrong",
            "",
            "95 % interval",
            "failed",
            "stopped by",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for release in &self.report.releases {
            let mut row = vec![release.name.clone(), should(release.quality).to_owned()];
            row.extend(shown(release.wrong));
            row.push(percent(share_of(release, Outcome::Failed)));
            row.push(stops(release));
            rows.push(row);
        }
        rows
    }

    /// Paths that no run took.
    fn never(&self) -> String {
        let mut never = String::new();
        for (id, share) in &self.report.passages.edges {
            if share.count.successes == 0
                && let Some(edge) = self.subject.diagram.edge(*id)
            {
                let label = edge.label.as_deref().map(|label| format!(" ({label})"));
                never += "  ";
                never += &[edge.from.to_string(), edge.to.to_string()].join(" -> ");
                never += &label.unwrap_or_default();
                never.push('\n');
            }
        }
        if never.is_empty() {
            never
        } else {
            format!("\nNo run went this way:\n{never}")
        }
    }

    fn json(&self) -> String {
        let study = self.part.study();
        let mut json = Json::new()
            .text("name", &self.project().name)
            .number("seed", self.project().seed.0)
            .number("rollouts", self.part.runs())
            .float("confidence", self.report.confidence);
        for (key, share) in [
            ("false_alarms", self.report.false_alarms),
            ("misses", self.report.misses),
        ] {
            json = match share {
                Some(share) => json.object(key, share_json(share)),
                None => json.null(key),
            };
        }
        let releases = self.report.releases.iter();
        let releases = releases.map(|release| release_json(release, study));
        let passages = &self.report.passages;
        let nodes = passages.nodes.iter().map(|(node, share)| {
            let json = Json::new().text("node", &node.to_string());
            json.object("runs", share_json(*share))
        });
        let edges = passages.edges.iter().map(|(id, share)| {
            let json = match self.subject.diagram.edge(*id) {
                Some(edge) => Json::new()
                    .text("from", &edge.from.to_string())
                    .text("to", &edge.to.to_string()),
                None => Json::new(),
            };
            json.object("runs", share_json(*share))
        });
        json.objects("releases", releases)
            .objects("nodes", nodes)
            .objects("edges", edges)
            .finish()
    }

    fn csv(&self) -> String {
        let head = "release,quality,what,runs,count,value,lower,upper";
        let mut out = format!("{head}\n");
        let mut line = |release: &str, quality: &str, what: &str, share: Share| {
            out += &csv([
                release,
                quality,
                what,
                &share.count.trials.to_string(),
                &share.count.successes.to_string(),
                &share.share.to_string(),
                &share.interval.lower.to_string(),
                &share.interval.upper.to_string(),
            ]);
        };
        for (what, share) in [
            ("false_alarms", self.report.false_alarms),
            ("misses", self.report.misses),
        ] {
            if let Some(share) = share {
                line("all", "", what, share);
            }
        }
        for release in &self.report.releases {
            let quality = word(release.quality);
            for (outcome, share) in &release.outcomes {
                line(&release.name, quality, outcome_word(*outcome), *share);
            }
            for stop in &release.stops {
                let what = format!("stopped by {}", stop.stop);
                line(&release.name, quality, &what, stop.share);
            }
        }
        for release in &self.report.releases {
            out += &spreads_csv(release);
        }
        out
    }
}

/// `3 of 1,000`, `0.3 %`, `0.1 % to 0.9 %`.
fn shown(share: Share) -> [String; 3] {
    [k_of_n(share), percent(share.share), interval(share)]
}

const fn should(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "promoted",
        Quality::Bad => "stopped",
    }
}

const fn word(quality: Quality) -> &'static str {
    match quality {
        Quality::Good => "good",
        Quality::Bad => "bad",
    }
}

const fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "succeeded",
        Outcome::Aborted => "aborted",
        Outcome::RolledBack => "rolled_back",
        Outcome::Failed => "failed",
    }
}

fn share_of(release: &ReleaseReport, wanted: Outcome) -> f64 {
    let mut outcomes = release.outcomes.iter();
    let found = outcomes.find(|(outcome, _)| *outcome == wanted);
    found.map_or(0.0, |(_, share)| share.share)
}

/// The three most frequent.
fn stops(release: &ReleaseReport) -> String {
    let told = release.stops.iter().take(3);
    let told = told.map(|found| format!("{} ({})", found.stop, percent(found.share.share)));
    let told: Vec<String> = told.collect();
    match release.stops.len() {
        0 => "nothing".to_owned(),
        1..=3 => told.join(", "),
        more => format!("{}, and {} more", told.join(", "), more - 3),
    }
}

/// The measures of a release, one a row.
fn spreads(release: &ReleaseReport) -> String {
    let head = [
        "",
        "runs",
        "5 % below",
        "median",
        "95 % interval",
        "5 % above",
        "worst",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for (measure, spread) in &release.spreads {
        // Where nobody was hurt there is nothing to tell.
        if *measure == Measure::UsersHurt && spread.highest == 0 {
            continue;
        }
        let shown = |value| in_unit(*measure, value);
        let end = |value: Option<u64>| value.map_or("?".to_owned(), shown);
        let median = spread.median;
        rows.push(vec![
            format!("  {measure}"),
            grouped(spread.runs),
            shown(spread.p5.value),
            shown(median.value),
            format!("{} to {}", end(median.lower), end(median.upper)),
            shown(spread.p95.value),
            shown(spread.highest),
        ]);
    }
    format!("\n{}\n{}", release.name, table(&rows))
}

fn release_json(release: &ReleaseReport, study: &Study) -> Json {
    let mut json = Json::new()
        .text("name", &release.name)
        .text("quality", word(release.quality))
        .number("weight", release.weight)
        .object("wrong", share_json(release.wrong));
    for (outcome, share) in &release.outcomes {
        json = json.object(outcome_word(*outcome), share_json(*share));
    }
    let stops = release.stops.iter().map(|found| {
        Json::new()
            .text("node", &found.stop.node.to_string())
            .text("by", &found.stop.by.to_string())
            .object("runs", share_json(found.share))
    });
    json = json.objects("stops", stops);
    for (measure, spread) in &release.spreads {
        let seed = |run| seed_of(study.seed(), release.place, run).0;
        let told = Json::new()
            .number("runs", spread.runs)
            .float("mean", spread.mean)
            .object("p5", estimate_json(spread.p5))
            .object("median", estimate_json(spread.median))
            .object("p95", estimate_json(spread.p95))
            .number("highest", spread.highest)
            .number("typical_seed", seed(spread.typical))
            .number("highest_seed", seed(spread.extreme));
        json = json.object(key(*measure), told);
    }
    json
}

fn spreads_csv(release: &ReleaseReport) -> String {
    let mut out = String::new();
    for (measure, spread) in &release.spreads {
        for (name, estimate) in [
            ("p5", spread.p5),
            ("median", spread.median),
            ("p95", spread.p95),
        ] {
            let end = |value: Option<u64>| value.map_or(String::new(), |value| value.to_string());
            out += &csv([
                release.name.as_str(),
                word(release.quality),
                &format!("{}_{name}", key(*measure)),
                &spread.runs.to_string(),
                "",
                &estimate.value.to_string(),
                &end(estimate.lower),
                &end(estimate.upper),
            ]);
        }
    }
    out
}
