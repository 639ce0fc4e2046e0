//! How far the study is, how fast, and what is left.

use super::{Laboratory, Pace, Question};
use crate::format;
use coalmine_controller::Millis;
use leptos::prelude::*;

/// In words.
pub fn told(pace: Pace) -> String {
    let done = format::count(pace.done);
    match (pace.is_running, pace.left()) {
        (true, None) => format!("{done} of {} rollouts", format::count(pace.of)),
        (true, Some(left)) => format!(
            "{done} of {} rollouts, {} a second, {} left",
            format::count(pace.of),
            format::short_count(pace.rate()),
            seconds(left)
        ),
        (false, _) if pace.done < pace.of => {
            format!(
                "Stopped after {done} of {} rollouts",
                format::count(pace.of)
            )
        }
        (false, _) => format!(
            "{done} rollouts in {}, {} a second",
            seconds(pace.millis / 1e3),
            format::short_count(pace.rate())
        ),
    }
}

/// As in `2.1 s`, `45 s`, `2 min 5 s`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded above, and not negative here"
)]
fn seconds(secs: f64) -> String {
    if secs < 9.95 {
        return format::trimmed(secs.max(0.1), 1) + &format!("{}s", format::THIN);
    }
    // Nobody waits for more seconds than these.
    format::duration(Millis((secs.min(1e9) as u64) * 1_000))
}

/// The bar, with its words.
#[component]
pub fn Progress(
    /// What runs.
    laboratory: Laboratory,
    /// The question that is answered here.
    question: Question,
) -> impl IntoView {
    let pace = laboratory.pace();
    let is_begun =
        Memo::new(move |_| pace.with(|pace| 0 < pace.of) && laboratory.is_about(question));
    view! {
        <div class="lab-progress" class:is-empty=move || !is_begun.get()>
            <progress
                aria-label="Rollouts"
                max=move || pace.with(|pace| pace.of.max(1).to_string())
                value=move || pace.with(|pace| pace.done.to_string())
            ></progress>
            <p class="muted">{move || told(pace.get())}</p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_told_with_its_speed() {
        let pace = Pace {
            is_running: false,
            done: 6_000,
            of: 6_000,
            millis: 2_000.0,
        };
        assert_eq!(
            told(pace).replace(format::THIN, " "),
            "6,000 rollouts in 2 s, 3,000 a second"
        );
    }
}
