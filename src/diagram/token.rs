//! The token on its way: a small disc on an edge, a function of the playhead alone, so that it rests when the run does.

use super::{
    geometry::{Spot, along, length},
    scene::Scene,
};
use crate::playback::{Departure, Hop};
use coalmine_controller::{Millis, Time};

/// The shortest and the longest way at 1x, in milliseconds of the screen.
const SHORTEST: f64 = 150.0;
const LONGEST: f64 = 900.0;
/// Milliseconds of a run in one of the screen at 1x.
const COMPRESSION: f64 = 60.0;
/// The screen time for which a travelled edge glows at high speed, in milliseconds.
const GLOW: f64 = 400.0;
/// Above this many times 1x there is no token: edges light up instead.
const FASTEST: f64 = 10.0;

/// How a move is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Travel {
    /// A disc travels the edge.
    Token,
    /// The edge glows for this long.
    Glow(Millis),
    /// Nothing moves.
    Still,
}

/// How moves are shown at a speed (times 1x; without, as fast as the run arrives).
pub(super) fn travel(speed: Option<f64>, reduced_motion: bool) -> Travel {
    match speed {
        _ if reduced_motion => Travel::Still,
        Some(factor) if factor <= FASTEST => Travel::Token,
        Some(factor) => Travel::Glow(millis(GLOW * COMPRESSION * factor)),
        // So fast that a glow would only flicker.
        None => Travel::Still,
    }
}

/// How long a way of this many pixels takes on the screen at 1x, in milliseconds: it grows with the logarithm.
pub(super) fn screen_millis(length: f64) -> f64 {
    (SHORTEST * libm::log2(1.0 + length / 30.0)).clamp(SHORTEST, LONGEST)
}

/// The way of a move, in the pixels of the drawing.
pub(super) fn way(scene: &Scene, departure: &Departure) -> Vec<Spot> {
    let mut points: Vec<Spot> = Vec::new();
    for hop in &departure.hops {
        match hop {
            Hop::Edge(edge) => {
                if let Some(edge) = scene.edge(*edge) {
                    points.extend(&edge.points);
                }
            }
            Hop::Jump { from, to } => {
                points.extend(
                    [from, to]
                        .into_iter()
                        .filter_map(|node| scene.node(*node))
                        .map(|node| node.area.centre()),
                );
            }
        }
    }
    points
}

/// Where the token is on its way at an instant; nowhere once it has arrived.
pub(super) fn token_at(way: &[Spot], departure: &Departure, at: Time) -> Option<Spot> {
    let wanted = screen_millis(length(way)) * COMPRESSION;
    let room = departure
        .next
        .map_or(f64::INFINITY, |next| next.since(departure.at).0 as f64);
    let share = at.since(departure.at).0 as f64 / wanted.min(room).max(1.0);
    if share <= 0.0 || 1.0 <= share {
        return None;
    }
    along(way, eased(share))
}

/// Slow at both ends.
fn eased(share: f64) -> f64 {
    share * share * (3.0 - 2.0 * share)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a positive product of small constants; the cast saturates"
)]
fn millis(length: f64) -> Millis {
    Millis(length.round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_flow::EdgeId;

    fn moved(at: u64, next: Option<u64>) -> Departure {
        Departure {
            hops: vec![Hop::Edge(EdgeId(0))],
            at: Time(at),
            next: next.map(Time),
        }
    }

    const LINE: [Spot; 2] = [Spot { x: 0.0, y: 0.0 }, Spot { x: 450.0, y: 0.0 }];

    #[test]
    fn a_way_takes_150_to_900_milliseconds_and_grows_with_its_logarithm() {
        for (length, expected) in [
            (0.0, 150.0),
            (30.0, 150.0),
            (90.0, 300.0),
            (450.0, 600.0),
            (1e6, 900.0),
        ] {
            assert!((screen_millis(length) - expected).abs() < 1e-9, "{length}");
        }
    }

    #[test]
    fn the_token_eases_along_and_is_gone_once_it_has_arrived() {
        let departure = moved(1_000, None);
        let x = |at| token_at(&LINE, &departure, Time(at)).map(|spot| spot.x.round());
        assert_eq!(x(0), None);
        assert_eq!(x(1_000), None);
        assert_eq!(x(1_000 + 18_000), Some(225.0));
        assert_eq!(x(1_000 + 3_600), Some(13.0));
        assert_eq!(x(1_000 + 36_000), None);
    }

    #[test]
    fn the_token_arrives_before_it_leaves_again() {
        let departure = moved(1_000, Some(3_000));
        let x = |at| token_at(&LINE, &departure, Time(at)).map(|spot| spot.x.round());
        assert_eq!(x(2_000), Some(225.0));
        assert_eq!(x(3_000), None);
    }

    #[test]
    fn above_ten_times_edges_glow_and_with_reduced_motion_nothing_moves() {
        assert_eq!(travel(Some(10.0), false), Travel::Token);
        assert_eq!(travel(Some(60.0), false), Travel::Glow(Millis(1_440_000)));
        assert_eq!(travel(None, false), Travel::Still);
        assert_eq!(travel(Some(1.0), true), Travel::Still);
    }
}
