//! Where the log is scrolled to: it follows the playhead until a person scrolls away.

use super::window::ROW;
use leptos::{html, prelude::*};

/// Leaves the reactive world: while the box stands at its end, or at the row of the playhead, it stays there.
pub(super) fn follow(
    list: NodeRef<html::Div>,
    shown: Memo<usize>,
    current: Memo<Option<usize>>,
    set_scrolled: WriteSignal<(f64, f64)>,
) {
    let left_at = StoredValue::new(0_usize);
    Effect::new(move |_| {
        let (Some(list), count) = (list.get(), shown.get()) else {
            return;
        };
        let current = current.get().unwrap_or_default();
        let before = left_at.get_value();
        left_at.set_value(current);
        let (top, height) = (
            f64::from(list.scroll_top()),
            f64::from(list.client_height()),
        );
        set_scrolled.set((top, height));
        let edge = ROW * (before + 1) as f64;
        let was_in_view = top - ROW <= edge - ROW && edge <= top + height + ROW;
        if was_in_view && 0 < count {
            show_in(&list, current);
        }
    });
}

/// Brings a row into view.
pub(super) fn show(list: NodeRef<html::Div>, place: usize) {
    if let Some(list) = list.get_untracked() {
        show_in(&list, place);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a browser holds boxes of some ten million pixels, far below the limit"
)]
fn show_in(list: &web_sys::HtmlElement, place: usize) {
    let (top, height) = (
        f64::from(list.scroll_top()),
        f64::from(list.client_height()),
    );
    let start = ROW * place as f64;
    if start < top {
        list.set_scroll_top(start as i32);
    } else if top + height < start + ROW {
        list.set_scroll_top((start + ROW - height).ceil() as i32);
    }
}
