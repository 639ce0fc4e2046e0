//! What is asked: which releases, how often, and the button that begins.

use super::{Laboratory, words};
use crate::{
    format,
    inspector::field::Field,
    state::{draft::Draft, session::Session},
};
use coalmine_lab::{Quality, Release, Shard, Study, StudyParts, default_releases};
use coalmine_wire::plan_of;
use leptos::prelude::*;
use std::sync::Arc;

/// Rollouts of each release at first: some seconds, and intervals of a few points.
const ROLLOUTS: u32 = 1_000;

/// What a person asks for.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// The releases that follow from the project.
    pub releases: Memo<Vec<Release>>,
    /// Those that are left out, by name.
    pub left_out: RwSignal<Vec<String>>,
    /// Rollouts of each.
    pub rollouts: RwSignal<u32>,
}

impl Wanted {
    /// What the project suggests.
    pub fn new(draft: Draft) -> Self {
        Self {
            releases: Memo::new(move |_| {
                let project = draft.runnable().get();
                project.map_or_else(Vec::new, |project| default_releases(&project.scenario))
            }),
            left_out: RwSignal::default(),
            rollouts: RwSignal::new(ROLLOUTS),
        }
    }

    /// The study that is asked for, or why there is none. Tracks everything that it depends on.
    ///
    /// # Errors
    /// In words, if there is nothing that can be run.
    pub fn study(self, draft: Draft) -> Result<Study, String> {
        let project = draft
            .runnable()
            .get()
            .ok_or("The diagram cannot be run yet: mend its code first.")?;
        let (_, plan) = plan_of(&project)
            .map_err(|_| "The project cannot be run as it stands: mend its numbers first.")?;
        let releases = self.left_out.with(|left_out| {
            let releases = self.releases.get().into_iter();
            releases
                .filter(|release| !left_out.contains(&release.name))
                .collect()
        });
        Study::new(StudyParts {
            plans: vec![plan],
            releases,
            seed: project.seed,
            rollouts: self.rollouts.get(),
            precision: None,
            shard: Shard::WHOLE,
        })
        .map_err(|error| format::sentence_case(&error.to_string()))
    }
}

/// What is asked.
#[component]
pub fn Settings(
    /// The session.
    session: Session,
    /// What runs it.
    laboratory: Laboratory,
    /// What is asked for.
    wanted: Wanted,
    /// Whether what is on screen answers something else.
    #[prop(into)]
    is_stale: Signal<bool>,
) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let is_running = Memo::new(move |_| laboratory.pace().with(|pace| pace.is_running));
    let press = move |_| {
        if is_running.get_untracked() {
            laboratory.stop();
            return;
        }
        match untrack(|| wanted.study(session.draft)) {
            Ok(study) => {
                problem.set(None);
                laboratory.run(study);
            }
            Err(words) => problem.set(Some(words)),
        }
    };
    let commit = Callback::new(move |typed: String| {
        words::rollouts(&typed).map(|rollouts| wanted.rollouts.set(rollouts))
    });
    let rollouts = Signal::derive(move || format::count(u64::from(wanted.rollouts.get())));
    let label = move || match (is_running.get(), is_stale.get()) {
        (true, _) => "Stop",
        (false, true) => "Run again",
        (false, false) => "Run",
    };
    view! {
        <section class="panel lab-settings" aria-labelledby="lab-releases">
            <h2 id="lab-releases" class="panel-title">"Releases"</h2>
            <p class="muted lab-note">"Good ones should be promoted, bad ones stopped."</p>
            <ul class="lab-choices">
                <For
                    each=move || wanted.releases.get()
                    key=|release| release.clone().name
                    let:release
                >
                    <Choice release=Arc::new(release) left_out=wanted.left_out />
                </For>
            </ul>
            <div class="fields">
                <Field id="lab-rollouts" label="Rollouts of each" value=rollouts commit />
            </div>
            <button class="button-primary lab-run" on:click=press>{label}</button>
            <p class="field-error" role="alert">{move || problem.get()}</p>
        </section>
    }
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
