//! How the versions behave while nothing is wrong.

use super::{Knobs, change, group::Switch, law::LawKind};
use crate::{
    inspector::{Knob, pick::Choose},
    state::draft::Draft,
};
use coalmine_controller::{Limit, Millis, Version};
use coalmine_sim::{Capacity, Law, Scenario, WarmUp};
use leptos::prelude::*;

const fn law(scenario: &Scenario, version: Version) -> &Law {
    match version {
        Version::Stable => &scenario.stable,
        Version::Canary => &scenario.canary,
    }
}

/// Changes a version. A canary that behaves as stable does goes on doing so when stable changes.
fn change_law(scenario: &mut Scenario, version: Version, change: impl Fn(&mut Law)) {
    let is_same = scenario.canary == scenario.stable;
    match version {
        Version::Stable => {
            change(&mut scenario.stable);
            if is_same {
                scenario.canary = scenario.stable.clone();
            }
        }
        Version::Canary => change(&mut scenario.canary),
    }
}

/// The law of a version's latency, in its own numbers.
#[component]
pub fn LatencyFields(
    /// The project.
    draft: Draft,
    /// The version.
    version: Version,
) -> impl IntoView {
    let kind = draft.part(move |project| LawKind::of(&law(&project.scenario, version).latency));
    let choose = Callback::new(move |kind: LawKind| {
        change(draft, |scenario| {
            change_law(scenario, version, |law| {
                law.latency = kind.law(&law.latency);
            });
        });
    });
    view! {
        <Choose
            id=format!("law-{}", name(version))
            label="Latency, law"
            options=Signal::derive(move || kind.get().choices())
            chosen=kind.into()
            on_choose=choose
        />
        <Knobs
            draft
            knobs=[
                Knob::Median(version),
                Knob::Mean(version),
                Knob::Sigma(version),
                Knob::Shape(version),
                Knob::Tail(version),
                Knob::Alpha(version),
            ]
        />
    }
}

const fn name(version: Version) -> &'static str {
    match version {
        Version::Stable => "stable",
        Version::Canary => "canary",
    }
}

/// How new pods warm up, and what a pod can take.
#[component]
pub fn PodFields(
    /// The project.
    draft: Draft,
    /// The version.
    version: Version,
) -> impl IntoView {
    let warms = draft.part(move |project| law(&project.scenario, version).warm_up.is_some());
    let is_limited = draft.part(move |project| law(&project.scenario, version).capacity.is_some());
    let warm = Callback::new(move |is_on: bool| {
        change(draft, |scenario| {
            change_law(scenario, version, |law| {
                law.warm_up = is_on.then_some(WarmUp {
                    slower: Limit(1_000_000),
                    lasts: Millis::from_secs(60),
                });
            });
        });
    });
    let limit = Callback::new(move |is_on: bool| {
        change(draft, |scenario| {
            change_law(scenario, version, |law| {
                law.capacity = is_on.then_some(Capacity {
                    in_flight: 8,
                    queue: 64,
                });
            });
        });
    });
    view! {
        <Knobs draft knobs=[Knob::Rest(version)] />
        <Switch id=format!("warms-{}", name(version)) label="New pods warm up" is_on=warms on_turn=warm />
        <Knobs draft knobs=[Knob::WarmSlower(version), Knob::WarmLasts(version)] />
        <Switch
            id=format!("limited-{}", name(version))
            label="Pods have a capacity"
            is_on=is_limited
            on_turn=limit
        />
        <Knobs draft knobs=[Knob::InFlight(version), Knob::Queue(version)] />
    }
}

/// The canary by itself: as stable, until something is changed.
#[component]
pub fn CanaryFields(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let is_same = draft.part(|project| project.scenario.canary == project.scenario.stable);
    let version = Version::Canary;
    view! {
        <p class="group-words muted">
            {move || {
                if is_same.get() {
                    "It behaves as stable does. What is changed here holds for the canary alone."
                } else {
                    "It differs from stable, even without a fault."
                }
            }}
        </p>
        <div class="fields">
            <LatencyFields draft version />
            <Knobs draft knobs=[Knob::Errors(version), Knob::Cpu(version), Knob::Memory(version)] />
            <PodFields draft version />
        </div>
        <Show when=move || !is_same.get()>
            <button
                class="button-outlined part-add"
                on:click=move |_| {
                    change(draft, |scenario| scenario.canary = scenario.stable.clone());
                }
            >
                "Behave as stable again"
            </button>
        </Show>
    }
}

/// What pods of stable can take and how they warm up, in a few words.
pub fn pods_note(scenario: &Scenario) -> String {
    let law = &scenario.stable;
    match (law.warm_up.is_some(), law.capacity.is_some()) {
        (false, false) => "",
        (true, false) => "warm up",
        (false, true) => "limited",
        (true, true) => "warm up, limited",
    }
    .to_owned()
}
