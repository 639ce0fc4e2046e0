//! Why a person cannot step into a run.

use coalmine_controller::Time;
use core::fmt;

/// Why a person cannot step in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InterveneError {
    /// It would have been before what has already happened.
    Past {
        /// What the run has got to.
        now: Time,
    },
    /// The run is over.
    Ended,
}

impl fmt::Display for InterveneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Past { now } => write!(
                f,
                "the run is {} ms old: step in then or later, or go back to a snapshot",
                now.0
            ),
            Self::Ended => f.write_str("the run is over: go back to a snapshot to step in"),
        }
    }
}

impl core::error::Error for InterveneError {}
