//! What comparisons of counts find, against closed forms.

use super::*;
use crate::sequential::{crossing_probability, obrien_fleming};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const fn count(successes: u64, trials: u64) -> Count {
    Count { successes, trials }
}

fn is_close(found: f64, expected: f64, within: f64) -> bool {
    libm::fabs(found - expected) <= within
}

#[test]
fn a_canary_that_is_worse_is_found_and_a_better_one_only_on_two_sides() {
    use Alternative::{Greater, Less, TwoSided};
    let (bad, good) = (count(60, 2_000), count(380, 38_000));
    let by: [fn(Count, Count, Alternative) -> Comparison; 4] = [
        |a, b, worse| by_z(a, b, 1.96, worse),
        |a, b, worse| by_fisher(a, b, 0.05, worse),
        |a, b, worse| by_mixture(a, b, 0.01, 0.05, worse),
        |a, b, worse| by_multinomial(a, b, 100.0, 0.05, worse),
    ];
    for compare in by {
        for (first, second, worse, finding) in [
            (bad, good, Greater, Finding::Worse),
            (bad, good, TwoSided, Finding::Worse),
            (bad, good, Less, Finding::Alike),
            (good, bad, Greater, Finding::Alike),
            (good, bad, TwoSided, Finding::Worse),
            (good, good, TwoSided, Finding::Alike),
        ] {
            let found = compare(first, second, worse);
            assert_eq!(found.finding, finding, "{worse:?} {found:?}");
            assert!((0.0..=1.0).contains(&found.p_value), "{found:?}");
        }
    }
}

#[test]
fn the_numbers_are_those_of_the_tests_by_themselves() {
    let found = by_z(count(15, 50), count(25, 50), 1.96, Alternative::TwoSided);
    assert!(is_close(found.statistic, -2.041_241, 1e-6), "{found:?}");
    assert!(is_close(found.p_value, 0.041_226_8, 1e-6), "{found:?}");
    let interval = found.interval.expect("a difference of shares");
    assert!(is_close(
        f64::midpoint(interval.lower, interval.upper),
        -0.2,
        1e-12
    ));
    let found = by_fisher(count(3, 4), count(1, 4), 0.05, Alternative::TwoSided);
    assert!(is_close(found.p_value, 0.485_714, 1e-6), "{found:?}");
}

#[test]
fn buckets_are_ranked_as_their_values_would_be() {
    let (first, second) = ([3, 0, 4, 1], [1, 2, 2, 5]);
    let values = |counts: [u64; 4]| -> alloc::vec::Vec<f64> {
        let each = counts.iter().zip(0..);
        each.flat_map(|(&count, at)| (0..count).map(move |_| f64::from(at)))
            .collect()
    };
    assert_eq!(
        MannWhitney::of_buckets(&first, &second),
        MannWhitney::new(&values(first), &values(second))
    );
    let slower = by_ranks(&[10, 40, 50], &[400, 400, 200], 1.645, Alternative::Greater);
    assert_eq!(slower.finding, Finding::Worse);
    let other_side = by_ranks(&[10, 40, 50], &[400, 400, 200], 1.645, Alternative::Less);
    assert_eq!(other_side.finding, Finding::Alike);
    assert!(is_close(slower.p_value + other_side.p_value, 1.0, 1e-12));
}

#[test]
fn where_nothing_happened_nothing_is_found() {
    for worse in [
        Alternative::TwoSided,
        Alternative::Greater,
        Alternative::Less,
    ] {
        let (none, more) = (count(0, 100), count(0, 1_900));
        for found in [
            by_z(none, more, 1.96, worse),
            by_fisher(none, more, 0.05, worse),
            by_mixture(none, more, 0.01, 0.05, worse),
            by_multinomial(none, more, 100.0, 0.05, worse),
            by_ranks(&[0, 5], &[0, 9], 1.96, worse),
        ] {
            assert_eq!(found.finding, Finding::Alike, "{found:?}");
            assert!(
                0.99 < found.p_value || worse != Alternative::TwoSided,
                "{found:?}"
            );
            assert!(!found.statistic.is_nan(), "{found:?}");
        }
    }
}

#[test]
fn a_sequential_test_is_open_between_its_bounds() {
    let test = BernoulliSprt {
        alpha: 0.05,
        beta: 0.05,
        p0: 0.005,
        p1: 0.01,
    };
    for (successes, trials, finding) in [
        (5, 700, Finding::Open),
        (0, 700, Finding::Alike),
        (30, 2_000, Finding::Worse),
    ] {
        assert_eq!(by_sprt(count(successes, trials), test).finding, finding);
    }
}

#[test]
fn the_ends_of_the_interval_are_where_the_evidence_ends() {
    let (first, second) = (count(60, 2_000), count(380, 38_000));
    for worse in [Alternative::TwoSided, Alternative::Greater] {
        let at = |alpha| by_mixture(first, second, 0.01, alpha, worse);
        // At a level of its own p-value, the interval just reaches zero.
        let p_value = at(0.05).p_value;
        let lower = at(p_value).interval.expect("a difference of shares").lower;
        assert!(is_close(lower, 0.0, 1e-9), "{lower}");
    }
}

#[test]
fn every_look_of_obrien_and_fleming_follows_from_the_last() {
    let bounds = obrien_fleming(4, 0.05);
    let each = (1..=4).map(|look| obrien_fleming_at(bounds[3], look, 4));
    let each: alloc::vec::Vec<f64> = each.collect();
    assert!(is_close(crossing_probability(&each), 0.05, 1e-9));
}
