//! `coalmine sweep`: how errors follow one or two numbers.

use crate::{
    args::{LabFormat, SweepArgs},
    axis,
    exit::{Exit, Failure},
    lab::{Subject, grouped, in_unit, interval, k_of_n, key, percent, shard, share_json},
    output::Terminal,
    parts::{self, Asked},
    pool,
    table::{csv, table},
};
use coalmine_lab::{
    Axis, Cell, Design, Extent, Measure, Part, Quality, Report, Shard, Share, Sweep, SweepError,
    default_releases, seed_of,
};
use coalmine_sim::Seed;
use coalmine_wire::{Json, quantity, turning::show_value};
use std::{sync::Arc, time::Duration};

/// Longer than this is asked about.
const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) fn run(args: &SweepArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let target = quantity::parse_percent(&args.target)
        .map_err(|error| Failure::Argument("--target", format!("`{}`: {error}", args.target)))?;
    let Some(subject) = Subject::read(&args.lab, terminal)? else {
        return Ok(Exit::WrongInput);
    };
    let policy = &subject.project.policy;
    let axes = args.turn.iter().map(|text| axis::parse(text, policy));
    let axes = axes.collect::<Result<Vec<Axis>, Failure>>()?;
    let extent = Extent {
        seed: subject.project.seed,
        rollouts: args.lab.rollouts,
        shard: shard(&args.lab)?,
    };
    let sweep = Sweep::new(&design(&subject), axes.clone(), extent).map_err(refused)?;
    if !args.yes {
        let takes = pool::estimate(sweep.studies(), args.lab.threads);
        if PATIENCE < takes {
            let why = format!(
                "{} cells are {} rollouts in {} worlds, which take about {} min: add --yes to run them, or ask for fewer with -n or with fewer values",
                grouped(sweep.cells().len() as u64),
                grouped(sweep.cost().rollouts),
                grouped(sweep.cost().worlds),
                takes.as_secs().div_ceil(60),
            );
            return Err(Failure::Argument("--turn", why));
        }
    }
    let complete = |study| Part::of(&pool::complete(Arc::new(study), args.lab.threads));
    let done = sweep.studies().iter().cloned().map(complete).collect();
    parts::put(
        &subject,
        Asked::Sweep(axes, target.0),
        done,
        &args.lab,
        terminal,
    )
}

/// A grid or a search that cannot be run, with the argument that asks for it.
pub(crate) fn refused(error: SweepError) -> Failure {
    match error {
        SweepError::Study(error) => crate::lab::refused(error),
        error => Failure::Argument("--turn", error.to_string()),
    }
}

/// What a project gives to turn.
pub(crate) fn design(subject: &Subject) -> Design {
    Design {
        diagram: subject.diagram.clone(),
        policy: subject.project.policy.clone(),
        releases: default_releases(&subject.project.scenario),
    }
}

/// Writes what a grid found.
pub(crate) fn tell(
    subject: &Subject,
    (axes, target): (&[Axis], i64),
    parts: &[Part],
    format: LabFormat,
    terminal: &mut Terminal,
) {
    // The grid alone, which does not depend on how much of it was run.
    let extent = Extent {
        seed: Seed(0),
        rollouts: 1,
        shard: Shard::WHOLE,
    };
    let Ok(sweep) = Sweep::new(&design(subject), axes.to_vec(), extent) else {
        return;
    };
    let report = |cell: &Cell| parts.get(cell.study)?.report(cell.plan);
    let reports: Option<Vec<Report>> = sweep.cells().iter().map(report).collect();
    let Some(reports) = reports else {
        return;
    };
    let told = Told {
        subject,
        sweep: &sweep,
        reports,
        seed: subject.project.seed,
        target: target as f64 / 1e6,
    };
    match format {
        LabFormat::Text => terminal.write(&told.text()),
        LabFormat::Json => terminal.say(&told.json()),
        LabFormat::Csv => terminal.write(&told.csv()),
    }
}

struct Told<'r> {
    subject: &'r Subject,
    sweep: &'r Sweep,
    /// By cell.
    reports: Vec<Report>,
    seed: Seed,
    target: f64,
}

const QUALITIES: [(Quality, &str, &str); 2] = [
    (Quality::Good, "False alarms", "false_alarms"),
    (Quality::Bad, "Misses", "misses"),
];

impl Told<'_> {
    fn value(&self, axis: &Axis, value: i64) -> String {
        show_value(axis.parameter, value, &self.subject.project.policy)
    }

    fn cells(&self) -> impl Iterator<Item = (&Cell, &Report)> {
        self.sweep.cells().iter().zip(&self.reports)
    }

    fn meets_target(&self, report: &Report) -> bool {
        let shares = [report.false_alarms, report.misses];
        let mut shares = shares.iter().flatten();
        shares.all(|share| share.share <= self.target)
    }

    fn text(&self) -> String {
        let name = &self.subject.project.name;
        let cells = grouped(self.reports.len() as u64);
        let trials = |share: &Share| share.count.trials;
        let shares = |report: &Report| [report.false_alarms, report.misses];
        let runs = self.reports.iter().flat_map(shares).flatten();
        let runs = grouped(runs.map(|share| trials(&share)).sum());
        let mut out = format!(
            "{name}: {runs} rollouts in {cells} cells, seed {}\n",
            self.seed.0
        );
        match self.sweep.axes() {
            [rows, columns] => {
                for (quality, title, _) in QUALITIES {
                    if self.reports.iter().any(|it| it.wrong(quality).is_some()) {
                        let (down, across) = (rows.parameter, columns.parameter);
                        let head = format!("\n{title}, by {down} (down) and {across} (across)\n");
                        out += &head;
                        out += &table(&self.map(rows, columns, quality));
                    }
                }
            }
            axes => {
                for axis in axes {
                    out.push('\n');
                    out += &table(&self.curve(axis));
                }
            }
        }
        out + &format!(
            "\n* false alarms and misses are both at most {}\n",
            percent(self.target)
        )
    }

    /// One row a value.
    fn curve(&self, axis: &Axis) -> Vec<Vec<String>> {
        let head = [
            &axis.parameter.to_string(),
            "",
            "false alarms",
            "",
            "95 % interval",
            "misses",
            "",
            "95 % interval",
            "detected after",
            "promoted after",
            "users hurt",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for (cell, report) in self.cells() {
            let mark = if self.meets_target(report) { "*" } else { "" };
            let mut row = vec![self.value(axis, cell.values[0]), mark.to_owned()];
            for (quality, ..) in QUALITIES {
                row.extend(match report.wrong(quality) {
                    Some(share) => [k_of_n(share), percent(share.share), interval(share)],
                    None => ["-", "-", "-"].map(str::to_owned),
                });
            }
            for (measure, quality) in [
                (Measure::TimeToDetect, Quality::Bad),
                (Measure::TimeToPromote, Quality::Good),
                (Measure::UsersHurt, Quality::Bad),
            ] {
                row.push(median(report, measure, quality));
            }
            rows.push(row);
        }
        rows
    }

    /// A heat map in percent.
    fn map(&self, rows: &Axis, columns: &Axis, quality: Quality) -> Vec<Vec<String>> {
        let mut head = vec![String::new()];
        head.extend(
            columns
                .values
                .iter()
                .map(|&value| self.value(columns, value)),
        );
        let mut lines = vec![head];
        let width = columns.values.len();
        for (row, reports) in rows.values.iter().zip(self.reports.chunks(width)) {
            let mut line = vec![self.value(rows, *row)];
            line.extend(reports.iter().map(|report| {
                let mark = if self.meets_target(report) { "*" } else { " " };
                let share = report.wrong(quality).map(|share| percent(share.share));
                share.unwrap_or_default() + mark
            }));
            lines.push(line);
        }
        lines
    }

    fn json(&self) -> String {
        let axes = self.sweep.axes();
        let named = axes.iter().map(|axis| {
            let parameter = axis.parameter.to_string();
            Json::new().text("parameter", &parameter)
        });
        let cells = self.cells().map(|(cell, report)| {
            let mut json = Json::new();
            for (name, (axis, &value)) in ["x", "y"].into_iter().zip(axes.iter().zip(&cell.values))
            {
                json = json
                    .float(name, value as f64)
                    .text(&format!("{name}_shown"), &self.value(axis, value));
            }
            for (quality, _, key) in QUALITIES {
                json = match report.wrong(quality) {
                    Some(share) => json.object(key, share_json(share)),
                    None => json.null(key),
                };
            }
            json.flag("meets_target", self.meets_target(report))
                .objects("releases", self.releases(report))
        });
        Json::new()
            .text("name", &self.subject.project.name)
            .number("seed", self.seed.0)
            .float("target", self.target)
            .objects("axes", named)
            .objects("cells", cells)
            .finish()
    }

    /// By release: medians, and the seeds of a typical and of the worst run.
    fn releases(&self, report: &Report) -> impl Iterator<Item = Json> {
        report.releases.iter().map(|release| {
            let mut json = Json::new()
                .text("name", &release.name)
                .object("wrong", share_json(release.wrong));
            for (measure, spread) in &release.spreads {
                let seed = |run| seed_of(self.seed, release.place, run).0;
                let told = Json::new()
                    .float("mean", spread.mean)
                    .number("median", spread.median.value)
                    .number("p95", spread.p95.value)
                    .number("typical_seed", seed(spread.typical))
                    .number("highest_seed", seed(spread.extreme));
                json = json.object(key(*measure), told);
            }
            json
        })
    }

    fn csv(&self) -> String {
        let axes = self.sweep.axes();
        let names: Vec<String> = axes.iter().map(|axis| axis.parameter.to_string()).collect();
        let head = names.iter().map(String::as_str);
        let mut out = csv(head.chain(["what", "count", "runs", "share", "lower", "upper"]));
        for (cell, report) in self.cells() {
            let values = axes.iter().zip(&cell.values);
            let values: Vec<String> = values
                .map(|(axis, &value)| self.value(axis, value))
                .collect();
            for (quality, _, key) in QUALITIES {
                if let Some(share) = report.wrong(quality) {
                    let numbers = [
                        share.count.successes.to_string(),
                        share.count.trials.to_string(),
                        share.share.to_string(),
                        share.interval.lower.to_string(),
                        share.interval.upper.to_string(),
                    ];
                    let cells = values.iter().map(String::as_str).chain([key]);
                    out += &csv(cells.chain(numbers.iter().map(String::as_str)));
                }
            }
        }
        out
    }
}

/// The median of a measure over releases of a quality: of the first one that has it.
fn median(report: &Report, measure: Measure, quality: Quality) -> String {
    let releases = report.releases.iter().filter(|it| it.quality == quality);
    let mut spreads = releases.flat_map(|release| &release.spreads);
    let found = spreads.find(|(other, _)| *other == measure);
    found.map_or("-".to_owned(), |(_, spread)| {
        in_unit(measure, spread.median.value)
    })
}
