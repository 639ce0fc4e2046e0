//! How a measure is spread over the rollouts of each release.

use super::{
    Laboratory, Question,
    strips::{SIZE, Strip, strips},
    words,
};
use coalmine_lab::{Measure, Quality};
use leptos::prelude::*;

/// The distributions, one measure at a time.
#[component]
pub fn Histograms(
    /// What runs the study.
    laboratory: Laboratory,
) -> impl IntoView {
    let measure = RwSignal::new(Measure::TimeToDetect);
    let shown = Memo::new(move |_| {
        laboratory.read(Question::Ensemble, |ledgers| {
            let strips = ledgers.first().map(|ledger| strips(ledger, measure.get()));
            strips.unwrap_or_default()
        })
    });
    let choice = move |of: Measure| {
        view! {
            <button aria-pressed=move || (measure.get() == of).to_string() on:click=move |_| measure.set(of)>
                {words::measure(of)}
            </button>
        }
    };
    let strip = |strip: Strip| {
        let class = match strip.quality {
            Quality::Good => "spread-bars is-good",
            Quality::Bad => "spread-bars is-bad",
        };
        view! {
            <li class="spread-row">
                <p>{strip.name} <span class="muted">" "{strip.note}</span></p>
                <svg class=class viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) preserveAspectRatio="none" aria-hidden="true">
                    <path d=strip.path />
                </svg>
            </li>
        }
    };
    let ends = move || {
        let told = |value| words::value(measure.get(), value);
        shown.with(|(_, ends)| {
            ends.map(|(low, high)| {
                view! { <p class="spread-ends muted"><span>{told(low)}</span><span>{told(high)}</span></p> }
            })
        })
    };
    let empty = move || {
        shown
            .with(|(strips, _)| strips.is_empty())
            .then_some("No rollout has a value of this yet.")
    };
    view! {
        <section class="lab-section" aria-labelledby="lab-spread">
            <h2 id="lab-spread" class="lab-title">"How it spreads"</h2>
            <div class="bench-tabs lab-measures" role="group" aria-label="Measure">
                {Measure::ALL.map(choice).collect_view()}
            </div>
            <ul class="spread-rows">
                {move || shown.with(|(strips, _)| strips.iter().cloned().map(strip).collect_view())}
            </ul>
            {ends}
            <p class="muted">{empty}</p>
        </section>
    }
}
