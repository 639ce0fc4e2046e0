//! The line that begins a study and says how far it is.

use super::{Laboratory, Question, progress::Progress};
use coalmine_lab::Study;
use leptos::prelude::*;

/// Run, stop, and how far it is.
#[component]
pub fn RunBar(
    /// What runs it.
    laboratory: Laboratory,
    /// The question that is answered.
    question: Question,
    /// What is asked, or why it cannot be.
    studies: Callback<(), Result<Vec<Study>, String>>,
    /// What to do besides when it begins.
    #[prop(optional)]
    on_run: Option<Callback<()>>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let is_busy = Memo::new(move |_| laboratory.is_busy_with(question));
    let press = move |_| {
        if is_busy.get_untracked() {
            laboratory.stop();
            return;
        }
        match untrack(|| studies.run(())) {
            Ok(studies) => {
                problem.set(None);
                if let Some(on_run) = on_run {
                    on_run.run(());
                }
                laboratory.run(question, studies);
            }
            Err(words) => problem.set(Some(words)),
        }
    };
    view! {
        <div class="run-bar">
            <button class="button-primary run-button" on:click=press>
                {move || if is_busy.get() { "Stop" } else { "Run" }}
            </button>
            <Progress laboratory question />
        </div>
        <p class="field-error" role="alert">{move || problem.get()}</p>
    }
}
