//! What a person may do to the run itself, at the instant on screen: it forks from there.

use crate::playback::Moment;
use coalmine_controller::Operator;
use leptos::prelude::*;
use std::sync::Arc;

/// Whether an act would mean anything at a moment.
fn is_possible(moment: &Moment, act: Operator) -> bool {
    let runs = moment.token.is_some() && moment.ended.is_none();
    match act {
        Operator::Pause => runs && !moment.paused,
        Operator::Resume => runs && moment.paused,
        Operator::Promote | Operator::Abort => runs,
    }
}

/// What a button says, and what it does.
const fn words(act: Operator) -> (&'static str, &'static str) {
    match act {
        Operator::Pause => (
            "Pause rollout",
            "The rollout leaves no node until it is resumed",
        ),
        Operator::Resume => ("Resume rollout", "The rollout goes on"),
        Operator::Promote => ("Promote", "Passes the next gate without its verdict"),
        Operator::Abort => ("Abort", "Stops the rollout and rolls back"),
    }
}

/// Pause or resume, promote, abort.
#[component]
pub fn OperatorControls(
    /// What is on screen.
    #[prop(into)]
    moment: Signal<Arc<Moment>>,
    /// What a person does, at the playhead.
    on_act: Callback<Operator>,
) -> impl IntoView {
    let is_paused = Memo::new(move |_| moment.with(|moment| moment.paused));
    let hold = move || {
        if is_paused.get() {
            Operator::Resume
        } else {
            Operator::Pause
        }
    };
    let possible = move |act| moment.with(|moment| is_possible(moment, act));
    let button = move |act: Operator| {
        let (label, title) = words(act);
        view! {
            <button
                class="button-outlined"
                title=title
                disabled=move || !possible(act)
                on:click=move |_| on_act.run(act)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="operator" role="group" aria-label="Step into the rollout">
            <button
                class="button-outlined operator-hold"
                title=move || words(hold()).1
                disabled=move || !possible(hold())
                on:click=move |_| on_act.run(hold())
            >
                {move || words(hold()).0}
            </button>
            {button(Operator::Promote)}
            {button(Operator::Abort)}
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_flow::NodeId;

    #[test]
    fn nothing_can_be_done_before_the_start() {
        let html = Owner::new().with(|| {
            let moment = Signal::derive(|| Arc::new(Moment::default()));
            view! { <OperatorControls moment on_act=Callback::new(|_| ()) /> }.to_html()
        });
        assert_eq!(html.matches("disabled").count(), 3, "{html}");
    }

    #[test]
    fn a_paused_rollout_can_be_resumed() {
        let html = Owner::new().with(|| {
            let moment = Moment {
                token: Some(NodeId(8)),
                paused: true,
                ..Moment::default()
            };
            let moment = Signal::derive(move || Arc::new(moment.clone()));
            view! { <OperatorControls moment on_act=Callback::new(|_| ()) /> }.to_html()
        });
        assert!(html.contains("Resume rollout"), "{html}");
        assert!(!html.contains("disabled"), "{html}");
    }
}
