//! The page's frame: header, left panel, centre, right panel, player, and the services that they share.

pub mod autosave;
pub mod centre;
pub mod keys;
pub mod live_region;
pub mod right;
pub mod tabs;

use crate::{
    header::{Header, Help, SeedField, save},
    inspector::{BreakIt, PolicyPanel, TrafficPanel},
    notices::{LinkBanner, NoticeBar},
    player::Player,
    state::{
        appearance::Appearance, document::restore, draft::Draft, notice::Notice, session::Session,
        tab::Tab,
    },
    storage::{self, Key},
};
use centre::Centre;
use coalmine_wire::Project;
use leptos::{html, prelude::*, wasm_bindgen::JsCast};
use live_region::LiveRegion;
use right::RightPanel;
use tabs::TabBar;

/// Mounts the page where `index.html` painted its skeleton, and takes the skeleton away.
pub fn mount() {
    let root = document()
        .get_element_by_id("app")
        .expect("index.html has an element for the page");
    root.set_inner_html("");
    mount_to(root.unchecked_into(), App).forget();
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let kept = restore(
        storage::read(Key::Project).as_deref(),
        storage::read(Key::Code).as_deref(),
    );
    let is_restored = kept != Project::default();
    let draft = Draft::new(kept);
    let session = Session::new(draft);
    let appearance = Appearance::provide();
    session.open();
    autosave::keep(draft);

    let tab = RwSignal::new(Tab::Run);
    let notice = RwSignal::new(is_restored.then_some(Notice::Restored));
    let on_notice = Callback::new(move |told| notice.set(Some(told)));
    let selected = RwSignal::new(None);
    let help = NodeRef::<html::Dialog>::new();
    let fault_names = draft.part(|project| {
        let faults = project.scenario.faults.iter();
        faults
            .map(|fault| crate::inspector::name_of(fault.kind).to_owned())
            .collect::<Vec<_>>()
    });
    keys::listen(keys::Reach {
        on_player: Callback::new(move |intent| session.play(intent)),
        on_help: Callback::new(move |()| {
            if let Some(sheet) = help.get_untracked() {
                // A sheet that is open already stays open.
                let _ = sheet.show_modal();
            }
        }),
        on_break: Callback::new(move |()| tab.set(Tab::Break)),
        on_save: Callback::new(move |()| save(session, on_notice)),
    });
    let reload = Callback::new(|()| storage::reload());
    // What the command line prints of the same run; empty until all of it is here.
    let trace = Memo::new(move |_| {
        session.recording().with(|recording| {
            let hash = recording.summary().map(|summary| summary.trace_hash);
            hash.map_or_else(String::new, |hash| format!("{hash:016x}"))
        })
    });
    view! {
        <a class="skip-link button" href="#diagram">"Skip to the diagram"</a>
        <div class="shell" data-tab=move || tab.get().word() data-trace=move || trace.get()>
            <Header session appearance help on_notice />
            <aside class="shell-left" aria-label="Inspector">
                <BreakIt draft at=session.at() on_notice />
                <PolicyPanel draft />
                <TrafficPanel draft />
                <div class="panel panel-seed"><SeedField draft id="seed-narrow" /></div>
            </aside>
            <Centre session appearance tab selected />
            <RightPanel session selected />
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
            <LinkBanner link=session.link() on_reload=reload />
            <NoticeBar draft notice />
        </div>
        <LiveRegion session />
        <Help sheet=help />
    }
}
