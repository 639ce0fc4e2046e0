//! The bar at the bottom of the page: transport, track, time, speed.

use super::{
    icons::{Icon, IconName},
    slider::TrackSlider,
    track::track_model,
    words::clock_padded,
};
use crate::{
    format,
    playback::{Moment, Recording},
    state::playhead::{Motion, PlayerIntent, Playhead, Speed},
};
use coalmine_controller::Time;
use leptos::prelude::*;
use std::sync::Arc;

/// A button's words with its key.
fn titled(label: &str, keys: &str) -> String {
    if keys.is_empty() {
        label.to_owned()
    } else {
        format!("{label} ({keys})")
    }
}

/// The player.
#[component]
pub fn Player(
    /// What was told of the run.
    #[prop(into)]
    recording: Signal<Arc<Recording>>,
    /// What is on screen.
    #[prop(into)]
    moment: Signal<Arc<Moment>>,
    /// The instant on screen.
    #[prop(into)]
    at: Signal<Time>,
    /// Motion and speed.
    #[prop(into)]
    playhead: Signal<Playhead>,
    /// The names of the scenario's faults, by their place.
    #[prop(into)]
    fault_names: Signal<Vec<String>>,
    /// What a person wants of the playhead.
    on_intent: Callback<PlayerIntent>,
) -> impl IntoView {
    let track = Memo::new(move |_| recording.with(|recording| track_model(recording)));
    let weight = Memo::new(move |_| moment.with(|moment| moment.traffic.routed));
    let is_playing = Memo::new(move |_| playhead.get().motion == Motion::Playing);
    let speed = Memo::new(move |_| playhead.get().speed);
    let end = Memo::new(move |_| track.with(|track| track.told));
    let clock = Memo::new(move |_| clock_padded(at.get(), end.get()));
    let button = move |icon: IconName, label: &'static str, keys: &'static str, intent| {
        view! {
            <button
                class="player-button"
                aria-label=label
                aria-keyshortcuts=(!keys.is_empty()).then_some(keys)
                title=titled(label, keys)
                on:click=move |_| on_intent.run(intent)
            >
                <Icon name=icon />
            </button>
        }
    };
    let play_icon = Signal::derive(move || {
        if is_playing.get() {
            IconName::Pause
        } else {
            IconName::Play
        }
    });
    let play_word = move || if is_playing.get() { "Pause" } else { "Play" };
    let choose = move |value: String| {
        if let Some(speed) = Speed::ALL.into_iter().find(|speed| speed.label() == value) {
            on_intent.run(PlayerIntent::SetSpeed(speed));
        }
    };
    let options =
        Speed::ALL.map(|speed| view! { <option value=speed.label()>{speed.label()}</option> });
    view! {
        <section class="player" aria-label="Player">
            <div class="player-transport" role="group" aria-label="Transport">
                {button(IconName::Restart, "Restart", "", PlayerIntent::Restart)}
                {button(IconName::Previous, "Previous event", ",", PlayerIntent::PreviousEvent)}
                <button
                    class="player-button player-play button-primary"
                    aria-keyshortcuts="Space"
                    on:click=move |_| on_intent.run(PlayerIntent::Toggle)
                >
                    <Icon name=play_icon />
                    <span class="player-word">{play_word}</span>
                </button>
                {button(IconName::Next, "Next event", ".", PlayerIntent::NextEvent)}
                {button(IconName::NextDecision, "Next decision", "]", PlayerIntent::NextDecision)}
                {button(IconName::End, "Jump to the end", "", PlayerIntent::JumpEnd)}
            </div>
            <TrackSlider track fault_names at weight on_intent />
            <p class="player-time">
                <strong>{clock}</strong>
                <span class="muted">" of " {move || format::clock(end.get())}</span>
            </p>
            <label class="player-speed">
                <span class="visually-hidden">"Speed"</span>
                <select
                    prop:value=move || speed.get().label()
                    on:change=move |event| choose(event_target_value(&event))
                >
                    {options}
                </select>
                <span class="player-compression muted">{move || speed.get().compression()}</span>
            </label>
        </section>
    }
}
