//! Open and save the project's file.

use super::{HeaderIcon, HeaderIconName};
use crate::{
    chunks,
    exchange::incoming,
    files,
    state::{document, notice::Notice, session::Session},
};
use leptos::{html, prelude::*, task::spawn_local};

/// Without the code that reads and writes projects.
const MISSING: &str =
    "Project files cannot be read or written: a part of the page did not load; try again";

/// The buttons of the project's file.
#[component]
pub fn FileTools(
    /// The session.
    session: Session,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let open = move |_| {
        let chosen = field
            .get_untracked()
            .and_then(|field| files::take_chosen(&field));
        if let Some(file) = chosen {
            incoming::open(file, session, on_notice);
        }
    };
    view! {
        <label class="button file-tool" title="Open a project or a diagram">
            <HeaderIcon name=HeaderIconName::Open />
            <span class="file-tool-word">"Open"</span>
            <input
                node_ref=field
                class="visually-hidden"
                type="file"
                accept=files::ACCEPTED
                on:change=open
            />
        </label>
        <button class="file-tool" title="Save the project" on:click=move |_| save(session, on_notice)>
            <HeaderIcon name=HeaderIconName::Save />
            <span class="file-tool-word">"Save"</span>
        </button>
    }
}

/// Hands the project over as a file.
pub fn save(session: Session, on_notice: Callback<Notice>) {
    let project = session.to_save();
    let file = document::file_name(&project.name);
    spawn_local(async move {
        let words = match chunks::file::write(project).await {
            Ok(text) => match files::save(&file, &text) {
                Ok(()) => format!("Saved as {file}"),
                Err(words) => words,
            },
            Err(_) => MISSING.to_owned(),
        };
        on_notice.run(Notice::Said(words));
    });
}
