//! How the drawing lies in its panel, and what moves it: wheel, drag, buttons, keys, focus.

use super::{
    geometry::Spot,
    gesture::{Drag, capture, spot_in},
    live::Reads,
    scene::Scene,
    toolbar::Zoom,
    viewport::{Framing, Size, Viewport},
};
use coalmine_flow::NodeId;
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// How much closer one press of a button goes.
const STEP: f64 = 1.25;
/// So many pixels of the wheel go closer by about a factor of 2.7.
const WHEEL: f64 = 300.0;

/// The view of a panel.
#[derive(Clone, Copy)]
pub(super) struct Stage {
    /// The panel's element.
    pub(super) panel: NodeRef<html::Div>,
    /// What is drawn.
    pub(super) scene: Signal<Arc<Scene>>,
    /// How large the panel is.
    pub(super) size: RwSignal<Size>,
    /// Who decides how the drawing lies.
    pub(super) framing: RwSignal<Framing>,
    /// How it lies.
    pub(super) viewport: Memo<Viewport>,
    /// A drag that goes on.
    pub(super) drag: RwSignal<Drag>,
}

impl Stage {
    pub(super) fn new(scene: Signal<Arc<Scene>>, reads: Reads) -> Self {
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
            panel: NodeRef::new(),
            scene,
            size,
            framing,
            viewport,
            drag: RwSignal::new(Drag::None),
        }
    }

    /// Closer, further away, all of it.
    pub(super) fn zoom(self, zoom: Zoom) {
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

    /// Brings a node into view.
    pub(super) fn reveal(self, node: NodeId) {
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

    /// A pointer goes down.
    pub(super) fn grab(self, event: &ev::PointerEvent) {
        if let Some(at) = spot_in(self.panel, event).filter(|_| event.button() == 0) {
            self.drag.set(Drag::Pressed(at));
        }
    }

    /// A pointer moves.
    pub(super) fn pull(self, event: &ev::PointerEvent) {
        let Some(at) = spot_in(self.panel, event) else {
            return;
        };
        let before = self.drag.get_untracked();
        let (after, by) = before.moved(at);
        if before == after {
            return;
        }
        if let Drag::Pressed(_) = before {
            capture(self.panel, event);
        }
        self.drag.set(after);
        if let Some(by) = by {
            self.lay(self.viewport.get_untracked().panned(by.x, by.y));
        }
    }

    /// The wheel turns.
    pub(super) fn wheel(self, event: &ev::WheelEvent) {
        let Some(at) = spot_in(self.panel, event) else {
            return;
        };
        event.prevent_default();
        let viewport = self.viewport.get_untracked();
        self.lay(if event.ctrl_key() || event.meta_key() {
            viewport.zoomed(at, libm::exp(-event.delta_y() / WHEEL))
        } else if event.shift_key() {
            viewport.panned(-event.delta_y(), -event.delta_x())
        } else {
            viewport.panned(-event.delta_x(), -event.delta_y())
        });
    }

    /// A key is pressed that means the view.
    pub(super) fn press(self, event: &ev::KeyboardEvent) {
        if let Some(zoom) = Zoom::of_key(&event.key()).filter(|_| !event.ctrl_key()) {
            event.prevent_default();
            self.zoom(zoom);
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
}
