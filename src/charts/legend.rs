//! The legend of the dotted lines, over the plots that have them.

use super::truth::TrueValues;
use leptos::prelude::*;

/// What really was: the legend of the dotted lines, with their values.
#[component]
pub fn PlotTruth(
    /// The values.
    truth: Signal<Option<TrueValues>>,
) -> impl IntoView {
    let stable = move || truth.with(|truth| truth.as_ref().map(|it| it.stable.clone()));
    let canary = move || truth.with(|truth| truth.as_ref().map(|it| it.canary.clone()));
    view! {
        <p class="plot-truth" aria-hidden="true">
            "truth"
            <span><i class="truth-line is-stable"></i>{stable}</span>
            <span><i class="truth-line is-canary"></i>{canary}</span>
        </p>
    }
}
