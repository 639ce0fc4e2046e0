//! Struck requests follow the law of the struck version, and the damage is what the fault did.

use super::{Blow, Outcome, Tally};
use crate::{
    draws::{Concern, Draws},
    scenario::Seed,
    world::{
        cells::{Cells, Counts, Packs, Recurrence},
        classes::{MOST_BOUNDS, classes},
        effect::{Cause, Effect},
        healthy::Healthy,
        shift::Shift,
    },
};
use coalmine_stats::{DEFAULT_BUCKETS_SECONDS, Law, LogNormal};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const INTERVALS: u64 = 2_000;
const REQUESTS: f64 = 1_000.0;

const LAW: LogNormal = LogNormal {
    median: 0.08,
    sigma: 0.5,
};

/// The sum of many intervals of the default law under an effect.
fn run(slow_micros: u64, effect: &Effect) -> (Tally, [u64; MOST_BOUNDS + 1]) {
    let slow = slow_micros as f64 / 1e6;
    let classes = classes(&DEFAULT_BUCKETS_SECONDS, slow, f64::INFINITY);
    let healthy = Healthy::new(Law::LogNormal(LAW), 1.0, 0.002, &classes);
    let (mut cells, mut packs) = (Cells::new(), Packs::new(2));
    let sure = Recurrence::Sure;
    cells.expect(REQUESTS, sure, &healthy, &classes, &mut packs);
    let mut shift = Shift::none(classes.len());
    let (mut all, mut buckets) = (Tally::default(), [0; MOST_BOUNDS + 1]);
    let mut causes = [0; 3];
    let draws = Draws::new(Seed(7), 0);
    for interval in 0..INTERVALS {
        let mut counts = Counts::NONE;
        cells.draw(
            &mut draws.stream(Concern::Arrivals, 0, interval),
            &mut counts,
        );
        let mut outcome = Outcome {
            buckets: &mut buckets,
            causes: &mut causes,
            tally: Tally::default(),
        };
        let mut blow = Blow {
            healthy: &healthy,
            classes: &classes,
            shift: &mut shift,
            stream: &mut draws.stream(Concern::Harm, 0, interval),
        };
        outcome.strike(&counts, effect, &mut blow);
        all.add(outcome.tally);
    }
    (all, buckets)
}

/// A count of so many expected lies within 4.5 standard deviations of a Poisson law.
fn is_expected(found: u64, mean: f64) -> bool {
    (found as f64 - mean).abs() <= 4.5 * mean.sqrt().max(1.0)
}

#[test]
fn stretched_latencies_are_those_of_the_stretched_law() {
    for slow in [500_000, 300_000, 80_000] {
        for stretch in [1.0, 2.0, 1.3, 7.0, 0.5] {
            let mut effect = Effect::NONE;
            effect.slow_down(Cause::Fault(0), 1.0, stretch);
            let (tally, buckets) = run(slow, &effect);
            let law = LogNormal {
                median: 0.08 * stretch,
                sigma: 0.5,
            };
            let mut lo = 0.0;
            for (hi, found) in DEFAULT_BUCKETS_SECONDS
                .iter()
                .copied()
                .chain([f64::INFINITY])
                .zip(buckets)
            {
                let mean = law.between(lo, hi) * REQUESTS * INTERVALS as f64;
                assert!(is_expected(found, mean), "{stretch} {hi}: {found} {mean}");
                lo = hi;
            }
            let total = REQUESTS * INTERVALS as f64;
            let slow_share = law.between(slow as f64 / 1e6, f64::INFINITY);
            let bad = total * (0.002 + 0.998 * slow_share);
            assert!(
                is_expected(tally.bad, bad),
                "{slow} {stretch}: {tally:?} {bad}"
            );
            assert!(is_expected(tally.failed, total * 0.002));
        }
    }
}

#[test]
fn damage_is_what_would_have_gone_well_and_did_not() {
    let total = REQUESTS * INTERVALS as f64;
    let healthy = LogNormal {
        median: 0.08,
        sigma: 0.5,
    };
    let slow_anyway = healthy.between(0.5, f64::INFINITY);
    let good = total * 0.998 * (1.0 - slow_anyway);

    let (none, _) = run(500_000, &Effect::NONE);
    assert_eq!(none.bad_by_fault, 0);
    assert!(is_expected(none.bad, total - good));

    let mut error = Effect::NONE;
    error.fail(Cause::Fault(0), 0.05);
    let (errors, _) = run(500_000, &error);
    assert!(is_expected(errors.bad_by_fault, good * 0.05), "{errors:?}");
    assert_eq!(errors.requests, none.requests, "a fault moves no traffic");
    assert_eq!(errors.bad - errors.bad_by_fault, none.bad);

    let mut effect = error;
    effect.slow_down(Cause::Fault(0), 1.0, 3.0);
    let (both, _) = run(500_000, &effect);
    let slow_now = LogNormal {
        median: 0.24,
        ..healthy
    }
    .between(0.5, f64::INFINITY);
    let newly_slow = total * 0.998 * (slow_now - slow_anyway);
    let rest = good - newly_slow;
    assert!(
        is_expected(both.bad_by_fault, newly_slow + rest * 0.05),
        "{both:?}"
    );
    assert_eq!(both.bad - both.bad_by_fault, none.bad);
}

#[test]
fn lost_requests_are_blamed_on_whom_they_are_due_to() {
    for (lost_to, by_fault) in [(Cause::Fault(0), true), (Cause::Plan, false)] {
        let effect = Effect {
            lost: 1.0,
            lost_to,
            ..Effect::NONE
        };
        // Half of the answers would have been slow anyway.
        let (none, _) = run(80_000, &Effect::NONE);
        let (tally, buckets) = run(80_000, &effect);
        if by_fault {
            assert_eq!(tally.bad - tally.bad_by_fault, none.bad);
        }
        assert_eq!(tally.failed, tally.requests);
        assert_eq!(tally.bad, tally.requests);
        assert_eq!(buckets.iter().sum::<u64>(), tally.requests);
        assert_eq!(0 < tally.bad_by_fault, by_fault);
    }
}

#[test]
fn the_sum_of_cells_has_the_spread_of_a_poisson_law() {
    let classes = classes(&DEFAULT_BUCKETS_SECONDS, 0.5, f64::INFINITY);
    let healthy = Healthy::new(Law::LogNormal(LAW), 1.0, 0.3, &classes);
    let (mut cells, mut packs) = (Cells::new(), Packs::new(2));
    for expected in [0.5, 20.0, 1_000.0] {
        cells.expect(expected, Recurrence::Sure, &healthy, &classes, &mut packs);
        let (mut sum, mut squares) = (0.0, 0.0);
        let draws = Draws::new(Seed(7), 1);
        for interval in 0..20_000 {
            let mut counts = Counts::NONE;
            cells.draw(
                &mut draws.stream(Concern::Arrivals, 0, interval),
                &mut counts,
            );
            let failed: u64 = counts.failed().iter().sum();
            sum += failed as f64;
            squares += (failed * failed) as f64;
        }
        let mean = sum / 20_000.0;
        let variance = squares / 20_000.0 - mean * mean;
        assert!(
            (mean / (expected * 0.3) - 1.0).abs() < 0.1,
            "{expected}: {mean}"
        );
        assert!(
            (variance / mean - 1.0).abs() < 0.05,
            "{expected}: {variance}"
        );
    }
}
