//! Finds a place for each edge's label: on the edge, and on nothing else.

use super::{LabelBox, Point, Rect, shapes::is_level, text};
use alloc::{string::String, vec, vec::Vec};

/// The size of the type on edges, in pixels.
pub(crate) const LABEL_TYPE: f64 = 11.0;
/// From one line of a label to the next, in pixels.
pub(crate) const LABEL_LEADING: f64 = 13.0;
/// What an edge shows before its label.
const BEFORE: f64 = 6.0;
/// What it shows behind it, with room for its arrowhead.
pub(super) const BEHIND: f64 = 13.0;
/// A place that is worse is worth enlarging a channel.
const GOOD: f64 = 400.0;

/// A label and the edge that it belongs to.
pub(super) struct Task<'a> {
    pub(super) link: usize,
    pub(super) text: &'a str,
}

/// What is in the way.
pub(super) struct Scene<'a> {
    /// The corners of every link.
    pub(super) ways: &'a [Vec<Point>],
    pub(super) nodes: &'a [Rect],
    /// Labels must lie within.
    pub(super) bounds: Rect,
}

/// A piece of an edge that is too short for its label.
pub(super) struct Wish {
    pub(super) link: usize,
    /// Which piece of the edge.
    pub(super) piece: usize,
    pub(super) missing: f64,
}

/// How much of a level and of an upright piece a label takes, with the line that shows before it.
pub(super) fn extent(label: &str) -> (f64, f64) {
    let sizes = variants(label).into_iter().map(|lines| chip_size(&lines));
    let (wide, high) = sizes.fold((f64::MAX, f64::MAX), |least, size| {
        (least.0.min(size.0), least.1.min(size.1))
    });
    (wide + BEFORE, high + BEFORE)
}

/// Places the labels, those of short edges first; says what would have to grow for the others.
pub(super) fn place(tasks: &[Task<'_>], scene: &Scene<'_>) -> (Vec<Option<LabelBox>>, Vec<Wish>) {
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    let lengths: Vec<f64> = tasks
        .iter()
        .map(|task| length(&scene.ways[task.link]))
        .collect();
    crate::order::sort_by(&mut order, |&a, &b| {
        lengths[a].total_cmp(&lengths[b]).then(a.cmp(&b))
    });
    let pieces = pieces(scene.ways);
    let mut placed: Vec<Option<LabelBox>> = vec![None; tasks.len()];
    let mut chips: Vec<Rect> = Vec::new();
    let mut wishes = Vec::new();
    for number in order {
        let task = &tasks[number];
        let mut best: Option<(f64, LabelBox)> = None;
        for lines in variants(task.text) {
            try_everywhere(task.link, &lines, scene, (&pieces, &chips), &mut best);
        }
        if best.as_ref().is_none_or(|(score, _)| *score >= GOOD) {
            wishes.extend(wish(task, scene));
        }
        for limit in [72.0, 48.0, 28.0, 14.0] {
            if best.is_none() {
                let lines = vec![text::cut(task.text.trim(), LABEL_TYPE, limit)];
                try_everywhere(task.link, &lines, scene, (&pieces, &chips), &mut best);
            }
        }
        if let Some((_, label)) = best {
            chips.push(label.rect);
            placed[number] = Some(label);
        }
    }
    (placed, wishes)
}

/// The label in one line, and in two.
fn variants(label: &str) -> Vec<Vec<String>> {
    let one = text::wrap(label, LABEL_TYPE, 152.0, 1);
    let two = text::wrap(label, LABEL_TYPE, 112.0, 2);
    if one == two {
        vec![one]
    } else {
        vec![one, two]
    }
}

fn chip_size(lines: &[String]) -> (f64, f64) {
    let wide = text::widest(lines, LABEL_TYPE) + 10.0;
    (wide, lines.len() as f64 * LABEL_LEADING + 3.0)
}

fn length(way: &[Point]) -> f64 {
    way.windows(2)
        .map(|pair| (pair[0].x - pair[1].x).abs() + (pair[0].y - pair[1].y).abs())
        .sum()
}

/// All pieces of all ways as thin rectangles, each with its link and its place in the way.
fn pieces(ways: &[Vec<Point>]) -> Vec<(usize, usize, Rect)> {
    let mut pieces = Vec::new();
    for (link, way) in ways.iter().enumerate() {
        for (place, pair) in way.windows(2).enumerate() {
            pieces.push((link, place, Rect::around(pair[0], pair[1])));
        }
    }
    pieces
}

/// Tries all pieces of one edge for one form of its label, and keeps the best place.
fn try_everywhere(
    link: usize,
    lines: &[String],
    scene: &Scene<'_>,
    (pieces, chips): (&[(usize, usize, Rect)], &[Rect]),
    best: &mut Option<(f64, LabelBox)>,
) {
    let size = chip_size(lines);
    let way = &scene.ways[link];
    for (place, pair) in way.windows(2).enumerate() {
        let (from, to) = (pair[0], pair[1]);
        let level = is_level(from, to);
        let spots = spots(from, to, size, place + 2 == way.len());
        if spots.is_empty() {
            continue;
        }
        let reach = Rect::around(from, to).grown(size.0, size.1);
        let near_pieces: Vec<_> = pieces
            .iter()
            .filter(|(other, at, rect)| (*other, *at) != (link, place) && rect.meets(&reach))
            .collect();
        let near_nodes: Vec<_> = scene.nodes.iter().filter(|n| n.meets(&reach)).collect();
        let near_chips: Vec<_> = chips.iter().filter(|c| c.meets(&reach)).collect();
        for (centre, off_middle) in spots {
            let rect = Rect {
                x: centre.x - size.0 / 2.0,
                y: centre.y - size.1 / 2.0,
                width: size.0,
                height: size.1,
            };
            let hit = near_nodes
                .iter()
                .any(|node| node.meets(&rect.grown(3.0, 2.0)))
                || near_chips
                    .iter()
                    .any(|chip| chip.meets(&rect.grown(4.0, 3.0)));
            if hit || !scene.bounds.holds(&rect) {
                continue;
            }
            let covered: f64 = near_pieces
                .iter()
                .filter(|(_, _, piece)| piece.meets(&rect.grown(2.0, 1.0)))
                .map(|(other, ..)| if *other == link { 80.0 } else { GOOD })
                .sum();
            let form = lines.len() as f64 * 12.0 + if level { 0.0 } else { 24.0 };
            let score = covered + form + off_middle * 0.2 + place as f64 * 10.0;
            if best.as_ref().is_none_or(|(least, _)| score < *least) {
                let lines = lines.to_vec();
                *best = Some((score, LabelBox { rect, lines }));
            }
        }
    }
}

/// Where on a piece a label may sit, and how far from the piece's middle.
fn spots(from: Point, to: Point, size: (f64, f64), is_last: bool) -> Vec<(Point, f64)> {
    let level = is_level(from, to);
    let long = (to.x - from.x).abs() + (to.y - from.y).abs();
    let extent = if level { size.0 } else { size.1 };
    let behind = if is_last { BEHIND } else { BEFORE };
    let free = long - extent - BEFORE - behind;
    if free < -0.01 {
        return Vec::new();
    }
    let steps = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.0, 1.0];
    steps
        .iter()
        .map(|share| {
            let along = (BEFORE + extent / 2.0 + free * share) / long;
            let point = Point {
                x: from.x + (to.x - from.x) * along,
                y: from.y + (to.y - from.y) * along,
            };
            (point, (free * (share - 0.5)).abs())
        })
        .collect()
}

/// The piece that is least too short.
fn wish(task: &Task<'_>, scene: &Scene<'_>) -> Option<Wish> {
    let way = &scene.ways[task.link];
    let mut least: Option<Wish> = None;
    for lines in variants(task.text) {
        let size = chip_size(&lines);
        for (piece, pair) in way.windows(2).enumerate() {
            let (from, to) = (pair[0], pair[1]);
            let extent = if is_level(from, to) { size.0 } else { size.1 };
            let long = (to.x - from.x).abs() + (to.y - from.y).abs();
            let behind = if piece + 2 == way.len() {
                BEHIND
            } else {
                BEFORE
            };
            let missing = extent + BEFORE + behind - long;
            if missing > 0.0 && least.as_ref().is_none_or(|wish| missing < wish.missing) {
                least = Some(Wish {
                    link: task.link,
                    piece,
                    missing,
                });
            }
        }
    }
    least
}
