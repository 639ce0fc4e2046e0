//! The diagram in its panel: pan, zoom, focus, and the card over the node that is pointed at.

use super::{
    geometry::{Area, Spot},
    gesture::{Drag, capture, spot_in, watch_size},
    node::{NodeSignal, node_dom_id},
    picture::{DiagramPicture, Reads},
    reach::reachable,
    scene::Scene,
    tip::tip,
    tip_card::TipCard,
    toolbar::{Zoom, ZoomButtons},
    viewport::{Framing, Size, Viewport},
};
use coalmine_flow::NodeId;
use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast, web_sys};
use std::{sync::Arc, time::Duration};

/// How much closer one press of a button goes.
const STEP: f64 = 1.25;
/// How long a card stays when the pointer is on its way to it.
const GRACE: Duration = Duration::from_millis(180);

/// The view of a panel: what is drawn, how large the panel is, how the drawing lies in it.
#[derive(Clone, Copy)]
struct Stage {
    scene: Signal<Arc<Scene>>,
    size: RwSignal<Size>,
    framing: RwSignal<Framing>,
    viewport: Memo<Viewport>,
}

impl Stage {
    fn new(scene: Signal<Arc<Scene>>, reads: Reads) -> Self {
        let size = RwSignal::new(Size::default());
        let framing = RwSignal::new(Framing::Fit);
        let token = Memo::new(move |_| reads.moment.with(|moment| moment.token));
        let viewport = Memo::new(move |_| {
            scene.with(|scene| {
                let start = || scene.nodes().next().map(|node| node.id);
                let follow = token.get().or_else(start).and_then(|node| scene.node(node));
                let follow = follow.map(|node| node.area);
                framing.get().resolve(size.get(), scene.size, follow)
            })
        });
        Self {
            scene,
            size,
            framing,
            viewport,
        }
    }

    fn lay(self, viewport: Viewport) {
        let (panel, drawing) = (
            self.size.get_untracked(),
            self.scene.with_untracked(|scene| scene.size),
        );
        self.framing
            .set(Framing::Free(viewport.kept(panel, drawing)));
    }

    fn zoom(self, zoom: Zoom) {
        let panel = self.size.get_untracked();
        let middle = Spot {
            x: panel.width / 2.0,
            y: panel.height / 2.0,
        };
        let viewport = self.viewport.get_untracked();
        match zoom {
            Zoom::In => self.lay(viewport.zoomed(middle, STEP)),
            Zoom::Out => self.lay(viewport.zoomed(middle, 1.0 / STEP)),
            Zoom::Fit => self.framing.set(Framing::Fit),
        }
    }

    fn reveal(self, node: NodeId) {
        let Some(area) = self
            .scene
            .with_untracked(|scene| Some(scene.node(node)?.area))
        else {
            return;
        };
        let before = self.viewport.get_untracked();
        let after = before.revealing(area, self.size.get_untracked());
        if after != before {
            self.lay(after);
        }
    }
}

fn focus(node: NodeId) {
    let found = document().get_element_by_id(&node_dom_id(node));
    if let Some(element) = found.and_then(|it| it.dyn_into::<web_sys::SvgElement>().ok()) {
        // What cannot be focused is not on screen.
        let _ = element.focus();
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
    let panel = NodeRef::<html::Div>::new();
    watch_size(panel, stage.size);

    let near = RwSignal::new(None::<NodeId>);
    let is_over_tip = RwSignal::new(false);
    let leave = move || {
        let left = near.get_untracked();
        let gone = move || {
            if !is_over_tip.get_untracked() && near.get_untracked() == left {
                near.set(None);
            }
        };
        set_timeout(gone, GRACE);
    };
    let on_signal = Callback::new(move |signal| match signal {
        NodeSignal::Near(node) => near.set(Some(node)),
        NodeSignal::Away(_) => leave(),
        NodeSignal::Focused(node) => stage.reveal(node),
        NodeSignal::Chosen(node) => on_select.run(node),
        NodeSignal::Step(node, by) => {
            if let Some(next) = scene.with_untracked(|scene| scene.neighbour(node, by)) {
                focus(next);
            }
        }
        NodeSignal::Dismissed => near.set(None),
    });
    let shown = Memo::new(move |_| {
        scene.with(|scene| {
            let node = scene.node(near.get()?)?;
            reads.moment.with(|moment| {
                let reach = reachable(&scene.diagram, moment.token);
                Some(tip(node, moment, &reach, reads.at.get()))
            })
        })
    });
    let anchor = Memo::new(move |_| {
        let node = near.get();
        scene.with(|scene| {
            let area = node.and_then(|node| scene.node(node)).map(|node| node.area);
            area.map_or_else(Area::default, |area| stage.viewport.get().seen(area))
        })
    });
    let on_hover = Callback::new(move |is_over| {
        is_over_tip.set(is_over);
        if !is_over {
            leave();
        }
    });

    let drag = RwSignal::new(Drag::None);
    let grab = move |event: ev::PointerEvent| {
        if let Some(at) = spot_in(panel, &event).filter(|_| event.button() == 0) {
            drag.set(Drag::Pressed(at));
        }
    };
    let pull = move |event: ev::PointerEvent| {
        let Some(at) = spot_in(panel, &event) else {
            return;
        };
        let before = drag.get_untracked();
        let (after, by) = before.moved(at);
        if before == after {
            return;
        }
        if let Drag::Pressed(_) = before {
            capture(panel, &event);
        }
        drag.set(after);
        if let Some(by) = by {
            stage.lay(stage.viewport.get_untracked().panned(by.x, by.y));
        }
    };
    let wheel = move |event: ev::WheelEvent| {
        let Some(at) = spot_in(panel, &event) else {
            return;
        };
        event.prevent_default();
        let viewport = stage.viewport.get_untracked();
        stage.lay(if event.ctrl_key() || event.meta_key() {
            viewport.zoomed(at, libm::exp(-event.delta_y() / 300.0))
        } else if event.shift_key() {
            viewport.panned(-event.delta_y(), -event.delta_x())
        } else {
            viewport.panned(-event.delta_x(), -event.delta_y())
        });
    };
    let press = move |event: ev::KeyboardEvent| {
        if let Some(zoom) = Zoom::of_key(&event.key()).filter(|_| !event.ctrl_key()) {
            event.prevent_default();
            stage.zoom(zoom);
        }
    };
    let transform = Signal::derive(move || stage.viewport.get().transform());
    view! {
        <div
            class="flow-panel"
            node_ref=panel
            data-framing=move || match stage.framing.get() {
                Framing::Fit => "fit",
                Framing::Free(_) => "free",
            }
            class:flow-panel-drags=move || matches!(drag.get(), Drag::Dragging(_))
            on:pointerdown=grab
            on:pointermove=pull
            on:pointerup=move |_| drag.set(Drag::None)
            on:pointercancel=move |_| drag.set(Drag::None)
            on:wheel=wheel
            on:keydown=press
        >
            {move || {
                view! { <DiagramPicture scene=scene.get() reads transform on_signal /> }
            }}
            <TipCard tip=shown anchor panel=stage.size on_hover />
            <ZoomButtons on_zoom=Callback::new(move |zoom| stage.zoom(zoom)) />
        </div>
    }
}
