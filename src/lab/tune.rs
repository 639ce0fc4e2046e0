//! What should be changed: policies that no other one beats, and what each of them buys.

use super::{
    Laboratory, Question, Wanted,
    proposals::Proposals,
    run_bar::RunBar,
    settings::Rollouts,
    tuner::{Demand, Tuner},
    turns::{Turn, offered},
};
use crate::{
    inspector::field::Field,
    state::{draft::Draft, notice::Notice, session::Session},
};
use coalmine_controller::Metric;
use coalmine_lab::Parameter;
use coalmine_wire::quantity::{format_percent, parse_percent};
use leptos::prelude::*;

/// Rollouts of each release under the policies that are left at the end.
const ROLLOUTS: u32 = 1_000;

/// What is asked.
#[derive(Clone, Copy)]
struct Form {
    turns: Memo<Vec<Turn>>,
    /// The numbers that may change.
    free: RwSignal<Vec<Parameter>>,
    /// In millionths.
    misses: RwSignal<i64>,
    alarms: RwSignal<i64>,
    rollouts: RwSignal<u32>,
}

impl Form {
    fn new(draft: Draft) -> Self {
        let turns = offered(draft, |turn| {
            turn.can_apply && turn.parameter != Parameter::Traffic
        });
        // The threshold and the time that it is watched over: what teams tune first.
        let usual = vec![
            Parameter::Bound(Metric::ErrorRate, None),
            Parameter::Window(None),
        ];
        Self {
            turns,
            free: RwSignal::new(usual),
            misses: RwSignal::new(10_000),
            alarms: RwSignal::new(10_000),
            rollouts: RwSignal::new(ROLLOUTS),
        }
    }

    fn demand(self) -> Demand {
        let free = self.free.get();
        let is_free = |turn: &Turn| free.contains(&turn.parameter);
        Demand {
            turns: self.turns.get().into_iter().filter(is_free).collect(),
            misses: self.misses.get() as f64 / 1e6,
            alarms: self.alarms.get() as f64 / 1e6,
            rollouts: self.rollouts.get(),
        }
    }

    fn toggle(self, parameter: Parameter) {
        self.free.update(|free| {
            let before = free.len();
            free.retain(|other| *other != parameter);
            if free.len() == before {
                free.push(parameter);
            }
        });
    }
}

/// A share at most, typed in per cent.
fn at_most(id: &'static str, label: &'static str, share: RwSignal<i64>) -> impl IntoView {
    let value = Signal::derive(move || format_percent(coalmine_controller::Limit(share.get())));
    let commit = Callback::new(move |typed: String| {
        let most = parse_percent(typed.trim()).map_err(super::wanted::said)?;
        if !(0..=1_000_000).contains(&most.0) {
            return Err("A share lies between 0 % and 100 %".to_owned());
        }
        share.set(most.0);
        Ok(())
    });
    view! { <Field id label value commit /> }
}

/// The question, and what was found.
#[component]
pub fn Tune(
    /// The session.
    session: Session,
    /// What runs it.
    laboratory: Laboratory,
    /// The releases.
    wanted: Wanted,
    /// The search.
    tuner: Tuner,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let form = Form::new(session.draft);
    let studies =
        Callback::new(move |()| Ok(vec![tuner.begin(session.draft, wanted, form.demand())?]));
    let choice = move |turn: Turn| {
        let parameter = turn.parameter;
        let is_free = move || form.free.with(|free| free.contains(&parameter));
        view! {
            <label class="lab-choice">
                <input
                    type="checkbox"
                    prop:checked=is_free
                    on:change=move |_| form.toggle(parameter)
                />
                <span class="lab-choice-name">{turn.label}</span>
            </label>
        }
    };
    view! {
        <h2 class="lab-sentence">"What should change, and what does it buy?"</h2>
        <fieldset class="lab-free">
            <legend class="muted">"These numbers may change"</legend>
            <For each=move || form.turns.get() key=|turn| turn.label.clone() let:turn>
                {choice(turn)}
            </For>
        </fieldset>
        <div class="lab-ask">
            {at_most("tune-misses", "Misses at most", form.misses)}
            {at_most("tune-alarms", "False alarms at most", form.alarms)}
            <Rollouts id="tune-rollouts" rollouts=form.rollouts />
        </div>
        <RunBar laboratory question=Question::Tune studies />
        <Proposals session tuner on_notice />
    }
}
