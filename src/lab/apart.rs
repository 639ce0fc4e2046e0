//! The rollouts in which two policies differ, and the way to one of them and into the project.

use super::{
    Laboratory, Question,
    apply::adopt,
    difference::{example, pooled},
    replay::replay_with,
    rivals::Rivals,
};
use crate::{
    format,
    state::{notice::Notice, session::Session},
};
use leptos::prelude::*;
use std::sync::Arc;

/// The rollouts that differ, and the way to one of them and into the project.
#[component]
pub fn Apart(
    /// The session.
    session: Session,
    /// What ran them.
    laboratory: Laboratory,
    /// What is compared.
    rivals: Arc<Rivals>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let apart = Memo::new(move |_| {
        laboratory.read(Question::Compare, |ledgers| {
            ledgers.first().map(|ledger| {
                let pair = pooled(ledger, None);
                (pair.apart, pair.runs, example(ledger))
            })
        })
    });
    let rivals = StoredValue::new(rivals);
    let project = move |is_other: bool| {
        rivals.with_value(|rivals| {
            if is_other {
                rivals.other()
            } else {
                Some((*rivals.project).clone())
            }
        })
    };
    let use_it = move |_| {
        if let Some(project) = project(true) {
            let words = format!("Now: {}", rivals.with_value(|rivals| rivals.name()));
            adopt(session, project, words, on_notice);
        }
    };
    let show = move |is_other: bool| {
        move |_| {
            let which = apart.get_untracked().and_then(|(_, _, which)| which);
            let study = untrack(|| {
                laboratory.read(Question::Compare, |ledgers| {
                    ledgers.first().map(|ledger| Arc::clone(ledger.study()))
                })
            });
            if let (Some(which), Some(study), Some(project)) = (which, study, project(is_other)) {
                replay_with(session, project, &study, which, on_notice);
            }
        }
    };
    let told = move || {
        apart.get().map(|(apart, runs, _)| {
            let (apart, runs) = (format::count(apart), format::count(runs));
            format!("{apart} of {runs} rollouts go another way or end at another time.")
        })
    };
    let has_example = move || apart.get().is_some_and(|(_, _, which)| which.is_some());
    view! {
        <p class="lab-apart">{told}</p>
        <div class="row">
            <button class="button-outlined" on:click=use_it>"Use the other policy"</button>
            <Show when=has_example>
                <button class="button-outlined" on:click=show(false)>"Replay one as it stands"</button>
                <button class="button-outlined" on:click=show(true)>"Replay it with the other"</button>
            </Show>
        </div>
    }
}
