//! The regions of the page whose code follows: all come through one split point, in one file.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro adds the way to fail: the code may not come"
)]

use super::Loaded;
use crate::{
    app::{autosave, keys, live_region::LiveRegion, tabs::TabButtons},
    charts::SessionCharts,
    chunks,
    code_pane::CodePane,
    diagram::{Around, Jumps},
    exchange::drop,
    header::{HeaderTools, Help, ProjectName, SeedField, save},
    inspector::{BreakIt, PolicyPanel, TrafficPanel},
    notices::{LinkBanner, NoticeBar, StaleBanner},
    now::RunPanels,
    player::OperatorControls,
    state::{
        appearance::Appearance, draft::Draft, notice::Notice, place::Place, session::Session,
        tab::Tab,
    },
    storage,
};
use coalmine_controller::Time;
use coalmine_flow::NodeId;
use coalmine_wire::thorough;
use leptos::{html, prelude::*, wasm_split::wasm_split};

/// A region, with what it is made of.
#[derive(Clone, Copy)]
pub enum Region {
    /// In the header: the project's name.
    Name(Draft),
    /// The right end of the header: the seed, the file, the looks, the help.
    Tools {
        /// The session.
        session: Session,
        /// Theme and motion.
        appearance: Appearance,
        /// The sheet of shortcuts.
        help: NodeRef<html::Dialog>,
        /// Something to tell.
        on_notice: Callback<Notice>,
    },
    /// The left panel: what to break, the policy, the traffic, the seed, with a place for something to tell.
    Left(Session, Callback<Notice>),
    /// Over the diagram: the card of a node, and the buttons.
    Around(Around),
    /// In the diagram: where the token left the drawn path.
    Jumps(Jumps),
    /// Over the diagram while the code cannot run: the way to the code.
    Stale(Draft, RwSignal<Tab>),
    /// Under the diagram: the charts, with what they draw and where their crosshair stands.
    Charts(Session, Appearance, RwSignal<Option<Time>>),
    /// Under the diagram: the code, and what to do when somebody leaves it.
    Code(Draft, Callback<()>),
    /// The right panel: the operator's buttons, what goes on, the traffic, the log, with the node that is chosen.
    Right(Session, RwSignal<Option<NodeId>>),
    /// The other places than Simulate, with the one that is open and a place for something to tell.
    Places(Session, Signal<Place>, Callback<Notice>),
    /// On a narrow page: what chooses the panel.
    Tabs(RwSignal<Tab>),
    /// What the page has to tell.
    Messages(Session, RwSignal<Option<Notice>>),
    /// What nobody sees at first: the keys, the autosave, the words for screen readers, the sheet of shortcuts.
    Unseen {
        /// The session.
        session: Session,
        /// The sheet of shortcuts.
        help: NodeRef<html::Dialog>,
        /// What is open.
        tab: RwSignal<Tab>,
        /// The moment to show first.
        at: Option<Time>,
        /// Something to tell.
        on_notice: Callback<Notice>,
    },
}

/// The view of a region.
#[wasm_split(panels, fallible, wasm_split_path = ::leptos::wasm_split)]
pub fn view(region: Region) -> Loaded {
    Ok(match region {
        Region::Name(draft) => view! { <ProjectName draft /> }.into_any(),
        Region::Tools {
            session,
            appearance,
            help,
            on_notice,
        } => view! { <HeaderTools session appearance help on_notice /> }.into_any(),
        Region::Left(session, on_notice) => left(session, on_notice),
        Region::Around(around) => around.view(),
        Region::Jumps(jumps) => jumps.view(),
        Region::Stale(draft, tab) => {
            let on_show = Callback::new(move |()| tab.set(Tab::Code));
            view! { <StaleBanner draft on_show /> }.into_any()
        }
        Region::Charts(session, appearance, cursor) => {
            view! { <SessionCharts session appearance cursor /> }.into_any()
        }
        Region::Code(draft, on_leave) => view! { <CodePane draft on_leave /> }.into_any(),
        Region::Right(session, selected) => {
            let on_act = Callback::new(move |act| session.operate(act));
            view! {
                <OperatorControls moment=session.moment() on_act />
                <RunPanels session selected />
            }
            .into_any()
        }
        Region::Places(session, place, on_notice) => places(session, place, on_notice),
        Region::Tabs(tab) => view! { <TabButtons tab /> }.into_any(),
        Region::Messages(session, notice) => {
            let on_reload = Callback::new(|()| storage::reload());
            view! {
                <LinkBanner link=session.link() on_reload />
                <NoticeBar draft=session.draft notice />
            }
            .into_any()
        }
        Region::Unseen {
            session,
            help,
            tab,
            at,
            on_notice,
        } => {
            if let Some(at) = at {
                session.seek_once(at);
            }
            unseen(session, help, tab, on_notice)
        }
    })
}

fn left(session: Session, on_notice: Callback<Notice>) -> AnyView {
    let draft = session.draft;
    view! {
        <BreakIt draft at=session.at() on_notice />
        <PolicyPanel draft />
        <TrafficPanel draft />
        <div class="panel panel-seed"><SeedField draft id="seed-narrow" /></div>
    }
    .into_any()
}

fn places(session: Session, place: Signal<Place>, on_notice: Callback<Notice>) -> AnyView {
    // Once it was visited it stays, and with it what runs there.
    let has_lab = Memo::new(move |had: Option<&bool>| {
        had.is_some_and(|had| *had) || place.get() == Place::Lab
    });
    let has_design = Memo::new(move |_| place.get() == Place::Design);
    let has_files = Memo::new(move |_| place.get() == Place::Files);
    view! {
        <main id="design" class="shell-design" tabindex="-1" aria-label="Design">
            <Show when=move || has_design.get()>{chunks::design(session, on_notice)}</Show>
        </main>
        <main id="lab" class="shell-lab" tabindex="-1" aria-label="Lab">
            <Show when=move || has_lab.get()>{chunks::lab(session, on_notice)}</Show>
        </main>
        <main id="files" class="shell-files" tabindex="-1" aria-label="Files">
            <Show when=move || has_files.get()>{chunks::exchange(session, on_notice)}</Show>
        </main>
    }
    .into_any()
}

fn unseen(
    session: Session,
    help: NodeRef<html::Dialog>,
    tab: RwSignal<Tab>,
    on_notice: Callback<Notice>,
) -> AnyView {
    // Whatever edits the project comes through this file, so that nothing was edited before.
    session.read_with(thorough);
    autosave::keep(session.draft);
    session.draft.remember();
    drop::listen(session, on_notice);
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
    view! {
        <LiveRegion session />
        <Help sheet=help />
    }
    .into_any()
}
