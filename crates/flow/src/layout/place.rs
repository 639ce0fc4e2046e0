//! Gives every node a column and a row: chains run left to right, and hand-offs between lanes stay short.
//!
//! Nodes of a lane that are chained left to right form a body, whose shape is fixed first. Bodies are then set
//! into the grid one after another, where their edges are cheapest, and each is reconsidered a few times.

use super::{
    bodies::{Body, bodies},
    graph::{Graph, Link},
};
use crate::Side;
use alloc::{collections::BTreeSet, vec, vec::Vec};
use core::ops::Range;

/// A place in the grid that all lanes share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    pub(super) row: usize,
    pub(super) column: usize,
}

pub(super) struct Placement {
    pub(super) columns: usize,
    pub(super) rows: usize,
    /// For each node.
    pub(super) cells: Vec<Cell>,
    /// For each lane; never empty.
    pub(super) lane_rows: Vec<Range<usize>>,
}

/// What one more row in a lane costs, where one column of distance costs ten.
const NEW_ROW: i32 = 45;
/// What one more column costs.
const NEW_COLUMN: i32 = 60;
const SWEEPS: usize = 4;

pub(super) fn place(graph: &Graph) -> Placement {
    let bodies = bodies(graph);
    let mut board = Board::new(graph, &bodies);
    for sweep in 0..SWEEPS {
        for body in &bodies {
            if sweep > 0 {
                board.lift(body);
            }
            let spot = board.best_spot(body);
            board.put(body, spot);
        }
    }
    board.finish()
}

#[derive(Clone, Copy)]
struct Spot {
    column: i32,
    row: i32,
}

struct Board<'a> {
    graph: &'a Graph,
    /// The links at each node.
    links_of: Vec<Vec<usize>>,
    spots: Vec<Option<Spot>>,
    /// Lane, row, column.
    taken: BTreeSet<(usize, i32, i32)>,
    /// As many columns as are free of charge.
    natural_columns: i32,
}

impl<'a> Board<'a> {
    fn new(graph: &'a Graph, bodies: &[Body]) -> Self {
        let nodes = graph.lane_of.len();
        let mut links_of = vec![Vec::new(); nodes];
        for (number, link) in graph.links.iter().enumerate() {
            links_of[link.from].push(number);
            if link.to != link.from {
                links_of[link.to].push(number);
            }
        }
        let longest = bodies.iter().map(|body| body.columns).max().unwrap_or(1);
        // Twice as wide as high, where a column is half as wide again as a row is high.
        let mut square = 1;
        while square * square * 3 < i32::try_from(nodes).unwrap_or(i32::MAX / 8) * 4 {
            square += 1;
        }
        Self {
            graph,
            links_of,
            spots: vec![None; nodes],
            taken: BTreeSet::new(),
            natural_columns: longest.max(square),
        }
    }

    fn put(&mut self, body: &Body, spot: Spot) {
        for &(node, cell) in &body.nodes {
            let (row, column) = (spot.row + cell.row, spot.column + cell.column);
            self.taken.insert((body.lane, row, column));
            self.spots[node] = Some(Spot { column, row });
        }
    }

    fn lift(&mut self, body: &Body) {
        for &(node, _) in &body.nodes {
            if let Some(spot) = self.spots[node].take() {
                self.taken.remove(&(body.lane, spot.row, spot.column));
            }
        }
    }

    fn rows_of(&self, lane: usize) -> Range<i32> {
        let mut taken = self
            .taken
            .range((lane, i32::MIN, i32::MIN)..(lane + 1, i32::MIN, i32::MIN));
        let first = taken.next().map(|place| place.1);
        let last = taken.next_back().map(|place| place.1);
        match (first, last) {
            (Some(first), last) => first..last.unwrap_or(first) + 1,
            (None, _) => 0..0,
        }
    }

    fn best_spot(&self, body: &Body) -> Spot {
        let rows = self.rows_of(body.lane);
        let last_column = (self.natural_columns - body.columns).max(0) + 2;
        let mut best = (
            i32::MAX,
            Spot {
                column: 0,
                row: rows.end,
            },
        );
        for row in rows.start - body.rows..=rows.end {
            for column in 0..=last_column {
                let spot = Spot { column, row };
                if self.collides(body, spot) {
                    continue;
                }
                let cost = self.cost(body, spot, &rows);
                if cost < best.0 {
                    best = (cost, spot);
                }
            }
        }
        best.1
    }

    fn collides(&self, body: &Body, spot: Spot) -> bool {
        body.nodes.iter().any(|(_, cell)| {
            let place = (body.lane, spot.row + cell.row, spot.column + cell.column);
            self.taken.contains(&place)
        })
    }

    fn cost(&self, body: &Body, spot: Spot, rows: &Range<i32>) -> i32 {
        let beyond = (spot.column + body.columns - self.natural_columns).max(0);
        let above = (rows.start - spot.row).max(0);
        let below = (spot.row + body.rows - rows.end).max(0);
        let new_rows = if rows.is_empty() {
            body.rows + spot.row.abs()
        } else {
            above + below
        };
        let mut cost = beyond * NEW_COLUMN + new_rows * NEW_ROW + above + spot.column / 2;
        for &(node, cell) in &body.nodes {
            let here = Spot {
                column: spot.column + cell.column,
                row: spot.row + cell.row,
            };
            for &number in &self.links_of[node] {
                let link = &self.graph.links[number];
                let other = if link.from == node {
                    link.to
                } else {
                    link.from
                };
                if let Some(there) = self.spots[other] {
                    let (from, to) = if link.from == node {
                        (here, there)
                    } else {
                        (there, here)
                    };
                    cost += link_cost(self.graph, link, from, to);
                }
            }
        }
        cost + self.out_of_order(body, spot)
    }

    /// What comes later in the flow should not stand left of what comes earlier, in the same row.
    fn out_of_order(&self, body: &Body, spot: Spot) -> i32 {
        let Some(&(first, _)) = body.nodes.first() else {
            return 0;
        };
        let right = (body.lane, spot.row, spot.column + 1);
        let end = (body.lane, spot.row + 1, i32::MIN);
        let later_there = self.taken.range(right..end).next().is_some();
        let left = (body.lane, spot.row, i32::MIN);
        let earlier_there = self
            .taken
            .range(left..(body.lane, spot.row, spot.column))
            .next()
            .is_some();
        let begins = self.graph.depth[first] == 0;
        match (begins, later_there, earlier_there) {
            (true, _, true) | (false, true, false) => 8,
            _ => 0,
        }
    }

    fn finish(self) -> Placement {
        let columns: BTreeSet<i32> = self.spots.iter().flatten().map(|s| s.column).collect();
        let columns: Vec<i32> = columns.into_iter().collect();
        let mut lane_rows = Vec::new();
        let mut cells = vec![Cell::default(); self.spots.len()];
        let mut first = 0;
        for lane in 0..self.graph.lanes {
            let rows: BTreeSet<i32> = self
                .taken
                .range((lane, i32::MIN, i32::MIN)..(lane + 1, i32::MIN, i32::MIN))
                .map(|place| place.1)
                .collect();
            let rows: Vec<i32> = rows.into_iter().collect();
            for (node, spot) in self.spots.iter().enumerate() {
                if let (Some(spot), true) = (spot, self.graph.lane_of[node] == lane) {
                    cells[node] = Cell {
                        row: first + rows.partition_point(|&row| row < spot.row),
                        column: columns.partition_point(|&column| column < spot.column),
                    };
                }
            }
            let end = first + rows.len().max(1);
            lane_rows.push(first..end);
            first = end;
        }
        Placement {
            columns: columns.len().max(1),
            rows: first,
            cells,
            lane_rows,
        }
    }
}

/// What a link costs by its length; ten for a column.
fn link_cost(graph: &Graph, link: &Link, from: Spot, to: Spot) -> i32 {
    let along = to.column - from.column;
    let same_lane = graph.lane_of[link.from] == graph.lane_of[link.to];
    let down = if same_lane { to.row - from.row } else { 0 };
    let drop = |down: i32| match (same_lane, down) {
        (false, _) => 10 * along.abs(),
        (true, 1..) => 20 * along.abs() + 10 * (down - 1),
        (true, _) => 20 * along.abs() + 60 + 10 * down.abs(),
    };
    match (link.from_side, link.to_side) {
        (Side::Bottom, Side::Top) => drop(down),
        (Side::Top, Side::Bottom) => drop(-down),
        (Side::Right, Side::Left) if !link.back => {
            10 * (along - 1).abs() + 5 * down.abs() + if along < 1 { 20 } else { 0 }
        }
        (Side::Left, Side::Right) => 10 * (along + 1).abs() + 5 * down.abs(),
        _ => 8 * along.abs() + 5 * down.abs(),
    }
}
