//! What two policies differ in, as a table.

use super::{
    Laboratory, Question,
    apart::Apart,
    difference::{Line, lines},
    rivals::Rivals,
};
use crate::state::{notice::Notice, session::Session};
use leptos::prelude::*;
use std::sync::Arc;

/// What two policies differ in.
#[component]
pub fn CompareTable(
    /// The session.
    session: Session,
    /// What ran them.
    laboratory: Laboratory,
    /// What is compared.
    rivals: Arc<Rivals>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let lines = Memo::new(move |_| {
        let lines = laboratory.read(Question::Compare, |ledgers| ledgers.first().map(lines));
        lines.unwrap_or_default()
    });
    let row = |line: Line| {
        let (class, word) = match line.verdict {
            Some(true) => ("is-better", "better"),
            Some(false) => ("is-worse", "worse"),
            None => ("", "no difference shown"),
        };
        view! {
            <tr>
                <th scope="row">{line.title}</th>
                <td class="is-number">{line.now}</td>
                <td class="is-number">{line.other}</td>
                <td class="is-number">
                    <strong class=class>{line.difference}</strong>
                </td>
                <td>
                    <span class=class>{word}</span>
                    <span class="lab-second muted">{line.note}</span>
                </td>
            </tr>
        }
    };
    view! {
        <div class="lab-table-box" tabindex="0" role="region" aria-label="Both policies in numbers">
            <table class="lab-table">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" class="is-number">"As it stands"</th>
                        <th scope="col" class="is-number">{rivals.name()}</th>
                        <th scope="col" class="is-number">"Difference"</th>
                        <th scope="col">"95 % interval, run by run"</th>
                    </tr>
                </thead>
                <tbody>{move || lines.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        <Apart session laboratory rivals on_notice />
    }
}
