//! A link that holds the whole rollout, and the moment on screen.

use crate::{state::session::Session, storage};
use coalmine_wire::share;
use leptos::prelude::*;
use std::time::Duration;

/// How long the button says thanks.
const THANKS: Duration = Duration::from_secs(2);

/// The link, to be copied.
#[component]
pub fn LinkCard(
    /// The session.
    session: Session,
) -> impl IntoView {
    // The project is written anew only where somebody looks at it.
    let link = Memo::new(move |_| {
        session.draft.project().track();
        let at = session.at().get();
        storage::address(&share(&session.to_save(), (at.0 > 0).then_some(at)))
    });
    let copied = RwSignal::new(false);
    let copy = move |_| {
        // Where the page may not write to the clipboard, the field beside can be copied by hand.
        let _ = window()
            .navigator()
            .clipboard()
            .write_text(&link.get_untracked());
        copied.set(true);
        set_timeout(move || copied.try_set(false).map_or((), drop), THANKS);
    };
    view! {
        <div class="link-card">
            <label for="share-link">"Link to this rollout"</label>
            <div class="link-row">
                <input id="share-link" class="mono" type="text" readonly prop:value=move || link.get() />
                <button class="button-outlined" on:click=copy>
                    {move || if copied.get() { "Copied" } else { "Copy link" }}
                </button>
            </div>
            <p class="muted">
                "The rollout itself is in the link, with the moment on screen: "
                {move || crate::format::counted(link.with(String::len) as u64, "letter", "letters")}
                ". It stays behind the #, which browsers send to no server."
            </p>
        </div>
    }
}
