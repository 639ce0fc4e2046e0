//! The picture of the traffic's rate: small, and true to scale.

use super::profile::{Span, rate_at, span};
use crate::{format, state::draft::Draft};
use coalmine_sim::Profile;
use leptos::prelude::*;
use std::fmt::Write;

const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 48.0;
const POINTS: u32 = 240;

/// A picture: its line, what lies under it, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    line: String,
    area: String,
    /// Where the run begins, from the left, where that is not the left itself.
    begins: Option<f64>,
    words: String,
}

fn draw(profile: &Profile) -> Drawn {
    let Span {
        millis,
        begins,
        words,
    } = span(profile);
    let at = |index: u32| millis * u64::from(index) / u64::from(POINTS);
    let rates: Vec<f64> = (0..=POINTS)
        .map(|index| rate_at(profile, at(index)))
        .collect();
    let (least, most) = rates
        .iter()
        .fold((f64::MAX, 0.0_f64), |(least, most), rate| {
            (least.min(*rate), most.max(*rate))
        });
    let top = most.max(1e-3) * 1.15;
    let mut points = String::new();
    for (index, rate) in rates.iter().enumerate() {
        let x = index as f64 / f64::from(POINTS) * WIDTH;
        let command = if index == 0 { 'M' } else { 'L' };
        write!(
            points,
            "{command}{x:.1} {:.1}",
            HEIGHT - rate / top * HEIGHT
        )
        .expect("a string takes all that is written");
    }
    let name = |rate: f64| format!("{}{}/s", format::short_count(rate), format::THIN);
    let height = if most - least < most * 0.005 {
        name(most)
    } else {
        format!("{} to {}", name(least), name(most))
    };
    Drawn {
        area: format!("{points}L{WIDTH} {HEIGHT}L0 {HEIGHT}Z"),
        line: points,
        begins: (begins != 0).then(|| begins as f64 / millis as f64 * WIDTH),
        words: format!("{height}, {words}"),
    }
}

/// The rate over time.
#[component]
pub fn RatePicture(
    /// The project.
    draft: Draft,
) -> impl IntoView {
    let drawn = draft.part(|project| draw(&project.scenario.traffic.profile));
    let begin = move || {
        let x = drawn.with(|drawn| drawn.begins)?;
        Some(view! { <path class="rate-begins" d=format!("M{x:.1} 0V{HEIGHT}") /> })
    };
    view! {
        <figure class="rate">
            <svg
                class="rate-picture"
                viewBox=format!("0 0 {WIDTH} {HEIGHT}")
                preserveAspectRatio="none"
                aria-hidden="true"
            >
                <path class="rate-area" d=move || drawn.with(|drawn| drawn.area.clone()) />
                <path class="rate-line" d=move || drawn.with(|drawn| drawn.line.clone()) />
                {begin}
            </svg>
            <figcaption class="rate-words">{move || drawn.with(|drawn| drawn.words.clone())}</figcaption>
        </figure>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspector::world::profile::Course;
    use coalmine_sim::Rate;

    #[test]
    fn the_words_say_how_high_it_is_and_over_what() {
        let words = |course: Course| {
            let profile = course.profile(&Profile::Constant(Rate(200_000)));
            draw(&profile).words.replace(format::THIN, " ")
        };
        assert_eq!(words(Course::Constant), "200 /s, the first 30 min");
        assert_eq!(words(Course::Burst), "200 /s to 600 /s, the first 30 min");
        assert_eq!(words(Course::Diurnal), "100 /s to 300 /s, a day");
    }

    #[test]
    fn no_traffic_at_all_is_a_line_on_the_ground() {
        let drawn = draw(&Profile::Constant(Rate(0)));
        assert!(drawn.line.starts_with("M0.0 48.0"), "{}", drawn.line);
    }
}
