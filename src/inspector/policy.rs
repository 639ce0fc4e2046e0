//! POLICY: the steps of the rollout, what gates judge, and the limits in between.

use super::{
    Param,
    checks::{CheckRow, label_of},
    param_field::ParamField,
    pick::Pick,
    step_row::StepRow,
    trigger_row::TriggerRow,
};
use crate::state::{analysis::Step, draft::Draft, edit::Edit};
use coalmine_controller::{Against, Bound, Fallback, Healthy, Limit, Metric, Millis, Trigger};
use leptos::prelude::*;

/// What "add a limit" adds.
const LIMIT: Trigger = Trigger {
    metric: Metric::ErrorRate,
    bound: Bound {
        healthy: Healthy::Below,
        against: Against::Fixed(Limit(100_000)),
    },
    window: Millis::from_secs(30),
    min_requests: 100,
};

/// The parameters of the rollout.
#[component]
pub fn PolicyPanel(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let steps = move || draft.drawing().with(|drawing| drawing.steps.clone());
    // A row speaks of one metric: another metric in its place, or under another name, is another row.
    let checks = draft.part(|project| {
        let places = 0..project.policy.checks.len();
        let labels = places.map(|place| (place, label_of(project, place)));
        labels.collect::<Vec<_>>()
    });
    let triggers = draft.part(|project| {
        let metrics = project.policy.triggers.iter().map(|trigger| trigger.metric);
        metrics.enumerate().collect::<Vec<_>>()
    });
    let fallback = draft.part(|project| match project.policy.fallback {
        Fallback::No => 0,
        Fallback::Yes => 1,
    });
    let choose_fallback = Callback::new(move |place: usize| {
        draft.edit(Edit::Fallback(if place == 1 {
            Fallback::Yes
        } else {
            Fallback::No
        }));
    });
    view! {
        <section class="panel panel-policy" aria-labelledby="policy">
            <h2 id="policy" class="panel-title">"Policy"</h2>
            <h3 class="panel-sub">"Steps"</h3>
            <ol class="step-rows">
                <For each=steps key=Step::clone let:step>
                    <StepRow draft step />
                </For>
            </ol>
            <div class="fields">
                <ParamField draft param=Param::Window label="Observe, by default" />
            </div>
            <h3 class="panel-sub">"Gates pass while"</h3>
            <ul class="check-rows">
                <For each=move || checks.get() key=Clone::clone let:row>
                    <CheckRow draft index=row.0 />
                </For>
            </ul>
            <h3 class="panel-sub">"Stop at once"</h3>
            <ul class="check-rows">
                <For each=move || triggers.get() key=Clone::clone let:row>
                    <TriggerRow draft index=row.0 />
                </For>
            </ul>
            <button class="button-outlined" on:click=move |_| draft.edit(Edit::AddTrigger(LIMIT))>
                "Add a limit"
            </button>
            <details class="panel-more">
                <summary>"When a gate cannot decide"</summary>
                <div class="fields">
                    <ParamField draft param=Param::Extensions />
                    <Pick
                        id="fallback"
                        label="Then go on as"
                        options=vec!["unhealthy".to_owned(), "healthy".to_owned()]
                        chosen=fallback
                        on_choose=choose_fallback
                    />
                </div>
            </details>
        </section>
    }
}
