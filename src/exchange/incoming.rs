//! What comes in: a file that is chosen or dropped, a link that is pasted.

use crate::{
    chunks, files,
    state::{edit::Edit, notice::Notice, session::Session},
    storage::{self, Key},
};
use coalmine_wire::Project;
use leptos::{html, prelude::*, task::spawn_local};
use web_sys::File;

/// Without the code that reads projects.
const MISSING: &str = "The file was not read: a part of the page did not load; try again";

/// Opens a file in the place of the project, with a way back.
pub fn open(file: File, session: Session, on_notice: Callback<Notice>) {
    spawn_local(async move {
        let name = file.name();
        let opened = match files::read(&file).await {
            Ok(bytes) => chunks::file::open(name.clone(), bytes)
                .await
                .unwrap_or_else(|_| Err(Notice::Said(MISSING.to_owned()))),
            Err(words) => Err(Notice::Said(words)),
        };
        on_notice.run(match opened {
            Ok(project) => replaced(session, project, format!("Opened {name}")),
            Err(notice) => notice,
        });
    });
}

/// Puts a project in the place of the one that is there, and tells how to go back.
fn replaced(session: Session, project: Project, words: String) -> Notice {
    let before = Box::new(session.draft.project().get_untracked());
    session.draft.edit(Edit::Replace(Box::new(project)));
    Notice::Replaced { words, before }
}

/// The field for links and the button for files.
#[component]
pub fn Incoming(
    /// The session.
    session: Session,
    /// What came of it.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let field = NodeRef::<html::Input>::new();
    let choose = move |_| {
        let chosen = field
            .get_untracked()
            .and_then(|field| files::take_chosen(&field));
        if let Some(file) = chosen {
            open(file, session, on_notice);
        }
    };
    let paste = move |link: String| {
        if link.trim().is_empty() {
            return;
        }
        spawn_local(async move {
            on_notice.run(match chunks::file::shared(link).await {
                Ok(Ok(shared)) => replaced(session, shared.project, "Opened the link".to_owned()),
                Ok(Err(words)) => Notice::Said(words),
                Err(_) => Notice::Said(MISSING.to_owned()),
            });
        });
    };
    view! {
        <div class="drop-zone">
            <p><strong>"Drop a file anywhere on the page"</strong></p>
            <p class="muted">"A project, FlowZap Code, or a picture that was saved here."</p>
            <label class="button button-outlined">
                "Choose a file"
                <input
                    node_ref=field
                    class="visually-hidden"
                    type="file"
                    accept=files::ACCEPTED
                    on:change=choose
                />
            </label>
        </div>
        <label for="paste-link">"Or paste a link to a rollout"</label>
        <input
            id="paste-link"
            class="mono"
            type="text"
            autocomplete="off"
            spellcheck="false"
            placeholder="https://…#rollout=1.…"
            on:change:target=move |event| {
                paste(event.target().value());
                event.target().set_value("");
            }
        />
        <Before session on_notice />
    }
}

/// The work that was here before a link was opened over it.
#[component]
pub fn Before(
    /// The session.
    session: Session,
    /// What came of it.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let before = RwSignal::new(storage::read(Key::Before));
    let bring_back = move |_| {
        let Some(text) = before.get_untracked() else {
            return;
        };
        spawn_local(async move {
            let bytes = text.into_bytes();
            let opened = chunks::file::open("before.coalmine.toml".to_owned(), bytes).await;
            if let Ok(Ok(project)) = opened {
                let words = "Your own work is back".to_owned();
                on_notice.run(replaced(session, project, words));
            }
        });
    };
    view! {
        <Show when=move || before.with(Option::is_some)>
            <div class="before-card">
                <p>"A link was opened over your own work, which was kept."</p>
                <button class="button-outlined" on:click=bring_back>"Bring it back"</button>
            </div>
        </Show>
    }
}
