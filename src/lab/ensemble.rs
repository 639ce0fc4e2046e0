//! How often the policy is wrong: what thousands of rollouts found.

use super::{
    Laboratory, Question, Wanted,
    answer::Answer,
    coverage::Coverage,
    histogram::Histograms,
    releases::ReleaseTable,
    replay::{Which, replay},
    run_bar::RunBar,
    settings::Rollouts,
    stops::Stops,
};
use crate::state::{notice::Notice, session::Session};
use coalmine_lab::Ledger;
use leptos::prelude::*;
use std::sync::Arc;

/// What an ensemble found.
#[component]
pub fn Ensemble(
    /// The session.
    session: Session,
    /// What runs it.
    laboratory: Laboratory,
    /// What is asked for.
    wanted: Wanted,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let report = Memo::new(move |_| {
        laboratory.read(Question::Ensemble, |ledgers| {
            let report = ledgers.first().and_then(|ledger| ledger.report(0));
            report.map(Arc::new)
        })
    });
    let is_stale = Memo::new(move |_| {
        let asked = wanted.study(session.draft).ok();
        laboratory.read(Question::Ensemble, |ledgers| {
            let found = ledgers.first().map(Ledger::study);
            found.is_some_and(|found| asked.as_ref() != Some(&**found))
        })
    });
    let on_replay = Callback::new(move |which: Which| {
        let study = untrack(|| {
            laboratory.read(Question::Ensemble, |ledgers| {
                ledgers.first().map(|ledger| Arc::clone(ledger.study()))
            })
        });
        if let Some(study) = study {
            replay(session, &study, which, on_notice);
        }
    });
    let studies = Callback::new(move |()| Ok(vec![wanted.study(session.draft)?]));
    view! {
        <Answer report />
        <div class="lab-ask"><Rollouts id="lab-rollouts" rollouts=wanted.rollouts /></div>
        <RunBar laboratory question=Question::Ensemble studies />
        <p class="lab-stale" hidden=move || !is_stale.get()>
            "The project or the question has changed since these rollouts ran. Run them again to see what that does."
        </p>
        <ReleaseTable session report on_replay />
        <Coverage session report />
        <div class="lab-pair">
            <Histograms laboratory />
            <Stops session report />
        </div>
    }
}
