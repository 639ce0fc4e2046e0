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
    let trigger = draft.part(move |project| project.policy.triggers.get(index).copied());
    let name = move || {
        trigger
            .get()
            .map(|trigger| crate::format::sentence_case(&trigger.metric.to_string()))
            .unwrap_or_default()
    };
    view! {
        <li class="check-row">
            <span class="check-row-name">{name}</span>
            <ParamField draft param=Param::TriggerBound(index) label="stop at" />
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
