//! The shape of a fault over time, as a small picture: a pure function of the fault.

use coalmine_controller::{Millis, Time};
use coalmine_sim::{Fault, FaultKind, Onset};

/// How much time the picture shows, in seconds.
const SPAN: f64 = 1_800.0;
/// The picture is this wide.
pub const WIDTH: f64 = 72.0;
/// And this high.
pub const HEIGHT: f64 = 20.0;
/// Points of the line: one every fifteen seconds, so that no flap is lost.
const POINTS: u32 = 120;

/// The line of a fault, as the data of a path.
pub fn shape(fault: &Fault) -> String {
    let mut path = String::new();
    let mut is_down = false;
    for index in 0..=POINTS {
        let share = f64::from(index) / f64::from(POINTS);
        let Some(level) = level(fault, share * SPAN) else {
            is_down = false;
            continue;
        };
        let command = if is_down { 'L' } else { 'M' };
        is_down = true;
        let (x, y) = (share * WIDTH, HEIGHT - 2.0 - level * (HEIGHT - 4.0));
        path.push_str(&format!("{command}{x:.1} {y:.1}"));
    }
    path
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
            assert!(shape(&failure.fault).starts_with('M'), "{}", failure.id);
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
