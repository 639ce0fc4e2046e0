//! One row of the log as it is drawn.

use super::{
    row::{Row, Severity},
    window::ROW,
};
use leptos::prelude::*;

/// A row as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Drawn {
    /// Its place among those that the filter lets through.
    pub(super) place: usize,
    pub(super) row: Row,
    pub(super) of: usize,
    pub(super) is_current: bool,
    pub(super) is_ahead: bool,
    pub(super) is_selected: bool,
}

/// A row: when, of what kind, and what happened.
pub(super) fn log_row(
    drawn: Drawn,
    active: Signal<Option<usize>>,
    go: impl Fn(usize) + Send + Sync + Copy + 'static,
) -> impl IntoView {
    let Drawn {
        place,
        row,
        of,
        is_current,
        is_ahead,
        is_selected,
    } = drawn;
    view! {
        <div
            class="log-row"
            id=row_id(place)
            role="option"
            aria-selected=move || (active.get() == Some(place)).to_string()
            aria-current=is_current.then_some("time")
            aria-setsize=of.to_string()
            aria-posinset=(place + 1).to_string()
            data-severity=severity_word(row.severity)
            class:is-current=is_current
            class:is-ahead=is_ahead
            class:is-selected=is_selected
            title=row.text.clone()
            style:transform=format!("translateY({}px)", ROW * place as f64)
            on:click=move |_| go(place)
        >
            <span class="log-time">{row.time}</span>
            <span class="log-sign" aria-hidden="true">{sign(row.severity)}</span>
            <span class="log-text">{row.text.clone()}</span>
        </div>
    }
}

/// The element of a row.
pub(super) fn row_id(place: usize) -> String {
    format!("log-row-{place}")
}

const fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Detail | Severity::Normal => "·",
        Severity::Good => "✓",
        Severity::Unsure => "?",
        Severity::Bad => "✕",
    }
}

const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Detail => "detail",
        Severity::Normal => "normal",
        Severity::Good => "good",
        Severity::Unsure => "unsure",
        Severity::Bad => "bad",
    }
}
