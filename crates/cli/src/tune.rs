//! `coalmine tune`: which policies are worth having, and what each of them buys.

use crate::{
    args::{LabArgs, LabFormat, TuneArgs},
    axis,
    exit::{Exit, Failure},
    lab::{Subject, grouped, k_of_n, percent, share_json},
    output::Terminal,
    pool,
    sweep::{design, refused},
    table::{csv, table},
};
use coalmine_controller::Millis;
use coalmine_lab::{Aim, Axis, Constraint, Extent, Part, Proposal, Score, Shard, Tuning};
use coalmine_wire::{
    Json, Project,
    quantity::{format_duration, parse_decimal, parse_duration, parse_percent},
    turning::{show_value, turn},
};
use std::{fs, sync::Arc};

pub(crate) fn run(args: &TuneArgs, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let constraints = args.keep.iter().map(|text| constraint(text));
    let constraints = constraints.collect::<Result<Vec<Constraint>, Failure>>()?;
    let lab = LabArgs {
        file: args.file.clone(),
        rollouts: args.rollouts,
        seed: args.seed,
        format: args.format,
        threads: args.threads,
        shard: None,
        output: None,
    };
    let Some(subject) = Subject::read(&lab, terminal)? else {
        return Ok(Exit::WrongInput);
    };
    let policy = &subject.project.policy;
    let axes = args.turn.iter().map(|text| axis::parse(text, policy));
    let axes = axes.collect::<Result<Vec<Axis>, Failure>>()?;
    let extent = Extent {
        seed: subject.project.seed,
        rollouts: args.rollouts,
        shard: Shard::WHOLE,
    };
    let mut tuning = Tuning::new(&design(&subject), &axes, constraints, extent).map_err(refused)?;
    let mut runs = 0;
    while let Some(study) = tuning.round().map_err(refused)? {
        let part = Part::of(&pool::complete(Arc::new(study), args.threads));
        runs += part.runs();
        tuning.take_in(&part);
    }
    let base = tuning
        .base()
        .expect("the policy as it is ran in every round");
    let told = Told {
        subject: &subject,
        base: base.score,
        front: tuning.front(),
        runs,
    };
    match args.format {
        LabFormat::Text => terminal.write(&told.text()),
        LabFormat::Json => terminal.say(&told.json()),
        LabFormat::Csv => terminal.write(&told.csv()),
    }
    let Some(best) = told.front.first().filter(|best| best.is_allowed) else {
        return Ok(Exit::WrongInput);
    };
    if let Some(path) = &args.write {
        let project = applied(&subject, best)?;
        fs::write(path, project.to_toml()).map_err(|error| Failure::Write(path.clone(), error))?;
    }
    Ok(Exit::Fine)
}

/// `misses<=1%`.
fn constraint(text: &str) -> Result<Constraint, Failure> {
    let refuse = |why: String| Failure::Argument("--keep", format!("`{text}`: {why}"));
    let Some((aim, most)) = text.split_once("<=") else {
        return Err(refuse(
            "write what must hold as AIM<=VALUE, as in misses<=1%".to_owned(),
        ));
    };
    let most = most.trim();
    let percent = || parse_percent(most).map(|limit| limit.0 as f64 / 1e6);
    let (aim, most) = match aim.trim() {
        "misses" => (Aim::Misses, percent()),
        "false-alarms" => (Aim::FalseAlarms, percent()),
        "time-to-promote" => (
            Aim::TimeToPromote,
            parse_duration(most).map(|it| it.0 as f64),
        ),
        "users-hurt" => (Aim::UsersHurt, parse_decimal(most, 0).map(|it| it as f64)),
        other => {
            return Err(refuse(format!(
                "`{other}` is no aim: use misses, false-alarms, time-to-promote or users-hurt"
            )));
        }
    };
    let most = most.map_err(|error| refuse(error.to_string()))?;
    Ok(Constraint { aim, most })
}

/// The project with a proposal applied: numbers of the policy, and of the drawing's labels.
fn applied(subject: &Subject, proposal: &Proposal) -> Result<Project, Failure> {
    let turned = proposal.turned.iter();
    turned
        .copied()
        .try_fold(subject.project.clone(), |project, (parameter, value)| {
            turn(&project, parameter, value)
        })
        .map_err(|error| Failure::Argument("--write", error.to_string()))
}

struct Told<'r> {
    subject: &'r Subject,
    base: Score,
    front: Vec<Proposal>,
    runs: u64,
}

impl Told<'_> {
    fn text(&self) -> String {
        let (name, seed) = (&self.subject.project.name, self.subject.project.seed.0);
        let runs = grouped(self.runs);
        let mut out = format!("{name}: {runs} rollouts, seed {seed}\n\n");
        let head = [
            "policy",
            "misses",
            "",
            "false alarms",
            "",
            "promoted after",
            "users hurt",
        ];
        let mut rows = vec![
            head.map(str::to_owned).to_vec(),
            row("as it is", &self.base),
        ];
        for (number, proposal) in (1_u32..).zip(&self.front) {
            rows.push(row(&format!("proposal {number}"), &proposal.score));
        }
        out += &table(&rows);
        if !self.front.iter().any(|proposal| proposal.is_allowed) {
            out += "\nNo policy in these ranges keeps all that was asked; this one comes closest. Widen the ranges, or ask for less.\n";
        }
        out.push('\n');
        for (number, proposal) in (1_u32..).zip(&self.front) {
            out += &[&number.to_string(), ". ", &self.sentence(proposal), "\n"].concat();
        }
        out
    }

    /// `window 8 min: misses 11 % to 0.8 %, 6 min slower`.
    fn sentence(&self, proposal: &Proposal) -> String {
        let policy = &self.subject.project.policy;
        let turned = proposal.turned.iter();
        let turned = turned.map(|&(parameter, value)| {
            format!("{parameter} {}", show_value(parameter, value, policy))
        });
        let turned = turned.collect::<Vec<_>>().join(", ");
        let (old, new) = (&self.base, &proposal.score);
        let mut gains = Vec::new();
        for (name, aim) in [("misses", Aim::Misses), ("false alarms", Aim::FalseAlarms)] {
            if 1e-9 < (old.of(aim) - new.of(aim)).abs() {
                gains.push(format!(
                    "{name} {} to {}",
                    percent(old.of(aim)),
                    percent(new.of(aim))
                ));
            }
        }
        let time = new.of(Aim::TimeToPromote) - old.of(Aim::TimeToPromote);
        if time.is_finite() && 1_000.0 <= time.abs() {
            let word = if time < 0.0 { "quicker" } else { "slower" };
            gains.push(format!("{} {word}", duration(time.abs())));
        }
        let users = new.of(Aim::UsersHurt) - old.of(Aim::UsersHurt);
        if 1.0 <= users.abs() {
            let word = if users < 0.0 { "fewer" } else { "more" };
            gains.push(format!(
                "{} {word} users hurt by a bad release",
                grouped(whole(users.abs()))
            ));
        }
        if gains.is_empty() {
            gains.push("no difference".to_owned());
        }
        format!("{turned}: {}", gains.join(", "))
    }

    fn json(&self) -> String {
        let policy = &self.subject.project.policy;
        let front = self.front.iter().map(|proposal| {
            let turned = proposal.turned.iter().map(|&(parameter, value)| {
                Json::new()
                    .text("parameter", &parameter.to_string())
                    .float("value", value as f64)
                    .text("shown", &show_value(parameter, value, policy))
            });
            Json::new()
                .objects("turned", turned)
                .flag("keeps_all", proposal.is_allowed)
                .object("score", score_json(&proposal.score))
                .text("says", &self.sentence(proposal))
        });
        Json::new()
            .text("name", &self.subject.project.name)
            .number("seed", self.subject.project.seed.0)
            .number("rollouts", self.runs)
            .object("as_it_is", score_json(&self.base))
            .objects("front", front)
            .finish()
    }

    fn csv(&self) -> String {
        let policy = &self.subject.project.policy;
        let mut out = "policy,misses,false_alarms,time_to_promote_millis,users_hurt\n".to_owned();
        let mut line = |name: &str, score: &Score| {
            let numbers = Aim::ALL.map(|aim| score.of(aim).to_string());
            let cells = [name].into_iter().chain(numbers.iter().map(String::as_str));
            out += &csv(cells);
        };
        line("as it is", &self.base);
        for proposal in &self.front {
            let turned = proposal.turned.iter();
            let turned = turned.map(|&(parameter, value)| {
                format!("{parameter} {}", show_value(parameter, value, policy))
            });
            line(&turned.collect::<Vec<_>>().join(", "), &proposal.score);
        }
        out
    }
}

fn row(name: &str, score: &Score) -> Vec<String> {
    let mut row = vec![name.to_owned()];
    for share in [score.misses, score.false_alarms] {
        row.extend(match share {
            Some(share) => [k_of_n(share), percent(share.share)],
            None => ["-", "-"].map(str::to_owned),
        });
    }
    row.push(score.time_to_promote.map_or("never".to_owned(), duration));
    row.push(
        score
            .users_hurt
            .map_or("-".to_owned(), |users| grouped(whole(users))),
    );
    row
}

fn score_json(score: &Score) -> Json {
    let mut json = Json::new();
    for (key, share) in [
        ("misses", score.misses),
        ("false_alarms", score.false_alarms),
    ] {
        json = match share {
            Some(share) => json.object(key, share_json(share)),
            None => json.null(key),
        };
    }
    json.float("time_to_promote_millis", score.of(Aim::TimeToPromote))
        .float("users_hurt", score.of(Aim::UsersHurt))
}

/// To the second.
fn duration(millis: f64) -> String {
    format_duration(Millis(whole(millis / 1e3) * 1_000))
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
