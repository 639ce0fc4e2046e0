//! The picture on the track: blocks for weights, bands for faults, marks for decisions, the tail.

use super::{
    mark::TrackMark,
    track::{Stretch, Track},
};
use crate::format;
use leptos::prelude::*;

/// A stretch as the left edge and the width of an element, in per cent.
fn placed(track: &Track, stretch: Stretch) -> (String, String) {
    let (from, to) = (track.share(stretch.from), track.share(stretch.to));
    let percent = |share: f64| format!("{:.3}%", share * 100.0);
    (percent(from), percent(to - from))
}

/// The picture: blocks, bands, marks, the tail, and what has not been told yet.
pub(super) fn picture(track: &Track, fault_names: &[String]) -> impl IntoView + use<> {
    let blocks: Vec<_> = track
        .blocks
        .iter()
        .map(|block| {
            let (left, width) = placed(track, block.stretch);
            let height = format!("{}%", f64::from(block.weight.basis_points()) / 100.0);
            view! {
                <span class="track-block" style:left=left style:width=width>
                    <span class="track-share" style:height=height></span>
                    <span class="track-label">{format::weight(block.weight)}</span>
                </span>
            }
        })
        .collect();
    let bands: Vec<_> = track
        .bands
        .iter()
        .map(|band| {
            let (left, width) = placed(track, band.stretch);
            let name = fault_names.get(band.fault as usize).cloned();
            let name = name.unwrap_or_else(|| format!("Fault {}", band.fault + 1));
            view! { <span class="track-band" title=name style:left=left style:width=width></span> }
        })
        .collect();
    let tail = track.tail.map(|tail| {
        let (left, width) = placed(track, tail);
        view! { <span class="track-tail" style:left=left style:width=width></span> }
    });
    let (left, width) = placed(
        track,
        Stretch {
            from: track.told,
            to: track.end,
        },
    );
    let marks: Vec<_> = track
        .marks
        .iter()
        .map(|mark| view! { <TrackMark mark=*mark share=track.share(mark.at) /> })
        .collect();
    view! {
        <span class="track-picture">
            {tail} {blocks} {bands}
            <span class="track-untold" style:left=left style:width=width></span>
        </span>
        <span class="track-marks">{marks}</span>
    }
}
