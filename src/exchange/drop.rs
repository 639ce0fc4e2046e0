//! Files that are dropped anywhere on the page.

use super::incoming::open;
use crate::state::{notice::Notice, session::Session};
use leptos::{ev, prelude::*};
use web_sys::DragEvent;

/// Takes in what is dropped, from now on. Fields that take files of their own come first.
pub fn listen(session: Session, on_notice: Callback<Notice>) {
    let over = window_event_listener(ev::dragover, |event: DragEvent| {
        if has_files(&event) {
            event.prevent_default();
        }
    });
    let dropped = window_event_listener(ev::drop, move |event: DragEvent| {
        if event.default_prevented() {
            return;
        }
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            event.prevent_default();
            open(file, session, on_notice);
        }
    });
    on_cleanup(move || {
        over.remove();
        dropped.remove();
    });
}

/// Whether files are dragged, and not words.
fn has_files(event: &DragEvent) -> bool {
    let kinds = event.data_transfer().map(|data| data.types());
    kinds.is_some_and(|kinds| kinds.includes(&"Files".into(), 0))
}
