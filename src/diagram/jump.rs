//! Where the token left the drawn path: an arrow that the drawing does not have.

use super::{
    geometry::{Area, Spot},
    scene::Scene,
};
use crate::playback::Jump;
use coalmine_controller::Cause;
use leptos::prelude::*;
use std::sync::Arc;

/// How far the arrow bows out, as a share of its length.
const BOW: f64 = 0.18;

/// What the arrow says.
pub(super) fn cause_words(cause: &Cause) -> String {
    match cause {
        Cause::Trigger(_, checked) => {
            format!("hard limit: {}", super::badge::check_badge(checked).text)
        }
        Cause::BurnRate(burned) => format!(
            "the error budget burns too fast: {}",
            super::badge::check_badge(&burned.long).text
        ),
        Cause::Operator => "aborted by hand".to_owned(),
        Cause::Failure(why) => why.clone(),
    }
}

/// A curve from outline to outline, and the point of its top.
fn curve(from: Area, to: Area) -> (String, Spot) {
    let (a, b) = (from.centre(), to.centre());
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let control = Spot {
        x: f64::midpoint(a.x, b.x) + dy * BOW,
        y: f64::midpoint(a.y, b.y) - dx * BOW,
    };
    let (start, end) = (leave(from, control), leave(to, control));
    let top = Spot {
        x: (start.x + 2.0 * control.x + end.x) / 4.0,
        y: (start.y + 2.0 * control.y + end.y) / 4.0,
    };
    let data = format!(
        "M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
        start.x, start.y, control.x, control.y, end.x, end.y
    );
    (data, top)
}

/// Where the straight line from a box's middle to a point leaves the box.
fn leave(area: Area, to: Spot) -> Spot {
    let centre = area.centre();
    let (dx, dy) = (to.x - centre.x, to.y - centre.y);
    let across = (area.width / 2.0 + 4.0) / dx.abs().max(f64::MIN_POSITIVE);
    let down = (area.height / 2.0 + 4.0) / dy.abs().max(f64::MIN_POSITIVE);
    let share = across.min(down).min(1.0);
    Spot {
        x: centre.x + dx * share,
        y: centre.y + dy * share,
    }
}

/// Where the token left the drawn path, with what it takes to draw it.
#[derive(Clone, Copy)]
pub struct Jumps {
    /// Where the nodes are.
    pub(super) scene: StoredValue<Arc<Scene>>,
    /// Every time that it did.
    pub(super) jumps: Memo<Vec<Arc<Jump>>>,
}

impl Jumps {
    /// An arrow for each.
    pub fn view(self) -> AnyView {
        let Self { scene, jumps } = self;
        let arrow = move |jump: Arc<Jump>| {
            let shape = scene.with_value(|scene| jump_shape(scene, &jump));
            shape.map(|shape| view! { <JumpArrow shape /> })
        };
        view! {
            <For each=move || jumps.get() key=|jump| (jump.at, jump.from, jump.to) let:jump>
                {arrow(jump)}
            </For>
        }
        .into_any()
    }
}

/// An arrow, ready to print.
#[derive(Clone, Debug, PartialEq)]
pub struct JumpShape {
    /// Its line, as SVG path data.
    line: String,
    /// The middle of its chip.
    top: Spot,
    /// Why.
    words: String,
    /// From where to where, and why.
    name: String,
    /// The value of `data-jump`.
    ends: String,
}

/// The arrow of a jump; nothing where the rollback happens in place.
pub(super) fn jump_shape(scene: &Scene, jump: &Jump) -> Option<JumpShape> {
    if jump.from == jump.to {
        return None;
    }
    let (from, to) = (scene.node(jump.from)?, scene.node(jump.to)?);
    let (line, top) = curve(from.area, to.area);
    let words = cause_words(&jump.cause);
    Some(JumpShape {
        line,
        top,
        name: format!(
            "Off the drawn path: {} to {}, {words}",
            from.label, to.label
        ),
        words,
        ends: format!("{} {}", jump.from, jump.to),
    })
}

/// The arrow of one jump.
#[component]
pub fn JumpArrow(
    /// The arrow.
    shape: JumpShape,
) -> impl IntoView {
    let top = shape.top;
    let width = shape.words.chars().count() as f64 * 5.8 + 16.0;
    view! {
        <g class="flow-jump" role="img" aria-label=shape.name data-jump=shape.ends>
            <path class="flow-jump-line" d=shape.line marker-end="url(#flow-jump-head)" />
            <rect
                class="flow-jump-chip"
                x=top.x - width / 2.0
                y=top.y - 10.0
                width=width
                height="20"
                rx="10"
            />
            <text class="flow-jump-label" x=top.x y=top.y>
                {shape.words}
            </text>
        </g>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_begins_and_ends_at_the_outlines() {
        let area = |x| Area {
            x,
            y: 0.0,
            width: 100.0,
            height: 40.0,
        };
        let (data, top) = curve(area(0.0), area(400.0));
        assert!(data.starts_with('M'), "{data}");
        assert!(top.y < 0.0, "it bows away from the boxes: {top:?}");
        assert!((top.x - 250.0).abs() < 1.0, "{top:?}");
    }
}
