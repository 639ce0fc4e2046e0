//! What is asked, as fields: which releases, how often.

use super::{Wanted, words};
use crate::{format, inspector::field::Field};
use coalmine_lab::{Quality, Release};
use leptos::prelude::*;
use std::sync::Arc;

/// The releases that the policy is tried on.
#[component]
pub fn Releases(
    /// What is asked for.
    wanted: Wanted,
) -> impl IntoView {
    view! {
        <section class="panel" aria-labelledby="lab-releases">
            <h2 id="lab-releases" class="panel-title">"Releases"</h2>
            <p class="muted lab-note">
                "Good ones should be promoted, bad ones stopped. They follow from the project: its own scenario, and the \
                 other side of it."
            </p>
            <ul class="lab-choices">
                <For
                    each=move || wanted.releases.get()
                    key=|release| release.clone().name
                    let:release
                >
                    <Choice release=Arc::new(release) left_out=wanted.left_out />
                </For>
            </ul>
        </section>
    }
}

/// How many rollouts of each release.
#[component]
pub fn Rollouts(
    /// The id of the field; unique on the page.
    id: &'static str,
    /// How many.
    rollouts: RwSignal<u32>,
) -> impl IntoView {
    let commit = Callback::new(move |typed: String| {
        words::rollouts(&typed).map(|number| rollouts.set(number))
    });
    let value = Signal::derive(move || format::count(u64::from(rollouts.get())));
    view! { <Field id label="Rollouts of each release" value commit /> }
}

/// A release, in or out.
#[component]
fn Choice(
    /// Which.
    release: Arc<Release>,
    /// Those that are left out.
    left_out: RwSignal<Vec<String>>,
) -> impl IntoView {
    let name = release.name.clone();
    let is_in = {
        let name = name.clone();
        move || left_out.with(|left_out| !left_out.contains(&name))
    };
    let toggle = {
        let name = name.clone();
        move |_| {
            left_out.update(|left_out| {
                let before = left_out.len();
                left_out.retain(|other| *other != name);
                if left_out.len() == before {
                    left_out.push(name.clone());
                }
            });
        }
    };
    let quality = match release.quality {
        Quality::Good => "good",
        Quality::Bad => "bad",
    };
    view! {
        <li>
            <label class="lab-choice">
                <input type="checkbox" prop:checked=is_in on:change=toggle />
                <span class="lab-choice-name">{format::sentence_case(&name)}</span>
                <span class=format!("quality is-{quality}")>{quality}</span>
            </label>
        </li>
    }
}
