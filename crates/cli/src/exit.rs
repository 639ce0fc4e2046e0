//! How the command ends: statuses that scripts rely on, and failures in words.

use coalmine_controller::Outcome;
use coalmine_lab::JoinError;
use std::{fmt, io, process::ExitCode};

/// The exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done; the rollout succeeded.
    Fine,
    /// 1: `fmt --check` found a file that is not formatted.
    NotFormatted,
    /// 2: the arguments or the file are wrong.
    WrongInput,
    /// 10, 11, 12: how the rollout ended otherwise.
    Ended(Outcome),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine | Exit::Ended(Outcome::Succeeded) => 0,
            Exit::NotFormatted => 1,
            Exit::WrongInput => 2,
            Exit::Ended(Outcome::RolledBack) => 10,
            Exit::Ended(Outcome::Aborted) => 11,
            Exit::Ended(Outcome::Failed) => 12,
        })
    }
}

/// Why the command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file cannot be read.
    Read(String, io::Error),
    /// A file cannot be written.
    Write(String, io::Error),
    /// A file is not text.
    NotText(String, usize),
    /// A picture or a link without a rollout that can be read, and why.
    NoRollout(String, String),
    /// No failure, or no story, has this name.
    Unknown {
        /// `failure` or `story`.
        what: &'static str,
        /// As given.
        name: String,
        /// What was probably meant.
        near: Option<&'static str>,
        /// The command that lists them.
        list: &'static str,
    },
    /// A file is no part of a study, or one of another build.
    NotAPart(String),
    /// Parts do not make a whole.
    Join(JoinError),
    /// An argument asks for what cannot be.
    Argument(&'static str, String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "cannot read {path}: {error}"),
            Self::Write(path, error) => write!(f, "cannot write {path}: {error}"),
            Self::Unknown {
                what,
                name,
                near,
                list,
            } => {
                write!(f, "there is no {what} `{name}`: ")?;
                match near {
                    Some(near) => write!(f, "did you mean `{near}`?"),
                    None => write!(f, "`coalmine {list}` lists them"),
                }
            }
            Self::NotText(path, at) => write!(
                f,
                "{path} is not UTF-8 text: byte {at} does not belong; is it another kind of file?"
            ),
            Self::NoRollout(path, why) => write!(f, "{path}: {why}"),
            Self::NotAPart(path) => write!(
                f,
                "{path} is not a part that this build wrote: run its shard again with this `coalmine`"
            ),
            Self::Join(error) => write!(f, "{error}"),
            Self::Argument(argument, why) => write!(f, "{argument}: {why}"),
        }
    }
}
