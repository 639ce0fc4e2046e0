//! Two policies on the same rollouts: the project's, and the same with one number changed.

use super::{
    Laboratory, Question, Wanted,
    compare_table::CompareTable,
    rivals::{Form, Rivals},
    run_bar::RunBar,
    settings::Rollouts,
    turns::Turn,
};
use crate::{
    inspector::{field::Field, pick::Pick},
    state::{notice::Notice, session::Session},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The question, and what was found.
#[component]
pub fn Compare(
    /// The session.
    session: Session,
    /// What runs it.
    laboratory: Laboratory,
    /// The releases.
    wanted: Wanted,
    /// What was asked last.
    asked: RwSignal<Option<Arc<Rivals>>>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let form = Form::new(session.draft);
    let studies = Callback::new(move |()| {
        let (rivals, study) = form.ask(wanted)?;
        asked.set(Some(Arc::new(rivals)));
        Ok(vec![study])
    });
    let names = Signal::derive(move || {
        let names = |turns: &Vec<Turn>| turns.iter().map(|turn| turn.label.clone()).collect();
        form.turns.with(names)
    });
    view! {
        <h2 class="lab-sentence">
            "Change one number, and meet the same rollouts with and without it."
        </h2>
        <div class="lab-ask">
            <Pick
                id="compare-what"
                label="Change"
                options=names
                chosen=form.place
                on_choose=Callback::new(move |place| form.choose(place))
            />
            <Field
                id="compare-value"
                label="to"
                value=Signal::derive(move || form.shown())
                commit=Callback::new(move |text: String| form.type_in(&text))
            />
            <Rollouts id="compare-rollouts" rollouts=form.rollouts />
        </div>
        <RunBar laboratory question=Question::Compare studies />
        {move || {
            asked
                .get()
                .map(|rivals| view! { <CompareTable session laboratory rivals on_notice /> })
        }}
    }
}
