//! The cards of what can be taken out.

use super::{
    picture,
    takes::{self, Kind},
};
use crate::{
    chunks, files,
    state::{document, notice::Notice, session::Session},
};
use coalmine_wire::{Project, picture as pictures};
use leptos::{prelude::*, task::spawn_local};

/// All of them.
#[component]
pub fn Outgoing(
    /// The session.
    session: Session,
    /// What came of it.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let is_over = Memo::new(move |_| session.recording().with(|it| it.summary().is_some()));
    let card = move |kind: Kind| {
        view! {
            <li class="take">
                <div class="take-words">
                    <h3>{kind.title()}</h3>
                    <p class="muted">{kind.note()}</p>
                </div>
                <button
                    class="button-outlined"
                    aria-label=format!("Save {}", kind.title())
                    disabled=move || kind.needs_run() && !is_over.get()
                    on:click=move |_| take(kind, session, on_notice)
                >
                    "Save "<span class="mono muted">{kind.end()}</span>
                </button>
            </li>
        }
    };
    view! { <ul class="takes">{Kind::ALL.map(card).collect_view()}</ul> }
}

/// Makes it, hands it over, and tells what came of it.
fn take(kind: Kind, session: Session, on_notice: Callback<Notice>) {
    let project = session.to_save();
    spawn_local(async move {
        let words = match hand_over(kind, session, &project).await {
            Ok(file) => format!("Saved as {file}"),
            Err(words) => words,
        };
        on_notice.run(Notice::Said(words));
    });
}

async fn hand_over(kind: Kind, session: Session, project: &Project) -> Result<String, String> {
    let file = document::named(&project.name, kind.end());
    match kind {
        Kind::Project => {
            let text = chunks::file::write(project.clone()).await;
            let text = text.map_err(|_| "a part of the page did not load; try again".to_owned())?;
            files::save(&file, &text)?;
        }
        Kind::Code => files::save(&file, &project.code)?,
        Kind::Svg => files::save(&file, &takes::svg(project))?,
        Kind::Png => {
            let png = picture::png(&takes::svg(project)).await?;
            let png = pictures::into_png(&png, project).map_err(|error| error.to_string())?;
            files::save_bytes(&file, "image/png", &png)?;
        }
        Kind::Film => {
            let running = session.running().get_untracked();
            let recording = session.recording().get_untracked();
            let moving = running.and_then(|it| takes::moving(project, &it, &recording));
            files::save(&file, &moving.ok_or("the run is not over yet")?)?;
        }
        Kind::Sheet => {
            let picture = document::named(&project.name, Kind::Svg.end());
            files::save(&file, &takes::page(project, &picture))?;
            files::save(&picture, &takes::svg(project))?;
        }
    }
    Ok(file)
}
