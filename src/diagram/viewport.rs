//! How the drawing lies in its panel: pan, zoom, fit, and following the token where it does not fit.

use super::geometry::{Area, Spot};

/// Free space around a fitted drawing, in screen pixels.
const MARGIN: f64 = 12.0;
/// The smallest scale that a fit chooses by itself; below it, words could not be read.
const LEGIBLE: f64 = 0.62;
/// However it is moved, so many screen pixels of the drawing stay in the panel.
const LEAST_SEEN: f64 = 80.0;
const SMALLEST: f64 = 0.2;
const LARGEST: f64 = 3.0;

/// The panel's size in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// Where a drawing lies: a point `p` of it is seen at `p * scale + (x, y)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Screen pixels from the left.
    pub x: f64,
    /// Screen pixels from the top.
    pub y: f64,
    /// Screen pixels in a pixel of the drawing.
    pub scale: f64,
}

/// Who decides how the drawing lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Framing {
    /// It fits the panel; where it would become too small to read, it follows the token.
    #[default]
    Fit,
    /// As somebody has moved it.
    Free(Viewport),
}

impl Framing {
    /// How the drawing lies. `follow` is the box to keep in view should the whole not fit.
    pub fn resolve(self, panel: Size, drawing: Size, follow: Option<Area>) -> Viewport {
        match self {
            Self::Free(viewport) => viewport,
            Self::Fit => Viewport::fit(panel, drawing, follow),
        }
    }
}

impl Viewport {
    /// The whole drawing, centred, as large as fits and at most 1:1.
    pub fn fit(panel: Size, drawing: Size, follow: Option<Area>) -> Self {
        let room = |panel: f64| (panel - 2.0 * MARGIN).max(1.0);
        let whole = (room(panel.width) / drawing.width.max(1.0))
            .min(room(panel.height) / drawing.height.max(1.0))
            .min(1.0);
        let scale = whole.max(LEGIBLE);
        let focus = follow.map_or(Spot { x: 0.0, y: 0.0 }, Area::centre);
        Self {
            x: lie(panel.width, drawing.width, scale, focus.x),
            y: lie(panel.height, drawing.height, scale, focus.y),
            scale,
        }
    }

    /// Moved by screen pixels.
    #[must_use]
    pub fn panned(self, dx: f64, dy: f64) -> Self {
        Self {
            x: self.x + dx,
            y: self.y + dy,
            ..self
        }
    }

    /// Zoomed so that the point of the drawing under `at` (screen pixels) stays there.
    #[must_use]
    pub fn zoomed(self, at: Spot, factor: f64) -> Self {
        let scale = (self.scale * factor).clamp(SMALLEST, LARGEST);
        let ratio = scale / self.scale;
        Self {
            x: at.x - (at.x - self.x) * ratio,
            y: at.y - (at.y - self.y) * ratio,
            scale,
        }
    }

    /// Moved by as little as brings a box of the drawing into the panel.
    #[must_use]
    pub fn revealing(self, area: Area, panel: Size) -> Self {
        let seen = self.seen(area);
        Self {
            x: self.x + shift(seen.x, seen.width, panel.width),
            y: self.y + shift(seen.y, seen.height, panel.height),
            ..self
        }
    }

    /// Moved back, should the drawing have left the panel all but for an edge.
    #[must_use]
    pub fn kept(self, panel: Size, drawing: Size) -> Self {
        let keep = |at: f64, panel: f64, drawing: f64| {
            let most = (panel - LEAST_SEEN).max(0.0);
            let least = (LEAST_SEEN - drawing * self.scale).min(most);
            at.clamp(least, most)
        };
        Self {
            x: keep(self.x, panel.width, drawing.width),
            y: keep(self.y, panel.height, drawing.height),
            ..self
        }
    }

    /// Where a box of the drawing is seen, in screen pixels.
    pub fn seen(self, area: Area) -> Area {
        Area {
            x: area.x * self.scale + self.x,
            y: area.y * self.scale + self.y,
            width: area.width * self.scale,
            height: area.height * self.scale,
        }
    }

    /// As a CSS `transform` about the upper left corner.
    pub fn transform(self) -> String {
        format!(
            "translate({:.2}px, {:.2}px) scale({:.4})",
            self.x, self.y, self.scale
        )
    }
}

/// Centred where it fits; else around `focus`, without showing what lies beyond the drawing.
fn lie(panel: f64, drawing: f64, scale: f64, focus: f64) -> f64 {
    let seen = drawing * scale;
    let slack = panel - seen;
    if -2.0 * MARGIN <= slack {
        slack / 2.0
    } else {
        (panel / 2.0 - focus * scale).clamp(slack - MARGIN, MARGIN)
    }
}

/// How far to move a stretch so that it lies within the panel.
fn shift(start: f64, length: f64, panel: f64) -> f64 {
    if start < MARGIN {
        MARGIN - start
    } else {
        (panel - MARGIN - length - start).min(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANEL: Size = Size {
        width: 800.0,
        height: 400.0,
    };

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_small_drawing_is_centred_and_not_blown_up() {
        let drawing = Size {
            width: 400.0,
            height: 200.0,
        };
        let viewport = Viewport::fit(PANEL, drawing, None);
        assert!(near(viewport.scale, 1.0));
        assert!(near(viewport.x, 200.0) && near(viewport.y, 100.0));
    }

    #[test]
    fn a_large_drawing_shrinks_until_it_fits() {
        let drawing = Size {
            width: 1_000.0,
            height: 300.0,
        };
        let viewport = Viewport::fit(PANEL, drawing, None);
        assert!(near(viewport.scale, 0.776));
        assert!(near(viewport.x, 12.0));
    }

    #[test]
    fn a_huge_drawing_stays_legible_and_follows_the_token() {
        let drawing = Size {
            width: 4_000.0,
            height: 300.0,
        };
        let token = |x| {
            Some(Area {
                x,
                y: 100.0,
                width: 100.0,
                height: 50.0,
            })
        };
        for (x, seen) in [(0.0, 12.0 + 31.0), (1_950.0, 400.0), (3_900.0, 757.0)] {
            let viewport = Viewport::fit(PANEL, drawing, token(x));
            assert!(near(viewport.scale, LEGIBLE));
            let centre = viewport.seen(token(x).unwrap()).centre().x;
            assert!(near(centre, seen), "{x}: {centre}");
        }
    }

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let viewport = Viewport {
            x: 40.0,
            y: -10.0,
            scale: 0.8,
        };
        let at = Spot { x: 200.0, y: 90.0 };
        for factor in [0.01, 0.9, 1.0, 1.3, 50.0] {
            let zoomed = viewport.zoomed(at, factor);
            assert!((SMALLEST..=LARGEST).contains(&zoomed.scale));
            let before = (at.x - viewport.x) / viewport.scale;
            assert!(near((at.x - zoomed.x) / zoomed.scale, before));
        }
    }

    #[test]
    fn a_drawing_cannot_be_pushed_out_of_its_panel() {
        let drawing = Size {
            width: 1_000.0,
            height: 60.0,
        };
        for by in [-1e6, -50.0, 0.0, 50.0, 1e6] {
            let moved = Viewport::fit(PANEL, drawing, None).panned(by, by);
            let kept = moved.kept(PANEL, drawing);
            assert!(
                kept.x <= 720.0 && 80.0 <= kept.x + 1_000.0 * kept.scale,
                "{by}"
            );
            assert!(kept.y <= 320.0 && 0.0 <= kept.y + 60.0 * kept.scale, "{by}");
        }
    }

    #[test]
    fn revealing_moves_no_further_than_needed() {
        let viewport = Viewport {
            x: 0.0,
            y: 0.0,
            scale: 1.0,
        };
        let area = |x| Area {
            x,
            y: 100.0,
            width: 100.0,
            height: 40.0,
        };
        for (x, moved) in [(300.0, 0.0), (-50.0, 62.0), (760.0, -72.0)] {
            let revealed = viewport.revealing(area(x), PANEL);
            assert!(near(revealed.x, moved), "{x}: {}", revealed.x);
            assert!(near(revealed.y, 0.0));
        }
    }
}
