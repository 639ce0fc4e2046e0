//! The header's pictures, drawn in the colour of the words beside them.

use leptos::prelude::*;

/// A picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderIconName {
    /// The bird.
    Brand,
    /// A folder that opens.
    Open,
    /// An arrow into a tray.
    Save,
    /// Two arrows that cross.
    Shuffle,
    /// Two sheets.
    Copy,
    /// Sliders.
    Settings,
    /// A question mark.
    Help,
}

/// A picture of the header.
#[component]
pub fn HeaderIcon(
    /// Which.
    name: HeaderIconName,
) -> impl IntoView {
    let (class, path) = match name {
        HeaderIconName::Brand => (
            "icon brand-mark",
            "M1.5 11.5h3L6.2 6l2.6 7 1.8-4.5h4M11.4 3.4a1.7 1.7 0 1 1-.1 0",
        ),
        HeaderIconName::Open => (
            "icon",
            "M2 12.6V3.4h4l1.4 1.8h6.2v2M2 12.6l1.8-5.4h11l-1.8 5.4Z",
        ),
        HeaderIconName::Save => (
            "icon",
            "M8 2v7.4M4.8 6.6 8 9.8l3.2-3.2M2.4 10.4v3.2h11.2v-3.2",
        ),
        HeaderIconName::Shuffle => (
            "icon",
            "M1.8 4.4h2.6c4 0 3 7.2 7 7.2h2.6M1.8 11.6h2.6c1.3 0 2-.8 2.5-1.8M8.9 6.2c.5-1 1.2-1.8 2.5-1.8H14M12 2.4l2.2 2L12 6.4M12 9.6l2.2 2-2.2 2",
        ),
        HeaderIconName::Copy => ("icon", "M5.6 5.6h8v8h-8ZM10.4 5.6V2.4h-8v8h3.2"),
        HeaderIconName::Settings => (
            "icon",
            "M2 4.6h5.4M11 4.6h3M9.2 6.4a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM2 11.4h2M7.6 11.4H14M5.8 13.2a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
        ),
        HeaderIconName::Help => (
            "icon",
            "M8 14.4A6.4 6.4 0 1 0 8 1.6a6.4 6.4 0 0 0 0 12.8ZM6.2 6.2a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.7-.8 1.3M8 11.5v.1",
        ),
    };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true">
            <path d=path />
        </svg>
    }
}
