//! The arguments of the command. What is written here is what `--help` says.

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;

/// A flight simulator for canary rollouts.
///
/// FILE is a project (`*.coalmine.toml`) or a bare diagram in FlowZap Code (`*.fz`), which runs with the default
/// policy and scenario; a picture that Coalmine saved or a link that it shared do as well; `-` is standard input.
#[derive(Debug, Parser)]
#[command(name = "coalmine", version, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(RunArgs),
    Lint(LintArgs),
    Fmt(FmtArgs),
    Render(RenderArgs),
    Film(FilmArgs),
    Share(ShareArgs),
    Sheet(SheetArgs),
    /// List the rollouts to begin with; `coalmine new` writes one.
    Templates(ListArgs),
    New(NewArgs),
    Failures(ListArgs),
    Stories(StoryListArgs),
    Ensemble(EnsembleArgs),
    Sweep(SweepArgs),
    Compare(CompareArgs),
    Power(PowerArgs),
    Tune(TuneArgs),
    Merge(MergeArgs),
}

/// Run a rollout, and tell what happens and how it ends.
///
/// Exit status: 0 succeeded, 10 rolled back, 11 aborted, 12 failed, 2 wrong input.
#[derive(Arguments, Debug)]
pub(crate) struct RunArgs {
    /// What to run.
    #[arg(required_unless_present = "failure")]
    file: Option<String>,
    /// Where all chance comes from, instead of the file's seed.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Turn the scenario into a story; `coalmine stories` lists them.
    #[arg(long, value_name = "NAME")]
    pub(crate) story: Option<String>,
    /// Inject a failure, or several; `coalmine failures` lists them.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    failure: Vec<String>,
    /// Replay recorded traffic: lines of time and rate, as in `5m,200/s`.
    #[arg(long, value_name = "CSV")]
    pub(crate) traffic: Option<String>,
    /// Save what is run as a project file, before it runs.
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<String>,
    /// A log for people, or one JSON object a line for programs.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

impl RunArgs {
    /// What to run.
    pub(crate) fn file(&self) -> &str {
        self.split().0
    }

    /// The names of the failures to inject.
    pub(crate) fn failures(&self) -> &[String] {
        self.split().1
    }

    /// Where FILE stands behind the names of failures, it is the last of them.
    fn split(&self) -> (&str, &[String]) {
        match (&self.file, self.failure.split_last()) {
            (Some(file), _) => (file, &self.failure),
            (None, Some((file, names))) => (file, names),
            (None, None) => ("-", &[]),
        }
    }
}

/// Say what is wrong with a file, or likely not meant.
///
/// Exit status: 0 no errors, 2 errors.
#[derive(Arguments, Debug)]
pub(crate) struct LintArgs {
    /// What to look at.
    pub(crate) file: String,
    /// Mend what can be mended, in the file, and say what was done. Of the drawing only the lines change that must.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Source lines with marks for people, or one JSON object a line for programs.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// Write the diagram in its canonical spacing; everything else stays as it is.
///
/// Formats the flow of a project inside its file. From standard input it writes to standard output.
#[derive(Arguments, Debug)]
pub(crate) struct FmtArgs {
    /// What to format.
    pub(crate) file: String,
    /// Change nothing, and exit with 1 if the file is not formatted.
    #[arg(long)]
    pub(crate) check: bool,
}

/// Draw the diagram as an SVG file.
#[derive(Arguments, Debug)]
pub(crate) struct RenderArgs {
    /// What to draw.
    pub(crate) file: String,
    /// Where to; `-` is standard output.
    #[arg(short, long, value_name = "SVG")]
    pub(crate) output: String,
}

/// Run a rollout, and draw the run as an SVG file that moves by itself.
#[derive(Arguments, Debug)]
pub(crate) struct FilmArgs {
    /// What to run.
    pub(crate) file: String,
    /// Where all chance comes from, instead of the file's seed.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Where to; `-` is standard output.
    #[arg(short, long, value_name = "SVG")]
    pub(crate) output: String,
}

/// Write a link that holds the whole rollout, for a page of Coalmine.
#[derive(Arguments, Debug)]
pub(crate) struct ShareArgs {
    /// What to share.
    pub(crate) file: String,
    /// The moment of the run to show first, as in `12m30s`.
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// The address of the page that opens it.
    #[arg(long, value_name = "ADDRESS", default_value = "http://127.0.0.1:8080/")]
    pub(crate) page: String,
}

/// Write steps, gates and limits as a page of Markdown.
#[derive(Arguments, Debug)]
pub(crate) struct SheetArgs {
    /// What to describe.
    pub(crate) file: String,
    /// The address of its picture beside the text; `coalmine render` draws it.
    #[arg(long, value_name = "SVG")]
    pub(crate) picture: Option<String>,
    /// Where to; `-` is standard output.
    #[arg(short, long, value_name = "MD", default_value = "-")]
    pub(crate) output: String,
}

/// Write a project to begin with.
#[derive(Arguments, Debug)]
pub(crate) struct NewArgs {
    /// Which; `coalmine templates` lists them.
    pub(crate) template: String,
    /// Where to, instead of a file of its name; `-` is standard output.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<String>,
}

/// List the failures that can be injected, each with its target and what it is.
#[derive(Arguments, Debug)]
pub(crate) struct ListArgs {
    /// A table for people, or one JSON object a line for programs.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// List the stories that a scenario can be turned into.
#[derive(Arguments, Debug)]
pub(crate) struct StoryListArgs {
    /// A table for people, or one JSON object a line for programs.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: Format,
}

/// What all commands of the lab take.
#[derive(Arguments, Debug)]
pub(crate) struct LabArgs {
    /// What to run.
    pub(crate) file: String,
    /// Rollouts of each release.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1_000)]
    pub(crate) rollouts: u32,
    /// Where all chance comes from, instead of the file's seed.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// A table for people, one JSON object for programs, or lines for a spreadsheet.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: LabFormat,
    /// Workers; as many as there are cores if not given. The answer does not depend on it.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Do part K of N equal ones, for machines that share the work; `coalmine merge` joins what they write.
    #[arg(long, value_name = "K/N", requires = "output")]
    pub(crate) shard: Option<String>,
    /// Write the result as a file for `coalmine merge` instead of telling it.
    #[arg(short, long, value_name = "PART")]
    pub(crate) output: Option<String>,
}

/// Turn one or two numbers of the policy, the drawing or the world over a grid, and tell how the errors follow.
///
/// Exit status: 0 done, 2 wrong input, or too much of it without `--yes`.
#[derive(Arguments, Debug)]
pub(crate) struct SweepArgs {
    #[command(flatten)]
    pub(crate) lab: LabArgs,
    /// What is turned, and over which values: `error-rate=0.5%..3%/20`, `window=1m,2m,5m`, `errors=0.1%..10%/9log`.
    ///
    /// METRIC or METRIC@NODE is a bound; besides there are look-back:METRIC, min-requests:METRIC, trigger-1, window,
    /// window@NODE, extensions, step@NODE, traffic (a second), errors (of the bad release), and regression (1 is what
    /// is wrong now, 0.5 is half of it).
    #[arg(long, value_name = "NUMBER=VALUES", required = true)]
    pub(crate) turn: Vec<String>,
    /// Mark cells whose false alarms and misses are both at most this.
    #[arg(long, value_name = "PERCENT", default_value = "5%")]
    pub(crate) target: String,
    /// Run it however long it takes.
    #[arg(long)]
    pub(crate) yes: bool,
}

/// Run two to four policies on the same seeds, and tell by how much they differ.
///
/// The first file is what the others are compared with; its releases are what all are tried on. Exit status: 0 done, 2
/// wrong input.
#[derive(Arguments, Debug)]
pub(crate) struct CompareArgs {
    #[command(flatten)]
    pub(crate) lab: LabArgs,
    /// Other files, whose diagrams and policies are compared with the first one's.
    #[arg(value_name = "OTHER")]
    pub(crate) others: Vec<String>,
    /// The first file with numbers turned, as in `window=8m` or `window=8m,error-rate=0.8%`; see `sweep --turn`.
    #[arg(long, value_name = "NUMBER=VALUE,...")]
    pub(crate) with: Vec<String>,
}

/// Tell what each gate can see: its requests, the smallest regression it catches, what it would need.
///
/// Exit status: 0 done, 2 wrong input.
#[derive(Arguments, Debug)]
pub(crate) struct PowerArgs {
    /// What to look at.
    pub(crate) file: String,
    /// The rise of the error rate that should be caught.
    #[arg(long, value_name = "PERCENT", default_value = "1%")]
    pub(crate) matters: String,
    /// Rollouts of each simulated answer.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 200)]
    pub(crate) rollouts: u32,
    /// Where all chance comes from, instead of the file's seed.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// A table for people, one JSON object for programs, or lines for a spreadsheet.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: LabFormat,
}

impl PowerArgs {
    /// The same as arguments of the lab.
    pub(crate) fn lab(&self) -> LabArgs {
        LabArgs {
            file: self.file.clone(),
            rollouts: self.rollouts,
            seed: self.seed,
            format: self.format,
            threads: None,
            shard: None,
            output: None,
        }
    }
}

/// Find the policies in some ranges that no other one there beats, and tell what each of them buys.
///
/// Exit status: 0 done, 2 wrong input, or no policy in the ranges meets what was asked.
#[derive(Arguments, Debug)]
pub(crate) struct TuneArgs {
    /// What to tune.
    pub(crate) file: String,
    /// What may be turned, and over which values: see `sweep --turn`.
    #[arg(long, value_name = "NUMBER=VALUES", required = true)]
    pub(crate) turn: Vec<String>,
    /// What must hold: `misses<=1%`, `false-alarms<=0.5%`, `time-to-promote<=30m`, `users-hurt<=500`.
    #[arg(long, value_name = "AIM<=VALUE")]
    pub(crate) keep: Vec<String>,
    /// Rollouts of each release in the last round.
    #[arg(short = 'n', long, value_name = "N", default_value_t = 1_000)]
    pub(crate) rollouts: u32,
    /// Where all chance comes from, instead of the file's seed.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// A table for people, one JSON object for programs, or lines for a spreadsheet.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: LabFormat,
    /// Workers; as many as there are cores if not given. The answer does not depend on it.
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Write the project with the first proposal applied to this file.
    #[arg(long, value_name = "PROJECT")]
    pub(crate) write: Option<String>,
}

/// Join the parts that machines have written, and tell exactly what one machine would have told.
///
/// Exit status: 0 done, 2 parts are missing, there twice, or do not belong together.
#[derive(Arguments, Debug)]
pub(crate) struct MergeArgs {
    /// What `--shard K/N -o PART` wrote, for each K.
    #[arg(required = true, value_name = "PART")]
    pub(crate) parts: Vec<String>,
    /// A table for people, one JSON object for programs, or lines for a spreadsheet.
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: LabFormat,
}

/// Run thousands of rollouts of good and bad releases, and tell how often the policy is wrong.
///
/// The releases are the project's scenario and its other side: without what is wrong with it, or with failures of the
/// library. Exit status: 0 done, 2 wrong input.
#[derive(Arguments, Debug)]
pub(crate) struct EnsembleArgs {
    #[command(flatten)]
    pub(crate) lab: LabArgs,
    /// Stop as soon as false alarms and misses are known to this, as in `1%`; looked at after 250, 500, 1000 … rollouts.
    #[arg(long, value_name = "PERCENT")]
    pub(crate) precision: Option<String>,
}

/// How the lab writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LabFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
    /// For spreadsheets.
    Csv,
}

/// How to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }
}
