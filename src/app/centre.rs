//! The centre: the diagram above; charts or code below.

use crate::{
    chunks::{Region, later},
    diagram::{DiagramPanel, Reads, Scene},
    state::{
        analysis::{Drawing, words_of},
        appearance::{Appearance, Movement},
        session::Session,
        tab::Tab,
    },
};
use coalmine_flow::NodeId;
use leptos::{prelude::*, wasm_bindgen::JsCast};
use std::sync::Arc;

/// What the two tabs of the lower half are, on a wide page.
const BENCH: [(Tab, &str); 2] = [(Tab::Run, "Charts"), (Tab::Code, "Code")];

/// The diagram, and what stands under it.
#[component]
pub fn Centre(
    /// The session.
    session: Session,
    /// Theme and motion.
    appearance: Appearance,
    /// What is open.
    tab: RwSignal<Tab>,
    /// The node that is chosen.
    selected: RwSignal<Option<NodeId>>,
) -> impl IntoView {
    let draft = session.draft;
    let is_code = move || tab.get() == Tab::Code;
    let leave_code = Callback::new(move |()| focus("bench-code"));
    let bench_tab = move |(choice, words): (Tab, &'static str)| {
        view! {
            <button
                id=format!("bench-{}", choice.word())
                aria-pressed=move || ((choice == Tab::Code) == is_code()).to_string()
                on:click=move |_| tab.set(choice)
            >
                {words}
            </button>
        }
    };
    let scene = Memo::new(move |_| draft.drawing().with(|drawing| Arc::new(scene_of(drawing))));
    let reads = Reads {
        recording: session.recording(),
        moment: session.moment(),
        at: session.at(),
        playhead: session.playhead(),
        is_calm: Signal::derive(move || appearance.movement().get() == Movement::Reduced),
        selected: selected.into(),
    };
    let cursor = RwSignal::new(None);
    view! {
        <main class="shell-centre">
            <section id="diagram" class="stage" aria-label="Diagram" tabindex="-1">
                <DiagramPanel
                    scene
                    reads
                    on_select=Callback::new(move |node| selected.set(Some(node)))
                />
                {later(Region::Stale(draft, tab))}
            </section>
            <section class="bench" aria-label="Charts and code">
                <div class="bench-tabs" role="group" aria-label="Show">
                    {BENCH.map(bench_tab).collect_view()}
                </div>
                <Show when=is_code fallback=move || {
                    view! { <div class="bench-charts">{later(Region::Charts(session, appearance, cursor))}</div> }
                }>
                    {later(Region::Code(draft, leave_code))}
                </Show>
            </section>
        </main>
    }
}

fn focus(id: &str) {
    let found = document().get_element_by_id(id);
    if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What cannot be focused is not on screen.
        let _ = element.focus();
    }
}

fn scene_of(drawing: &Drawing) -> Scene {
    let words = words_of(&drawing.meanings);
    Scene::new(&drawing.diagram, &drawing.layout, &words)
}
