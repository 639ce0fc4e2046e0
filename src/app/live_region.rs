//! Tells screen readers what happens in the run, at most once in two seconds, the latest only.

use crate::state::{announce::announcement, session::Session};
use leptos::{html, prelude::*};
use std::time::Duration;

/// People cannot be told more often than this.
const PAUSE: Duration = Duration::from_secs(2);

/// What screen readers are told of the run.
#[component]
pub fn LiveRegion(
    /// The session.
    session: Session,
) -> impl IntoView {
    let region = NodeRef::<html::P>::new();
    let latest = Memo::new(move |_| {
        session.moment().with(|moment| {
            session
                .draft
                .drawing()
                .with(|drawing| announcement(moment, &drawing.diagram))
        })
    });
    let is_waiting = StoredValue::new_local(false);
    let say = move || {
        if let Some(region) = region.get_untracked() {
            let words = latest.get_untracked();
            if region.text_content().as_deref() != Some(words.as_str()) {
                region.set_text_content(Some(&words));
            }
        }
    };
    // Leaves the reactive world: the words go into the document when people have had time for the last ones.
    Effect::new(move |_| {
        latest.track();
        if is_waiting.get_value() {
            return;
        }
        say();
        is_waiting.set_value(true);
        set_timeout(
            move || {
                is_waiting.set_value(false);
                say();
            },
            PAUSE,
        );
    });
    view! { <p node_ref=region class="visually-hidden" role="status"></p> }
}
