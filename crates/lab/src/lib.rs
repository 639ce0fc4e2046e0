//! Ensembles of rollouts: how well a policy does over thousands of seeds, where its gates are blind, what to change.
//!
//! A [`Study`] says what is run: plans, releases, a seed, how many rollouts. It is cut into [`Piece`]s of fixed size,
//! which any number of workers run in any order ([`Study::run`]); a [`Ledger`] hands pieces out and adds the
//! [`Batch`]es up. Tallies are integers whose sums know no order, so that the answer is the same to the byte for one
//! worker and for many, here and in a browser, whole or in shards. A [`Report`] turns sums into shares and quantiles
//! with their intervals.
//!
//! Knows no clock, no entropy, no input or output, no threads, no hash map.

#![no_std]

extern crate alloc;

mod branch;
mod bundle;
mod ledger;
mod pair;
mod parameter;
mod part;
mod release;
mod report;
mod run;
mod sketch;
mod study;
mod sweep;
mod tally;
mod watch;

pub use ledger::{Ledger, Progress};
pub use pair::{Difference, Pair, Parting};
pub use parameter::{Design, Parameter, ParameterError};
pub use part::{JoinError, Part};
pub use release::{Quality, Release, default_releases};
pub use report::{
    CONFIDENCE, Estimate, Passages, ReleaseReport, Report, Share, Spread, StopShare, spread,
};
pub use run::{Ran, seed_of};
pub use sketch::{Bin, Sketch};
pub use study::{
    Batch, MOST_ROLLOUTS, PIECE, Piece, Precision, Shard, Study, StudyError, StudyParts,
};
pub use sweep::{Axis, Cell, Cost, Extent, MOST_CELLS, Scale, Sweep, SweepError};
pub use tally::{Measure, Tally};
pub use watch::{By, Stop};
