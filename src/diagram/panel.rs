//! The diagram in its panel: pan, zoom, focus, and the card over the node that is pointed at.

use super::{
    geometry::Area,
    gesture::{Drag, watch_size},
    hover::Hover,
    live::Reads,
    node::{NodeSignal, node_dom_id},
    picture::DiagramPicture,
    reach::reachable,
    scene::Scene,
    stage::Stage,
    tip::tip,
    tip_card::TipCard,
    toolbar::ZoomButtons,
    viewport::Framing,
};
use crate::chunks::{Region, later};
use coalmine_flow::NodeId;
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys};
use std::sync::Arc;

fn focus(node: NodeId) {
    let found = document().get_element_by_id(&node_dom_id(node));
    if let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::SvgElement>().ok()) {
        // What cannot be focused is not on screen.
        let _ = element.focus();
    }
}

/// The card over the node that is pointed at.
fn card(stage: Stage, reads: Reads, hover: Hover) -> impl IntoView {
    let scene = stage.scene;
    let shown = Memo::new(move |_| {
        scene.with(|scene| {
            let node = scene.node(hover.node()?)?;
            reads.moment.with(|moment| {
                let reach = reachable(&scene.diagram, moment.token);
                Some(tip(node, moment, &reach, reads.at.get()))
            })
        })
    });
    let anchor = Memo::new(move |_| {
        scene.with(|scene| {
            let node = hover.node().and_then(|node| scene.node(node));
            node.map_or_else(Area::default, |node| stage.viewport.get().seen(node.area))
        })
    });
    let on_hover = Callback::new(move |is_over| {
        if is_over {
            hover.stay();
        } else {
            hover.leave();
        }
    });
    view! { <TipCard tip=shown anchor panel=stage.size on_hover /> }
}

/// What lies over the picture, and is loaded after it.
#[derive(Clone, Copy)]
pub struct Around {
    stage: Stage,
    reads: Reads,
    hover: Hover,
}

impl Around {
    /// The card of the node that is pointed at, and the buttons.
    pub fn view(self) -> AnyView {
        let stage = self.stage;
        view! {
            {card(stage, self.reads, self.hover)}
            <ZoomButtons on_zoom=Callback::new(move |zoom| stage.zoom(zoom)) />
        }
        .into_any()
    }
}

/// The diagram of the run.
#[component]
pub fn DiagramPanel(
    /// What is drawn: changes with the text, not with the run.
    #[prop(into)]
    scene: Signal<Arc<Scene>>,
    /// What the picture reads.
    reads: Reads,
    /// A node was chosen.
    on_select: Callback<NodeId>,
) -> impl IntoView {
    let stage = Stage::new(scene, reads);
    watch_size(stage.panel, stage.size);
    let hover = Hover::new();
    let on_signal = Callback::new(move |signal| match signal {
        NodeSignal::Near(node) => hover.enter(node),
        NodeSignal::Away(_) => hover.leave(),
        NodeSignal::Focused(node) => stage.reveal(node),
        NodeSignal::Chosen(node) => on_select.run(node),
        NodeSignal::Step(node, by) => {
            if let Some(next) = scene.with_untracked(|scene| scene.neighbour(node, by)) {
                focus(next);
            }
        }
        NodeSignal::Dismissed => hover.dismiss(),
    });
    let transform = Signal::derive(move || stage.viewport.get().transform());
    let arrows = |jumps| later(Region::Jumps(jumps));
    let framing = move || match stage.framing.get() {
        Framing::Fit => "fit",
        Framing::Free(_) => "free",
    };
    view! {
        <div
            class="flow-panel"
            class:flow-panel-drags=move || matches!(stage.drag.get(), Drag::Dragging(_))
            node_ref=stage.panel
            data-framing=framing
            on:pointerdown=move |event| stage.grab(&event)
            on:pointermove=move |event| stage.pull(&event)
            on:pointerup=move |_| stage.drag.set(Drag::None)
            on:pointercancel=move |_| stage.drag.set(Drag::None)
            on:wheel=move |event| stage.wheel(&event)
            on:keydown=move |event| stage.press(&event)
        >
            {move || view! { <DiagramPicture scene=scene.get() reads transform on_signal arrows /> }}
            {later(Region::Around(Around { stage, reads, hover }))}
        </div>
    }
}
