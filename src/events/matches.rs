//! Which events the log shows: by kind or lane, by how much they matter, by words.

use super::row::{Kind, Severity, classify, event_row, node_of};
use crate::playback::Recording;
use coalmine_flow::{Diagram, LaneIx};
use coalmine_sim::{Event, Scenario};

/// What the rows are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Anything.
    #[default]
    All,
    /// One kind.
    Kind(Kind),
    /// Nodes of one lane.
    Lane(LaneIx),
}

/// How much rows must matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Level {
    /// Steps, decisions, trouble.
    #[default]
    Main,
    /// Every event.
    Everything,
    /// Trouble alone.
    Problems,
}

impl Level {
    /// All, in the order of the filter.
    pub const ALL: [Self; 3] = [Self::Main, Self::Everything, Self::Problems];

    /// What the filter says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Main => "Main events",
            Self::Everything => "Every event",
            Self::Problems => "Problems",
        }
    }

    const fn admits(self, severity: Severity) -> bool {
        match (self, severity) {
            (Self::Everything, _)
            | (Self::Main, Severity::Normal | Severity::Good | Severity::Unsure | Severity::Bad)
            | (Self::Problems, Severity::Unsure | Severity::Bad) => true,
            (Self::Main, Severity::Detail)
            | (Self::Problems, Severity::Detail | Severity::Normal | Severity::Good) => false,
        }
    }
}

/// What the log is asked to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What the rows are about.
    pub scope: Scope,
    /// How much they must matter.
    pub level: Level,
    /// Words that each row must contain, in any case.
    pub search: String,
}

/// The places of the events that a filter lets through, in order.
pub fn matches(
    filter: &Filter,
    recording: &Recording,
    diagram: &Diagram,
    scenario: &Scenario,
) -> Vec<usize> {
    let search = filter.search.trim().to_lowercase();
    let says = |index: usize| {
        event_row(recording, index, diagram, scenario)
            .is_some_and(|row| row.text.to_lowercase().contains(&search))
    };
    recording
        .events()
        .iter()
        .enumerate()
        .filter(|(_, event)| passes(filter, event, diagram))
        .map(|(index, _)| index)
        .filter(|&index| search.is_empty() || says(index))
        .collect()
}

fn passes(filter: &Filter, event: &Event, diagram: &Diagram) -> bool {
    let (kind, severity) = classify(event);
    let is_in_scope = match filter.scope {
        Scope::All => true,
        Scope::Kind(wanted) => kind == wanted,
        Scope::Lane(lane) => node_of(event)
            .and_then(|id| diagram.node(id))
            .is_some_and(|node| node.lane == lane),
    };
    is_in_scope && filter.level.admits(severity)
}
