//! The code cannot run: what is on screen instead, and the way to the first fault.

use crate::state::{analysis::Standing, draft::Draft};
use leptos::prelude::*;

/// The banner over the diagram while the code cannot run; nothing otherwise.
#[component]
pub fn StaleBanner(
    /// The project.
    draft: Draft,
    /// Show the code.
    on_show: Callback<()>,
) -> impl IntoView {
    let words = Memo::new(move |_| {
        draft.analysis().with(|analysis| {
            let count = crate::format::counted(analysis.errors() as u64, "problem", "problems");
            match analysis.standing {
                Standing::Runs => None,
                Standing::Drawn => Some(format!("Not running: {count} in the code")),
                Standing::Broken => Some(format!(
                    "{count} in the code; this is the last diagram that made sense"
                )),
            }
        })
    });
    move || {
        words.get().map(|words| {
            view! {
                <div class="stale" role="status">
                    <p>{words}</p>
                    <button class="button-outlined" on:click=move |_| on_show.run(())>"Show"</button>
                </div>
            }
        })
    }
}
