//! Every law is consistent with itself, and with what is known of it.

use super::{Empirical, Gamma, Law, LawError, LogNormal, Mixture, ParetoTail, Weibull};
use alloc::{vec, vec::Vec};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BODY: LogNormal = LogNormal {
    median: 80.0,
    sigma: 0.5,
};

fn tail(alpha: f64) -> Law {
    ParetoTail {
        body: BODY,
        from: 0.01,
        alpha,
    }
    .into()
}

fn gamma(shape: f64, scale: f64) -> Law {
    Gamma { shape, scale }.into()
}

fn weibull(shape: f64, scale: f64) -> Law {
    Weibull { shape, scale }.into()
}

/// One law of each kind, and some that are far from ordinary.
fn laws() -> Vec<Law> {
    let measured = vec![
        (0.0, 5.0),
        (0.5, 80.0),
        (0.9, 150.0),
        (0.99, 400.0),
        (1.0, 2_000.0),
    ];
    let cache = vec![(3.0, weibull(1.5, 10.0)), (1.0, BODY.into())];
    vec![
        BODY.into(),
        gamma(0.3, 40.0),
        gamma(2.5, 40.0),
        gamma(900.0, 0.1),
        weibull(0.6, 50.0),
        weibull(3.0, 50.0),
        tail(2.5),
        Mixture::new(cache).expect("a law").into(),
        Empirical::new(measured).expect("a law").into(),
    ]
}

fn is_close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs()
}

#[test]
fn the_quantile_undoes_the_law() {
    for law in laws() {
        for p in [1e-6, 0.01, 0.3, 0.5, 0.75, 0.99, 0.999] {
            let x = law.quantile(p);
            assert!(is_close(law.cdf(x), p, 1e-10), "{law:?} {p}: {x}");
        }
        let far = law.quantile(1.0 - 1e-12);
        assert!(is_close(law.above(far), 1e-12, 1e-3), "{law:?}: {far}");
        assert!(law.quantile(-0.1).is_nan() && law.quantile(1.1).is_nan());
        assert!(law.quantile(f64::NAN).is_nan());
        assert!(0.0 <= law.quantile(0.0) && law.quantile(0.0) < law.quantile(1.0));
    }
}

#[test]
fn the_two_sides_and_all_buckets_add_up_to_one() {
    for law in laws() {
        for x in [1e-3, 4.0, 60.0, 80.0, 256.0, 300.0, 1e4] {
            assert!(
                is_close(law.cdf(x) + law.above(x), 1.0, 1e-14),
                "{law:?} {x}"
            );
        }
        let bounds = [0.0, 5.0, 25.0, 100.0, 250.0, 1_000.0, f64::INFINITY];
        let total: f64 = bounds.windows(2).map(|of| law.between(of[0], of[1])).sum();
        assert!(is_close(total, 1.0, 1e-14), "{law:?}: {total}");
        assert!(law.between(7.0, 7.0) <= 0.0 && law.between(8.0, 7.0) <= 0.0);
        assert!(law.between(f64::NAN, 7.0) <= 0.0);
    }
}

#[test]
fn a_far_tail_keeps_its_digits() {
    for law in laws() {
        let (lo, hi) = (law.quantile(0.999_999_9), law.quantile(0.999_999_99));
        let (found, expected) = (law.between(lo, hi), law.above(lo) - law.above(hi));
        assert!(
            is_close(found, expected, 1e-9),
            "{law:?}: {found} {expected}"
        );
    }
    // An exponential law, a thousandth of its mean wide, seventy means out.
    let expected = libm::exp(-70.0) * -libm::expm1(-0.001);
    for law in [gamma(1.0, 1.0), weibull(1.0, 1.0)] {
        let found = law.between(70.0, 70.001);
        assert!(is_close(found, expected, 1e-10), "{law:?}: {found}");
    }
}

#[test]
fn mean_and_variation_are_those_of_the_quantiles() {
    for law in laws() {
        // The middle of many equal shares; a heavy tail is slow to show.
        let shares = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        let of = |at: i32| law.quantile((f64::from(at) + 0.5) / f64::from(shares));
        for at in (0..shares).step_by(20) {
            let x = of(at + 10);
            sum += x;
            squares += x * x;
        }
        let count = f64::from(shares / 20);
        let (mean, square) = (sum / count, squares / count);
        assert!(is_close(law.mean(), mean, 5e-3), "{law:?}: {mean}");
        let is_heavy = matches!(law, Law::ParetoTail(_));
        let cv2 = square / (mean * mean) - 1.0;
        let tolerance = if is_heavy { 0.3 } else { 2e-2 };
        assert!(is_close(law.cv2(), cv2, tolerance), "{law:?}: {cv2}");
    }
}

#[test]
fn laws_agree_with_published_values() {
    // The 95 % point of chi-square with ten degrees of freedom, and with one.
    for (shape, p, expected) in [
        (5.0, 0.95, 18.307_038_053_275_146),
        (0.5, 0.95, 3.841_458_820_694_124),
        (0.5, 0.05, 0.003_932_140_000_019_522),
    ] {
        let found = gamma(shape, 2.0).quantile(p);
        assert!(is_close(found, expected, 1e-13), "{shape} {p}: {found}");
    }
    // A lognormal law of sigma 0.5.
    assert!(is_close(BODY.cv2(), 0.284_025_416_687_741_4, 1e-15));
    // The Rayleigh law: mean sqrt(pi)/2, variation 4/pi - 1.
    let rayleigh = weibull(2.0, 1.0);
    assert!(is_close(rayleigh.mean(), 0.886_226_925_452_758, 1e-15));
    assert!(is_close(rayleigh.cv2(), 0.273_239_544_735_162_7, 1e-14));
}

#[test]
fn a_tail_joins_its_body_and_falls_as_a_power() {
    let law = tail(2.0);
    let join = BODY.quantile(0.99);
    for (x, above) in [(join, 0.01), (2.0 * join, 0.0025), (10.0 * join, 0.0001)] {
        assert!(is_close(law.above(x), above, 1e-12), "{x}");
        assert!(is_close(law.quantile(1.0 - above), x, 1e-11), "{x}");
    }
    assert!(is_close(law.cdf(80.0), 0.5, 1e-15));
    assert!(law.mean().is_finite() && law.cv2().is_infinite());
    assert!(tail(1.0).mean().is_infinite() && tail(1.0).cv2().is_infinite());
    let none = ParetoTail {
        body: BODY,
        from: 0.0,
        alpha: 2.0,
    };
    assert!(is_close(none.mean(), BODY.mean(), 1e-15));
    assert!(is_close(none.quantile(0.999), BODY.quantile(0.999), 1e-15));
}

#[test]
fn a_law_without_size_lies_at_zero() {
    let body = LogNormal {
        median: 0.0,
        sigma: 0.5,
    };
    let pareto = ParetoTail {
        body,
        from: 0.01,
        alpha: 2.0,
    };
    for law in [
        body.into(),
        gamma(0.0, 1.0),
        gamma(2.0, 0.0),
        weibull(2.0, 0.0),
        pareto.into(),
    ] {
        let law: Law = law;
        let seen = [
            law.cdf(-1.0),
            law.cdf(0.0),
            law.cdf(3.0),
            law.between(-1.0, 1.0),
        ];
        assert_eq!(
            seen.map(f64::to_bits),
            [0.0, 1.0, 1.0, 1.0].map(f64::to_bits),
            "{law:?}"
        );
        assert!(law.mean() <= 0.0 && law.quantile(0.7) <= 0.0, "{law:?}");
    }
}

#[test]
fn what_is_no_law_is_refused_with_its_reason() {
    assert_eq!(Mixture::new(vec![]), Err(LawError::NoParts));
    let weights = vec![(1.0, tail(2.0)), (0.0, tail(2.0))];
    assert_eq!(Mixture::new(weights), Err(LawError::Weight { part: 1 }));
    for (points, reason) in [
        (vec![], LawError::TooFewPoints),
        (vec![(0.0, 1.0)], LawError::TooFewPoints),
        (vec![(0.0, 1.0), (0.9, 2.0)], LawError::Ends),
        (vec![(0.0, -1.0), (1.0, 2.0)], LawError::Value { point: 0 }),
        (
            vec![(0.0, 1.0), (0.5, 1.0), (1.0, 2.0)],
            LawError::NotRising { point: 1 },
        ),
    ] {
        assert_eq!(Empirical::new(points), Err(reason));
    }
}
