//! Distributions as bars: pure.

use crate::format;
use coalmine_lab::{Ledger, Measure, Quality, Sketch};
use std::fmt::Write;

/// Bars of a histogram.
const BARS: usize = 40;

/// The size of a histogram, in its units.
pub const SIZE: (f64, f64) = (400.0, 56.0);

/// The shares of runs in equal stretches from `low` to `high`, which is beyond the last value.
fn bars(sketch: &Sketch, low: u64, high: u64) -> [f64; BARS] {
    let mut bars = [0.0; BARS];
    let (width, all) = ((high - low).max(1) as f64, sketch.count().max(1) as f64);
    for (from, to, bin) in sketch.bins() {
        // A bucket is spread evenly over the stretches that it touches.
        let (from, to) = (
            (from.max(low) - low) as f64,
            (to.max(low) - low) as f64 + 1.0,
        );
        for (place, bar) in (0_u32..).zip(&mut bars) {
            let begin = width * f64::from(place) / BARS as f64;
            let end = begin + width / BARS as f64;
            let inside = (to.min(end) - from.max(begin)).max(0.0);
            *bar += bin.count as f64 * inside / (to - from) / all;
        }
    }
    bars
}

/// A release's distribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// The release.
    pub name: String,
    /// What should become of it.
    pub quality: Quality,
    /// Runs that have a value, of all.
    pub note: String,
    /// The bars, as SVG path data.
    pub path: String,
}

/// The distribution of each release that has one, and the ends of their common scale.
pub fn strips(ledger: &Ledger, measure: Measure) -> (Vec<Strip>, Option<(u64, u64)>) {
    let Some(sums) = ledger.sums().first() else {
        return (Vec::new(), None);
    };
    let sketches = || sums.iter().map(|tally| tally.sketch(measure));
    let Some(highest) = sketches().filter_map(Sketch::highest).max() else {
        return (Vec::new(), None);
    };
    let (low, high) = (0, highest + 1);
    let releases = ledger.study().releases().iter().zip(sums);
    let strip = releases.filter(|(_, tally)| 0 < tally.sketch(measure).count());
    let strips = strip.map(|(release, tally)| {
        let sketch = tally.sketch(measure);
        let runs = sketch.count();
        Strip {
            name: format::sentence_case(&release.name),
            quality: release.quality,
            note: format!("{} of {}", format::count(runs), format::count(tally.runs)),
            path: path(&bars(sketch, low, high)),
        }
    });
    (strips.collect(), Some((low, highest)))
}

fn path(bars: &[f64; BARS]) -> String {
    let most = bars.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let width = SIZE.0 / BARS as f64;
    let bars = (0_u32..).zip(bars).filter(|(_, share)| 0.0 < **share);
    let mut path = String::new();
    for (place, share) in bars {
        let (x, height) = (width * f64::from(place), (SIZE.1 * share / most).max(1.0));
        let (bottom, width) = (SIZE.1, width - 1.0);
        // Writing to a string cannot fail.
        let _ = write!(
            path,
            "M{x:.1} {bottom:.1}h{width:.1}v-{height:.1}h-{width:.1}z"
        );
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_hold_all_runs_wherever_their_values_lie() {
        let mut sketch = Sketch::default();
        for run in 0..100 {
            sketch.add(u64::from(run) * 97, run);
        }
        let sum: f64 = bars(&sketch, 0, 99 * 97 + 1).iter().sum();
        assert!((0.99..1.0001).contains(&sum), "{sum}");
    }
}
