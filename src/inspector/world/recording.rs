//! A recorded rate: pasted, dropped or opened as lines of time and rate.

use super::change;
use crate::{files, state::draft::Draft};
use coalmine_flow::place_of;
use coalmine_sim::{Profile, Scenario};
use coalmine_wire::{encode_recording, parse_recording};
use leptos::{ev, html, prelude::*, task::spawn_local};

/// The recording as text; empty for other courses.
fn shown(scenario: &Scenario) -> String {
    match &scenario.traffic.profile {
        Profile::Recorded(points) => encode_recording(points),
        Profile::Constant(_)
        | Profile::Diurnal { .. }
        | Profile::Weekly { .. }
        | Profile::Ramp { .. }
        | Profile::Step { .. }
        | Profile::Burst { .. } => String::new(),
    }
}

/// The recording that a text is, or why it is none, in words.
fn read(text: &str) -> Result<Profile, String> {
    parse_recording(text)
        .map(Profile::Recorded)
        .map_err(|findings| {
            let Some(first) = findings.first() else {
                return "write lines of a time and a rate, as in 5m,200/s".to_owned();
            };
            let line = place_of(text, first.span.start).line;
            let suggestion = first.suggestion.as_deref().unwrap_or("write 5m,200/s");
            format!("line {line}: {}; {suggestion}", first.message)
        })
}

/// The text of the recording, and a way to open a file of it.
#[component]
pub fn RecordingField(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let file = NodeRef::<html::Input>::new();
    let value = draft.part(|project| shown(&project.scenario));
    // What was typed and is no recording, with the reason.
    let refused = RwSignal::new(None::<(String, String)>);
    let settle = move |text: String| match read(&text) {
        Ok(profile) => {
            refused.set(None);
            change(draft, |scenario| scenario.traffic.profile = profile);
        }
        Err(words) => refused.set(Some((text, words))),
    };
    let take = move |opened: web_sys::File| {
        spawn_local(async move {
            let read = files::read(&opened).await;
            match read.and_then(|bytes| files::text_of(&opened.name(), bytes)) {
                Ok(text) => settle(text),
                Err(words) => refused.set(Some((value.get_untracked(), words))),
            }
        });
    };
    let open = move |_| {
        if let Some(opened) = file
            .get_untracked()
            .and_then(|field| files::take_chosen(&field))
        {
            take(opened);
        }
    };
    let drop = move |event: ev::DragEvent| {
        let dropped = event.data_transfer().and_then(|data| data.files());
        if let Some(opened) = dropped.and_then(|files| files.get(0)) {
            event.prevent_default();
            take(opened);
        }
    };
    let text = move || {
        let typed = refused.with(|it| it.as_ref().map(|(text, _)| text.clone()));
        typed.unwrap_or_else(|| value.get())
    };
    let words = move || refused.with(|it| it.as_ref().map(|(_, words)| words.clone()));
    view! {
        <div class="recording">
            <label for="traffic-recording">"Time, rate (paste or drop a CSV)"</label>
            <textarea
                id="traffic-recording"
                class="mono"
                rows="5"
                spellcheck="false"
                autocomplete="off"
                aria-invalid=move || words().map(|_| "true")
                aria-describedby="traffic-recording-error"
                prop:value=text
                on:change=move |event| settle(event_target_value(&event))
                on:dragover=|event| event.prevent_default()
                on:drop=drop
            ></textarea>
            <p class="field-error" id="traffic-recording-error" hidden=move || words().is_none()>
                {words}
            </p>
            <label class="button button-outlined">
                "Open a CSV"
                <input
                    node_ref=file
                    class="visually-hidden"
                    type="file"
                    accept=".csv,.txt"
                    on:change=open
                />
            </label>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_reads_back_and_a_wrong_line_is_named() {
        let profile = read("time,rate\n0s,100/s\n5m,250/s\n").unwrap();
        let mut scenario = Scenario::default();
        scenario.traffic.profile = profile.clone();
        assert_eq!(read(&shown(&scenario)), Ok(profile));
        let error = read("0s,100/s\n5m,many\n").unwrap_err();
        assert!(error.starts_with("line 2: "), "{error}");
        assert!(read("").is_err());
    }
}
