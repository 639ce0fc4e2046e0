//! The right panel: the verdict once there is one, what goes on now, the traffic, the event log.

use crate::{
    chunks::{Region, later},
    state::session::Session,
};
use coalmine_flow::NodeId;
use leptos::prelude::*;

/// What the run does.
#[component]
pub fn RightPanel(
    /// The session.
    session: Session,
    /// The node that is chosen.
    selected: RwSignal<Option<NodeId>>,
) -> impl IntoView {
    view! {
        <aside class="shell-right" aria-label="The run">
            {later(Region::Right(session, selected))}
        </aside>
    }
}
