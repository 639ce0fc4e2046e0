//! Windows of samples worked out by hand.

use super::{
    Sample, Window, avg_over_time, delta, histogram_fraction, histogram_quantile, increase,
    max_over_time, rate, ratio,
};
use alloc::vec::Vec;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A minute that ends at the hundredth second.
const MINUTE: Window = Window {
    start_ms: 40_000,
    end_ms: 100_000,
};

/// Samples at times in seconds.
fn samples(of: &[(i64, f64)]) -> Vec<Sample> {
    of.iter()
        .map(|&(time, value)| Sample {
            time_ms: time * 1_000,
            value,
        })
        .collect()
}

/// Checks the increase over [`MINUTE`] to within rounding.
fn check(of: &[(i64, f64)], expected: Option<f64>) {
    let found = increase(MINUTE, &samples(of));
    match (found, expected) {
        (Some(found), Some(expected)) => {
            assert!(
                (found - expected).abs() <= 1e-12 * expected.abs(),
                "{found} {expected}"
            );
        }
        (found, expected) => assert_eq!(found, expected),
    }
}

#[test]
fn fewer_than_two_samples_have_no_rate() {
    check(&[], None);
    check(&[(70, 5.0)], None);
    // The left bound is left out, the right one is not.
    check(&[(40, 5.0), (100, 9.0)], None);
    check(&[(30, 1.0), (70, 5.0), (110, 9.0)], None);
    check(&[(70, 5.0), (70, 6.0)], None);
}

#[test]
fn a_rate_goes_on_to_bounds_that_are_near() {
    // 15 s apart, 5 s and 10 s from the bounds: 45 s sampled stand for all 60.
    let near = [(45, 100.0), (60, 130.0), (75, 160.0), (90, 190.0)];
    check(&near, Some(90.0 * 60.0 / 45.0));
    let per_second = rate(MINUTE, &samples(&near)).expect("four samples");
    assert!((per_second - 2.0).abs() < 1e-15, "{per_second}");
}

#[test]
fn a_rate_stops_half_way_where_the_bound_is_far() {
    // 5 s apart; 20 s to the left and 25 s to the right are more than 5.5: 2.5 s each way.
    check(
        &[(60, 1_000.0), (65, 1_010.0), (70, 1_020.0), (75, 1_030.0)],
        Some(30.0 * 20.0 / 15.0),
    );
    // One bound is 11 s away, which is exactly 1.1 of 10 and so too far; the other 9 s.
    check(
        &[
            (51, 1_000.0),
            (61, 1_010.0),
            (71, 1_020.0),
            (81, 1_030.0),
            (91, 1_040.0),
        ],
        Some(40.0 * 54.0 / 40.0),
    );
}

#[test]
fn a_counter_is_not_extrapolated_below_zero() {
    // 2 per second from 4 means zero 2 s earlier, nearer than the bound at 5 s.
    check(
        &[(45, 4.0), (65, 44.0), (85, 84.0)],
        Some(80.0 * (40.0 + 2.0 + 15.0) / 40.0),
    );
    // From zero there is no way back at all.
    check(
        &[(45, 0.0), (65, 40.0), (85, 80.0)],
        Some(80.0 * (40.0 + 15.0) / 40.0),
    );
    // A gauge knows no zero.
    let gauge = delta(MINUTE, &samples(&[(45, 4.0), (65, 44.0), (85, 84.0)]));
    assert_eq!(gauge, Some(80.0 * 60.0 / 40.0));
}

#[test]
fn a_counter_that_starts_anew_goes_on_counting() {
    // 100 to 150, a restart, up to 30: a rise of 80.
    let restarted = [(45, 100.0), (60, 150.0), (75, 10.0), (90, 30.0)];
    check(&restarted, Some(80.0 * 60.0 / 45.0));
    let gauge = delta(MINUTE, &samples(&restarted)).expect("four samples");
    assert!((gauge - -70.0 * 60.0 / 45.0).abs() < 1e-12, "{gauge}");
}

#[test]
fn means_and_maxima_are_of_the_window_alone() {
    let of = samples(&[
        (40, 900.0),
        (50, 1.0),
        (60, f64::NAN),
        (70, 3.0),
        (101, 900.0),
    ]);
    assert_eq!(max_over_time(MINUTE, &of), Some(3.0));
    assert!(avg_over_time(MINUTE, &of).is_some_and(f64::is_nan));
    assert_eq!(avg_over_time(MINUTE, &of[..2]), Some(1.0));
    assert_eq!(avg_over_time(MINUTE, &of[..1]), None);
    assert_eq!(max_over_time(MINUTE, &[]), None);
    // Neither cancellation nor overflow on the way shows.
    let large = samples(&[(50, 1e100), (60, 3.0), (70, -1e100), (80, 1.0)]);
    assert_eq!(avg_over_time(MINUTE, &large), Some(1.0));
    let huge = samples(&[(50, f64::MAX), (60, f64::MAX)]);
    assert_eq!(avg_over_time(MINUTE, &huge), Some(f64::MAX));
    let infinite = samples(&[(50, 1.0), (60, f64::INFINITY)]);
    assert_eq!(avg_over_time(MINUTE, &infinite), Some(f64::INFINITY));
}

#[test]
fn a_ratio_without_a_denominator_is_no_number_or_infinite() {
    assert!(ratio(0.0, 0.0).is_nan());
    assert!(ratio(3.0, 0.0).is_infinite());
    assert!((ratio(1.0, 4.0) - 0.25).abs() <= 0.0);
}

#[test]
fn a_malformed_histogram_has_no_share() {
    for (le, cumulative) in [
        (&[][..], &[][..]),
        (&[0.1, 0.2], &[1.0, 2.0]),
        (&[0.1, f64::INFINITY], &[0.0, 0.0]),
    ] {
        assert!(
            histogram_fraction(0.0, 1.0, le, cumulative).is_nan(),
            "{le:?}"
        );
    }
}

#[test]
fn equal_bounds_count_together_even_as_two_zeros() {
    let (le, cumulative) = ([0.0, -0.0, 1.0, f64::INFINITY], [1.0, 1.0, 4.0, 4.0]);
    let found = histogram_fraction(0.0, 1.0, &le, &cumulative);
    assert!((found - 0.5).abs() <= 0.0, "{found}");
    let found = histogram_quantile(0.75, &le, &cumulative);
    assert!((found - 0.5).abs() <= 0.0, "{found}");
}
