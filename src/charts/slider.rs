//! The crosshair for keys and ears: a slider over the scrapes that says all values.

use super::{
    bench::ChartsInput,
    cursor::{CursorKey, cursor_key, moved},
    model::{Plot, readout, thresholds},
};
use crate::{format, playback::Recording};
use coalmine_controller::{Policy, Time};
use leptos::prelude::*;

/// The crosshair for the keyboard: a slider over the scrapes.
#[component]
pub fn CrosshairSlider(
    /// What the charts read.
    input: ChartsInput,
    /// Where the crosshair stands; keys move it.
    cursor: RwSignal<Option<Time>>,
    /// The playhead shall come here.
    on_seek: Callback<Time>,
) -> impl IntoView {
    let ChartsInput {
        recording,
        at,
        policy,
        ..
    } = input;
    let on_key = move |event: web_sys::KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(key) = cursor_key(&event.key(), event.shift_key()) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        let from = cursor.get_untracked();
        match (key, from) {
            (CursorKey::Seek, Some(instant)) => on_seek.run(instant),
            _ => cursor.set(
                recording
                    .with_untracked(|recording| moved(recording, from, key, at.get_untracked())),
            ),
        }
    };
    let seconds = |time: Time| time.0 / 1_000;
    // While the crosshair is away the text stays as it is: it would change with each frame.
    let text = Memo::new(move |_| match cursor.get() {
        None => "no crosshair".to_owned(),
        Some(instant) => {
            recording.with(|recording| policy.with(|policy| spoken(recording, policy, instant)))
        }
    });
    view! {
        <div
            class="crosshair-slider"
            role="slider"
            tabindex="0"
            aria-label="Crosshair"
            aria-valuemin="0"
            aria-valuemax=move || cursor.get().map_or(0, |_| seconds(at.get()))
            aria-valuenow=move || cursor.get().map_or(0, seconds)
            aria-valuetext=text
            on:keydown=on_key
            on:blur=move |_| cursor.set(None)
        ></div>
    }
}

/// All values at an instant, to be heard.
fn spoken(recording: &Recording, policy: &Policy, instant: Time) -> String {
    let mut words = vec![format::clock(instant)];
    for plot in Plot::ALL {
        let values = readout(plot, recording, instant, &thresholds(policy, plot));
        words.push(format!(
            "{}: stable {}, canary {}",
            plot.title(),
            values.stable,
            values.canary
        ));
    }
    words.join("; ")
}
