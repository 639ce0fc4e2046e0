//! The laws are consistent with each other and with published values.

use coalmine_stats::{
    LogNormal, binomial_pmf, normal_between, normal_cdf, normal_quantile, poisson_pmf,
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[expect(clippy::float_cmp, reason = "ends of the scale are exact")]
fn is_exactly(found: f64, expected: f64) -> bool {
    found == expected
}

#[test]
fn the_quantile_undoes_the_normal_law() {
    for step in -80..=80 {
        let z = f64::from(step) / 10.0;
        let (p, expected) = if z < 0.0 {
            (normal_cdf(z), z)
        } else {
            (normal_cdf(-z), -z)
        };
        let found = normal_quantile(p);
        assert!(
            (found - expected).abs() < 1e-12 * (1.0 + expected.abs()),
            "{z}: {found}"
        );
    }
    assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-14);
    assert!(is_exactly(normal_quantile(0.0), f64::NEG_INFINITY));
    assert!(is_exactly(normal_quantile(1.0), f64::INFINITY));
    assert!(normal_quantile(1.5).is_nan() && normal_quantile(f64::NAN).is_nan());
}

#[test]
fn a_far_tail_keeps_its_digits() {
    // Upper tail at 10 standard deviations: 7.6198530241605e-24.
    let tail = normal_between(10.0, f64::INFINITY);
    assert!(
        (tail / 7.619_853_024_160_527e-24 - 1.0).abs() < 1e-12,
        "{tail}"
    );
    assert!(is_exactly(tail, normal_between(f64::NEG_INFINITY, -10.0)));
    assert!(is_exactly(normal_between(1.0, 1.0), 0.0));
    assert!(is_exactly(normal_between(2.0, 1.0), 0.0));
}

#[test]
fn a_lognormal_law_without_spread_lies_at_its_median() {
    let law = LogNormal {
        median: 0.1,
        sigma: 0.0,
    };
    assert_eq!((law.cdf(0.099), law.cdf(0.1)), (0.0, 1.0));
    let nothing = LogNormal {
        median: 0.0,
        sigma: 0.5,
    };
    assert_eq!((nothing.cdf(0.0), nothing.cdf(0.1)), (1.0, 1.0));
    assert!(is_exactly(law.between(0.0, f64::INFINITY), 1.0));
}

#[test]
fn probabilities_of_counts_add_up_to_one() {
    for mean in [0.0, 0.3, 4.0, 50.0] {
        let total: f64 = (0..400).map(|count| poisson_pmf(mean, count)).sum();
        assert!((total - 1.0).abs() < 1e-12, "{mean}: {total}");
    }
    for p in [0.0, 0.2, 0.9, 1.0] {
        let total: f64 = (0..=40).map(|count| binomial_pmf(40, p, count)).sum();
        assert!((total - 1.0).abs() < 1e-12, "{p}: {total}");
    }
    assert!((poisson_pmf(2.0, 3) - 0.180_447_044_315_483_6).abs() < 1e-15);
    assert!((binomial_pmf(10, 0.5, 5) - 0.246_093_75).abs() < 1e-14);
}
