//! The film of the run on screen, to be looked at before it is taken along.

use super::takes;
use crate::state::session::Session;
use js_sys::encode_uri_component;
use leptos::prelude::*;

/// The film, or a word on why there is none yet.
#[component]
pub fn Preview(
    /// The session.
    session: Session,
) -> impl IntoView {
    let source = Memo::new(move |_| {
        let recording = session.recording().get();
        let running = session.running().get()?;
        let project = session.draft.project().get_untracked();
        let film = takes::moving(&project, &running, &recording)?;
        let letters = String::from(encode_uri_component(&film));
        Some(format!("data:image/svg+xml,{letters}"))
    });
    view! {
        <figure class="preview" tabindex="0">
            {move || match source.get() {
                Some(source) => {
                    view! { <img src=source alt="The run on screen as a film: the diagram with the way of the token, and the split of the traffic" /> }
                        .into_any()
                }
                None => view! { <p class="muted">"The film is there once the run is over."</p> }.into_any(),
            }}
            <figcaption class="muted">"The run on screen as a film"</figcaption>
        </figure>
    }
}
