//! The page's frame: header, left panel, centre, right panel, player, and the services that they share.

pub mod autosave;
pub mod centre;
pub mod keys;
pub mod live_region;
pub mod right;
pub mod tabs;

use crate::{
    chunks::{self, Region, later},
    header::Header,
    player::Player,
    state::{
        appearance::Appearance,
        document::Kept,
        draft::Draft,
        place::{self, Place},
        session::Session,
        tab::Tab,
    },
    storage::{self, Key},
};
use centre::Centre;
use leptos::{html, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use right::RightPanel;
use tabs::TabBar;

/// Mounts the page where `index.html` painted its skeleton, once the work of last time is read, or the link that somebody
/// came by.
pub fn mount() {
    let (project, code) = (storage::read(Key::Project), storage::read(Key::Code));
    let link = storage::fragment();
    if project.is_none() && code.is_none() && Place::is(&link) {
        show(Kept::default());
        return;
    }
    // Leptos spawns nothing before something is mounted.
    wasm_bindgen_futures::spawn_local(async move {
        match chunks::file::restore(project, code, link).await {
            Ok(kept) => show(kept),
            // A page without the kept work would soon keep other work in its place.
            Err(_) => tell("The simulator did not load. Your work is kept; reload to try again."),
        }
    });
}

/// Takes the skeleton away and shows the page.
fn show(kept: Kept) {
    let root = document()
        .get_element_by_id("app")
        .expect("index.html has an element for the page");
    root.set_inner_html("");
    mount_to(root.unchecked_into(), move || view! { <App kept /> }).forget();
    // Should it not come, whoever asks for it later is told.
    spawn_local(async { drop(chunks::file::preload().await) });
}

/// Writes into the skeleton.
fn tell(words: &str) {
    if let Ok(Some(place)) = document().query_selector(".boot-word") {
        place.set_text_content(Some(words));
    }
}

/// The whole page.
#[component]
pub fn App(
    /// What to begin with.
    kept: Kept,
) -> impl IntoView {
    let Kept { project, told, at } = kept;
    let draft = Draft::new(project);
    let session = Session::new(draft);
    let appearance = Appearance::provide();
    session.open();

    let place = place::follow();
    let tab = RwSignal::new(Tab::Run);
    let notice = RwSignal::new(told);
    let on_notice = Callback::new(move |told| notice.set(Some(told)));
    let selected = RwSignal::new(None);
    let help = NodeRef::<html::Dialog>::new();
    let fault_names = draft.part(|project| {
        let faults = project.scenario.faults.iter();
        faults
            .map(|fault| crate::inspector::name_of(fault.kind).to_owned())
            .collect::<Vec<_>>()
    });
    // What the command line prints of the same run; empty until all of it is here.
    let trace = Memo::new(move |_| {
        session.recording().with(|recording| {
            let hash = recording.summary().map(|summary| summary.trace_hash);
            hash.map_or_else(String::new, |hash| format!("{hash:016x}"))
        })
    });
    view! {
        <a class="skip-link button" href=move || place.get().main()>"Skip to what matters"</a>
        <div class="shell" data-place=move || place.get().word() data-tab=move || tab.get().word() data-trace=move || trace.get()>
            <Header session appearance place help on_notice />
            <aside class="shell-left" aria-label="Inspector">
                {later(Region::Left(session, on_notice))}
            </aside>
            <Centre session appearance tab selected />
            <RightPanel session selected />
            {later(Region::Places(session, place, on_notice))}
            <footer class="shell-player" tabindex="-1">
                <Player
                    recording=session.recording()
                    moment=session.moment()
                    at=session.at()
                    playhead=session.playhead()
                    fault_names
                    on_intent=Callback::new(move |intent| session.play(intent))
                />
            </footer>
            <TabBar tab />
        </div>
        <div class="messages">
            {later(Region::Messages(session, notice))}
        </div>
        {later(Region::Unseen { session, help, tab, at, on_notice })}
    }
}
