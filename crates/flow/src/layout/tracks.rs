//! Puts the pieces that share a line side by side, in the order that crosses least.

use super::segments::Segments;
use crate::Side;
use alloc::{vec, vec::Vec};

/// From one track to the next, in pixels.
pub(super) const PITCH: f64 = 12.0;

/// What tracks need to know of the nodes.
pub(super) struct Room<'a> {
    /// The width and the height of each node.
    pub(super) sizes: &'a [(f64, f64)],
    /// The width of each column, and the height of each row.
    pub(super) columns: &'a [f64],
    pub(super) rows: &'a [f64],
    /// Which level lines lie between two lanes.
    pub(super) borders: &'a [bool],
}

/// Gives each piece its offset: channels first, then the ports and the middles of columns and rows.
pub(super) fn settle(segments: &mut Segments, room: &Room<'_>) {
    for segment in &mut segments.all {
        segment.offset = None;
    }
    for (level, parity) in [(true, 0), (false, 0), (false, 1), (true, 1)] {
        let middles = if level {
            room.rows.len()
        } else {
            room.columns.len()
        };
        let mut lines = vec![Vec::new(); middles * 2 + 1];
        for (number, segment) in segments.all.iter().enumerate() {
            if segment.level == level && segment.line % 2 == parity {
                lines[segment.line].push(number);
            }
        }
        for line in lines {
            // All clusters are found before any is settled: an offset changes who overlaps.
            for cluster in clusters(segments, line) {
                settle_cluster(segments, room, cluster);
            }
        }
    }
}

/// Groups of pieces that overlap, directly or through others.
fn clusters(segments: &Segments, mut line: Vec<usize>) -> Vec<Vec<usize>> {
    let mut clusters = Vec::new();
    while let Some(first) = line.pop() {
        let mut cluster = vec![first];
        let mut seen = 0;
        while let Some(&member) = cluster.get(seen) {
            seen += 1;
            line.retain(|&other| {
                let joins = segments.overlap(member, other);
                if joins {
                    cluster.push(other);
                }
                !joins
            });
        }
        crate::order::sort_by(&mut cluster, Ord::cmp);
        clusters.push(cluster);
    }
    clusters
}

fn settle_cluster(segments: &mut Segments, room: &Room<'_>, cluster: Vec<usize>) {
    let order = order(segments, cluster);
    let mut tracks: Vec<f64> = vec![0.0; order.len()];
    for place in 0..order.len() {
        for before in 0..place {
            if segments.overlap(order[before], order[place]) {
                tracks[place] = tracks[place].max(tracks[before] + 1.0);
            }
        }
    }
    let last = tracks.iter().copied().fold(0.0, f64::max);
    let segment = segments.all[order[0]];
    let (middle, pitch) = if segment.line % 2 == 1 {
        let middle = pinned(segments, &order, &tracks).unwrap_or(last / 2.0);
        let pitch = pitch(segments, room, &order, &tracks, middle);
        (middle, pitch)
    } else if segment.level && room.borders[segment.line] && tracks_are_odd(last) {
        // No track lies on the border itself.
        (last / 2.0 + 0.5, PITCH)
    } else {
        (last / 2.0, PITCH)
    };
    for (number, track) in order.into_iter().zip(tracks) {
        segments.all[number].offset = Some((track - middle) * pitch);
    }
}

fn tracks_are_odd(last: f64) -> bool {
    let mut rest = last;
    while rest > 1.0 {
        rest -= 2.0;
    }
    rest < 0.5
}

/// The track of the first edge that runs straight from node to node, which deserves the middle.
fn pinned(segments: &Segments, order: &[usize], tracks: &[f64]) -> Option<f64> {
    order
        .iter()
        .zip(tracks)
        .filter(|(number, _)| {
            let segment = &segments.all[**number];
            segment.ports.iter().all(Option::is_some)
        })
        .min_by_key(|(number, _)| **number)
        .map(|(_, &track)| track)
}

/// As far apart as the sides of the nodes allow.
fn pitch(
    segments: &Segments,
    room: &Room<'_>,
    order: &[usize],
    tracks: &[f64],
    middle: f64,
) -> f64 {
    let mut pitch = PITCH;
    for (&number, &track) in order.iter().zip(tracks) {
        let segment = &segments.all[number];
        let away = (track - middle).abs();
        if away == 0.0 {
            continue;
        }
        let extent = if segment.level {
            room.rows[segment.line / 2]
        } else {
            room.columns[segment.line / 2]
        };
        pitch = pitch.min((extent / 2.0 - 4.0) / away);
        for port in segment.ports.iter().flatten() {
            let (width, height) = room.sizes[port.node];
            let side = match port.side {
                Side::Left | Side::Right => height,
                Side::Top | Side::Bottom => width,
            };
            pitch = pitch.min((side / 2.0 - 8.0) / away);
        }
    }
    pitch
}

/// Inserts each piece where it costs least, then reconsiders each.
fn order(segments: &Segments, cluster: Vec<usize>) -> Vec<usize> {
    let size = cluster.len();
    if size == 1 {
        return cluster;
    }
    let mut costs = vec![0; size * size];
    for a in 0..size {
        for b in 0..size {
            if a != b && segments.overlap(cluster[a], cluster[b]) {
                costs[a * size + b] = segments.cost_of_order(cluster[a], cluster[b]);
            }
        }
    }
    let mut order: Vec<usize> = Vec::with_capacity(size);
    for sweep in 0..3 {
        for piece in 0..size {
            if sweep > 0 {
                order.retain(|&other| other != piece);
            }
            let place = cheapest_place(&order, &costs, size, piece);
            order.insert(place, piece);
        }
    }
    order.into_iter().map(|piece| cluster[piece]).collect()
}

fn cheapest_place(order: &[usize], costs: &[i32], size: usize, piece: usize) -> usize {
    let mut cost: i32 = order.iter().map(|&other| costs[piece * size + other]).sum();
    let mut best = (cost, 0);
    for (place, &other) in order.iter().enumerate() {
        cost += costs[other * size + piece] - costs[piece * size + other];
        if cost < best.0 {
            best = (cost, place + 1);
        }
    }
    best.1
}
