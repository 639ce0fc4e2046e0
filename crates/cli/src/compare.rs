//! `coalmine compare`: by how much policies differ, run by run.

use crate::{
    args::{CompareArgs, LabFormat},
    axis,
    exit::{Exit, Failure},
    lab::{Subject, grouped, in_unit, interval, k_of_n, key, percent, refused, shard, share_json},
    output::Terminal,
    parts::{self, Asked},
    pool,
    sweep::design,
    table::{csv, table},
};
use coalmine_controller::Plan;
use coalmine_lab::{
    Axis, Difference, Measure, Pair, Part, Quality, Report, Study, StudyParts, default_releases,
    seed_of,
};
use coalmine_sim::Event;
use coalmine_wire::{Json, event_line};
use std::sync::Arc;

const MOST: usize = 4;
const CONFIDENCE: f64 = 0.95;

pub(crate) fn run(args: &CompareArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let Some(subject) = Subject::read(&args.lab, terminal)? else {
        return Ok(Exit::WrongInput);
    };
    let mut names = vec![args.lab.file.clone()];
    let mut plans = vec![Arc::clone(&subject.plan)];
    for file in &args.others {
        let Some(other) = Subject::read_file(file, &args.lab, terminal)? else {
            return Ok(Exit::WrongInput);
        };
        names.push(file.clone());
        plans.push(other.plan);
    }
    for text in &args.with {
        names.push(text.clone());
        plans.push(turned(&subject, text)?);
    }
    if !(2..=MOST).contains(&plans.len()) {
        let why = format!(
            "{} cannot be compared: give a second file or --with NUMBER=VALUE, and at most {MOST} policies",
            plans.len()
        );
        return Err(Failure::Argument("OTHER", why));
    }
    let parts = StudyParts {
        plans,
        releases: default_releases(&subject.project.scenario),
        seed: subject.project.seed,
        rollouts: args.lab.rollouts,
        precision: None,
        shard: shard(&args.lab)?,
    };
    let study = Study::new(parts).map_err(refused)?.paired();
    let part = Part::of(&pool::complete(Arc::new(study), args.lab.threads));
    parts::put(
        &subject,
        Asked::Compare(names),
        vec![part],
        &args.lab,
        terminal,
    )
}

/// The project's plan with numbers turned.
fn turned(subject: &Subject, text: &str) -> Result<Arc<Plan>, Failure> {
    let refuse = |why: String| Failure::Argument("--with", format!("`{text}`: {why}"));
    let mut turned = design(subject);
    let releases = turned.releases.clone();
    for one in text.split(',') {
        let Axis { parameter, values } = axis::parse(one.trim(), &subject.project.policy)?;
        let &[value] = values.as_slice() else {
            return Err(refuse("give each number one value".to_owned()));
        };
        turned = turned
            .with(parameter, value)
            .map_err(|error| refuse(error.to_string()))?;
    }
    if turned.releases != releases {
        return Err(refuse(
            "this turns the world, and policies are compared in the same one: change the project instead".to_owned(),
        ));
    }
    turned.plan().map_err(|error| refuse(error.to_string()))
}

/// Writes what a comparison found.
pub(crate) fn tell(
    subject: &Subject,
    names: &[String],
    part: &Part,
    format: LabFormat,
    terminal: &mut Terminal,
) {
    let reports: Vec<Report> = (0..names.len())
        .filter_map(|plan| part.report(plan))
        .collect();
    let told = Told {
        subject,
        names,
        part,
        reports: &reports,
    };
    match format {
        LabFormat::Text => terminal.write(&told.text()),
        LabFormat::Json => terminal.say(&told.json()),
        LabFormat::Csv => terminal.write(&told.csv()),
    }
}

struct Told<'r> {
    subject: &'r Subject,
    names: &'r [String],
    part: &'r Part,
    /// By plan.
    reports: &'r [Report],
}

impl Told<'_> {
    /// Each policy but the first one, with its differences by release.
    fn others(&self) -> impl Iterator<Item = (usize, &String, &[Pair])> {
        let pairs = self.part.pairs().iter().map(Vec::as_slice);
        let others = (1..).zip(self.names.iter().skip(1)).zip(pairs);
        others.map(|((plan, name), pairs)| (plan, name, pairs))
    }

    fn text(&self) -> String {
        let mut out = format!(
            "{}: {} rollouts of {} policies on the same seeds, seed {}\n\n",
            self.subject.project.name,
            grouped(self.part.runs()),
            self.names.len(),
            self.part.study().seed().0
        );
        let head = [
            "policy",
            "false alarms",
            "",
            "95 % interval",
            "misses",
            "",
            "95 % interval",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for (name, report) in self.names.iter().zip(self.reports) {
            let mut row = vec![name.clone()];
            for share in [report.false_alarms, report.misses] {
                row.extend(match share {
                    Some(share) => [k_of_n(share), percent(share.share), interval(share)],
                    None => ["-", "-", "-"].map(str::to_owned),
                });
            }
            rows.push(row);
        }
        out += &table(&rows);
        for (plan, name, pairs) in self.others() {
            out += &["\n", name, " against ", &self.names[0], "\n"].concat();
            out += &self.differences(plan, pairs);
        }
        out
    }

    fn differences(&self, plan: usize, pairs: &[Pair]) -> String {
        let head = [
            "release",
            "what",
            "difference",
            "95 % interval",
            "runs saved by common seeds",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        let mut partings = String::new();
        for (place, (release, pair)) in (0..).zip(self.part.study().releases().iter().zip(pairs)) {
            if let Some(wrong) = pair.wrong(CONFIDENCE) {
                let what = match release.quality {
                    Quality::Good => "false alarms",
                    Quality::Bad => "misses",
                };
                let points = |share: f64| {
                    signed(share * 100.0, &format!("{:.2} points", share.abs() * 100.0))
                };
                rows.push(row(&release.name, what, wrong, points));
            }
            for measure in Measure::ALL {
                if let Some(difference) = pair.difference(measure, CONFIDENCE)
                    && is_any(difference)
                {
                    let shown = |value: f64| signed(value, &in_unit(measure, whole(value.abs())));
                    rows.push(row("", &measure.to_string(), difference, shown));
                }
            }
            partings += &self.parting(plan, place, pair);
        }
        table(&rows) + &partings
    }

    /// The first moment at which runs of one seed part.
    fn parting(&self, plan: usize, release: u32, pair: &Pair) -> String {
        let study = self.part.study();
        let (Some(run), Some(found)) = (pair.example, study.releases().get(release as usize))
        else {
            return String::new();
        };
        let seed = seed_of(study.seed(), release, run);
        let Some(parting) = study.parting(plan, release, run) else {
            return String::new();
        };
        let told = |event: Option<Event>| {
            let diagram = &self.subject.diagram;
            event.map_or("the end".to_owned(), |event| {
                let at = coalmine_controller::Millis(event.at.0);
                let line = event_line(&event, diagram, &found.scenario);
                format!(
                    "at {at} {}",
                    line.unwrap_or_else(|| "something goes on".to_owned())
                )
            })
        };
        let (first, second) = (told(parting.first), told(parting.second));
        let name = &found.name;
        format!(
            "{name}: {} of {} runs differ. With seed {}, first {first}; here {second}\n",
            grouped(pair.apart),
            grouped(pair.runs),
            seed.0,
        )
    }

    fn json(&self) -> String {
        let policies = self.names.iter().zip(self.reports).map(|(name, report)| {
            let mut json = Json::new().text("policy", name);
            for (key, share) in [
                ("false_alarms", report.false_alarms),
                ("misses", report.misses),
            ] {
                json = match share {
                    Some(share) => json.object(key, share_json(share)),
                    None => json.null(key),
                };
            }
            json
        });
        let releases = self.part.study().releases();
        let pairs = self.others().map(|(_, name, pairs)| {
            let releases = releases.iter().zip(pairs).map(|(release, pair)| {
                let mut json = Json::new()
                    .text("release", &release.name)
                    .number("runs", pair.runs)
                    .number("only_first_wrong", pair.only_first)
                    .number("only_second_wrong", pair.only_second)
                    .number("apart", pair.apart);
                for (key, difference) in listed(pair) {
                    json = json.object(key, difference_json(difference));
                }
                json
            });
            Json::new()
                .text("policy", name)
                .text("against", &self.names[0])
                .objects("releases", releases)
        });
        Json::new()
            .text("name", &self.subject.project.name)
            .number("seed", self.part.study().seed().0)
            .objects("policies", policies)
            .objects("differences", pairs)
            .finish()
    }

    fn csv(&self) -> String {
        let mut out = "policy,release,what,runs,difference,lower,upper,gain\n".to_owned();
        for (_, name, pairs) in self.others() {
            for (release, pair) in self.part.study().releases().iter().zip(pairs) {
                for (key, difference) in listed(pair) {
                    out += &csv([
                        name.as_str(),
                        &release.name,
                        key,
                        &difference.runs.to_string(),
                        &difference.mean.to_string(),
                        &difference.interval.lower.to_string(),
                        &difference.interval.upper.to_string(),
                        &difference
                            .gain
                            .map_or(String::new(), |gain| gain.to_string()),
                    ]);
                }
            }
        }
        out
    }
}

/// Every difference of a pair.
fn listed(pair: &Pair) -> impl Iterator<Item = (&'static str, Difference)> {
    let wrong = pair.wrong(CONFIDENCE).map(|found| ("wrong", found));
    let measures = Measure::ALL
        .into_iter()
        .filter_map(move |measure| Some((key(measure), pair.difference(measure, CONFIDENCE)?)));
    wrong.into_iter().chain(measures)
}

fn difference_json(difference: Difference) -> Json {
    Json::new()
        .number("runs", difference.runs)
        .float("mean", difference.mean)
        .float("lower", difference.interval.lower)
        .float("upper", difference.interval.upper)
        .float("gain", difference.gain.unwrap_or(f64::NAN))
}

fn row(
    release: &str,
    what: &str,
    difference: Difference,
    shown: impl Fn(f64) -> String,
) -> Vec<String> {
    let gain = match difference.gain {
        Some(gain) => format!("{gain:.1}x"),
        None => "-".to_owned(),
    };
    let ends = difference.interval;
    vec![
        release.to_owned(),
        what.to_owned(),
        shown(difference.mean),
        format!("{} to {}", shown(ends.lower), shown(ends.upper)),
        gain,
    ]
}

fn signed(value: f64, shown: &str) -> String {
    let sign = if value < 0.0 { "-" } else { "+" };
    format!("{sign}{shown}")
}

/// Whether there is a difference to tell of.
fn is_any(difference: Difference) -> bool {
    0.0 < difference.mean.abs() || 0.0 < difference.interval.upper
}

/// To the nearest whole number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a rounded size, and the cast saturates"
)]
fn whole(size: f64) -> u64 {
    size.round() as u64
}
