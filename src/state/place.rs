//! The places of the page. The address says which one is open, so that it stays over a reload and the way back works.

use crate::storage;
use leptos::{ev, prelude::*};

/// A place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Place {
    /// One rollout, alive.
    #[default]
    Simulate,
    /// Thousands of them.
    Lab,
}

impl Place {
    /// All, in the order of the header.
    pub const ALL: [Self; 2] = [Self::Simulate, Self::Lab];

    /// What the header says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Simulate => "Simulate",
            Self::Lab => "Lab",
        }
    }

    /// As style sheets know it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Simulate => "simulate",
            Self::Lab => "lab",
        }
    }

    /// The fragment of its address.
    pub const fn fragment(self) -> &'static str {
        match self {
            Self::Simulate => "#simulate",
            Self::Lab => "#lab",
        }
    }

    /// What is worth to be skipped to.
    pub const fn main(self) -> &'static str {
        match self {
            Self::Simulate => "#diagram",
            Self::Lab => "#lab",
        }
    }

    /// The place that an address leads to.
    fn of(fragment: &str) -> Self {
        if fragment == Self::Lab.fragment() {
            Self::Lab
        } else {
            Self::Simulate
        }
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
