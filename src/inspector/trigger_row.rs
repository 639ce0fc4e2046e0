//! A hard limit between gates: crossed, the rollout stops at once.

use super::{Param, param_field::ParamField};
use crate::state::{draft::Draft, edit::Edit};
use leptos::prelude::*;

/// A trigger of the policy.
#[component]
pub fn TriggerRow(
    /// The project.
    draft: Draft,
    /// The trigger's place in the list.
    index: usize,
) -> impl IntoView {
    let label = draft.project().with_untracked(|project| {
        let trigger = project.policy.triggers.get(index);
        let metric = trigger.map(|trigger| trigger.metric.to_string());
        format!(
            "{} at",
            crate::format::sentence_case(&metric.unwrap_or_default())
        )
    });
    view! {
        <li class="check-row">
            <ParamField draft param=Param::TriggerBound(index) label />
            <details>
                <summary>"More"</summary>
                <div class="fields">
                    <ParamField draft param=Param::TriggerWindow(index) />
                    <ParamField draft param=Param::TriggerRequests(index) />
                    <button
                        class="button-outlined"
                        on:click=move |_| draft.edit(Edit::RemoveTrigger(index))
                    >
                        "Remove this limit"
                    </button>
                </div>
            </details>
        </li>
    }
}
