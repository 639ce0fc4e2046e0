//! A share with its interval, as a disc with whiskers.

use coalmine_lab::Share;
use leptos::prelude::*;

/// The width of the picture, in its units.
const WIDTH: f64 = 160.0;

/// Room for half a disc at both ends.
const RIM: f64 = 6.0;

/// A share on a scale from none to `end`.
#[component]
pub fn Whisker(
    /// The share.
    #[prop(into)]
    share: Signal<Option<Share>>,
    /// Where the scale ends.
    #[prop(into)]
    end: Signal<f64>,
) -> impl IntoView {
    let x = move |share: f64| RIM + (WIDTH - 2.0 * RIM) * (share / end.get()).min(1.0);
    let at = move |read: fn(&Share) -> f64| {
        move || share.with(|share| share.as_ref().map_or(RIM, |share| x(read(share))))
    };
    let (low, high) = (
        at(|share| share.interval.lower),
        at(|share| share.interval.upper),
    );
    let tick = move |place: f64| {
        let x = RIM + (WIDTH - 2.0 * RIM) * place;
        view! { <line class="whisker-tick" x1=x x2=x y1="2" y2="14" /> }
    };
    view! {
        <svg class="whisker" viewBox=format!("0 0 {WIDTH} 16") aria-hidden="true" class:is-empty=move || share.with(Option::is_none)>
            {[0.0, 0.5, 1.0].map(tick).collect_view()}
            <line class="whisker-base" x1=RIM x2=WIDTH - RIM y1="8" y2="8" />
            <line class="whisker-line" x1=low x2=high y1="8" y2="8" />
            <circle class="whisker-disc" cx=at(|share| share.share) cy="8" r="4.5" />
        </svg>
    }
}
