//! Where the charts leave the reactive world: an effect tells the board what is so, and frames let it paint.

use super::{
    bench::ChartsInput,
    board::{Board, Layers},
    model::Plot,
    palette::Palette,
    surface::Size,
};
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};

/// Plots painted in one frame. Two a frame keep a frame short, and at 60 frames a second nobody sees the difference.
const PLOTS_A_FRAME: usize = 2;

/// A canvas on the page.
pub type Canvas = NodeRef<html::Canvas>;

/// Tells the painter what is so, and lets it paint.
pub fn paint_when_needed(
    input: ChartsInput,
    root: NodeRef<html::Div>,
    layers: [(Canvas, Canvas); Plot::ALL.len()],
) {
    let board = StoredValue::new_local(Board::default());
    // Counts what nothing but the browser tells: sizes and themes.
    let looks = RwSignal::new(0_u32);
    let is_waiting = StoredValue::new_local(false);
    Effect::new(move |_| {
        looks.track();
        let Some(root) = root.get() else { return };
        board.update_value(|board| {
            if let Ok(Some(style)) = window().get_computed_style(&root) {
                board.dress(Palette::read(&style));
            }
            for plot in Plot::ALL {
                let (grid, lines) = layers[plot.index()];
                if let (Some(grid), Some(lines)) = (grid.get(), lines.get()) {
                    let size = size_of(&lines);
                    board.place(plot, Layers { grid, lines }, size);
                }
            }
        });
    });
    Effect::new(move |_| {
        let outline = input.outline.get();
        board.update_value(|board| {
            input.policy.with(|policy| board.plan(policy, outline));
        });
    });
    Effect::new(move |_| {
        looks.track();
        input.policy.track();
        input.outline.track();
        input.recording.with(|recording| {
            let at = input.at.get();
            let lines = input.lines.get();
            board.update_value(|board| {
                board.show(lines);
                board.look(recording, at);
            });
        });
        paint_a_frame(board, is_waiting);
    });
    watch_looks(root, looks);
}

fn paint_a_frame(
    board: StoredValue<Board, LocalStorage>,
    is_waiting: StoredValue<bool, LocalStorage>,
) {
    let is_left = board
        .try_update_value(|board| board.paint(PLOTS_A_FRAME))
        .unwrap_or(false);
    if is_left && !is_waiting.get_value() {
        is_waiting.set_value(true);
        request_animation_frame(move || {
            if is_waiting
                .try_update_value(|waiting| *waiting = false)
                .is_some()
            {
                paint_a_frame(board, is_waiting);
            }
        });
    }
}

fn size_of(canvas: &web_sys::HtmlCanvasElement) -> Size {
    Size {
        width: f64::from(canvas.client_width()),
        height: f64::from(canvas.client_height()),
        ratio: window().device_pixel_ratio().clamp(1.0, 3.0),
    }
}

/// Counts up when the charts are resized or the theme changes.
fn watch_looks(root: NodeRef<html::Div>, looks: RwSignal<u32>) {
    let settled = window_event_listener_untyped("coalmine:settled", move |_| {
        looks.update(|looks| *looks += 1);
    });
    on_cleanup(move || settled.remove());
    Effect::new(move |_| {
        let Some(root) = root.get() else { return };
        let resized = Closure::<dyn FnMut()>::new(move || {
            looks.try_update(|looks| *looks += 1);
        });
        let Ok(observer) = web_sys::ResizeObserver::new(resized.as_ref().unchecked_ref()) else {
            return;
        };
        observer.observe(&root);
        let kept = StoredValue::new_local((observer, resized));
        on_cleanup(move || {
            kept.try_with_value(|(observer, _)| observer.disconnect());
        });
    });
}
