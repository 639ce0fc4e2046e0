//! The verdict on the page: it takes the place of what goes on, once nothing goes on any more.

use super::{
    blame::BlameList,
    numbers::{Number, numbers},
};
use crate::format;
use coalmine_controller::Outcome;
use coalmine_sim::{Fault, Summary};
use coalmine_wire::verdict_sentence;
use leptos::prelude::*;
use std::sync::Arc;

/// How a run went.
#[component]
pub fn VerdictPanel(
    /// The run that has ended at the playhead.
    #[prop(into)]
    summary: Signal<Arc<Summary>>,
    /// What was broken in it.
    #[prop(into)]
    faults: Signal<Vec<Fault>>,
) -> impl IntoView {
    let rows = Memo::new(move |_| summary.with(|summary| numbers(summary)));
    let outcome = Memo::new(move |_| summary.with(|summary| summary.outcome));
    view! {
        <section class=move || format!("panel verdict is-{}", class(outcome.get())) aria-labelledby="verdict-title">
            <h2 id="verdict-title">
                <span class="verdict-mark" aria-hidden="true">{move || mark(outcome.get())}</span>
                "Verdict"
            </h2>
            <p class="verdict-words">
                {move || summary.with(|summary| format!("{}.", verdict_sentence(summary)))}
            </p>
            <dl class="verdict-numbers">
                <For each=move || rows.get() key=Number::clone let:number>
                    <div title=number.meaning>
                        <dt>{number.name}</dt>
                        <dd>{number.value}</dd>
                    </div>
                </For>
            </dl>
            <p class="verdict-reason">
                {move || summary.with(|summary| format!("{}.", format::sentence_case(&summary.reason)))}
            </p>
            <BlameList summary faults />
        </section>
    }
}

const fn mark(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "✓",
        Outcome::Aborted | Outcome::RolledBack | Outcome::Failed => "✕",
    }
}

const fn class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Succeeded => "pass",
        Outcome::Aborted | Outcome::RolledBack | Outcome::Failed => "fail",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_controller::{Time, Weight};

    #[test]
    fn the_sentence_comes_first_and_the_numbers_follow() {
        let summary = Summary {
            outcome: Outcome::Aborted,
            reason: "the error rate was too high".to_owned(),
            ended: Time(750_000),
            closed: Time(1_350_000),
            onset: Some(Time(530_000)),
            detected: Some(Time(750_000)),
            weight_at_detection: Weight::from_basis_points(2_500),
            canary_requests: 12_431,
            canary_bad: 260,
            bad_by_fault: 212,
            requests: 270_000,
            bad: 800,
            bad_by_cause: coalmine_sim::BadByCause {
                faults: vec![600],
                background: 200,
                ..coalmine_sim::BadByCause::default()
            },
            fault_onsets: vec![Some(Time(530_000))],
            budget_burned: 0,
            trace_hash: 0,
        };
        let html = Owner::new().with(|| {
            let summary = Signal::stored(Arc::new(summary));
            let faults = vec![Fault::new(
                coalmine_sim::FaultKind::ScrapeGap,
                coalmine_sim::Onset::At(Time(530_000)),
            )];
            view! { <VerdictPanel summary faults=Signal::stored(faults) /> }.to_html()
        });
        let place = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}: {html}"));
        assert!(place("Aborted at 25") < place("Time to detect"));
        assert!(place("Blast radius") < place("The error rate was too high."));
        assert!(place("Scrape gap") < place("A plain day"));
        assert!(place("A plain day") < place("8:50"));
    }
}
