//! The log on the page: rows up to where the playhead has been, drawn only where they are seen.

use super::{
    matches::{Filter, matches},
    reach::Reach,
    row::{Row, event_row},
    toolbar::LogToolbar,
};
use crate::{events::rows::LogRows, playback::Recording};
use coalmine_controller::Time;
use coalmine_flow::{Diagram, NodeId};
use coalmine_wire::Project;
use leptos::prelude::*;
use std::sync::Arc;

/// Everything that the log reads.
#[derive(Clone, Copy)]
pub struct LogInput {
    /// What was received of the run.
    pub recording: Signal<Arc<Recording>>,
    /// The instant on screen.
    pub at: Signal<Time>,
    /// What the nodes are called.
    pub diagram: Signal<Arc<Diagram>>,
    /// What the faults are.
    pub project: Signal<Arc<Project>>,
    /// The node that is selected elsewhere: its rows are marked.
    pub selected: Signal<Option<NodeId>>,
}

impl LogInput {
    /// The row of an event.
    pub fn row(self, index: usize) -> Option<Row> {
        self.recording.with(|recording| {
            self.diagram.with(|diagram| {
                self.project
                    .with(|project| event_row(recording, index, diagram, &project.scenario))
            })
        })
    }
}

/// What a person wants of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogIntent {
    /// The playhead comes to this instant, and the node, where there is one, is selected.
    Go(Time, Option<NodeId>),
}

/// The log.
#[component]
pub fn EventLog(
    /// What it reads.
    input: LogInput,
    /// What a person wants of a row.
    on_intent: Callback<LogIntent>,
) -> impl IntoView {
    let filter = RwSignal::new(Filter::default());
    let found = Memo::new(move |_| {
        input.recording.with(|recording| {
            input.diagram.with(|diagram| {
                input.project.with(|project| {
                    filter.with(|filter| {
                        Arc::new(matches(filter, recording, diagram, &project.scenario))
                    })
                })
            })
        })
    });
    let reach = Memo::new(move |before: Option<&Reach>| {
        input
            .recording
            .with(|recording| Reach::after(before, recording, input.at.get()))
    });
    let shown = Memo::new(move |_| {
        let events = reach.with(Reach::events);
        found.with(|found| found.partition_point(|index| *index < events))
    });
    // The last row that has happened at the playhead.
    let current = Memo::new(move |_| {
        let events = input
            .recording
            .with(|recording| recording.events_until(input.at.get()));
        found
            .with(|found| found.partition_point(|index| *index < events))
            .checked_sub(1)
    });
    let all_rows = Callback::new(move |()| {
        found.with_untracked(|found| {
            found[..shown.get_untracked().min(found.len())]
                .iter()
                .filter_map(|index| untrack(|| input.row(*index)))
                .collect::<Vec<_>>()
        })
    });
    let lanes = Memo::new(move |_| {
        input.diagram.with(|diagram| {
            let lanes = diagram.lanes.iter();
            lanes.map(|lane| lane.label.clone()).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="panel log" aria-labelledby="log-title">
            <LogToolbar filter lanes rows=all_rows />
            <LogRows input found shown current on_intent />
        </section>
    }
}
