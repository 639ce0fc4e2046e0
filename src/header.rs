//! The header: whose rollout this is, its file, its seed, how the page looks, and where the help is.

pub mod file_tools;
pub mod help;
pub mod icon;
pub mod seed;
pub mod settings;

pub use file_tools::save;
pub use help::Help;
pub use icon::{HeaderIcon, HeaderIconName};
pub use seed::SeedField;

use crate::{
    chunks::{Region, later},
    state::{
        appearance::Appearance, draft::Draft, edit::Edit, notice::Notice, place::Place,
        session::Session,
    },
};
use file_tools::FileTools;
use leptos::{html, prelude::*};
use settings::Settings;

/// The line at the top of the page.
#[component]
pub fn Header(
    /// The session.
    session: Session,
    /// Theme and motion.
    appearance: Appearance,
    /// The place that is open.
    place: Signal<Place>,
    /// The sheet of shortcuts.
    help: NodeRef<html::Dialog>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let link = move |to: Place| {
        view! {
            <a href=to.fragment() data-word=to.label() aria-current=move || (place.get() == to).then_some("page")>
                {to.label()}
            </a>
        }
    };
    view! {
        <header class="shell-header">
            <h1 class="brand">
                <HeaderIcon name=HeaderIconName::Brand />
                <span class="brand-word">"Coalmine"</span>
            </h1>
            <div class="project-place">{later(Region::Name(session.draft))}</div>
            <nav class="places" aria-label="Places">
                {Place::ALL.map(link).collect_view()}
            </nav>
            <div class="header-tools">
                {later(Region::Tools { session, appearance, help, on_notice })}
            </div>
        </header>
    }
}

/// What stands at the right end of the header: the seed, the file, the looks, the help.
#[component]
pub fn HeaderTools(
    /// The session.
    session: Session,
    /// Theme and motion.
    appearance: Appearance,
    /// The sheet of shortcuts.
    help: NodeRef<html::Dialog>,
    /// Something to tell.
    on_notice: Callback<Notice>,
) -> impl IntoView {
    let open_help = move |_| {
        if let Some(sheet) = help.get_untracked() {
            // A sheet that is open already stays open.
            let _ = sheet.show_modal();
        }
    };
    view! {
        <SeedField draft=session.draft id="seed" />
        <FileTools session on_notice />
        <Settings appearance />
        <button class="button-icon" aria-label="Keyboard shortcuts" title="Keyboard shortcuts" on:click=open_help>
            <HeaderIcon name=HeaderIconName::Help />
        </button>
    }
}

/// The project's name, typed in place.
#[component]
pub fn ProjectName(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let name = draft.part(|project| project.name.clone());
    view! {
        <input
            class="project-name"
            type="text"
            aria-label="Name of the project"
            autocomplete="off"
            spellcheck="false"
            maxlength="80"
            prop:value=move || name.get()
            on:input=move |event| draft.edit(Edit::Name(event_target_value(&event)))
        />
    }
}
