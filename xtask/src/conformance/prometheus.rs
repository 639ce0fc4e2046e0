//! Vectors of Prometheus: quantiles and shares of buckets, and how far a quantile is from the truth.

use super::case::{Case, Check, Lack};
use coalmine_stats::{
    LogNormal,
    prometheus::{DEFAULT_BUCKETS_SECONDS, histogram_fraction, histogram_quantile},
};

/// The families, each with its check.
pub(crate) const CHECKS: [(&str, Check); 3] = [
    ("quantile", quantile),
    ("fraction", fraction),
    ("interpolation_error", interpolation_error),
];

fn quantile(case: &mut Case<'_>) -> Result<(), Lack> {
    let (le, cumulative) = (case.numbers("le")?, case.numbers("cumulative")?);
    let found = histogram_quantile(case.number("q")?, &le, &cumulative);
    case.expect("expected", found);
    Ok(())
}

fn fraction(case: &mut Case<'_>) -> Result<(), Lack> {
    let (le, cumulative) = (case.numbers("le")?, case.numbers("cumulative")?);
    let (lower, upper) = (case.number("lower")?, case.number("upper")?);
    case.expect(
        "expected",
        histogram_fraction(lower, upper, &le, &cumulative),
    );
    Ok(())
}

fn interpolation_error(case: &mut Case<'_>) -> Result<(), Lack> {
    let law = LogNormal {
        median: case.number("median_s")?,
        sigma: case.number("sigma")?,
    };
    let q = case.number("q")?;
    let mut le = DEFAULT_BUCKETS_SECONDS.to_vec();
    le.push(f64::INFINITY);
    let cumulative: Vec<f64> = le.iter().map(|&bound| law.cdf(bound)).collect();
    let (seen, truth) = (histogram_quantile(q, &le, &cumulative), law.quantile(q));
    case.expect("histogram_quantile", seen);
    case.expect("true_quantile", truth);
    // A difference of near numbers: what is left of their digits.
    case.expect_within("relative_error", seen / truth - 1.0, 1e-9);
    Ok(())
}
