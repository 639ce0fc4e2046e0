//! Runs in words: the verdict in a sentence, each event in a line. Here, because page and command line say the same.

mod analysis;
mod event;

pub use analysis::asked as analysis_asked;
pub(crate) use analysis::method_word;
pub(crate) use event::bound_words;
pub use event::{event_line, fault_line};

use crate::quantity::{format_count, format_duration, format_weight};
use coalmine_controller::{Millis, Outcome, Time};
use coalmine_sim::Summary;

/// How a run went, in a sentence without a full stop, as in "Rolled back at 25 % after 3 min 40 s; 212 requests went
/// bad that would have been fine".
///
/// "After" counts from when the fault began to matter, where there was one; otherwise from the beginning of the run.
pub fn verdict_sentence(summary: &Summary) -> String {
    let harm = harm(summary);
    match summary.outcome {
        Outcome::Succeeded => {
            let took = rounded(summary.ended.since(Time(0)));
            let served = format_count(summary.canary_requests);
            match summary.onset {
                None => format!(
                    "Succeeded after {took}; nothing was broken, and the canary served {served} requests"
                ),
                Some(_) => format!("Succeeded after {took} although something was broken; {harm}"),
            }
        }
        Outcome::Aborted => stopped("Aborted", summary, &harm),
        Outcome::RolledBack => stopped("Rolled back", summary, &harm),
        Outcome::Failed => {
            let took = rounded(summary.ended.since(Time(0)));
            format!("Failed after {took}: {}", summary.reason)
        }
    }
}

fn stopped(verb: &str, summary: &Summary, harm: &str) -> String {
    let at = summary
        .weight_at_detection
        .map_or_else(String::new, |weight| {
            format!(" at {}", format_weight(weight))
        });
    let detected = summary.detected.unwrap_or(summary.ended);
    match summary.onset {
        Some(onset) if onset <= detected => {
            let delay = rounded(detected.since(onset));
            format!("{verb}{at} after {delay}; {harm}")
        }
        // Nothing was broken yet: the reason is what matters, and it tells the share of traffic itself.
        Some(_) | None => {
            let into = rounded(detected.since(Time(0)));
            format!("{verb} {into} into the run: {}", summary.reason)
        }
    }
}

fn harm(summary: &Summary) -> String {
    match summary.bad_by_fault {
        0 => "no request went bad that would have been fine".to_owned(),
        1 => "1 request went bad that would have been fine".to_owned(),
        many => format!(
            "{} requests went bad that would have been fine",
            format_count(many)
        ),
    }
}

/// To the second: nobody needs the milliseconds of a verdict.
fn rounded(length: Millis) -> String {
    format_duration(Millis((length.0 + 500) / 1_000 * 1_000))
}

#[cfg(test)]
mod tests;
