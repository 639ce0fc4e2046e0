//! The answer: one sentence, then its two shares with their intervals.

use super::{scale, whisker::Whisker, words};
use coalmine_lab::{Quality, Report, Share};
use leptos::prelude::*;
use std::sync::Arc;

/// What all rollouts together say.
#[component]
pub fn Answer(
    /// What was found.
    report: Memo<Option<Arc<Report>>>,
) -> impl IntoView {
    let wrong =
        move |quality| Memo::new(move |_| report.with(|report| report.as_ref()?.wrong(quality)));
    let sentence = move || {
        report.with(|report| {
            report.as_ref().map_or_else(
                || "Thousands of rollouts say how well this policy decides.".to_owned(),
                |report| words::answer(report),
            )
        })
    };
    let (misses, alarms) = (wrong(Quality::Bad), wrong(Quality::Good));
    view! {
        <div class="lab-answer">
            <h2 class="lab-sentence">{sentence}</h2>
            <div class="lab-shares">
                <Headline
                    title="Misses"
                    note="bad releases promoted"
                    share=misses
                />
                <Headline
                    title="False alarms"
                    note="good releases thrown away"
                    share=alarms
                />
            </div>
        </div>
    }
}

/// One share, large.
#[component]
fn Headline(
    /// Of what.
    title: &'static str,
    /// What that means.
    note: &'static str,
    /// The share.
    share: Memo<Option<Share>>,
) -> impl IntoView {
    let told = move |tell: fn(&Share) -> String| {
        move || share.with(|share| share.as_ref().map_or_else(|| "–".to_owned(), tell))
    };
    let end = Memo::new(move |_| {
        share.with(|share| scale::end_of(share.as_ref().map_or(0.0, |share| share.interval.upper)))
    });
    view! {
        <div class="headline">
            <h3>{title}" "<span class="muted">{note}</span></h3>
            <p class="headline-number">{told(|share| words::share(share.share))}</p>
            <Whisker share end />
            <p class="headline-scale muted" aria-hidden="true">
                <span>"0"</span>
                <span>{move || words::share(end.get())}</span>
            </p>
            <p class="headline-note">
                {told(words::counted)}
                <span class="muted">
                    {told(|share| format!("; 95 % interval {}", words::interval(share.interval)))}
                </span>
            </p>
        </div>
    }
}
