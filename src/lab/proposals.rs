//! The policies that a search found: a sentence, the numbers, and the way into the project.

use super::{
    tuner::{Found, Tuner},
    words,
};
use crate::{
    format,
    state::{edit::Edit, notice::Notice, session::Session},
};
use coalmine_controller::Millis;
use coalmine_lab::{Aim, Proposal, Score};
use coalmine_wire::Project;
use leptos::prelude::*;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sizes of means of whole numbers"
)]
fn whole(value: f64) -> u64 {
    value.abs().round() as u64
}

/// What a policy buys, beside the one that stands: `Misses 11 % to 0.8 %, 6 min slower`.
fn buys(base: &Score, other: &Score) -> String {
    let mut gains = Vec::new();
    for (aim, name) in [(Aim::Misses, "misses"), (Aim::FalseAlarms, "false alarms")] {
        let (old, new) = (base.of(aim), other.of(aim));
        if 1e-9 < (old - new).abs() {
            gains.push(format!(
                "{name} {} to {}",
                words::share(old),
                words::share(new)
            ));
        }
    }
    let time = other.of(Aim::TimeToPromote) - base.of(Aim::TimeToPromote);
    if time.is_finite() && 1_000.0 <= time.abs() {
        let word = if time < 0.0 { "quicker" } else { "slower" };
        gains.push(format!("{} {word}", format::duration(Millis(whole(time)))));
    }
    let users = other.of(Aim::UsersHurt) - base.of(Aim::UsersHurt);
    if 1.0 <= users.abs() {
        let word = if users < 0.0 { "fewer" } else { "more" };
        let users = format::count(whole(users));
        gains.push(format!("{users} {word} users hurt by a bad release"));
    }
    if gains.is_empty() {
        gains.push("no difference".to_owned());
    }
    format::sentence_case(&gains.join(", "))
}

fn time(score: &Score) -> String {
    let promoted = score.time_to_promote;
    promoted.map_or_else(
        || "never".to_owned(),
        |millis| format::duration(Millis(whole(millis))),
    )
}

fn share(share: Option<coalmine_lab::Share>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| words::share(share.share))
}

/// What a search says of itself.
fn told(found: &Found) -> String {
    match found.standing {
        Some((policies, rollouts)) => format!(
            "{} policies are still in; each meets {} rollouts of each release next.",
            format::count(policies as u64),
            format::count(u64::from(rollouts))
        ),
        None if found.front.iter().any(|one| one.is_allowed) => {
            "No other policy in these ranges beats one of these in everything:".to_owned()
        }
        None => "No policy in these ranges keeps what was asked; this one comes closest. Let more numbers change, or \
                 ask for less."
            .to_owned(),
    }
}

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
        let Some(project) = found.project_of(&proposal) else {
            return;
        };
        let before = Box::new(session.draft.project().get_untracked());
        let name = before.name.clone();
        let project = Box::new(Project { name, ..project });
        session.draft.edit(Edit::Replace(project));
        let words = format!("Now: {}", found.name(&proposal));
        on_notice.run(Notice::Replaced { words, before });
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
