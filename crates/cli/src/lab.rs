//! What the commands of the lab share: reading a project, its releases, and how shares and quantiles are told.

use crate::{
    args::{Format, LabArgs, LabFormat},
    exit::Failure,
    input::Input,
    output::Terminal,
    report::{Source, in_code, report},
};
use coalmine_controller::{Millis, Plan};
use coalmine_flow::{Diagnostic, Diagram};
use coalmine_lab::{Estimate, Measure, Shard, Share, StudyError};
use coalmine_sim::Seed;
use coalmine_wire::{Json, Project, plan_of, quantity};
use std::sync::Arc;

/// A project that the lab can run.
#[derive(Debug)]
pub(crate) struct Subject {
    pub(crate) project: Project,
    pub(crate) diagram: Diagram,
    pub(crate) plan: Arc<Plan>,
}

impl Subject {
    /// A project that runs.
    pub(crate) fn new(project: Project) -> Result<Self, Vec<Diagnostic>> {
        let (diagram, plan) = plan_of(&project)?;
        Ok(Self {
            project,
            diagram,
            plan,
        })
    }

    /// Reads a project; nothing, and its diagnostics are told, where it cannot run.
    pub(crate) fn read(args: &LabArgs, terminal: &mut Terminal) -> Result<Option<Self>, Failure> {
        Self::read_file(&args.file, args, terminal)
    }

    /// The same from another file.
    pub(crate) fn read_file(
        file: &str,
        args: &LabArgs,
        terminal: &mut Terminal,
    ) -> Result<Option<Self>, Failure> {
        let format = match args.format {
            LabFormat::Text | LabFormat::Csv => Format::Text,
            LabFormat::Json => Format::Json,
        };
        let input = Input::read(file)?;
        let mut loaded = match input.load() {
            Ok(loaded) => loaded,
            Err(diagnostics) => {
                report(Source::of(&input), &diagnostics, format, terminal);
                return Ok(None);
            }
        };
        if let Some(seed) = args.seed {
            loaded.project.seed = Seed(seed);
        }
        match Self::new(loaded.project.clone()) {
            Ok(subject) => Ok(Some(subject)),
            Err(diagnostics) => {
                let (source, diagnostics) = in_code(&input, &loaded, diagnostics);
                report(source, &diagnostics, format, terminal);
                Ok(None)
            }
        }
    }
}

/// `2/5` as a shard; all of it where none is asked for.
pub(crate) fn shard(args: &LabArgs) -> Result<Shard, Failure> {
    let Some(text) = &args.shard else {
        return Ok(Shard::WHOLE);
    };
    let numbers = text.split_once('/');
    let numbers = numbers.and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
    let shard = numbers.and_then(|(number, of)| Shard::new(number, of));
    shard.ok_or_else(|| {
        let why =
            format!("`{text}` is no part of a whole: write K/N with K from 1 to N, as in 1/4");
        Failure::Argument("--shard", why)
    })
}

/// A study that cannot be run, with the argument that asks for it.
pub(crate) fn refused(error: StudyError) -> Failure {
    let argument = match error {
        StudyError::Precision(_) => "--precision",
        StudyError::PreciseShard => "--shard",
        _ => "--rollouts",
    };
    Failure::Argument(argument, error.to_string())
}

/// `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if 0 < at && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `12.3 %`; more decimals below one percent.
pub(crate) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let thin = quantity::THIN;
    if 0.0 < percent && percent < 0.995 {
        format!("{percent:.2}{thin}%")
    } else {
        format!("{percent:.1}{thin}%")
    }
}

/// `3 of 1,000`.
pub(crate) fn k_of_n(share: Share) -> String {
    let (k, n) = (share.count.successes, share.count.trials);
    format!("{} of {}", grouped(k), grouped(n))
}

/// `0.1 % to 0.9 %`.
pub(crate) fn interval(share: Share) -> String {
    let (lower, upper) = (share.interval.lower, share.interval.upper);
    format!("{} to {}", percent(lower), percent(upper))
}

/// A value of a measure in its unit.
pub(crate) fn in_unit(measure: Measure, value: u64) -> String {
    match measure {
        Measure::TimeToDetect | Measure::TimeToPromote => {
            // To the second: more would not be known.
            let millis = if value < 10_000 {
                value
            } else {
                value.div_ceil(1_000) * 1_000
            };
            quantity::format_duration(Millis(millis))
        }
        Measure::CanaryRequests | Measure::UsersHurt => grouped(value),
        Measure::WeightAtDetection => percent(value as f64 / 1e4),
        Measure::BudgetBurned => percent(value as f64 / 1e6),
    }
}

/// A share for programs.
pub(crate) fn share_json(share: Share) -> Json {
    Json::new()
        .number("k", share.count.successes)
        .number("n", share.count.trials)
        .float("share", share.share)
        .float("lower", share.interval.lower)
        .float("upper", share.interval.upper)
}

/// A quantile for programs.
pub(crate) fn estimate_json(estimate: Estimate) -> Json {
    Json::new()
        .number("value", estimate.value)
        .maybe("lower", estimate.lower)
        .maybe("upper", estimate.upper)
}

/// The name of a measure in JSON and CSV, its unit last.
pub(crate) const fn key(measure: Measure) -> &'static str {
    match measure {
        Measure::TimeToDetect => "time_to_detect_millis",
        Measure::TimeToPromote => "time_to_promote_millis",
        Measure::CanaryRequests => "canary_requests",
        Measure::UsersHurt => "users_hurt_requests",
        Measure::WeightAtDetection => "weight_at_detection_basis_points",
        Measure::BudgetBurned => "budget_burned_millionths",
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, percent};

    #[test]
    fn numbers_are_grouped_and_small_shares_keep_their_digits() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_345_678, "12,345,678"),
        ] {
            assert_eq!(grouped(number), text);
        }
        for (share, text) in [
            (0.0, "0.0 %"),
            (0.000_37, "0.04 %"),
            (0.162, "16.2 %"),
            (1.0, "100.0 %"),
        ] {
            assert_eq!(percent(share).replace('\u{202f}', " "), text);
        }
    }
}
