//! The sheet of shortcuts.

use crate::state::shortcut::SHEET;
use leptos::{html, prelude::*};

/// The sheet; whoever holds `sheet` opens it.
#[component]
pub fn Help(
    /// The dialog.
    sheet: NodeRef<html::Dialog>,
) -> impl IntoView {
    let row = |(keys, words): (&'static [&'static str], &'static str)| {
        let keys = keys
            .iter()
            .map(|key| view! { <kbd>{*key}</kbd> })
            .collect_view();
        view! {
            <div class="sheet-row">
                <dt>{keys}</dt>
                <dd>{words}</dd>
            </div>
        }
    };
    view! {
        <dialog node_ref=sheet class="help" aria-labelledby="help-title">
            <h2 id="help-title" class="dialog-title">"Keyboard"</h2>
            <p class="muted">
                "Single keys work while the diagram or the player has the focus: click into it, or move there with Tab."
            </p>
            <dl class="sheet-rows">{SHEET.map(row).collect_view()}</dl>
            <form method="dialog">
                <button class="button-primary">"Close"</button>
            </form>
        </dialog>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_tells_every_shortcut() {
        let html = Owner::new().with(|| view! { <Help sheet=NodeRef::new() /> }.to_html());
        for (_, words) in SHEET {
            assert!(html.contains(words), "{words}");
        }
    }
}
