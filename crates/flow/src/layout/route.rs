//! Finds a way for each edge along the grid: short, with few bends, few crossings, and apart from other edges.
//!
//! This decides along which lines an edge runs; where on a line, beside other edges, is decided later.

use super::{
    graph::{Graph, Link},
    grid::{Crossing, Grid, Heading},
};
use alloc::{collections::BinaryHeap, vec, vec::Vec};
use core::cmp::Reverse;

const BEND: u32 = 56;
const CROSS: u32 = 44;
const BESIDE: u32 = 14;
/// So many crossings are looked at for one edge, and then a plain way is taken, so that nothing takes for ever.
const PATIENCE: usize = 8_000;
/// So many for all edges of a diagram.
const PATIENCE_FOR_ALL: usize = 160_000;
/// Diagrams with more edges are routed once: reconsidering pays where people look closely.
const RECONSIDERED: usize = 150;

/// The corners of one edge's way, from the middle of its source to the middle of its target.
pub(super) type Way = Vec<Crossing>;

/// A way for each link.
pub(super) fn route(graph: &Graph, grid: &Grid) -> Vec<Way> {
    let mut router = Router::new(grid);
    let mut order: Vec<usize> = (0..graph.links.len()).collect();
    crate::order::sort_by_key(&mut order, |&number| {
        let (from, to) = grid.ports(&graph.links[number]);
        (grid.distance(from, to), number)
    });
    let mut ways: Vec<Way> = vec![Vec::new(); graph.links.len()];
    let sweeps = if graph.links.len() > RECONSIDERED {
        1
    } else {
        2
    };
    for sweep in 0..sweeps {
        for &number in &order {
            if sweep > 0 {
                if ways[number].len() <= 2 {
                    continue;
                }
                router.mark(&ways[number], Mark::Off);
            }
            ways[number] = router.way(&graph.links[number]);
            router.mark(&ways[number], Mark::On);
        }
    }
    ways
}

#[derive(Clone, Copy)]
enum Mark {
    On,
    Off,
}

impl Mark {
    fn apply(self, count: &mut u16) {
        *count = match self {
            Self::On => count.saturating_add(1),
            Self::Off => count.saturating_sub(1),
        };
    }
}

/// How many edges use a crossing.
#[derive(Clone, Copy, Default)]
struct Use {
    /// From here to the right, and from here down.
    right: u16,
    down: u16,
    level: u16,
    upright: u16,
    bends: u16,
}

/// A crossing looked at, with the heading in which it was reached.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Onwards(Heading),
    /// The last turn into the node is paid for.
    Arrived(Heading),
}

/// Where a way must end, and in which heading.
#[derive(Clone, Copy)]
struct Aim {
    goal: Crossing,
    enter: Heading,
}

impl Aim {
    /// What the bends cost that no way can do without.
    fn bends(&self, at: Crossing, heading: Heading) -> u32 {
        if heading.is_level() != self.enter.is_level() {
            return BEND;
        }
        let aligned = if heading.is_level() {
            at.y == self.goal.y
        } else {
            at.x == self.goal.x
        };
        if aligned && heading == self.enter {
            0
        } else {
            2 * BEND
        }
    }
}

struct Router<'a> {
    grid: &'a Grid,
    uses: Vec<Use>,
    /// The cost so far and the heading before, by crossing and heading.
    reached: Vec<(u32, u32, Option<Heading>)>,
    search: u32,
    patience: usize,
}

impl<'a> Router<'a> {
    fn new(grid: &'a Grid) -> Self {
        let size = grid.width * grid.height;
        Self {
            grid,
            uses: vec![Use::default(); size],
            reached: vec![(0, 0, None); size * 4],
            search: 0,
            patience: PATIENCE_FOR_ALL,
        }
    }

    fn number(&self, at: Crossing) -> usize {
        at.y * self.grid.width + at.x
    }

    /// Adds or removes a way from what others must heed.
    fn mark(&mut self, way: &[Crossing], mark: Mark) {
        for pair in way.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let (low, high) = (
                Crossing {
                    x: a.x.min(b.x),
                    y: a.y.min(b.y),
                },
                Crossing {
                    x: a.x.max(b.x),
                    y: a.y.max(b.y),
                },
            );
            for x in low.x..high.x {
                let number = self.number(Crossing { x, y: a.y });
                mark.apply(&mut self.uses[number].right);
                if x > low.x {
                    mark.apply(&mut self.uses[number].level);
                }
            }
            for y in low.y..high.y {
                let number = self.number(Crossing { x: a.x, y });
                mark.apply(&mut self.uses[number].down);
                if y > low.y {
                    mark.apply(&mut self.uses[number].upright);
                }
            }
        }
        for &corner in way.iter().skip(1).rev().skip(1) {
            let number = self.number(corner);
            mark.apply(&mut self.uses[number].bends);
        }
    }

    fn way(&mut self, link: &Link) -> Way {
        let (start, goal) = self.grid.ports(link);
        let leave = Heading::out_of(link.from_side);
        let enter = Heading::out_of(link.to_side).reversed();
        let between = if start == goal && leave == enter.reversed() {
            vec![start, goal]
        } else {
            self.search(start, leave, Aim { goal, enter })
                .unwrap_or_else(|| plain(start, goal))
        };
        let mut way = vec![self.grid.centre(link.from)];
        way.extend(between);
        way.push(self.grid.centre(link.to));
        corners(way)
    }

    /// A* over crossings and headings.
    fn search(&mut self, start: Crossing, leave: Heading, aim: Aim) -> Option<Vec<Crossing>> {
        self.search += 1;
        let mut open = BinaryHeap::new();
        let mut patience = PATIENCE.min(self.patience);
        self.reach(start, leave, 0, None);
        open.push(Reverse((0, 0, start.y, start.x, Step::Onwards(leave))));
        while let Some(Reverse((_, cost, y, x, step))) = open.pop() {
            let at = Crossing { x, y };
            let heading = match step {
                Step::Onwards(heading) => heading,
                Step::Arrived(heading) => return Some(self.trace(start, at, heading)),
            };
            if self.reached[self.number(at) * 4 + heading as usize].1 < cost {
                continue;
            }
            patience = patience.checked_sub(1)?;
            self.patience = self.patience.saturating_sub(1);
            if at == aim.goal && heading != aim.enter.reversed() {
                let total = cost + self.turn(at, heading, aim.enter);
                open.push(Reverse((total, total, y, x, Step::Arrived(heading))));
            }
            for to in Heading::ALL {
                if to == heading.reversed() {
                    continue;
                }
                let Some(next) = self.grid.step(at, to) else {
                    continue;
                };
                let total = cost + self.turn(at, heading, to) + self.stretch(at, next, to);
                if self.reach(next, to, total, Some(heading)) {
                    let ahead = total + self.grid.distance(next, aim.goal) + aim.bends(next, to);
                    open.push(Reverse((ahead, total, next.y, next.x, Step::Onwards(to))));
                }
            }
        }
        None
    }

    /// Notes a way to a crossing, where it is the cheapest yet.
    fn reach(&mut self, at: Crossing, to: Heading, cost: u32, from: Option<Heading>) -> bool {
        let number = self.number(at) * 4 + to as usize;
        let (search, before, _) = self.reached[number];
        let better = search != self.search || cost < before;
        if better {
            self.reached[number] = (self.search, cost, from);
        }
        better
    }

    fn turn(&self, at: Crossing, from: Heading, to: Heading) -> u32 {
        let used = self.uses[self.number(at)];
        if from != to {
            return BEND + u32::from(used.bends) * 6 + u32::from(used.level + used.upright) * 10;
        }
        let across = if from.is_level() {
            used.upright
        } else {
            used.level
        };
        u32::from(across) * CROSS + u32::from(used.bends) * (CROSS / 3)
    }

    fn stretch(&self, a: Crossing, b: Crossing, heading: Heading) -> u32 {
        let low = self.number(Crossing {
            x: a.x.min(b.x),
            y: a.y.min(b.y),
        });
        let beside = if heading.is_level() {
            self.uses[low].right
        } else {
            self.uses[low].down
        };
        // In the middle of a column or row an edge is between nodes, where it looks as if it belonged to them.
        let line = if heading.is_level() { a.y } else { a.x };
        let middle = if line % 2 == 1 { 4 } else { 0 };
        self.grid.distance(a, b) + u32::from(beside) * BESIDE + middle
    }

    fn trace(&self, start: Crossing, at: Crossing, heading: Heading) -> Vec<Crossing> {
        let mut way = vec![at];
        let (mut at, mut heading) = (at, heading);
        while let Some(before) = self.reached[self.number(at) * 4 + heading as usize].2 {
            at = match heading {
                Heading::Right => Crossing { x: at.x - 1, ..at },
                Heading::Down => Crossing { y: at.y - 1, ..at },
                Heading::Left => Crossing { x: at.x + 1, ..at },
                Heading::Up => Crossing { y: at.y + 1, ..at },
            };
            heading = before;
            way.push(at);
        }
        debug_assert_eq!(at, start, "every way leads back to its start");
        way.reverse();
        way
    }
}

/// A way that keeps to the channels and needs no search.
fn plain(start: Crossing, goal: Crossing) -> Vec<Crossing> {
    let is_channel = |line: usize| line.is_multiple_of(2);
    if is_channel(start.y) && is_channel(goal.y) && start.y == goal.y {
        return vec![start, goal];
    }
    let x = if is_channel(start.x) {
        start.x
    } else if goal.x > start.x {
        start.x + 1
    } else {
        start.x - 1
    };
    let y = if is_channel(goal.y) {
        goal.y
    } else if start.y > goal.y {
        goal.y + 1
    } else {
        goal.y - 1
    };
    vec![
        start,
        Crossing { x, y: start.y },
        Crossing { x, y },
        Crossing { x: goal.x, y },
        goal,
    ]
}

/// Leaves out what is not a corner. A turn on the spot stays: two equal corners.
fn corners(way: Vec<Crossing>) -> Way {
    let turned = way.windows(2).any(|pair| pair[0] == pair[1]) && way.len() == 4;
    if turned {
        return way;
    }
    let mut corners: Way = Vec::with_capacity(way.len());
    for at in way {
        if corners.last() == Some(&at) {
            continue;
        }
        if let [.., a, b] = corners[..]
            && ((a.x == b.x && b.x == at.x) || (a.y == b.y && b.y == at.y))
        {
            corners.pop();
        }
        corners.push(at);
    }
    corners
}
