//! Gives every node a column and a row: chains run left to right, and hand-offs between lanes stay short.
//!
//! Nodes of a lane that are chained left to right form a body, whose shape is fixed first. Bodies are then set
//! into the grid one after another, where their edges are cheapest, and each is reconsidered a few times.

use super::{
    bodies::{Body, Inner, bodies},
    graph::{Graph, Link},
};
use crate::Side;
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec,
    vec::Vec,
};
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
    /// The columns taken in each row of each lane, in order.
    taken: Vec<BTreeMap<i32, Vec<i32>>>,
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
            taken: vec![BTreeMap::new(); graph.lanes],
            natural_columns: longest.max(square),
        }
    }

    fn put(&mut self, body: &Body, spot: Spot) {
        for &(node, cell) in &body.nodes {
            let (row, column) = (spot.row + cell.row, spot.column + cell.column);
            let columns = self.taken[body.lane].entry(row).or_default();
            columns.insert(columns.partition_point(|&other| other < column), column);
            self.spots[node] = Some(Spot { column, row });
        }
    }

    fn lift(&mut self, body: &Body) {
        let taken = &mut self.taken[body.lane];
        for &(node, _) in &body.nodes {
            if let Some(spot) = self.spots[node].take()
                && let Some(columns) = taken.get_mut(&spot.row)
            {
                columns.retain(|&column| column != spot.column);
                if columns.is_empty() {
                    taken.remove(&spot.row);
                }
            }
        }
    }

    fn best_spot(&self, body: &Body) -> Spot {
        let taken = &self.taken[body.lane];
        let first = taken.first_key_value().map_or(0, |(&row, _)| row);
        let end = taken.last_key_value().map_or(first, |(&row, _)| row + 1);
        let pulls = self.pulls(body);
        let last_column = (self.natural_columns - body.columns).max(0) + 2;
        let mut best = (
            i32::MAX,
            Spot {
                column: 0,
                row: end,
            },
        );
        for row in first - body.rows..=end {
            for column in 0..=last_column {
                let spot = Spot { column, row };
                let price = self.price(body, spot, &(first..end));
                if price >= best.0 || self.collides(body, spot) {
                    continue;
                }
                let pulled: i32 = pulls.iter().map(|pull| pull.cost(self.graph, spot)).sum();
                if price + pulled < best.0 {
                    best = (price + pulled, spot);
                }
            }
        }
        best.1
    }

    /// The links from a body to what is already placed.
    fn pulls(&self, body: &Body) -> Vec<Pull<'a>> {
        let mut pulls = Vec::new();
        for &(node, cell) in &body.nodes {
            for &number in &self.links_of[node] {
                let link = &self.graph.links[number];
                let other = if link.from == node {
                    link.to
                } else {
                    link.from
                };
                if let Some(there) = self.spots[other] {
                    pulls.push(Pull {
                        link,
                        node,
                        cell,
                        there,
                    });
                }
            }
        }
        pulls
    }

    fn collides(&self, body: &Body, spot: Spot) -> bool {
        body.nodes.iter().any(|(_, cell)| {
            self.taken[body.lane]
                .get(&(spot.row + cell.row))
                .is_some_and(|columns| columns.binary_search(&(spot.column + cell.column)).is_ok())
        })
    }

    /// What a spot costs by itself: new rows, new columns, and standing on the wrong side of others.
    fn price(&self, body: &Body, spot: Spot, rows: &Range<i32>) -> i32 {
        let beyond = (spot.column + body.columns - self.natural_columns).max(0);
        let above = (rows.start - spot.row).max(0);
        let below = (spot.row + body.rows - rows.end).max(0);
        let new_rows = if rows.is_empty() {
            body.rows + spot.row.abs()
        } else {
            above + below
        };
        beyond * NEW_COLUMN
            + new_rows * NEW_ROW
            + above
            + spot.column / 2
            + self.out_of_order(body, spot)
    }

    /// What comes later in the flow should not stand left of what comes earlier, in the same row.
    fn out_of_order(&self, body: &Body, spot: Spot) -> i32 {
        let (Some(&(node, _)), Some(columns)) =
            (body.nodes.first(), self.taken[body.lane].get(&spot.row))
        else {
            return 0;
        };
        let others_right = columns.last().is_some_and(|&last| last > spot.column);
        let others_left = columns.first().is_some_and(|&first| first < spot.column);
        let begins = self.graph.depth[node] == 0;
        if (begins && others_left) || (!begins && others_right && !others_left) {
            8
        } else {
            0
        }
    }

    fn finish(self) -> Placement {
        let mut columns = BTreeSet::new();
        columns.extend(self.spots.iter().flatten().map(|s| s.column));
        let columns: Vec<i32> = columns.into_iter().collect();
        let mut lane_rows = Vec::new();
        let mut row_starts = Vec::new();
        let mut first = 0;
        for taken in &self.taken {
            let rows: Vec<i32> = taken.keys().copied().collect();
            let end = first + rows.len().max(1);
            row_starts.push((first, rows));
            lane_rows.push(first..end);
            first = end;
        }
        let cells = self.spots.iter().zip(&self.graph.lane_of);
        let cells = cells.map(|(spot, &lane)| {
            let (start, rows) = &row_starts[lane];
            spot.map_or_else(Cell::default, |spot| Cell {
                row: start + rows.partition_point(|&row| row < spot.row),
                column: columns.partition_point(|&column| column < spot.column),
            })
        });
        Placement {
            columns: columns.len().max(1),
            rows: first,
            cells: cells.collect(),
            lane_rows,
        }
    }
}

/// A link from a body's node to one that is already placed.
struct Pull<'a> {
    link: &'a Link,
    node: usize,
    cell: Inner,
    there: Spot,
}

impl Pull<'_> {
    fn cost(&self, graph: &Graph, spot: Spot) -> i32 {
        let here = Spot {
            column: spot.column + self.cell.column,
            row: spot.row + self.cell.row,
        };
        if self.link.from == self.node {
            link_cost(graph, self.link, here, self.there)
        } else {
            link_cost(graph, self.link, self.there, here)
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
