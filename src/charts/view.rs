//! One plot on the page: its caption with the values, its canvases, the lines that move above them.

use super::{
    model::{Plot, Readout},
    scale::TimeAxis,
    truth::TrueValues,
};
use crate::format;
use coalmine_controller::Time;
use leptos::{html, prelude::*};

/// What moves above the canvases.
#[derive(Clone, Copy)]
pub struct Overhead {
    /// The axis that all plots share.
    pub axis: Memo<TimeAxis>,
    /// The instant on screen.
    pub at: Signal<Time>,
    /// Where the crosshair stands, if it does.
    pub cursor: Signal<Option<Time>>,
}

/// What pointer and finger want of a plot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlotIntent {
    /// The crosshair comes to this share of the axis.
    Point(f64),
    /// The crosshair goes away.
    Leave,
    /// The playhead comes to this share of the axis.
    Seek(f64),
}

/// One plot. The painter fills its canvases.
#[component]
pub fn PlotView(
    /// Which.
    plot: Plot,
    /// The layer that stays.
    grid: NodeRef<html::Canvas>,
    /// The layer that grows.
    lines: NodeRef<html::Canvas>,
    /// The values at crosshair or playhead.
    #[prop(into)]
    readout: Signal<Readout>,
    /// What really was then, where that is drawn.
    #[prop(into)]
    truth: Signal<Option<TrueValues>>,
    /// One sentence on the plot.
    #[prop(into)]
    summary: Signal<String>,
    /// What moves above the canvases.
    overhead: Overhead,
    /// What pointer and finger want.
    on_intent: Callback<PlotIntent>,
) -> impl IntoView {
    let summary_id = format!("{}-summary", plot.id());
    let Overhead { axis, at, cursor } = overhead;
    let shift =
        move |instant: Time| format!("translateX({:.3}%)", axis.get().fraction(instant) * 100.0);
    view! {
        <figure class="plot" id=plot.id()>
            <figcaption class="plot-caption">
                <span class="plot-title">{plot.title()}</span>
                <PlotValues readout />
            </figcaption>
            <div class="plot-box">
                <canvas class="plot-layer" node_ref=grid aria-hidden="true"></canvas>
                <canvas
                    class="plot-layer"
                    node_ref=lines
                    role="img"
                    aria-label=plot.title()
                    aria-describedby=summary_id.clone()
                ></canvas>
                <Show when=move || truth.with(Option::is_some)>
                    <PlotTruth truth />
                </Show>
                <div
                    class="plot-over"
                    on:pointermove=move |event| on_intent.run(PlotIntent::Point(share(&event)))
                    on:pointerleave=move |_| on_intent.run(PlotIntent::Leave)
                    on:click=move |event| on_intent.run(PlotIntent::Seek(share(&event)))
                >
                    <div class="plot-playhead" style:transform=move || shift(at.get())></div>
                    <div
                        class="plot-cursor"
                        class:is-shown=move || cursor.get().is_some()
                        class:is-late=move || {
                            cursor.get().is_some_and(|at| 0.8 < axis.get().fraction(at))
                        }
                        style:transform=move || shift(cursor.get().unwrap_or_default())
                    >
                        <span class="plot-clock">{move || cursor.get().map(format::clock)}</span>
                    </div>
                </div>
            </div>
            <p class="visually-hidden" id=summary_id>{move || summary.get()}</p>
        </figure>
    }
}

/// The values in a caption, each with the mark of its version.
#[component]
pub fn PlotValues(
    /// The values.
    #[prop(into)]
    readout: Signal<Readout>,
) -> impl IntoView {
    view! {
        <span class="plot-values" aria-hidden="true">
            <span class="plot-value is-stable">
                <i class="mark mark-stable"></i>
                {move || readout.with(|readout| readout.stable.clone())}
            </span>
            <span class="plot-value is-canary" class:is-beyond=move || readout.with(|r| r.is_beyond)>
                <i class="mark mark-canary"></i>
                {move || readout.with(|readout| readout.canary.clone())}
            </span>
            <span class="plot-bound">{move || readout.with(|readout| readout.bound.clone())}</span>
        </span>
    }
}

/// What really was: the legend of the dotted lines, with their values.
#[component]
fn PlotTruth(
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

/// Where over the plot a pointer is: 0 at its left, 1 at its right.
fn share(event: &web_sys::MouseEvent) -> f64 {
    use wasm_bindgen::JsCast;
    let Some(element) = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
    else {
        return 0.0;
    };
    let rect = element.get_bounding_client_rect();
    if rect.width() <= 0.0 {
        return 0.0;
    }
    ((f64::from(event.client_x()) - rect.left()) / rect.width()).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_beyond_its_bound_says_so_beside_its_mark() {
        let html = Owner::new().with(|| {
            let readout = Readout {
                stable: "0.20 %".to_owned(),
                canary: "2.1 %".to_owned(),
                bound: "< 1 %".to_owned(),
                is_beyond: true,
            };
            view! { <PlotValues readout=Signal::stored(readout) /> }.to_html()
        });
        assert!(html.contains("is-beyond"), "{html}");
        assert!(html.contains("mark-canary"), "{html}");
        assert!(html.contains("2.1 %"), "{html}");
    }
}
