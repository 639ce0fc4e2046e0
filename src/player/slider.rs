//! The track: the one place to scrub. Its picture is drawn when the recording changes; a frame moves one element.

use super::{keys::intent_of_track_key, track::Track, track_picture::picture, words::value_text};
use crate::state::playhead::PlayerIntent;
use coalmine_controller::{Time, Weight};
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

/// The instant under a pointer.
fn time_under(pointer: &web_sys::PointerEvent, track: &Track) -> Option<Time> {
    let element = pointer
        .current_target()?
        .dyn_into::<web_sys::Element>()
        .ok()?;
    let bounds = element.get_bounding_client_rect();
    let share = (f64::from(pointer.client_x()) - bounds.left()) / bounds.width().max(1.0);
    Some(track.time(share).min(track.told))
}

/// The track of the run, as a slider.
#[component]
pub fn TrackSlider(
    /// The picture.
    #[prop(into)]
    track: Signal<Track>,
    /// The names of the scenario's faults, by their place.
    #[prop(into)]
    fault_names: Signal<Vec<String>>,
    /// The playhead.
    #[prop(into)]
    at: Signal<Time>,
    /// The canary's share at the playhead.
    #[prop(into)]
    weight: Signal<Weight>,
    /// What is wanted of the playhead.
    on_intent: Callback<PlayerIntent>,
) -> impl IntoView {
    let scrub = move |pointer: &web_sys::PointerEvent| {
        if let Some(at) = track.with_untracked(|track| time_under(pointer, track)) {
            on_intent.run(PlayerIntent::Seek(at));
        }
    };
    let grab = move |pointer: ev::PointerEvent| {
        if pointer.button() != 0 {
            return;
        }
        let target = pointer
            .current_target()
            .and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if let Some(target) = target {
            // Without capture a drag ends at the border: worse, but not wrong.
            let _ = target.set_pointer_capture(pointer.pointer_id());
        }
        scrub(&pointer);
    };
    let drag = move |pointer: ev::PointerEvent| {
        if pointer.buttons() & 1 == 1 {
            scrub(&pointer);
        }
    };
    let press = move |key: ev::KeyboardEvent| {
        if let Some(intent) = intent_of_track_key(&key.key(), key.shift_key()) {
            key.prevent_default();
            key.stop_propagation();
            on_intent.run(intent);
        }
    };
    let head = move || {
        let share = track.with(|track| track.share(at.get()));
        format!("translateX({:.3}%)", share * 100.0)
    };
    let seconds = Memo::new(move |_| at.get().0 / 1_000);
    view! {
        <div
            class="track"
            role="slider"
            tabindex="0"
            aria-label="Time in the run"
            aria-valuemin="0"
            aria-valuemax=move || track.with(|track| track.told.0 / 1_000)
            aria-valuenow=move || seconds.get()
            aria-valuetext=move || value_text(Time(seconds.get() * 1_000), weight.get())
            on:pointerdown=grab
            on:pointermove=drag
            on:keydown=press
        >
            {move || fault_names.with(|names| track.with(|track| picture(track, names)))}
            <span class="track-clip">
                <span class="track-head" style:transform=head></span>
            </span>
        </div>
    }
}
