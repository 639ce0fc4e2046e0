//! All plots on the page: five plots in four cells, one time axis, one crosshair, and a table behind a button.

use super::{
    board::time_axis,
    cursor::nearest,
    head::ChartsHead,
    marks::Marks,
    model::{Plot, Readout, readout, summary, thresholds},
    outline::Outline,
    painter::{Canvas, paint_when_needed},
    slider::CrosshairSlider,
    truth::{TrueValues, true_values, truth_summary},
    view::{Overhead, PlotIntent, PlotView},
};
use crate::{playback::Recording, state::appearance::ChartLines};
use coalmine_controller::{Policy, Time};
use leptos::{html, prelude::*};
use std::sync::Arc;

/// Everything that the charts read.
#[derive(Clone, Copy)]
pub struct ChartsInput {
    /// What was received of the run.
    pub recording: Signal<Arc<Recording>>,
    /// The instant on screen.
    pub at: Signal<Time>,
    /// Whether it moves by itself.
    pub playing: Signal<bool>,
    /// What is judged.
    pub policy: Signal<Arc<Policy>>,
    /// What is expected of the run.
    pub outline: Signal<Arc<Outline>>,
    /// Whether what really is is drawn, too.
    pub lines: Signal<ChartLines>,
}

/// The charts. A click or Enter at the crosshair asks to seek; the crosshair itself is the caller's signal, so that
/// other views can follow it.
#[component]
pub fn Charts(
    /// What they read.
    input: ChartsInput,
    /// Where the crosshair stands; only the charts write it.
    cursor: RwSignal<Option<Time>>,
    /// The playhead shall come here.
    on_seek: Callback<Time>,
    /// Somebody chose what to draw.
    on_lines: Callback<ChartLines>,
) -> impl IntoView {
    let layers: [(Canvas, Canvas); Plot::ALL.len()] =
        std::array::from_fn(|_| (NodeRef::new(), NodeRef::new()));
    let root = NodeRef::<html::Div>::new();
    paint_when_needed(input, root, layers);

    let ChartsInput {
        recording,
        at,
        outline,
        ..
    } = input;
    let axis = Memo::new(move |_| {
        recording.with(|recording| outline.with(|outline| time_axis(recording, outline)))
    });
    // The playhead may go back behind the crosshair, and a new run may be shorter.
    let shown = Signal::derive(move || cursor.get().filter(|cursor| *cursor <= at.get()));
    let overhead = Overhead {
        axis,
        at,
        cursor: shown,
    };
    let on_intent = Callback::new(move |intent: PlotIntent| match intent {
        PlotIntent::Point(share) => {
            let wanted = axis.get_untracked().at(share);
            let at = at.get_untracked();
            let found = recording.with_untracked(|recording| nearest(recording, wanted, at));
            if cursor.get_untracked() != found {
                cursor.set(found);
            }
        }
        PlotIntent::Leave => cursor.set(None),
        PlotIntent::Seek(share) => on_seek.run(axis.get_untracked().at(share)),
    });
    let plot = move |plot: Plot| {
        let (grid, lines) = layers[plot.index()];
        let (readout, summary) = words(plot, input, shown);
        let truth = truth_at(plot, input, shown);
        view! { <PlotView plot grid lines readout truth summary overhead on_intent /> }
    };
    view! {
        <div class="charts" node_ref=root>
            <ChartsHead input cursor=shown on_lines />
            <CrosshairSlider input cursor on_seek />
            <div class="charts-grid">
                <div class="chart-cell">{plot(Plot::Share)}</div>
                <div class="chart-cell">{plot(Plot::Errors)}</div>
                <div class="chart-cell">{plot(Plot::Latency)}</div>
                <div class="chart-cell is-double">{plot(Plot::Cpu)} {plot(Plot::Memory)}</div>
            </div>
        </div>
    }
}

/// The values of a plot at crosshair or playhead, and its summary, which rests while a run plays.
fn words(
    plot: Plot,
    input: ChartsInput,
    cursor: Signal<Option<Time>>,
) -> (Signal<Readout>, Signal<String>) {
    let ChartsInput {
        recording,
        at,
        playing,
        policy,
        lines,
        ..
    } = input;
    let bounds = Memo::new(move |_| policy.with(|policy| thresholds(policy, plot)));
    let values = Memo::new(move |_| {
        let instant = cursor.get().unwrap_or_else(|| at.get());
        recording.with(|recording| bounds.with(|bounds| readout(plot, recording, instant, bounds)))
    });
    let sentence = Memo::new(move |before: Option<&String>| match before {
        Some(before) if playing.get() => before.clone(),
        Some(_) | None => recording.with(|recording| {
            let marks = Marks::of(recording.events().iter());
            let measured = bounds.with(|bounds| summary(plot, recording, &marks, at.get(), bounds));
            match lines.get() {
                ChartLines::Measured => measured,
                ChartLines::WithTruth => measured + &truth_summary(plot, recording, at.get()),
            }
        }),
    });
    (values.into(), sentence.into())
}

/// What really was at crosshair or playhead, where it is drawn.
fn truth_at(
    plot: Plot,
    input: ChartsInput,
    cursor: Signal<Option<Time>>,
) -> Signal<Option<TrueValues>> {
    let values = Memo::new(move |_| match input.lines.get() {
        ChartLines::Measured => None,
        ChartLines::WithTruth => {
            let instant = cursor.get().unwrap_or_else(|| input.at.get());
            input
                .recording
                .with(|recording| true_values(plot, recording, instant))
        }
    });
    values.into()
}
