//! The beginnings that a fault card offers: the start, each step of the plan, and now.

use super::steps::shares;
use crate::{format, state::analysis::Drawing};
use coalmine_controller::{Time, Weight};
use coalmine_sim::Onset;
use coalmine_wire::quantity::format_weight;

/// A beginning to choose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Start {
    /// When.
    pub onset: Onset,
    /// What the button says.
    pub label: String,
}

/// What a card offers while the playhead stands at `at`.
pub fn starts(drawing: &Drawing, at: Time) -> Vec<Start> {
    let step = |weight: Weight| Start {
        onset: Onset::Weight(weight),
        label: format!("At {}", format_weight(weight)),
    };
    let mut starts = vec![Start {
        onset: Onset::At(Time(0)),
        label: "From the start".to_owned(),
    }];
    // With the first step the canary begins to exist: that is the start already.
    starts.extend(shares(drawing).into_iter().skip(1).map(step));
    if at != Time(0) {
        // Whole seconds, so that the field shows what it means.
        let second = Time(at.0 / 1_000 * 1_000);
        starts.push(Start {
            onset: Onset::At(second),
            label: format!("Now, at {}", format::clock(second)),
        });
    }
    starts
}
