//! The rows of the log: as many as are seen, however many there are.

use super::{
    follow::{follow, show},
    log::{LogInput, LogIntent},
    log_row::{Drawn, log_row, row_id},
    window::{ROW, Window, window_of},
};
use coalmine_flow::NodeId;
use leptos::{html, prelude::*};
use std::sync::Arc;

/// What the rows are drawn by.
#[derive(Clone, Copy)]
struct Now {
    /// The last one that has happened at the playhead.
    current: Option<usize>,
    /// The node that is chosen.
    selected: Option<NodeId>,
    /// How many there are in all.
    of: usize,
}

/// The rows that are seen.
fn drawn_rows(input: LogInput, found: &[usize], window: Window, now: Now) -> Vec<Drawn> {
    (window.first..window.last)
        .filter_map(|place| Some((place, input.row(*found.get(place)?)?)))
        .map(|(place, row)| Drawn {
            is_current: now.current == Some(place),
            is_ahead: now.current.is_none_or(|current| current < place),
            is_selected: row.node.is_some() && row.node == now.selected,
            place,
            row,
            of: now.of,
        })
        .collect()
}

/// Tells where the box is scrolled to, and how high it is.
fn scrolled_to(list: NodeRef<html::Div>, tell: WriteSignal<(f64, f64)>) {
    if let Some(list) = list.get_untracked() {
        let (top, height) = (list.scroll_top(), list.client_height());
        tell.set((f64::from(top), f64::from(height)));
    }
}

/// Where a key leads from a row.
fn place_after(key: &str, from: usize, last: usize) -> Option<usize> {
    match key {
        "ArrowDown" => Some((from + 1).min(last)),
        "ArrowUp" => Some(from.saturating_sub(1)),
        "PageDown" => Some((from + 8).min(last)),
        "PageUp" => Some(from.saturating_sub(8)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// The rows, in a box that scrolls. It stays at its end while it is there, and where it is once scrolled up.
#[component]
pub fn LogRows(
    /// What the log reads.
    input: LogInput,
    /// The events that the filter lets through.
    found: Memo<Arc<Vec<usize>>>,
    /// How many of them are shown.
    shown: Memo<usize>,
    /// The last one that has happened at the playhead.
    current: Memo<Option<usize>>,
    /// What a person wants of a row.
    on_intent: Callback<LogIntent>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let (scrolled, set_scrolled) = signal((0.0, 480.0));
    let chosen = RwSignal::new(None::<usize>);
    let active = Signal::derive(move || {
        chosen
            .get()
            .filter(|chosen| *chosen < shown.get())
            .or_else(|| current.get())
    });
    let window = Memo::new(move |_| {
        let (top, height) = scrolled.get();
        window_of(top, height, shown.get())
    });
    let rows = Memo::new(move |_| {
        let now = Now {
            current: current.get(),
            selected: input.selected.get(),
            of: shown.get(),
        };
        found.with(|found| drawn_rows(input, found, window.get(), now))
    });
    let go = move |place: usize| {
        chosen.set(Some(place));
        let index = found.with_untracked(|found| found.get(place).copied());
        if let Some(row) = index.and_then(|index| untrack(|| input.row(index))) {
            on_intent.run(LogIntent::Go(row.at, row.node));
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let end = shown.get_untracked().saturating_sub(1);
        let from = active.get_untracked().unwrap_or(end);
        if event.key() == "Enter" {
            return go(from);
        }
        let Some(place) = place_after(&event.key(), from, end) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        chosen.set(Some(place));
        show(list, place);
    };
    follow(list, shown, current, set_scrolled);
    view! {
        <Show when=move || shown.get() == 0>
            <p class="log-empty">"Nothing of that kind has happened yet."</p>
        </Show>
        <div
            class="log-rows"
            class:is-empty=move || shown.get() == 0
            node_ref=list
            tabindex="0"
            role=move || if shown.get() == 0 { "presentation" } else { "listbox" }
            aria-label="Events"
            aria-activedescendant=move || active.get().map(row_id)
            on:scroll=move |_| scrolled_to(list, set_scrolled)
            on:keydown=on_key
        >
            <div class="log-space" role="presentation" style:height=move || format!("{}px", ROW * shown.get() as f64)>
                <For each=move || rows.get() key=Drawn::clone let:drawn>
                    {log_row(drawn, active, go)}
                </For>
            </div>
        </div>
    }
}
