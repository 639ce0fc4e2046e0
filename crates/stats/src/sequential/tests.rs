//! Sequential tests agree with tables, and with each other where they should.

use super::{
    BernoulliSprt, BetaBinomial, GammaPoisson, NormalMsprt, NormalTwoSided, Sides, Supermartingale,
    bernoulli_interval, crossing_probability, empirical_process_lil_bound, log_bayes_factor,
    obrien_fleming, pocock, quantile_ab_p_value, repeated_looks,
};
use crate::proportion::{Count, clopper_pearson};
use alloc::vec::Vec;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn is_close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance
}

#[test]
fn looking_often_rejects_what_is_right_as_in_the_table_of_1969() {
    for (looks, level) in [(1, 0.05), (2, 0.083), (4, 0.126), (10, 0.193), (50, 0.320)] {
        let found = repeated_looks(looks, 0.05);
        assert!(is_close(found, level, 5e-4), "{looks}: {found}");
    }
    // One look is an ordinary test.
    assert!(is_close(
        crossing_probability(&[1.0]),
        0.317_310_507_862_914_1,
        1e-14
    ));
    assert!(is_close(crossing_probability(&[]), 0.0, 0.0));
    // A bound of zero is always crossed, and one beyond all floats never.
    assert!(is_close(crossing_probability(&[0.0, 3.0]), 1.0, 0.0));
    assert!(crossing_probability(&[f64::INFINITY; 3]) < 1e-12);
}

#[test]
fn the_constants_of_group_sequential_tests_are_those_of_the_books() {
    for (looks, pocock_z, last_z) in [(2, 2.178, 1.977), (4, 2.361, 2.024), (10, 2.555, 2.087)] {
        assert!(is_close(pocock(looks, 0.05), pocock_z, 6e-4), "{looks}");
        let bounds = obrien_fleming(looks, 0.05);
        assert!(is_close(bounds[bounds.len() - 1], last_z, 6e-4), "{looks}");
        assert!(
            is_close(crossing_probability(&bounds), 0.05, 1e-12),
            "{looks}"
        );
        assert!(bounds.windows(2).all(|pair| pair[1] < pair[0]));
    }
    // At one per cent (Jennison and Turnbull 2000).
    assert!(is_close(pocock(5, 0.01), 2.986, 6e-4));
}

#[test]
fn a_sequential_test_costs_fewer_requests_than_a_fixed_one() {
    let test = BernoulliSprt {
        alpha: 0.05,
        beta: 0.05,
        p0: 0.005,
        p1: 0.01,
    };
    assert!(is_close(test.upper_log(), libm::log(19.0), 1e-14));
    assert!(is_close(test.upper_log(), -test.lower_log(), 1e-14));
    assert!(test.mean_requests_good() < 0.6 * test.fixed_requests());
    assert!(test.p0 < test.slope() && test.slope() < test.p1);
}

#[test]
fn the_ends_of_an_anytime_interval_are_where_its_p_value_is_alpha() {
    let test = NormalMsprt {
        variance: 2.0,
        tau2: 0.01,
    };
    let half = test.half_width(500.0, 0.05);
    assert!(is_close(test.p_value(half, 500.0), 0.05, 1e-12));
    assert!(is_close(test.p_value(0.0, 500.0), 1.0, 0.0));
}

#[test]
fn counts_that_fall_as_their_traffic_does_are_no_evidence() {
    assert!(log_bayes_factor(&[50, 950], &[0.05, 0.95], 100.0) < 0.0);
    assert!(is_close(
        log_bayes_factor(&[0, 0], &[0.05, 0.95], 100.0),
        0.0,
        1e-12
    ));
    assert!(20.0 < log_bayes_factor(&[150, 850], &[0.05, 0.95], 100.0));
}

#[test]
fn a_bound_is_where_its_martingale_reaches_the_odds() {
    let poisson = GammaPoisson::tuned(100.0, 0.05, 2.0);
    let beta = BetaBinomial::tuned(100.0, 0.05, 0.2, 0.8, Sides::One);
    for v in [1.0, 50.0, 3_000.0] {
        let bound = poisson.bound(v, 0.05);
        assert!(
            is_close(poisson.log(bound, v), libm::log(20.0), 1e-9),
            "{v}"
        );
        let bound = beta.bound(v, 0.05);
        let is_limit = is_close(bound, beta.limit(v), 0.0);
        assert!(
            is_limit || is_close(beta.log(bound, v), libm::log(20.0), 1e-9),
            "{v}"
        );
    }
    // So little can have happened that no sum is too much.
    assert!(is_close(beta.bound(0.32, 0.05), 1.6, 1e-12));
    // The closed form is the root of the general one.
    let normal = NormalTwoSided::tuned(100.0, 0.05);
    assert!(is_close(
        normal.log(normal.bound(70.0, 0.02), 70.0),
        libm::log(50.0),
        1e-12
    ));
}

#[test]
fn an_interval_for_all_times_is_wider_than_one_for_one() {
    for (successes, trials) in [(15, 50), (1, 50), (700, 1_000), (30, 100_000)] {
        let count = Count { successes, trials };
        let always = bernoulli_interval(count, 0.05, 100.0, 0.05);
        let once = clopper_pearson(count, 0.05);
        assert!(always.lower < count.share() && count.share() < always.upper);
        assert!(once.upper - once.lower < always.upper - always.lower || successes == 1);
    }
    for (successes, trials) in [(0, 1), (1, 1), (1, 2), (0, 0)] {
        let all = bernoulli_interval(Count { successes, trials }, 0.05, 50.0, 0.05);
        assert!(
            all.lower < 1e-9 && 1.0 - 1e-9 < all.upper,
            "{successes} of {trials}"
        );
    }
}

#[test]
fn arms_with_the_same_values_have_the_same_quantiles() {
    let arm = |shift: i32| -> Vec<f64> { (1..=500).map(|at| f64::from(at + shift)).collect() };
    let p_value = |shift| quantile_ab_p_value(0.9, &arm(0), &arm(shift), 100.0, 0.05);
    assert!(is_close(p_value(0), 1.0, 0.0));
    assert!(p_value(100) < 1e-6);
    assert!(is_close(p_value(60), p_value(-60), 0.5) && p_value(60) < p_value(30));
    assert!(is_close(
        quantile_ab_p_value(0.9, &[], &arm(0), 100.0, 0.05),
        1.0,
        0.0
    ));
}

#[test]
fn a_law_is_not_known_before_its_first_look() {
    assert!(empirical_process_lil_bound(99.0, 0.05, 100.0, 0.85).is_infinite());
    let at = |t| empirical_process_lil_bound(t, 0.05, 100.0, 0.85);
    assert!(at(10_000.0) < at(1_000.0) && at(1_000.0) < at(100.0));
}
