//! The places of the page. The address says which one is open, so that it stays over a reload and the way back works.

use crate::storage;
use leptos::{ev, prelude::*};

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// One rollout, alive.
    #[default]
    Simulate,
    /// The rollout itself, drawn and written.
    Design,
    /// Thousands of them.
    Lab,
    /// What comes in and what goes out.
    Files,
}

impl Place {
    /// All, in the order of the header.
    pub const ALL: [Self; 4] = [Self::Simulate, Self::Design, Self::Lab, Self::Files];

    /// What the header says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Simulate => "Simulate",
            Self::Design => "Design",
            Self::Lab => "Lab",
            Self::Files => "Files",
        }
    }

    /// As style sheets know it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Simulate => "simulate",
            Self::Design => "design",
            Self::Lab => "lab",
            Self::Files => "files",
        }
    }

    /// The fragment of its address.
    pub const fn fragment(self) -> &'static str {
        match self {
            Self::Simulate => "#simulate",
            Self::Design => "#design",
            Self::Lab => "#lab",
            Self::Files => "#files",
        }
    }

    /// What is worth to be skipped to.
    pub const fn main(self) -> &'static str {
        match self {
            Self::Simulate => "#diagram",
            Self::Design => "#design",
            Self::Lab => "#lab",
            Self::Files => "#files",
        }
    }

    /// The place that an address leads to.
    fn of(fragment: &str) -> Self {
        let found = Self::ALL.into_iter().find(|it| it.fragment() == fragment);
        found.unwrap_or_default()
    }

    /// Whether a fragment is one of a place, or none at all.
    pub fn is(fragment: &str) -> bool {
        fragment.is_empty() || Self::ALL.iter().any(|it| it.fragment() == fragment)
    }

    /// Goes there.
    pub fn go(self) {
        storage::go(self.fragment());
    }
}

/// The place that is open, from now on.
pub fn follow() -> Signal<Place> {
    let here = || Place::of(&storage::fragment());
    let place = RwSignal::new(here());
    let listener = window_event_listener(ev::hashchange, move |_| place.set(here()));
    on_cleanup(move || listener.remove());
    place.into()
}
