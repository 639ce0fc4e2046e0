//! Intervals hold the truth as often as they say.

use coalmine_lab::{Share, Sketch, spread};
use coalmine_stats::binomial_pmf;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// How often the interval of a share holds the true one, exactly: over every count that may come.
fn coverage(trials: u64, truth: f64) -> f64 {
    let held = (0..=trials).filter(|&successes| {
        let share = Share::new(successes, trials, 0.95).expect("there are trials");
        share.interval.lower <= truth && truth <= share.interval.upper
    });
    held.map(|successes| binomial_pmf(trials, truth, successes))
        .sum()
}

#[test]
fn the_interval_of_a_share_holds_the_truth_at_the_nominal_rate() {
    for trials in [100, 400, 1_000] {
        let truths: Vec<f64> = (1..200).map(|step| f64::from(step) / 200.0).collect();
        let all: Vec<f64> = truths
            .iter()
            .map(|&truth| coverage(trials, truth))
            .collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        assert!((0.947..0.953).contains(&mean), "{trials}: {mean}");
        // Counts are whole, so no interval is exact for every share; Wilson's is never far off.
        let worst = all.iter().copied().fold(1.0, f64::min);
        assert!(0.91 < worst, "{trials}: {worst}");
    }
}

/// A plain generator, for values whose true quantiles are known.
fn next(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Samples, each of which gives an interval.
const SAMPLES: u32 = 1_000;

#[test]
fn the_interval_of_a_quantile_holds_the_truth_at_least_at_the_nominal_rate() {
    let mut state = 7;
    let mut held = [0_u32; 3];
    for _ in 0..SAMPLES {
        let mut sketch = Sketch::default();
        for run in 0..200 {
            // Uniform from 0 to 199: each has a bucket of its own.
            sketch.add(next(&mut state) % 200, run);
        }
        let spread = spread(&sketch, 0.95).expect("it has values");
        for (held, (estimate, truth)) in
            held.iter_mut()
                .zip([(spread.p5, 9), (spread.median, 99), (spread.p95, 189)])
        {
            let is_above = estimate.lower.is_none_or(|lower| lower <= truth);
            let is_below = estimate.upper.is_none_or(|upper| truth <= upper);
            *held += u32::from(is_above && is_below);
        }
    }
    for held in held {
        assert!(SAMPLES * 94 / 100 <= held, "{held} of {SAMPLES}");
    }
}

#[test]
fn too_few_runs_leave_an_end_open() {
    let mut sketch = Sketch::default();
    for run in 0..10 {
        sketch.add(u64::from(run), run);
    }
    let spread = spread(&sketch, 0.95).expect("it has values");
    assert_eq!((spread.p95.upper, spread.p5.lower), (None, None));
    assert_eq!(
        (spread.median.value, spread.typical, spread.extreme),
        (4, 4, 9)
    );
    assert!(spread.median.lower.is_some() && spread.median.upper.is_some());
}
