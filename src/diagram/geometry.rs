//! Points, boxes and polylines of the drawing, in its own pixels.

/// A point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

impl Area {
    /// Its middle.
    pub fn centre(self) -> Spot {
        Spot {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }
}

/// How far it is from one point to another.
pub(super) fn distance(a: Spot, b: Spot) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    (dx * dx + dy * dy).sqrt()
}

/// The length of a polyline.
pub(super) fn length(points: &[Spot]) -> f64 {
    points
        .windows(2)
        .map(|pair| distance(pair[0], pair[1]))
        .sum()
}

/// The point of a polyline at a share of its length, 0 to 1.
pub(super) fn along(points: &[Spot], share: f64) -> Option<Spot> {
    let mut left = length(points) * share.clamp(0.0, 1.0);
    for pair in points.windows(2) {
        let step = distance(pair[0], pair[1]);
        if left <= step {
            let part = if step <= f64::EPSILON {
                0.0
            } else {
                left / step
            };
            return Some(Spot {
                x: pair[0].x + (pair[1].x - pair[0].x) * part,
                y: pair[0].y + (pair[1].y - pair[0].y) * part,
            });
        }
        left -= step;
    }
    points.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_moves_along_a_polyline_by_length() {
        let bend = [
            Spot { x: 0.0, y: 0.0 },
            Spot { x: 30.0, y: 0.0 },
            Spot { x: 30.0, y: 10.0 },
        ];
        assert!((length(&bend) - 40.0).abs() < 1e-9);
        for (share, x, y) in [
            (-1.0, 0.0, 0.0),
            (0.5, 20.0, 0.0),
            (0.75, 30.0, 0.0),
            (0.875, 30.0, 5.0),
            (2.0, 30.0, 10.0),
        ] {
            let spot = along(&bend, share).unwrap();
            assert!(
                (spot.x - x).abs() + (spot.y - y).abs() < 1e-9,
                "{share}: {spot:?}"
            );
        }
        assert_eq!(along(&[], 0.5), None);
    }
}
