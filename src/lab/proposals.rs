//! The policies that a search found: a sentence, the numbers, and the way into the project.

use super::{
    apply::adopt,
    buys::{buys, share, time, told, whole},
    tuner::{Found, Tuner},
};
use crate::{
    format,
    state::{notice::Notice, session::Session},
};
use coalmine_lab::{Aim, Proposal, Score};
use leptos::prelude::*;

/// A policy in numbers; `title` is what stands before them, `last` what stands behind.
fn numbers(
    title: impl IntoView + 'static,
    score: &Score,
    class: &'static str,
    last: impl IntoView + 'static,
) -> AnyView {
    view! {
        <tr class=class>
            <th scope="row" class="is-wide">{title}</th>
            <td class="is-number">{share(score.misses)}</td>
            <td class="is-number">{share(score.false_alarms)}</td>
            <td class="is-number">{time(score)}</td>
            <td class="is-number">{format::count(whole(score.of(Aim::UsersHurt)))}</td>
            <td class="is-replay">{last}</td>
        </tr>
    }
    .into_any()
}

/// The table of proposals.
#[component]
pub fn Proposals(
    /// The session.
    session: Session,
    /// The search.
    tuner: Tuner,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let use_it = Callback::new(move |(found, proposal): (Found, Proposal)| {
        if let Some(project) = found.project_of(&proposal) {
            let words = format!("Now: {}", found.name(&proposal));
            adopt(session, project, words, on_notice);
        }
    });
    let told = move || {
        tuner
            .found()
            .with(|found| found.as_ref().map(|found| told(found)))
    };
    let rows = move || {
        let found = tuner.found().get()?;
        let base = found.base.as_ref()?.score;
        let line = |proposal: &Proposal| {
            let (name, buys) = (found.name(proposal), buys(&base, &proposal.score));
            let pair = ((*found).clone(), proposal.clone());
            let title = view! { {name} <span class="lab-second muted">{buys}</span> };
            let press = move |_| use_it.run(pair.clone());
            let last = view! { <button class="button-small" on:click=press>"Use this"</button> };
            numbers(title, &proposal.score, "", last)
        };
        let lines: Vec<_> = found.front.iter().map(line).collect();
        Some(view! {
            {numbers("As it stands", &base, "is-now", ())}
            {lines}
        })
    };
    view! {
        <p class="lab-apart">{told}</p>
        <div class="lab-table-box" tabindex="0" role="region" aria-label="Proposals">
            <table class="lab-table">
                <thead>
                    <tr>
                        <th scope="col" class="is-wide">"Policy, and what it buys"</th>
                        <th scope="col" class="is-number">"Misses"</th>
                        <th scope="col" class="is-number">"False alarms"</th>
                        <th scope="col" class="is-number">"Promoted after"</th>
                        <th scope="col" class="is-number">"Users hurt"</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}
