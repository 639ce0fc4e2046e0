//! What became of a measurement, a metric or a run of an analysis.

use core::fmt;
use serde::{Deserialize, Serialize};

/// What became of a measurement, a metric or a run of an analysis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Not begun.
    Pending,
    /// Under way.
    Running,
    /// It is as it should be.
    Successful,
    /// Neither.
    Inconclusive,
    /// It could not be measured or judged.
    Error,
    /// It is not as it should be.
    Failed,
}

impl Phase {
    /// Whether nothing more comes.
    pub const fn is_complete(self) -> bool {
        match self {
            Self::Pending | Self::Running => false,
            Self::Successful | Self::Inconclusive | Self::Error | Self::Failed => true,
        }
    }

    /// How bad it is, from the best.
    const fn rank(self) -> u8 {
        match self {
            Self::Successful => 0,
            Self::Running => 1,
            Self::Pending => 2,
            Self::Inconclusive => 3,
            Self::Error => 4,
            Self::Failed => 5,
        }
    }

    /// Whether this is worse than `other`: a failure is worse than an error, and what is under way is worse than a
    /// success.
    pub const fn is_worse_than(self, other: Self) -> bool {
        other.rank() < self.rank()
    }

    /// The word that files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Running => "Running",
            Self::Successful => "Successful",
            Self::Inconclusive => "Inconclusive",
            Self::Error => "Error",
            Self::Failed => "Failed",
        }
    }
}

/// The word that files use.
impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
