//! The drawing, to be changed by hand.

use super::{
    board::Board,
    canvas_edge::canvas_edge,
    canvas_lane::canvas_lane,
    canvas_node::canvas_node,
    chosen::Hand,
    pointer::{Drag, handle},
};
use crate::state::analysis::Drawing;
use leptos::{html, prelude::*};

/// How much closer a step of the zoom comes.
const STEP: f64 = 1.25;
/// The farthest and the closest.
const ZOOM: (f64, f64) = (0.4, 2.5);

/// The drawing.
#[component]
pub fn Canvas(
    /// Who changes it.
    hand: Hand,
) -> impl IntoView {
    let board = Board::new(hand);
    let Board { drag, zoom, .. } = board;
    let drawing = hand.draft.drawing();
    let around = NodeRef::<html::Div>::new();
    let fit = Callback::new(move |()| {
        if let Some(around) = around.get_untracked() {
            let room = f64::from(around.client_width());
            let wide = drawing.with_untracked(|drawing| drawing.layout.width);
            zoom.set((room / wide.max(1.0)).clamp(ZOOM.0, ZOOM.1));
        }
    });
    view! {
        <div class="canvas-box" node_ref=around>
            {move || {
                let drawing = drawing.get();
                let (width, height) = (drawing.layout.width, drawing.layout.height);
                view! {
                    <svg
                        node_ref=board.picture
                        class="canvas"
                        class:is-dragging=move || drag.get() != Drag::None
                        width=move || width * zoom.get()
                        height=move || height * zoom.get()
                        viewBox=format!("0 0 {width} {height}")
                        on:pointerdown=move |event| board.press(&event)
                        on:pointermove=move |event| board.pull(&event)
                        on:pointerup=move |_| board.release()
                        on:pointerleave=move |_| drag.set(Drag::None)
                    >
                        {contents(&drawing, board)}
                    </svg>
                }
            }}
        </div>
        <Zoom zoom fit />
    }
}

/// Everything in the drawing.
fn contents(drawing: &Drawing, board: Board) -> impl IntoView + use<> {
    let Board { hand, drag, .. } = board;
    let (layout, diagram) = (&drawing.layout, &drawing.diagram);
    let lanes = layout
        .lanes
        .iter()
        .map(|lane| canvas_lane(lane, hand.chosen));
    let edges = layout.edges.iter().filter_map(|path| {
        let edge = diagram.edge(path.id)?;
        Some(canvas_edge(path, edge, hand.chosen))
    });
    let nodes = layout.nodes.iter().filter_map(|area| {
        let node = diagram.node(area.id)?;
        Some(canvas_node(area, node, board))
    });
    let areas = layout.nodes.clone();
    let line = move || match drag.get() {
        Drag::Line(node, side, at) => {
            let from = areas.iter().find(|it| it.id == node);
            let from = from.map(|it| handle(it, side));
            from.map(|from| format!("M{} {}L{} {}", from.x, from.y, at.x, at.y))
        }
        _ => None,
    };
    let frame = move || {
        drag.get().frame().map(|it| {
            view! { <rect class="canvas-frame" x=it.x y=it.y width=it.width height=it.height /> }
        })
    };
    view! {
        {lanes.collect_view()}
        {edges.collect_view()}
        {nodes.collect_view()}
        <path class="canvas-new" d=line />
        {frame}
    }
}

/// Closer and further away.
#[component]
fn Zoom(
    /// How close.
    zoom: RwSignal<f64>,
    /// All of it.
    fit: Callback<()>,
) -> impl IntoView {
    let by = move |factor: f64| zoom.update(|it| *it = (*it * factor).clamp(ZOOM.0, ZOOM.1));
    view! {
        <div class="canvas-zoom" role="group" aria-label="Zoom">
            <button class="button-icon" aria-label="Zoom out" on:click=move |_| by(1.0 / STEP)>"−"</button>
            <button class="button-icon" aria-label="As large as it is" on:click=move |_| zoom.set(1.0)>"1:1"</button>
            <button class="button-icon" aria-label="Fit the width" on:click=move |_| fit.run(())>"↔"</button>
            <button class="button-icon" aria-label="Zoom in" on:click=move |_| by(STEP)>"+"</button>
        </div>
    }
}
