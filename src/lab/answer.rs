//! The answer: one sentence, then its two shares with their intervals.

use super::{Findings, scale, whisker::Whisker, words};
use crate::format;
use coalmine_lab::{Quality, Share};
use leptos::prelude::*;
use std::sync::Arc;

/// What all rollouts together say.
#[component]
pub fn Answer(
    /// What was found.
    #[prop(into)]
    findings: Signal<Option<Arc<Findings>>>,
) -> impl IntoView {
    let wrong = move |quality| {
        Memo::new(move |_| {
            let share = |findings: &Option<Arc<Findings>>| {
                findings.as_ref()?.reports.first()?.wrong(quality)
            };
            findings.with(share)
        })
    };
    let sentence = move || {
        findings.with(|findings| {
            let report = findings
                .as_ref()
                .and_then(|findings| findings.reports.first());
            report.map_or_else(
                || "Thousands of rollouts say how well this policy decides.".to_owned(),
                words::answer,
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
            <p class="headline-number">{told(|share| format::percent(share.share))}</p>
            <Whisker share end />
            <p class="headline-note">
                {told(words::counted)} <span class="muted">
                    {told(|share| format!("95 % interval {}", words::interval(share.interval)))}
                </span>
            </p>
        </div>
    }
}
