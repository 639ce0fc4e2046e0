//! The few signs on buttons and marks, drawn in the colour of the text around them.

use leptos::prelude::*;

/// Which sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IconName {
    /// To the beginning.
    Restart,
    /// One event back.
    Previous,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// One event on.
    Next,
    /// To the next decision.
    NextDecision,
    /// To the end.
    End,
    /// Passed.
    Check,
    /// Failed.
    Cross,
    /// Not enough to decide.
    Question,
    /// Off the drawn path.
    Jump,
    /// Closer.
    Plus,
    /// Further away.
    Minus,
    /// All of it.
    Fit,
}

impl IconName {
    /// Filled shapes, in a square of 16.
    const fn fill(self) -> &'static str {
        match self {
            Self::Restart => "M2.5 3h2v10h-2zM13.5 3v10L5.5 8z",
            Self::Previous => "M3.5 4h1.6v8H3.5zM12.5 4v8L6.3 8z",
            Self::Play => "M4.5 2.5v11L13.5 8z",
            Self::Pause => "M4 3h3v10H4zM9 3h3v10H9z",
            Self::Next => "M12.5 4h-1.6v8h1.6zM3.5 4v8l6.2-4z",
            Self::NextDecision => "M2 4v8l5-4zM11 4.2 14.8 8 11 11.8 7.2 8z",
            Self::End => "M11.5 3h2v10h-2zM2.5 3v10l8-5z",
            Self::Check
            | Self::Cross
            | Self::Question
            | Self::Jump
            | Self::Plus
            | Self::Minus
            | Self::Fit => "",
        }
    }

    /// Lines, in a square of 16.
    pub const fn line(self) -> &'static str {
        match self {
            Self::Check => "M3.5 8.5l3 3 6-7",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::Question => "M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M8 12.6v.4",
            Self::Jump => "M3 12c1-5 4-7 9-6M9 3l3.5 3L10 9.5",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Minus => "M3 8h10",
            Self::Fit => "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
            Self::Restart
            | Self::Previous
            | Self::Play
            | Self::Pause
            | Self::Next
            | Self::NextDecision
            | Self::End => "",
        }
    }
}

/// A sign; the words for it stand on its button.
#[component]
pub fn Icon(
    /// Which.
    #[prop(into)]
    name: Signal<IconName>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path class="icon-fill" d=move || name.get().fill() />
            <path class="icon-line" d=move || name.get().line() />
        </svg>
    }
}
