//! The rows of the log: as many as are seen, however many there are.

use super::{
    follow::{follow, show},
    log::{LogInput, LogIntent},
    log_row::{Drawn, log_row, row_id},
    window::{ROW, Window, window_of},
};
use leptos::{html, prelude::*};
use std::sync::Arc;

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
        let Window { first, last } = window.get();
        let (current, of) = (current.get(), shown.get());
        let selected = input.selected.get();
        found.with(|found| {
            (first..last)
                .filter_map(|place| Some((place, input.row(*found.get(place)?)?)))
                .map(|(place, row)| Drawn {
                    is_current: current == Some(place),
                    is_ahead: current.is_none_or(|current| current < place),
                    is_selected: row.node.is_some() && row.node == selected,
                    place,
                    row,
                    of,
                })
                .collect::<Vec<_>>()
        })
    });
    let go = move |place: usize| {
        chosen.set(Some(place));
        let index = found.with_untracked(|found| found.get(place).copied());
        if let Some(row) = index.and_then(|index| untrack(|| input.row(index))) {
            on_intent.run(LogIntent::Go(row.at, row.node));
        }
    };
    let on_key = move |event: web_sys::KeyboardEvent| {
        let last = shown.get_untracked().saturating_sub(1);
        let from = active.get_untracked().unwrap_or(last);
        let place = match event.key().as_str() {
            "ArrowDown" => (from + 1).min(last),
            "ArrowUp" => from.saturating_sub(1),
            "PageDown" => (from + 8).min(last),
            "PageUp" => from.saturating_sub(8),
            "Home" => 0,
            "End" => last,
            "Enter" => return go(from),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        chosen.set(Some(place));
        show(list, place);
    };
    follow(list, shown, current, set_scrolled);
    let on_scroll = move |_| {
        if let Some(list) = list.get_untracked() {
            set_scrolled.set((
                f64::from(list.scroll_top()),
                f64::from(list.client_height()),
            ));
        }
    };
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
            on:scroll=on_scroll
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
