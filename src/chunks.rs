//! What loads after the page can be used: the points at which its Wasm is split, and the places that wait for it.
//!
//! Code that only such a point reaches goes into a file of its own (`xtask/src/split.rs`). The page shows its frame,
//! the diagram and the player from the first file alone; the panels around them follow at once, the reader of project
//! files after them, the lab when somebody goes there. A view keeps out of the first file only as long as nothing but its split point calls it.

pub mod design;
pub mod exchange;
pub mod file;
pub mod lab;
pub mod views;

pub use views::Region;

use crate::state::{notice::Notice, session::Session};
use leptos::{
    prelude::*, reactive::computed::ScopedFuture, task::spawn_local, wasm_split::SplitLoaderError,
};

/// A view, if its code came.
pub type Loaded = Result<AnyView, SplitLoaderError>;

/// The place of a region whose code may have to be loaded: empty until then.
///
/// Signals that the region makes belong to the owner of the place.
pub fn later(region: Region) -> AnyView {
    place(views::view(region))
}

/// The place of a view whose code is under way.
fn place(view: impl Future<Output = Loaded> + 'static) -> AnyView {
    let loaded = RwSignal::new_local(None);
    spawn_local(ScopedFuture::new_untracked(async move {
        let view = view.await.unwrap_or_else(|_| missing());
        // The place may be gone by now, and the view with it.
        let _ = loaded.try_set(Some(view));
    }));
    (move || {
        loaded.track();
        loaded.try_update_untracked(Option::take).flatten()
    })
    .into_any()
}

/// The lab, whose code is loaded when somebody goes there.
pub fn lab(session: Session, on_notice: Callback<Notice>) -> AnyView {
    place(lab::view(session, on_notice))
}

/// The designer, whose code is loaded when somebody goes there.
pub fn design(session: Session, on_notice: Callback<Notice>) -> AnyView {
    place(design::view(session, on_notice))
}

/// Files in and out, whose code is loaded when somebody goes there.
pub fn exchange(session: Session, on_notice: Callback<Notice>) -> AnyView {
    place(exchange::view(session, on_notice))
}

/// In the place of a view whose code did not come.
fn missing() -> AnyView {
    view! {
        <p class="panel" role="alert">
            "This part of the page did not load. Your work is kept; reload the page to try again."
        </p>
    }
    .into_any()
}
