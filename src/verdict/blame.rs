//! Under the verdict: what made requests bad, and when each fault began beside the decision.

use super::causes::{Began, Blame, Cause, beginnings, causes};
use coalmine_sim::{Fault, Summary};
use leptos::prelude::*;
use std::sync::Arc;

/// Who is to blame, and how long it took to notice.
#[component]
pub fn BlameList(
    /// How the run went.
    summary: Signal<Arc<Summary>>,
    /// What was broken.
    faults: Signal<Vec<Fault>>,
) -> impl IntoView {
    let causes = Memo::new(move |_| summary.with(|summary| faults.with(|it| causes(summary, it))));
    let began = Memo::new(move |_| summary.with(|it| faults.with(|faults| beginnings(it, faults))));
    view! {
        <Show when=move || !causes.with(Vec::is_empty)>
            <h3 class="verdict-sub">"Bad requests by cause"</h3>
            <ul class="causes">
                <For each=move || causes.get() key=Cause::clone let:cause>
                    <li class="cause" class:is-fault=cause.blame == Blame::Fault>
                        <span class="cause-name">{cause.name}</span>
                        <span class="cause-count">{cause.count}</span>
                        <span class="cause-bar" aria-hidden="true">
                            <i style:width=format!("{}%", cause.percent)></i>
                        </span>
                    </li>
                </For>
            </ul>
        </Show>
        <Show when=move || !began.with(Vec::is_empty)>
            <h3 class="verdict-sub">"Faults and the decision"</h3>
            <ul class="beginnings">
                <For each=move || began.get() key=Began::clone let:began>
                    <li>
                        <span class="beginning-name">
                            <span class="now-flag" aria-hidden="true">"⚑"</span>
                            {began.name}
                        </span>
                        " "
                        <span class="beginning-at">{began.at}</span>
                        " "
                        <span class="muted">{began.until}</span>
                    </li>
                </For>
            </ul>
        </Show>
    }
}
