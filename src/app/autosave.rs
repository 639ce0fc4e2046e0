//! Keeps the draft while somebody works on it, so that closing the page loses nothing.

use crate::{
    chunks,
    state::draft::Draft,
    storage::{self, Key},
};
use leptos::{ev, prelude::*, task::spawn_local};
use std::time::Duration;

/// How long to wait for the next change before keeping this one.
const PAUSE: Duration = Duration::from_millis(400);

/// Keeps `draft` from now on.
pub fn keep(draft: Draft) {
    let project = draft.project();
    let timer = StoredValue::new_local(None::<TimeoutHandle>);
    let keep = move || {
        let project = project.get_untracked();
        storage::write(Key::Code, &project.code);
        spawn_local(async move {
            // Without the writer the code at least is kept.
            if let Ok(text) = chunks::file::write(project).await {
                storage::write(Key::Project, &text);
            }
        });
    };
    // A page that is left does not wait for a pause.
    let leaving = window_event_listener(ev::Custom::new("pagehide"), move |_: web_sys::Event| {
        if let Some(waiting) = timer.try_update_value(Option::take).flatten() {
            waiting.clear();
            keep();
        }
    });
    on_cleanup(move || leaving.remove());
    // Leaves the reactive world: the draft goes to the browser's storage.
    Effect::new(move |first: Option<()>| {
        project.track();
        if first.is_none() {
            return;
        }
        if let Some(waiting) = timer.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
        timer.set_value(set_timeout_with_handle(keep, PAUSE).ok());
    });
}
