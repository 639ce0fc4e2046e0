//! What repairs buy: the rollout with and without them on the same rollouts.

use crate::{
    lab::{
        Laboratory, Question,
        difference::{Line, lines},
        progress::Progress,
    },
    state::draft::Draft,
};
use coalmine_lab::{Shard, Study, StudyParts, default_releases};
use coalmine_wire::{Project, plan_of};
use leptos::prelude::*;

/// Rollouts of each release.
const ROLLOUTS: u32 = 1_000;

/// Both on the same rollouts.
fn study(now: &Project, mended: &Project) -> Option<Study> {
    let plan = |project: &Project| plan_of(project).ok().map(|(_, plan)| plan);
    let study = Study::new(StudyParts {
        plans: vec![plan(now)?, plan(mended)?],
        releases: default_releases(&now.scenario),
        seed: now.seed,
        rollouts: ROLLOUTS,
        precision: None,
        shard: Shard::WHOLE,
    });
    study.ok().map(Study::paired)
}

/// The button, and the table once there is one. `other` is what is compared with the project.
#[component]
pub fn Buys(
    /// The project.
    draft: Draft,
    /// The project after the repairs.
    other: Memo<Option<Project>>,
) -> impl IntoView {
    let laboratory = StoredValue::new_local(None::<Laboratory>);
    let asked = RwSignal::new(None::<(Project, Project)>);
    let open = move || {
        let found = laboratory.get_value();
        found.unwrap_or_else(|| {
            let made = Laboratory::open();
            laboratory.set_value(Some(made));
            made
        })
    };
    let owner = Owner::current();
    let ask = move |_| {
        let now = draft.project().get_untracked();
        let Some(mended) = other.get_untracked() else {
            return;
        };
        if let (Some(study), Some(owner)) = (study(&now, &mended), owner.clone()) {
            let laboratory = owner.with(open);
            laboratory.run(Question::Compare, vec![study]);
            asked.set(Some((now, mended)));
        }
    };
    // What was measured holds only for what it was measured with.
    let is_fresh = Memo::new(move |_| {
        asked.with(|asked| {
            asked.as_ref().is_some_and(|(now, mended)| {
                draft.project().with(|project| project == now)
                    && other.with(|other| other.as_ref() == Some(mended))
            })
        })
    });
    view! {
        <button class="button-outlined" disabled=move || other.with(Option::is_none) on:click=ask>
            "Measure what they buy"
        </button>
        {move || {
            // Asked first, so that the answer is followed.
            let is_fresh = is_fresh.get();
            let laboratory = laboratory.get_value().filter(|_| is_fresh)?;
            Some(view! { <Bought laboratory /> })
        }}
    }
}

/// The differences.
#[component]
fn Bought(
    /// What measures them.
    laboratory: Laboratory,
) -> impl IntoView {
    let found = Memo::new(move |_| {
        let lines = laboratory.read(Question::Compare, |ledgers| ledgers.first().map(lines));
        lines.unwrap_or_default()
    });
    let row = |line: Line| {
        let class = match line.verdict {
            Some(true) => "is-better",
            Some(false) => "is-worse",
            None => "",
        };
        view! {
            <tr>
                <th scope="row">{line.title}</th>
                <td class="is-number">{line.now}</td>
                <td class="is-number">{line.other}</td>
                <td class="is-number"><strong class=class>{line.difference}</strong></td>
            </tr>
        }
    };
    view! {
        <Progress laboratory question=Question::Compare />
        <table class="lab-table bought">
            <thead>
                <tr>
                    <td></td>
                    <th scope="col" class="is-number">"Now"</th>
                    <th scope="col" class="is-number">"Mended"</th>
                    <th scope="col" class="is-number">"Difference"</th>
                </tr>
            </thead>
            <tbody>{move || found.get().into_iter().map(row).collect_view()}</tbody>
        </table>
    }
}
