//! The card over a node: hoverable, dismissible with Escape, beside what it speaks of.

use super::{badge::CheckRow, node_parts::verdict_kind, tip::Tip, viewport::Size};
use crate::diagram::Area;
use leptos::prelude::*;

/// How wide the card is, in pixels.
const WIDTH: f64 = 304.0;
/// Between the card and what it speaks of: nothing that a pointer could fall through.
const GAP: f64 = 6.0;

/// Where the card lies: its left edge, and either its upper or its lower edge, in the panel.
fn place(anchor: Area, panel: Size) -> (String, String, String) {
    let left = (anchor.centre().x - WIDTH / 2.0).clamp(8.0, (panel.width - WIDTH - 8.0).max(8.0));
    let left = format!("{left:.0}px");
    if anchor.centre().y < panel.height / 2.0 {
        let top = (anchor.y + anchor.height + GAP).max(8.0);
        (left, format!("{top:.0}px"), "auto".to_owned())
    } else {
        let bottom = (panel.height - anchor.y + GAP).max(8.0);
        (left, "auto".to_owned(), format!("{bottom:.0}px"))
    }
}

fn row(row: CheckRow) -> impl IntoView {
    let (kind, icon) = verdict_kind(row.verdict);
    view! {
        <tr data-kind=kind>
            <td class="tip-sign">
                <svg class="icon" viewBox="0 0 16 16" width="14" height="14" aria-label=kind role="img">
                    <path class="icon-line" d=icon />
                </svg>
            </td>
            <th scope="row">{row.metric}</th>
            <td class="tip-number">{row.comparison}</td>
            <td class="tip-basis muted">{row.basis}</td>
        </tr>
    }
}

/// The card.
#[component]
pub fn TipCard(
    /// What it says; nothing, no card.
    #[prop(into)]
    tip: Signal<Option<Tip>>,
    /// The node, as it is seen in the panel.
    #[prop(into)]
    anchor: Signal<Area>,
    /// The panel.
    #[prop(into)]
    panel: Signal<Size>,
    /// Whether the pointer is over it.
    on_hover: Callback<bool>,
) -> impl IntoView {
    move || {
        let tip = tip.get()?;
        let (left, top, bottom) = place(anchor.get(), panel.get());
        let lines: Vec<_> = tip
            .lines
            .into_iter()
            .map(|line| view! { <p>{line}</p> })
            .collect();
        let words = (!tip.words.is_empty()).then(|| view! { <p class="muted">{tip.words}</p> });
        let rows: Vec<_> = tip.rows.into_iter().map(row).collect();
        let table = (!rows.is_empty()).then(|| view! { <table><tbody>{rows}</tbody></table> });
        Some(view! {
            <div
                class="tip"
                role="tooltip"
                style:left=left
                style:top=top
                style:bottom=bottom
                on:pointerenter=move |_| on_hover.run(true)
                on:pointerleave=move |_| on_hover.run(false)
            >
                <strong>{tip.title}</strong>
                {words}
                {lines}
                {table}
            </div>
        })
    }
}
