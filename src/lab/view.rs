//! The place itself: what is asked at the left, what was found beside it.

use super::{
    Laboratory, Wanted, answer::Answer, coverage::Coverage, histogram::Histograms,
    progress::Progress, releases::Releases, settings::Settings, stops::Stops,
};
use crate::state::{notice::Notice, session::Session};
use leptos::prelude::*;

/// The lab.
#[component]
pub fn Lab(
    /// The session.
    session: Session,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let laboratory = Laboratory::open();
    let wanted = Wanted::new(session.draft);
    let findings = laboratory.findings();
    let is_stale = Memo::new(move |_| {
        let asked = wanted.study(session.draft).ok();
        findings.with(|findings| match findings {
            Some(found) => asked.is_none_or(|asked| asked != *found.study),
            None => false,
        })
    });
    // Nobody comes here to look at an empty page.
    if let Ok(study) = untrack(|| wanted.study(session.draft)) {
        laboratory.run(study);
    }
    view! {
        <div class="lab" data-stale=move || is_stale.get().to_string()>
            <aside class="lab-left" aria-label="What is asked">
                <Settings session laboratory wanted is_stale />
                <Stops session findings />
            </aside>
            <div class="lab-found">
                <p class="lab-trouble" role="alert">{move || laboratory.trouble().get()}</p>
                <p class="lab-stale" hidden=move || !is_stale.get()>
                    "The project or the question has changed since these rollouts ran. Run them again to see what that does."
                </p>
                <Answer findings />
                <Progress laboratory />
                <Releases session findings on_notice />
                <Coverage session findings />
                <Histograms findings />
            </div>
        </div>
    }
}
