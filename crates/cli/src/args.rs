//! The arguments of the command. What is written here is what `--help` says.

use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};

/// A flight simulator for canary rollouts.
///
/// FILE is a project (`*.coalmine.toml`) or a bare diagram in FlowZap Code (`*.fz`), which runs with the default
/// policy and scenario; `-` is standard input.
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
    Failures(ListArgs),
    Stories(StoryListArgs),
}

/// Run a rollout, and tell what happens and how it ends.
///
/// Exit status: 0 succeeded, 10 rolled back, 11 aborted, 12 failed, 2 wrong input.
#[derive(Arguments, Debug)]
pub(crate) struct RunArgs {
    /// What to run.
    pub(crate) file: String,
    /// Where all chance comes from, instead of the file's seed.
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Turn the scenario into a story; `coalmine stories` lists them.
    #[arg(long, value_name = "NAME")]
    pub(crate) story: Option<String>,
    /// Inject a failure, or several; `coalmine failures` lists them.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub(crate) failure: Vec<String>,
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

/// Say what is wrong with a file, or likely not meant.
///
/// Exit status: 0 no errors, 2 errors.
#[derive(Arguments, Debug)]
pub(crate) struct LintArgs {
    /// What to look at.
    pub(crate) file: String,
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
