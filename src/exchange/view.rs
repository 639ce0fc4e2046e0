//! The place: what comes in at the left, what goes out beside it.

use super::{incoming::Incoming, link::LinkCard, outgoing::Outgoing, preview::Preview};
use crate::state::{notice::Notice, session::Session};
use leptos::prelude::*;

/// Files in and out.
#[component]
pub fn Exchange(
    /// The session.
    session: Session,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    view! {
        <div class="exchange">
            <section class="exchange-in" aria-labelledby="exchange-in">
                <h2 id="exchange-in">"Bring in"</h2>
                <Incoming session on_notice />
            </section>
            <section class="exchange-out" aria-labelledby="exchange-out">
                <h2 id="exchange-out">"Take along"</h2>
                <LinkCard session />
                <Outgoing session on_notice />
                <Preview session />
            </section>
        </div>
    }
}
