//! The head of the charts: the instant that their values belong to, and the table behind a button.

use super::{
    bench::ChartsInput,
    table::{ChartTable, rows},
};
use crate::{format, state::appearance::ChartLines};
use coalmine_controller::Time;
use leptos::{html, prelude::*};

/// What instant the values belong to, and the table.
#[component]
pub fn ChartsHead(
    /// What the charts read.
    input: ChartsInput,
    /// Where the crosshair stands, if it does.
    #[prop(into)]
    cursor: Signal<Option<Time>>,
    /// Somebody chose what to draw.
    on_lines: Callback<ChartLines>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    let is_open = RwSignal::new(false);
    let table = Signal::derive(move || {
        if is_open.get() {
            input
                .recording
                .with(|recording| rows(recording, input.at.get(), input.lines.get()))
        } else {
            Vec::new()
        }
    });
    let open = move |_| {
        is_open.set(true);
        if let Some(dialog) = dialog.get_untracked() {
            // A dialog that is open already stays so.
            dialog.show_modal().ok();
        }
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let is_true = move || input.lines.get() == ChartLines::WithTruth;
    let instant = move || cursor.get().unwrap_or_else(|| input.at.get());
    view! {
        <div class="charts-head">
            <h2 class="charts-title">"Charts"</h2>
            <span class="charts-instant">
                <span class="muted">
                    {move || if cursor.get().is_some() { "crosshair" } else { "playhead" }}
                </span>
                " "
                <b>{move || format::clock(instant())}</b>
            </span>
            <button
                class="charts-truth"
                aria-pressed=move || is_true().to_string()
                title="What really is, beside what is measured: dotted lines"
                on:click=move |_| {
                    on_lines.run(if is_true() { ChartLines::Measured } else { ChartLines::WithTruth });
                }
            >
                <span class="truth-line" aria-hidden="true"></span>
                "Truth"
            </button>
            <button class="charts-table-button" on:click=open>"Show as table"</button>
            <dialog
                node_ref=dialog
                class="chart-dialog"
                aria-label="Charts as a table"
                on:close=move |_| is_open.set(false)
            >
                <div class="chart-dialog-head">
                    <h2>"Charts as a table"</h2>
                    <button class="button-outlined" on:click=close>"Close"</button>
                </div>
                <div class="chart-dialog-body" tabindex="0" role="region" aria-label="Table">
                    <ChartTable rows=table lines=input.lines />
                </div>
            </dialog>
        </div>
    }
}
