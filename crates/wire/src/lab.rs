//! The talk between the page and the workers of the lab: a pool of workers runs the pieces of a study.
//!
//! The [`Pool`] is the page's end: it hands pieces out, adds batches up, and gives the pieces of a worker that is lost to
//! the others. The [`LabHost`] is a worker's end. Both are pure; how bytes travel between them is glue.

mod host;
mod pool;

pub use host::LabHost;
pub use pool::{Pool, PoolUpdate, Seat, ToSeat};

use coalmine_lab::{Batch, Piece, Study};
use serde::{Deserialize, Serialize};

/// Names a study: messages of an abandoned one are dropped.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct StudyId(pub u32);

/// From the page to a worker of the lab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToLab {
    /// Pieces of this study follow; whatever was open before is abandoned.
    Open {
        /// The study.
        id: StudyId,
        /// What it is.
        study: Box<Study>,
    },
    /// Run this piece of the study that is open.
    Run {
        /// The study.
        id: StudyId,
        /// The piece.
        piece: Piece,
    },
}

/// From a worker of the lab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromLab {
    /// The worker listens. Its build must be the page's, or the page asks for a reload.
    Ready {
        /// The worker's build.
        build: String,
    },
    /// A piece was run.
    Ran {
        /// The study.
        id: StudyId,
        /// The piece.
        piece: Piece,
        /// What it came to.
        batch: Batch,
    },
}
