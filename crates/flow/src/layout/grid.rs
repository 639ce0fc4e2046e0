//! The lines that edges may follow: the middle of every column and row, and the channels between them.
//!
//! Lines are counted through: even ones are channels, odd ones the middle of a column or row. A channel is free of
//! nodes along its whole length, so that an edge in it cannot meet one.

use super::{
    graph::Link,
    place::{Cell, Placement},
    sizes::Sized,
};
use crate::Side;
use alloc::{vec, vec::Vec};

/// One way along the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heading {
    Right,
    Down,
    Left,
    Up,
}

impl Heading {
    pub(super) const ALL: [Self; 4] = [Self::Right, Self::Down, Self::Left, Self::Up];

    pub(super) fn out_of(side: Side) -> Self {
        match side {
            Side::Left => Self::Left,
            Side::Right => Self::Right,
            Side::Top => Self::Up,
            Side::Bottom => Self::Down,
        }
    }

    pub(super) fn reversed(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Down => Self::Up,
            Self::Left => Self::Right,
            Self::Up => Self::Down,
        }
    }

    pub(super) fn is_level(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }
}

/// Where two lines cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Crossing {
    pub(super) x: usize,
    pub(super) y: usize,
}

pub(super) struct Grid {
    /// How many upright lines.
    pub(super) width: usize,
    /// How many level lines.
    pub(super) height: usize,
    /// Rough places of the lines, for measuring ways.
    pub(super) xs: Vec<u32>,
    pub(super) ys: Vec<u32>,
    occupied: Vec<bool>,
    cells: Vec<Cell>,
}

impl Grid {
    pub(super) fn new(placement: &Placement, widths: &[f64], heights: &[f64]) -> Self {
        let mut occupied = vec![false; placement.columns * placement.rows];
        for cell in &placement.cells {
            occupied[cell.row * placement.columns + cell.column] = true;
        }
        Self {
            width: placement.columns * 2 + 1,
            height: placement.rows * 2 + 1,
            xs: rough(widths, 28),
            ys: rough(heights, 36),
            occupied,
            cells: placement.cells.clone(),
        }
    }

    pub(super) fn centre(&self, node: usize) -> Crossing {
        let cell = self.cells[node];
        Crossing {
            x: cell.column * 2 + 1,
            y: cell.row * 2 + 1,
        }
    }

    /// The first crossing outside of a node's side.
    pub(super) fn port(&self, node: usize, side: Side) -> Crossing {
        let at = self.centre(node);
        match side {
            Side::Left => Crossing { x: at.x - 1, ..at },
            Side::Right => Crossing { x: at.x + 1, ..at },
            Side::Top => Crossing { y: at.y - 1, ..at },
            Side::Bottom => Crossing { y: at.y + 1, ..at },
        }
    }

    pub(super) fn ports(&self, link: &Link) -> (Crossing, Crossing) {
        (
            self.port(link.from, link.from_side),
            self.port(link.to, link.to_side),
        )
    }

    pub(super) fn is_blocked(&self, at: Crossing) -> bool {
        at.x % 2 == 1 && at.y % 2 == 1 && self.occupied[(at.y / 2) * (self.width / 2) + at.x / 2]
    }

    /// The next crossing on that heading, unless a node or the edge of the grid is in the way.
    pub(super) fn step(&self, at: Crossing, heading: Heading) -> Option<Crossing> {
        let next = match heading {
            Heading::Right => Crossing { x: at.x + 1, ..at },
            Heading::Down => Crossing { y: at.y + 1, ..at },
            Heading::Left => Crossing {
                x: at.x.checked_sub(1)?,
                ..at
            },
            Heading::Up => Crossing {
                y: at.y.checked_sub(1)?,
                ..at
            },
        };
        let inside = next.x < self.width && next.y < self.height;
        (inside && !self.is_blocked(next)).then_some(next)
    }

    pub(super) fn distance(&self, a: Crossing, b: Crossing) -> u32 {
        self.xs[a.x].abs_diff(self.xs[b.x]) + self.ys[a.y].abs_diff(self.ys[b.y])
    }
}

fn rough(sizes: &[f64], channel: u32) -> Vec<u32> {
    let mut places = Vec::with_capacity(sizes.len() * 2 + 1);
    let mut at = channel / 2;
    places.push(at);
    for &size in sizes {
        // Whole eights, counted: `as` would need a reason.
        let mut half = 0;
        while f64::from(half) * 2.0 < size {
            half += 4;
        }
        at += channel / 2 + half;
        places.push(at);
        at += half + channel / 2;
        places.push(at);
    }
    places
}

/// The width of each column and the height of each row.
pub(super) fn extents(placement: &Placement, sized: &[Sized]) -> (Vec<f64>, Vec<f64>) {
    let mut widths = vec![48.0_f64; placement.columns];
    let mut heights = vec![48.0_f64; placement.rows];
    for (cell, sized) in placement.cells.iter().zip(sized) {
        widths[cell.column] = widths[cell.column].max(sized.width);
        heights[cell.row] = heights[cell.row].max(sized.height);
    }
    (widths, heights)
}
