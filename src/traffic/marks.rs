//! The parts of the picture: users, router, streams, and pods by version.

use super::{
    picture::{Flow, HEAD, PODS_X},
    pods::{PodMark, state_class, state_words},
};
use crate::playback::PodState;
use coalmine_controller::Version;
use leptos::prelude::*;

/// Who asks.
pub(super) fn users(y: f64) -> impl IntoView {
    view! {
        <g class="users" transform=format!("translate(18 {y})")>
            <circle cx="0" cy="-6" r="5" />
            <path d="M-9 10 a9 9 0 0 1 18 0 z" />
            <text x="0" y="28" text-anchor="middle">"users"</text>
        </g>
    }
}

/// What splits.
pub(super) fn router(y: f64) -> impl IntoView {
    view! {
        <g class="router" transform=format!("translate(88 {y})")>
            <rect x="-12" y="-12" width="24" height="24" rx="6" />
            <path d="M-6 0 H0 M0 0 L6 -5 M0 0 L6 5" />
            <text x="0" y="28" text-anchor="middle">"router"</text>
        </g>
    }
}

/// The requests on their way to one version, as wide as its share.
pub(super) fn stream(flow: &Flow, router_y: f64) -> impl IntoView + use<> {
    let end = flow.stream_y;
    let path = format!("M100 {router_y} C124 {router_y} 120 {end} 142 {end}");
    let class = match flow.version {
        Version::Stable => "stream is-stable",
        Version::Canary => "stream is-canary",
    };
    let width = flow.thickness;
    (0.0 < width).then(|| {
        view! {
            <path class=class d=path.clone() style:stroke-width=format!("{width:.1}px") />
            <path class="stream-dots" d=path style:stroke-width=format!("{:.1}px", width.clamp(2.0, 4.0)) />
        }
    })
}

/// One version: its name, share, rate and pods.
pub(super) fn group(flow: &Flow, rates: Memo<[String; 2]>) -> impl IntoView + use<> {
    let (name, class, index) = match flow.version {
        Version::Stable => ("stable", "pods is-stable", 0),
        Version::Canary => ("canary", "pods is-canary", 1),
    };
    let version = flow.version;
    let marks = flow
        .pods
        .marks
        .iter()
        .map(|mark| pod(mark, version))
        .collect_view();
    let (share, words) = (flow.share.clone(), flow.pods.words.clone());
    view! {
        <g class=class transform=format!("translate({PODS_X} {})", flow.top)>
            <text class="pods-name" x="0" y="11">
                {name}
                <tspan class="pods-share" dx="6">{share}</tspan>
            </text>
            <text class="pods-rate" x="128" y="11" text-anchor="end">
                {move || rates.with(|rates| rates[index].clone())}
            </text>
            <text class="pods-words" x="0" y="26">{words}</text>
            <g transform=format!("translate(0 {HEAD})")>{marks}</g>
        </g>
    }
}

/// Disc or square by version; filled, dashed, crossed by state.
fn pod(mark: &PodMark, version: Version) -> impl IntoView + use<> {
    let (radius, sign) = match version {
        Version::Stable => (6.0, mark.state),
        Version::Canary => (2.0, mark.state),
    };
    let path = match sign {
        PodState::Ready | PodState::Starting => "",
        PodState::Crashed => "M3.5 3.5 L8.5 8.5 M8.5 3.5 L3.5 8.5",
        PodState::OutOfMemory => "M6 2.5 V7 M6 8.6 V9.4",
        PodState::Draining => "M6 3 V8.5 M3.5 6.5 L6 9 L8.5 6.5",
    };
    let words = format!("pod {}: {}", mark.pod, state_words(mark.state));
    view! {
        <g
            class=format!("pod is-{}", state_class(mark.state))
            transform=format!("translate({} {})", mark.x, mark.y)
        >
            <title>{words}</title>
            <rect x="0.75" y="0.75" width="10.5" height="10.5" rx=radius />
            <path d=path />
        </g>
    }
}
