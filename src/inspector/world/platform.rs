//! What the platform does: how traffic is split, how pods scale, how long things take.

use super::{Knobs, change, group::Switch};
use crate::{
    inspector::{Knob, pick::Choose},
    state::draft::Draft,
};
use coalmine_controller::{Limit, Millis, Pods};
use coalmine_sim::{Autoscaler, Scenario, Split};
use leptos::prelude::*;

/// What decides the canary's share of traffic.
#[component]
pub fn SplitFields(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let split = draft.part(|project| Of(project.scenario.platform.split));
    let options = [
        (Split::Weighted, "its weight"),
        (Split::PodRatio, "its pods"),
    ]
    .map(|(split, words)| (Of(split), words.to_owned()));
    let choose = Callback::new(move |Of(split): Of| {
        change(draft, |scenario| scenario.platform.split = split);
    });
    view! {
        <Choose
            id="platform-split"
            label="Share follows"
            options=Signal::stored(options.to_vec())
            chosen=split.into()
            on_choose=choose
        />
        <Knobs draft knobs=[Knob::Lingering] />
    }
}

/// A split, to be chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Of(Split);

/// The autoscaler.
#[component]
pub fn ScalerFields(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let is_on = draft.part(|project| project.scenario.platform.autoscaler.is_some());
    let turn = Callback::new(move |is_on: bool| {
        change(draft, |scenario| {
            let scaler = is_on.then(|| usual(scenario));
            scenario.platform.autoscaler = scaler;
        });
    });
    view! {
        <Switch id="platform-scaler" label="Autoscaler" is_on on_turn=turn />
        <Knobs
            draft
            knobs=[
                Knob::ScalerTarget,
                Knob::ScalerLeast,
                Knob::ScalerMost,
                Knob::ScalerPeriod,
                Knob::ScalerCalm,
            ]
        />
    }
}

/// An autoscaler that leaves the pods there are alone while nothing happens.
fn usual(scenario: &Scenario) -> Autoscaler {
    let pods = scenario.replica_count();
    Autoscaler {
        target: Limit(600_000),
        least: pods,
        most: Pods(pods.0.saturating_mul(2).min(1_000)),
        period: Millis::from_secs(15),
        calm: Millis::from_mins(5),
    }
}

/// How the platform scales and splits, in a few words.
pub fn platform_note(scenario: &Scenario) -> String {
    let scales = scenario
        .platform
        .autoscaler
        .is_some()
        .then_some("autoscaler");
    let split = match scenario.platform.split {
        Split::Weighted => None,
        Split::PodRatio => Some("split by pods"),
    };
    let words: Vec<&str> = scales.into_iter().chain(split).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_autoscaler_can_be_run() {
        let mut project = coalmine_wire::Project::default();
        project.scenario.platform.autoscaler = Some(usual(&project.scenario));
        assert_eq!(project.problems(), []);
        assert_eq!(platform_note(&project.scenario), "autoscaler");
    }
}
