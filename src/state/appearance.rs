//! Theme and motion: what the person chose, and what follows from it. `public/theme.js` settles both on the page's root.

use crate::storage::{self, Key};
use leptos::prelude::*;

/// What a person may choose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl ThemeChoice {
    /// All, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What the switch says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Light => "Light",
            Self::Dark => "Dark",
        }
    }

    const fn stored(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// What is on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

/// How much moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Movement {
    /// Tokens travel, panels glide.
    #[default]
    Full,
    /// States change at once.
    Reduced,
}

/// What the charts draw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ChartLines {
    /// What was measured.
    #[default]
    Measured,
    /// And what really is.
    WithTruth,
}

/// The handle that components share.
#[derive(Clone, Copy)]
pub struct Appearance {
    choice: RwSignal<ThemeChoice>,
    theme: RwSignal<Theme>,
    movement: RwSignal<Movement>,
    lines: RwSignal<ChartLines>,
}

impl Appearance {
    /// Reads what was chosen, and follows the page's root from now on.
    pub fn provide() -> Self {
        let choice = match storage::read(Key::Theme).as_deref() {
            Some("light") => ThemeChoice::Light,
            Some("dark") => ThemeChoice::Dark,
            Some(_) | None => ThemeChoice::System,
        };
        let this = Self {
            choice: RwSignal::new(choice),
            theme: RwSignal::new(settled_theme()),
            movement: RwSignal::new(settled_movement()),
            lines: RwSignal::new(match storage::read(Key::Lines) {
                Some(_) => ChartLines::WithTruth,
                None => ChartLines::Measured,
            }),
        };
        let listener = window_event_listener_untyped("coalmine:settled", move |_| {
            this.theme.set(settled_theme());
            this.movement.set(settled_movement());
        });
        on_cleanup(move || listener.remove());
        this
    }

    /// What was chosen.
    pub fn choice(self) -> Signal<ThemeChoice> {
        self.choice.into()
    }

    /// What is on screen. Canvases redraw when it changes.
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// How much moves.
    pub fn movement(self) -> Signal<Movement> {
        self.movement.into()
    }

    /// What the charts draw.
    pub fn lines(self) -> Signal<ChartLines> {
        self.lines.into()
    }

    /// Chooses what the charts draw.
    pub fn choose_lines(self, lines: ChartLines) {
        match lines {
            ChartLines::Measured => storage::forget(Key::Lines),
            ChartLines::WithTruth => {
                storage::write(Key::Lines, "truth");
            }
        }
        self.lines.set(lines);
    }

    /// Chooses a theme.
    pub fn choose(self, choice: ThemeChoice) {
        match choice.stored() {
            Some(word) => {
                storage::write(Key::Theme, word);
            }
            None => storage::forget(Key::Theme),
        }
        self.choice.set(choice);
        settle();
    }

    /// Chooses how much moves, whatever the system says.
    pub fn choose_movement(self, movement: Movement) {
        let word = match movement {
            Movement::Full => "full",
            Movement::Reduced => "reduced",
        };
        storage::write(Key::Motion, word);
        settle();
    }
}

fn settle() {
    if let Ok(event) = web_sys::Event::new("coalmine:appearance") {
        // Nobody can cancel this event, so its answer says nothing.
        let _ = window().dispatch_event(&event);
    }
}

fn settled_theme() -> Theme {
    match root_attribute("data-theme").as_deref() {
        Some("dark") => Theme::Dark,
        Some(_) | None => Theme::Light,
    }
}

fn settled_movement() -> Movement {
    match root_attribute("data-motion").as_deref() {
        Some("reduced") => Movement::Reduced,
        Some(_) | None => Movement::Full,
    }
}

fn root_attribute(name: &str) -> Option<String> {
    document().document_element()?.get_attribute(name)
}
