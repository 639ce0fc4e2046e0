//! The drawing as a board: what is dragged on it, how close it is, and what comes of hands on it.

use super::{
    chosen::{Chosen, Hand},
    pointer::{Drag, Dropped, dropped},
};
use coalmine_flow::{NodeId, Point, Side, edit::Change};
use leptos::{ev, prelude::*, svg, wasm_bindgen::JsCast};

/// What somebody does to a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NodeAct {
    /// Chooses it; with the others where the shift key is down.
    Choose(NodeId, bool),
    /// Begins to drag it.
    Grab(NodeId, (i32, i32)),
    /// Begins to draw a line from a side.
    Draw(NodeId, Side, (i32, i32)),
    /// Wants to write on it.
    Rename(NodeId),
}

/// The drawing under hands.
#[derive(Clone, Copy)]
pub struct Board {
    /// Who changes it.
    pub hand: Hand,
    /// What is dragged.
    pub drag: RwSignal<Drag>,
    /// How close it is.
    pub zoom: RwSignal<f64>,
    /// The picture on screen.
    pub picture: NodeRef<svg::Svg>,
}

impl Board {
    /// A board on which nothing is dragged.
    pub fn new(hand: Hand) -> Self {
        Self {
            hand,
            drag: RwSignal::new(Drag::None),
            zoom: RwSignal::new(1.0),
            picture: NodeRef::new(),
        }
    }

    /// Does what somebody does to a node.
    pub fn act(self, act: NodeAct) {
        let (chosen, drag) = (self.hand.chosen, self.drag);
        match act {
            NodeAct::Choose(node, true) => {
                chosen.update(|it| *it = std::mem::take(it).turned(node));
            }
            NodeAct::Choose(node, false) => chosen.set(Chosen::Nodes(vec![node])),
            NodeAct::Grab(node, at) => {
                let at = self.place(at);
                drag.set(Drag::Node(node, at, at));
            }
            NodeAct::Draw(node, side, at) => drag.set(Drag::Line(node, side, self.place(at))),
            NodeAct::Rename(node) => {
                chosen.set(Chosen::Nodes(vec![node]));
                write_label();
            }
        }
    }

    /// The pointer went down on nothing.
    pub fn press(self, event: &ev::PointerEvent) {
        if event.button() == 0 {
            // No words are marked on the way.
            event.prevent_default();
            let at = self.place((event.client_x(), event.client_y()));
            self.drag.set(Drag::Frame(at, at));
        }
    }

    /// The pointer moved.
    pub fn pull(self, event: &ev::PointerEvent) {
        if self.drag.get_untracked() != Drag::None {
            let at = self.place((event.client_x(), event.client_y()));
            self.drag.update(|it| *it = it.to(at));
        }
    }

    /// The pointer went up.
    pub fn release(self) {
        let held = self.drag.get_untracked();
        self.drag.set(Drag::None);
        let drawing = self.hand.draft.drawing();
        match drawing.with_untracked(|drawing| dropped(held, &drawing.layout)) {
            Dropped::Nothing if matches!(held, Drag::Frame(..)) => {
                self.hand.chosen.set(Chosen::Nothing);
            }
            Dropped::Nothing => {}
            Dropped::Lane(node, lane) => {
                self.hand.change(&Change::MoveNode(node, lane));
            }
            Dropped::Line(from, to) => {
                let label = None;
                self.hand.change(&Change::Connect { from, to, label });
            }
            Dropped::Nodes(nodes) if nodes.is_empty() => self.hand.chosen.set(Chosen::Nothing),
            Dropped::Nodes(nodes) => self.hand.chosen.set(Chosen::Nodes(nodes)),
        }
    }

    /// From pixels of the screen to those of the drawing.
    fn place(self, (x, y): (i32, i32)) -> Point {
        let picture = self.picture.get_untracked();
        let area = picture.map(|it| it.get_bounding_client_rect());
        let (left, top) = area.map_or((0.0, 0.0), |area| (area.left(), area.top()));
        let zoom = self.zoom.get_untracked();
        Point {
            x: (f64::from(x) - left) / zoom,
            y: (f64::from(y) - top) / zoom,
        }
    }
}

/// Moves the focus to the label's field, once it is there.
pub fn write_label() {
    request_animation_frame(|| {
        let found = document().get_element_by_id("design-label");
        if let Some(field) = found.and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) {
            // What cannot be focused is not on screen.
            let _ = field.focus();
            field.select();
        }
    });
}
