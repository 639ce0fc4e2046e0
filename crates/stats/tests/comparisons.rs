//! Comparisons of two arms, and rules about windows, worked out by hand or counted out.

use coalmine_stats::{
    binomial_above, binomial_cdf, binomial_pmf, poisson_above, poisson_cdf, poisson_pmf,
    proportion::{Count, clopper_pearson, fisher_exact, two_proportion_z, wilson},
    rank::{Alternative, Continuity, MannWhitney},
    window::{p_trip_any, p_trip_fixed, p_trip_poisson},
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn is_close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-12 * expected.abs()
}

fn count(successes: u64, trials: u64) -> Count {
    Count { successes, trials }
}

#[test]
fn tails_of_counts_are_sums_of_their_points() {
    for at in [0, 3, 17, 40] {
        let below: f64 = (0..=at).map(|count| binomial_pmf(60, 0.2, count)).sum();
        assert!(is_close(binomial_cdf(60, 0.2, at), below), "{at}");
        let above: f64 = (at + 1..=60)
            .map(|count| binomial_pmf(60, 0.2, count))
            .sum();
        assert!(is_close(binomial_above(60, 0.2, at), above), "{at}");
        let below: f64 = (0..=at).map(|count| poisson_pmf(12.0, count)).sum();
        assert!(is_close(poisson_cdf(12.0, at), below), "{at}");
        let above: f64 = (at + 1..200).map(|count| poisson_pmf(12.0, count)).sum();
        assert!(is_close(poisson_above(12.0, at), above), "{at}");
    }
}

#[test]
fn an_interval_reaches_the_end_where_all_or_nothing_happened() {
    for interval in [
        wilson(count(0, 20), 0.95),
        clopper_pearson(count(0, 20), 0.95),
    ] {
        assert!(interval.lower.to_bits() == 0.0_f64.to_bits() && interval.upper < 0.2);
    }
    // Nothing in twenty: (1 - p)^20 is 2.5 %.
    let upper = clopper_pearson(count(0, 20), 0.95).upper;
    assert!(
        is_close(upper, 1.0 - libm::pow(0.025, 1.0 / 20.0)),
        "{upper}"
    );
    let all = clopper_pearson(count(20, 20), 0.95);
    assert!(is_close(1.0 - all.lower, upper) && is_close(all.upper, 1.0));
    let nothing = clopper_pearson(count(0, 0), 0.95);
    assert!(nothing.lower <= 0.0 && 1.0 <= nothing.upper && wilson(count(0, 0), 0.95) == nothing);
}

#[test]
fn the_lady_who_tastes_tea_may_have_guessed() {
    let found = fisher_exact(count(3, 4), count(1, 4));
    assert!(is_close(found.greater, 17.0 / 70.0));
    assert!(is_close(found.two_sided, 34.0 / 70.0));
    assert!(is_close(found.less, 69.0 / 70.0));
    let nothing = fisher_exact(count(0, 0), count(3, 9));
    assert!(is_close(nothing.two_sided, 1.0));
}

#[test]
fn equal_shares_differ_by_nothing() {
    let test = two_proportion_z(count(5, 100), count(50, 1_000));
    assert!(test.z_pooled.abs() < 1e-15 && is_close(test.p_two_sided(), 1.0));
    assert!(is_close(test.p_greater() + test.p_less(), 1.0));
}

#[test]
fn every_order_of_two_arms_counts_the_same() {
    // Two and three values: ten orders, of which one is the highest.
    let test = MannWhitney::new(&[4.0, 5.0], &[1.0, 2.0, 3.0]);
    assert!(is_close(test.u, 6.0));
    assert!(is_close(test.p_exact(Alternative::Greater), 0.1));
    assert!(is_close(test.p_exact(Alternative::Less), 1.0));
    assert!(is_close(test.p_exact(Alternative::TwoSided), 0.2));
    // By the normal law: 2.5 over the root of 3.
    let normal = test.p_normal(Alternative::Greater, Continuity::Corrected);
    assert!((normal - 0.074_457).abs() < 1e-6, "{normal}");
    // Equal values count half, and leave less to vary.
    let tied = MannWhitney::new(&[1.0, 2.0], &[2.0, 3.0]);
    assert!(is_close(tied.u, 0.5));
    let flat = MannWhitney::new(&[1.0, 1.0], &[1.0]);
    let none = flat.p_normal(Alternative::TwoSided, Continuity::Corrected);
    assert!(is_close(none, 1.0), "{none}");
}

#[test]
fn a_window_trips_strictly_above_its_threshold() {
    // Two of ten is not above 20 %, three are.
    assert!(is_close(
        p_trip_fixed(10, 0.1, 0.2),
        binomial_above(10, 0.1, 2)
    ));
    assert!(p_trip_fixed(10, 0.1, 1.0) <= 0.0 && p_trip_fixed(0, 0.1, -1.0) <= 0.0);
    assert!(is_close(p_trip_fixed(10, 0.1, -0.1), 1.0));
    assert!(is_close(p_trip_any([(0.5, 2.0), (0.0, 9.0)]), 0.75));
    // Any error at all trips a threshold of zero.
    let any = 1.0 - libm::exp(-3.0 * 0.1);
    assert!(is_close(p_trip_poisson(3.0, 0.1, 0.0), any));
    // Counted out over all numbers of requests.
    let counted: f64 = (0..200)
        .map(|n| poisson_pmf(40.0, n) * p_trip_fixed(n, 0.03, 0.05))
        .sum();
    assert!(
        is_close(p_trip_poisson(40.0, 0.03, 0.05), counted),
        "{counted}"
    );
}
