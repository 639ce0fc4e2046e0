//! The place itself: the questions and what is asked at the left, what was found beside it.

use super::{
    Laboratory, Question, Wanted, compare::Compare, ensemble::Ensemble, settings::Releases,
    sweep::SweepPanel, tune::Tune, tuner::Tuner,
};
use crate::state::{notice::Notice, session::Session};
use leptos::prelude::*;

/// The questions, in the order in which people come to them.
const QUESTIONS: [(Question, &str, &str); 4] = [
    (
        Question::Ensemble,
        "How often is it wrong?",
        "Thousands of rollouts of good and bad releases",
    ),
    (
        Question::Sweep,
        "What if a number changes?",
        "Misses and false alarms over one or two of them",
    ),
    (
        Question::Compare,
        "Is another policy better?",
        "Both on the same rollouts, run by run",
    ),
    (
        Question::Tune,
        "What should change?",
        "The policies that no other one beats",
    ),
];

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
    let question = RwSignal::new(Question::Ensemble);
    // What was asked outlives the panel that shows it.
    let (grid, rivals) = (RwSignal::new(None), RwSignal::new(None));
    let tuner = Tuner::new(laboratory);
    // Nobody comes here to look at an empty page.
    if let Ok(study) = untrack(|| wanted.study(session.draft)) {
        laboratory.run(Question::Ensemble, vec![study]);
    }
    let choice = move |(of, title, note): (Question, &'static str, &'static str)| {
        view! {
            <button
                class="question"
                aria-pressed=move || (question.get() == of).to_string()
                on:click=move |_| question.set(of)
            >
                <strong>{title}</strong>
                <span class="muted">{note}</span>
            </button>
        }
    };
    view! {
        <div class="lab">
            <aside class="lab-left" aria-label="What is asked">
                <div class="panel questions" role="group" aria-label="Question">
                    {QUESTIONS.map(choice).collect_view()}
                </div>
                <Releases wanted />
            </aside>
            <div class="lab-found">
                <p class="lab-trouble" role="alert">{move || laboratory.trouble().get()}</p>
                {move || match question.get() {
                    Question::Ensemble => {
                        view! { <Ensemble session laboratory wanted on_notice /> }.into_any()
                    }
                    Question::Sweep => {
                        view! { <SweepPanel session laboratory wanted asked=grid on_notice /> }.into_any()
                    }
                    Question::Tune => {
                        view! { <Tune session laboratory wanted tuner on_notice /> }.into_any()
                    }
                    Question::Compare => {
                        view! { <Compare session laboratory wanted asked=rivals on_notice /> }.into_any()
                    }
                }}
            </div>
        </div>
    }
}
