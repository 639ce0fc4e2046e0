//! The right panel: the verdict once there is one, what goes on now, the traffic, the event log.

use crate::{player::OperatorControls, state::session::Session};
use leptos::prelude::*;

/// What the run does.
#[component]
pub fn RightPanel(
    /// The session.
    session: Session,
) -> impl IntoView {
    view! {
        <aside class="shell-right" aria-label="The run">
            <div class="right-run">
                <OperatorControls
                    moment=session.moment()
                    on_act=Callback::new(move |act| session.operate(act))
                />
            </div>
        </aside>
    }
}
