//! Dragging and watching the size of the panel: the few places where the diagram touches the browser itself.

use super::{geometry::Spot, viewport::Size};
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, MouseEvent, PointerEvent, ResizeObserver};

/// So many pixels make a drag out of a click.
const THRESHOLD: f64 = 4.0;

/// A pointer that is down.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Drag {
    /// None is.
    #[default]
    None,
    /// It may become a drag.
    Pressed(Spot),
    /// It drags from where it was last.
    Dragging(Spot),
}

impl Drag {
    /// After the pointer was seen at `at`, and how far the drawing moves by that.
    pub(super) fn moved(self, at: Spot) -> (Self, Option<Spot>) {
        let by = |from: Spot| Spot {
            x: at.x - from.x,
            y: at.y - from.y,
        };
        match self {
            Self::None => (self, None),
            Self::Pressed(from) => {
                let far = by(from);
                if far.x.abs().max(far.y.abs()) < THRESHOLD {
                    (self, None)
                } else {
                    (Self::Dragging(at), Some(far))
                }
            }
            Self::Dragging(from) => (Self::Dragging(at), Some(by(from))),
        }
    }
}

/// Where a pointer is in the panel.
pub(super) fn spot_in(panel: NodeRef<html::Div>, event: &MouseEvent) -> Option<Spot> {
    let bounds = panel.get_untracked()?.get_bounding_client_rect();
    Some(Spot {
        x: f64::from(event.client_x()) - bounds.left(),
        y: f64::from(event.client_y()) - bounds.top(),
    })
}

/// Keeps a drag that has left the panel.
pub(super) fn capture(panel: NodeRef<html::Div>, event: &PointerEvent) {
    if let Some(panel) = panel.get_untracked() {
        // Without capture a drag ends at the border: worse, but not wrong.
        let _ = panel.set_pointer_capture(event.pointer_id());
    }
}

/// Tells the size of an element from now on.
pub(super) fn watch_size(panel: NodeRef<html::Div>, size: RwSignal<Size>) {
    let watch = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    // Leaves the reactive world: only the browser knows how large the panel is.
    Effect::new(move |_| {
        let Some(element) = panel.get() else { return };
        let element: Element = element.unchecked_into();
        let measured = element.clone();
        let tell = Closure::<dyn FnMut()>::new(move || {
            let bounds = measured.get_bounding_client_rect();
            size.set(Size {
                width: bounds.width(),
                height: bounds.height(),
            });
        });
        if let Ok(observer) = ResizeObserver::new(tell.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watch.set_value(Some((observer, tell)));
        }
    });
    on_cleanup(move || {
        let found = watch.try_update_value(Option::take).flatten();
        if let Some((observer, _)) = found {
            observer.disconnect();
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_that_trembles_is_not_a_drag() {
        let at = |x| Spot { x, y: 0.0 };
        let (drag, by) = Drag::Pressed(at(10.0)).moved(at(12.0));
        assert_eq!((drag, by), (Drag::Pressed(at(10.0)), None));
        let (drag, by) = drag.moved(at(20.0));
        assert_eq!((drag, by), (Drag::Dragging(at(20.0)), Some(at(10.0))));
        assert_eq!(drag.moved(at(25.0)).1, Some(at(5.0)));
        assert_eq!(Drag::None.moved(at(25.0)), (Drag::None, None));
    }
}
