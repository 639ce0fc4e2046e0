//! The shape of a fault over time, as a small picture: a pure function of the fault.

use coalmine_controller::{Millis, Time};
use coalmine_sim::{Fault, FaultKind, Onset, Reach};
use std::fmt::Write;

/// How much time the picture shows, in seconds.
const SPAN: f64 = 1_800.0;
/// The picture is this wide.
pub const WIDTH: f64 = 240.0;
/// And this high.
pub const HEIGHT: f64 = 40.0;
/// Points of the line: one every fifteen seconds, so that no flap is lost.
const POINTS: u32 = 120;

/// The line of a fault, as the data of a path.
pub fn line(fault: &Fault) -> String {
    let mut path = String::new();
    let mut is_down = false;
    for (x, y) in points(fault) {
        let Some(y) = y else {
            is_down = false;
            continue;
        };
        let command = if is_down { 'L' } else { 'M' };
        is_down = true;
        push(&mut path, format_args!("{command}{x:.1} {y:.1}"));
    }
    path
}

/// What lies under the line, as the data of a path: as high as the line where it strikes all of its target, lower where
/// it strikes a part.
pub fn area(fault: &Fault) -> String {
    let mut path = format!("M0 {FLOOR}");
    let reach = match fault.reach {
        Reach::All => 1.0,
        Reach::Pods(_) => 0.4,
        Reach::Endpoint(_) => 0.3,
        Reach::Cohort(_) => 0.15,
    };
    for (x, y) in points(fault) {
        let y = FLOOR - (FLOOR - y.unwrap_or(FLOOR)) * reach;
        push(&mut path, format_args!("L{x:.1} {y:.1}"));
    }
    push(&mut path, format_args!("L{WIDTH} {FLOOR}Z"));
    path
}

fn push(path: &mut String, words: std::fmt::Arguments<'_>) {
    path.write_fmt(words)
        .expect("a string takes all that is written");
}

/// Where nothing is wrong, from above.
const FLOOR: f64 = HEIGHT - 2.0;

fn points(fault: &Fault) -> impl Iterator<Item = (f64, Option<f64>)> {
    (0..=POINTS).map(move |index| {
        let share = f64::from(index) / f64::from(POINTS);
        let level = level(fault, share * SPAN);
        (
            share * WIDTH,
            level.map(|level| FLOOR - level * (FLOOR - 2.0)),
        )
    })
}

/// How strong it is at a second, from nothing to one; nothing at all where there is no line.
fn level(fault: &Fault, secs: f64) -> Option<f64> {
    let since = secs - onset(fault.onset);
    let has_ended = fault.lasts.is_some_and(|lasts| length(lasts) <= since);
    if since < 0.0 || has_ended {
        return Some(0.0);
    }
    if let Some(flapping) = fault.flapping {
        let (on, off) = (length(flapping.on), length(flapping.off));
        if on <= since % (on + off).max(1.0) {
            return Some(0.0);
        }
    }
    let ramp = length(fault.ramp);
    let strength = if since < ramp { since / ramp } else { 1.0 };
    let form = match fault.kind {
        FaultKind::ScrapeGap => return None,
        // It climbs, is killed, and climbs again.
        FaultKind::MemoryLeak(a_minute) => {
            let to_limit = 30_000_000.0 / (a_minute.0 as f64).max(1.0);
            since % to_limit / to_limit
        }
        // Each pause is longer than the one before.
        FaultKind::CrashLoop(_) => {
            let cycle = libm::log2(since / 120.0 + 1.0) * 3.0;
            if cycle.fract() < 0.5 { 1.0 } else { 0.0 }
        }
        // It falls off as caches fill, and begins anew with each step.
        FaultKind::ColdCache { lasts, .. } => libm::exp(-(since % 420.0) / length(lasts).max(1.0)),
        FaultKind::NodeLoss(_) => libm::exp(-since / 90.0),
        FaultKind::MetricReset => {
            if since < 15.0 {
                1.0
            } else {
                0.0
            }
        }
        // A few requests stand out, the others do not.
        FaultKind::TailLatency { .. } => {
            if since % 105.0 < 15.0 {
                1.0
            } else {
                0.1
            }
        }
        _ => 1.0,
    };
    Some(form * strength)
}

/// The second at which the picture lets it begin: what waits for a step begins at a third.
fn onset(onset: Onset) -> f64 {
    match onset {
        Onset::At(Time(0)) => 120.0,
        Onset::At(at) => length(Millis(at.0)),
        Onset::Weight(_) | Onset::Step(_) => SPAN / 3.0,
        Onset::Age(age) => length(age).min(SPAN * 0.85),
    }
}

fn length(length: Millis) -> f64 {
    length.0 as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::library::{FAILURES, failure};

    fn levels(id: &str) -> Vec<Option<f64>> {
        let fault = failure(id).unwrap().fault;
        (0..120)
            .map(|index| level(&fault, f64::from(index) * 15.0))
            .collect()
    }

    #[test]
    fn every_failure_has_a_picture_inside_its_box() {
        for failure in FAILURES {
            assert!(line(&failure.fault).starts_with('M'), "{}", failure.id);
            for level in levels(failure.id).into_iter().flatten() {
                assert!((0.0..=1.0).contains(&level), "{}: {level}", failure.id);
            }
        }
    }

    #[test]
    fn a_gap_has_no_line_and_what_flaps_goes_up_and_down() {
        assert!(levels("scrape-gap").contains(&None));
        let rises = |id| {
            let levels = levels(id);
            levels.windows(2).filter(|pair| pair[0] < pair[1]).count()
        };
        assert_eq!(rises("error-rate"), 1);
        assert!(3 < rises("flapping"));
        assert_eq!(rises("late-bomb"), 1);
    }
}
