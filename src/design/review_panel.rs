//! The review: what will hurt although it runs, and one click for each repair.

use super::{
    buys::Buys,
    chosen::{Chosen, Hand},
};
use crate::{
    format,
    state::{analysis::Standing, edit::Edit, notice::Notice},
};
use coalmine_controller::review::{Finding, Repair};
use coalmine_wire::Project;
use leptos::prelude::*;

/// The findings, in the order in which they are best mended.
#[component]
pub fn ReviewPanel(
    /// Who mends.
    hand: Hand,
) -> impl IntoView {
    let draft = hand.draft;
    let findings = Memo::new(move |_| draft.project().with(Project::review));
    let mended = Memo::new(move |_| {
        let has_repairs = findings.with(|all| all.iter().any(|it| !it.repairs.is_empty()));
        has_repairs.then(|| draft.project().with(|project| project.mended().0))
    });
    let count = move || findings.with(Vec::len);
    let title = move || {
        let runs = draft.analysis().with(|it| it.standing == Standing::Runs);
        match count() {
            0 if runs => "Nothing to mend".to_owned(),
            0 => "The code has to run first".to_owned(),
            count => format::counted(count as u64, "finding", "findings"),
        }
    };
    let mend_all = move |_| {
        if let Some(after) = mended.get_untracked() {
            let words = format!(
                "Mended {}",
                format::counted(count() as u64, "finding", "findings")
            );
            replace(hand, after, words);
        }
    };
    let row = move |finding: Finding| view! { <Found hand finding /> };
    view! {
        <section class="panel" aria-label="Review">
            <h2 class="panel-title">"Review"</h2>
            <p class="review-count" role="status">{title}</p>
            <ol class="review">{move || findings.get().into_iter().map(row).collect_view()}</ol>
            <Show when=move || mended.with(Option::is_some)>
                <div class="design-acts">
                    <button class="button-primary" on:click=mend_all>"Mend all"</button>
                    <Buys draft other=mended />
                </div>
            </Show>
        </section>
    }
}

/// Puts a mended project in the place of the one that is there.
fn replace(hand: Hand, after: Project, words: String) {
    let before = Box::new(hand.draft.project().get_untracked());
    hand.draft.edit(Edit::Replace(Box::new(after)));
    hand.on_notice.run(Notice::Replaced { words, before });
}

/// A finding, with its repairs.
#[component]
fn Found(
    /// Who mends.
    hand: Hand,
    /// What was found.
    finding: Finding,
) -> impl IntoView {
    let show = finding.node.map(|node| {
        let choose = move |_| hand.chosen.set(Chosen::Nodes(vec![node]));
        view! { <button class="button-small" on:click=choose>{format!("Show {node}")}</button> }
    });
    let repair = move |repair: Repair| {
        let words = format::sentence_case(&repair.title);
        let told = words.clone();
        let mend = move |_| {
            let project = hand.draft.project().get_untracked();
            let after = Project {
                code: repair.code.clone(),
                policy: repair.policy.clone(),
                ..project
            };
            replace(hand, after, told.clone());
        };
        view! { <button class="button-small review-mend" on:click=mend>{words}</button> }
    };
    view! {
        <li class="review-row">
            <p>{format::sentence_case(&finding.why)}"."</p>
            <div class="review-acts">
                {finding.repairs.into_iter().map(repair).collect_view()}
                {show}
            </div>
        </li>
    }
}
