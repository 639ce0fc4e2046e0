//! Who decides: how often each gate and each metric stopped a release.

use super::words;
use crate::{format, state::session::Session};
use coalmine_lab::{Quality, ReleaseReport, Report, Stop};
use leptos::prelude::*;
use std::{collections::BTreeMap, sync::Arc};

/// Rows of the list.
const MOST: usize = 8;

/// How often something stopped bad releases, and good ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Stopped {
    bad: u64,
    good: u64,
}

/// What stopped releases, the most frequent first.
fn stopped(releases: &[ReleaseReport]) -> Vec<(Stop, Stopped)> {
    let mut sums: BTreeMap<Stop, Stopped> = BTreeMap::new();
    for release in releases {
        for stop in &release.stops {
            let sum = sums.entry(stop.stop).or_default();
            match release.quality {
                Quality::Bad => sum.bad += stop.share.count.successes,
                Quality::Good => sum.good += stop.share.count.successes,
            }
        }
    }
    let mut stopped: Vec<_> = sums.into_iter().collect();
    stopped.sort_by_key(|(_, sum)| std::cmp::Reverse(sum.bad + sum.good));
    stopped.truncate(MOST);
    stopped
}

/// The list of what stopped releases.
#[component]
pub fn Stops(
    /// The session.
    session: Session,
    /// What was found.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let list = move || {
        let stopped = report.with(|report| {
            let report = report.as_ref();
            report.map_or_else(Vec::new, |report| stopped(&report.releases))
        });
        let most = stopped
            .iter()
            .map(|(_, sum)| sum.bad + sum.good)
            .max()
            .unwrap_or(1);
        session.draft.drawing().with(|drawing| {
            let row = |(stop, sum): (Stop, Stopped)| {
                let width = |part: u64| format!("{:.1}%", 100.0 * part as f64 / most as f64);
                let good = (0 < sum.good)
                    .then(|| format::counted(sum.good, "good one", "good ones"));
                view! {
                    <li class="stop-row">
                        <p>{words::stop(&drawing.diagram, stop)}</p>
                        <svg class="stop-bar" aria-hidden="true">
                            <rect class="is-bad" width=width(sum.bad) height="6" />
                            <rect class="is-good" x=width(sum.bad) width=width(sum.good) height="6" />
                        </svg>
                        <p class="muted">
                            {format::counted(sum.bad, "bad release", "bad releases")}
                            {good.map(|good| view! { ", " <strong class="is-alarm">{good}</strong> })}
                        </p>
                    </li>
                }
            };
            stopped.into_iter().map(row).collect_view()
        })
    };
    view! {
        <section class="panel" aria-labelledby="lab-stops">
            <h2 id="lab-stops" class="panel-title">"Stopped by"</h2>
            <ul class="stop-rows">{list}</ul>
        </section>
    }
}
