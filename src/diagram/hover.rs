//! Which node is pointed at: its card opens at once, and waits a moment for a pointer that is on its way to it.

use coalmine_flow::NodeId;
use leptos::prelude::*;
use std::time::Duration;

/// How long a card stays when the pointer is on its way to it.
const GRACE: Duration = Duration::from_millis(180);

/// The node whose card is open.
#[derive(Clone, Copy)]
pub(super) struct Hover {
    near: RwSignal<Option<NodeId>>,
    /// How often something came near: a wait that began before does not count.
    visits: StoredValue<u32>,
}

impl Hover {
    pub(super) fn new() -> Self {
        Self {
            near: RwSignal::new(None),
            visits: StoredValue::new(0),
        }
    }

    /// The node whose card is open.
    pub(super) fn node(self) -> Option<NodeId> {
        self.near.get()
    }

    /// The pointer or the focus is on a node.
    pub(super) fn enter(self, node: NodeId) {
        self.stay();
        self.near.set(Some(node));
    }

    /// The pointer is on the card.
    pub(super) fn stay(self) {
        self.visits.update_value(|visits| *visits += 1);
    }

    /// The pointer or the focus left the node or the card.
    pub(super) fn leave(self) {
        let before = self.visits.get_value();
        let gone = move || {
            if self.visits.try_get_value() == Some(before) {
                self.near.set(None);
            }
        };
        set_timeout(gone, GRACE);
    }

    /// The card is closed by hand.
    pub(super) fn dismiss(self) {
        self.near.set(None);
    }
}
