//! The straight pieces of all ways, and how the pieces on one line lie to each other.

use super::{graph::Graph, route::Way};
use crate::Side;
use alloc::{collections::BTreeSet, vec::Vec};
use core::cmp::Ordering;

/// Where a piece is attached to a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Port {
    pub(super) node: usize,
    pub(super) side: Side,
}

/// A straight piece of an edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment {
    /// The link it belongs to.
    pub(super) link: usize,
    pub(super) level: bool,
    /// The line that it follows.
    pub(super) line: usize,
    /// The lines across at which it begins and ends, in the edge's direction.
    pub(super) ends: [usize; 2],
    pub(super) ports: [Option<Port>; 2],
    /// How far beside the middle of its line it runs, in pixels; unknown until its line was settled.
    pub(super) offset: Option<f64>,
}

/// One end of a piece, seen along its line.
#[derive(Clone, Copy)]
pub(super) struct End {
    line: usize,
    offset: Option<f64>,
    /// To which side the edge turns here: -1 is up or left, 0 is into a node.
    pub(super) turn: i32,
    /// The piece that goes on.
    pub(super) next: Option<usize>,
}

impl End {
    /// Which of two ends comes first along the line; `None` if that is still open.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        match (self.line.cmp(&other.line), self.offset, other.offset) {
            (Ordering::Equal, Some(a), Some(b)) => a.partial_cmp(&b),
            (Ordering::Equal, ..) => None,
            (order, ..) => Some(order),
        }
    }

    fn is_before(&self, other: &Self) -> bool {
        self.compare(other) == Some(Ordering::Less)
    }
}

/// How much of touching counts as overlapping.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Caution {
    /// Pieces that may merely touch share a track, except those known to collide.
    Trusting,
    /// They never do.
    Strict,
}

pub(super) struct Segments {
    pub(super) all: Vec<Segment>,
    /// Pairs that collided when they shared a track.
    pub(super) apart: BTreeSet<(usize, usize)>,
    pub(super) caution: Caution,
}

/// Beyond every offset: the side of a node.
const AT_NODE: f64 = 1e6;

impl Segments {
    pub(super) fn new(graph: &Graph, ways: &[Way]) -> Self {
        let mut all = Vec::new();
        for (link, way) in ways.iter().enumerate() {
            let last = way.len().saturating_sub(2);
            let mut level = matches!(graph.links[link].from_side, Side::Left | Side::Right);
            for (place, pair) in way.windows(2).enumerate() {
                let (a, b) = (pair[0], pair[1]);
                let stated = &graph.links[link];
                let port = |node, side, here: bool| here.then_some(Port { node, side });
                all.push(Segment {
                    link,
                    level,
                    line: if level { a.y } else { a.x },
                    ends: if level { [a.x, b.x] } else { [a.y, b.y] },
                    ports: [
                        port(stated.from, stated.from_side, place == 0),
                        port(stated.to, stated.to_side, place == last),
                    ],
                    offset: None,
                });
                level = !level;
            }
        }
        Self {
            all,
            apart: BTreeSet::new(),
            caution: Caution::Trusting,
        }
    }

    /// One of a piece's ends, in the edge's direction.
    fn end(&self, number: usize, which: usize) -> End {
        let segment = &self.all[number];
        let line = segment.ends[which];
        if let Some(port) = segment.ports[which] {
            let outward = match port.side {
                Side::Right | Side::Bottom => AT_NODE,
                Side::Left | Side::Top => -AT_NODE,
            };
            return End {
                line,
                offset: Some(outward),
                turn: 0,
                next: None,
            };
        }
        let next = if which == 0 { number - 1 } else { number + 1 };
        let neighbour = &self.all[next];
        let far = neighbour.ends[which];
        End {
            line,
            offset: neighbour.offset,
            turn: match far.cmp(&segment.line) {
                Ordering::Less => -1,
                Ordering::Equal => 0,
                Ordering::Greater => 1,
            },
            next: Some(next),
        }
    }

    /// Both ends of a piece, the upper or left one first.
    pub(super) fn span(&self, number: usize) -> [End; 2] {
        let ends = [self.end(number, 0), self.end(number, 1)];
        if ends[1].is_before(&ends[0]) {
            [ends[1], ends[0]]
        } else {
            ends
        }
    }

    /// Whether two pieces on one line need different tracks.
    pub(super) fn overlap(&self, a: usize, b: usize) -> bool {
        if self.apart.contains(&(a.min(b), a.max(b))) {
            return true;
        }
        let ([low_a, high_a], [low_b, high_b]) = (self.span(a), self.span(b));
        let apart = |high: &End, low: &End| match high.compare(low) {
            Some(order) => order == Ordering::Less,
            None => self.caution == Caution::Trusting,
        };
        !(apart(&high_a, &low_b) || apart(&high_b, &low_a))
    }

    /// What it costs to put `a` above or left of `b`: ten for a crossing, a thousand for a collision.
    pub(super) fn cost_of_order(&self, a: usize, b: usize) -> i32 {
        let (span_a, span_b) = (self.span(a), self.span(b));
        let within = |end: &End, span: &[End; 2]| span[0].is_before(end) && end.is_before(&span[1]);
        let mut cost = 0;
        for end in &span_a {
            cost += if end.turn > 0 && within(end, &span_b) {
                10
            } else {
                0
            };
        }
        for end in &span_b {
            cost += if end.turn < 0 && within(end, &span_a) {
                10
            } else {
                0
            };
        }
        for (place_a, end_a) in span_a.iter().enumerate() {
            for (place_b, end_b) in span_b.iter().enumerate() {
                let towards = end_a.turn > 0 && end_b.turn < 0;
                match end_a.compare(end_b) {
                    Some(Ordering::Equal) if towards => cost += 1000,
                    None if place_a == place_b && towards => cost += 10,
                    None if place_a == place_b && end_a.turn == end_b.turn => {
                        let outer = if place_a == 1 { 1 } else { -1 };
                        let wish = self.wish(end_a, end_b, 8) * end_a.turn * outer;
                        cost += if wish < 0 { 10 } else { 0 };
                    }
                    Some(_) | None => {}
                }
            }
        }
        cost
    }

    /// On which side of `b`'s continuation `a`'s should run, as far as one can see: -1 is above or left.
    fn wish(&self, a: &End, b: &End, sight: usize) -> i32 {
        let (Some(next_a), Some(next_b), true) = (a.next, b.next, sight > 0) else {
            return 0;
        };
        let far = |next: usize, turn: i32| self.span(next)[usize::from(turn > 0)];
        let (far_a, far_b) = (far(next_a, a.turn), far(next_b, b.turn));
        match (far_a.compare(&far_b), a.turn > 0) {
            (Some(Ordering::Less), true) | (Some(Ordering::Greater), false) => far_a.turn,
            (Some(Ordering::Greater), true) | (Some(Ordering::Less), false) => -far_b.turn,
            (Some(Ordering::Equal) | None, _) if far_a.turn != far_b.turn => {
                (far_a.turn - far_b.turn).signum()
            }
            (Some(Ordering::Equal) | None, _) => {
                -(self.wish(&far_a, &far_b, sight - 1) * far_a.turn * a.turn)
            }
        }
    }
}
