//! How likely a rule "roll back once the share of errors in a window exceeds a threshold" is to act, exactly, for
//! windows that do not overlap: the oracle for simulations of such rules.

use crate::counts::{binomial_above, poisson_cdf, poisson_pmf};

/// How likely the share of errors among `requests`, each failing with probability `p`, is strictly above `threshold`.
/// An empty window does not trip.
pub fn p_trip_fixed(requests: u64, p: f64, threshold: f64) -> f64 {
    if requests == 0 {
        return 0.0;
    }
    let trips = |errors: u64| threshold < errors as f64 / requests as f64;
    match first(requests + 1, trips) {
        0 => 1.0,
        fewest => binomial_above(requests, p, fewest - 1),
    }
}

/// How likely the share of errors is strictly above `threshold` where requests arrive by a Poisson law, `mean` of them
/// in a window, each failing with probability `p`. An empty window does not trip.
pub fn p_trip_poisson(mean: f64, p: f64, threshold: f64) -> f64 {
    if threshold < 0.0 {
        return -libm::expm1(-mean);
    }
    if 1.0 <= threshold {
        return 0.0;
    }
    // Errors and successes are independent Poisson counts. So many errors trip with fewer than so many successes.
    let (bad, good) = (mean * p, mean * (1.0 - p));
    let most = ceil_count(good + 50.0 * libm::sqrt(good) + 100.0);
    let last = ceil_count(bad + 50.0 * libm::sqrt(bad) + 100.0);
    let mut sum = 0.0;
    for errors in 1..=last {
        let holds = |successes: u64| errors as f64 / (errors + successes) as f64 <= threshold;
        let enough = first(most, holds);
        if 0 < enough {
            sum += poisson_pmf(bad, errors) * poisson_cdf(good, enough - 1);
        }
    }
    sum.min(1.0)
}

/// How likely at least one of several windows trips, given how likely each does and how many of each there are.
pub fn p_trip_any(windows: impl IntoIterator<Item = (f64, f64)>) -> f64 {
    let ln_quiet: f64 = windows
        .into_iter()
        .map(|(p_trip, count)| count * libm::log1p(-p_trip))
        .sum();
    -libm::expm1(ln_quiet)
}

/// The first count below `end` at which `holds`, which goes on to hold; `end` where it holds nowhere.
fn first(end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut lo, mut hi) = (0, end);
    while lo < hi {
        let middle = lo + (hi - lo) / 2;
        if holds(middle) {
            hi = middle;
        } else {
            lo = middle + 1;
        }
    }
    hi
}

/// A positive float as the count at or above it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "positive, and saturating is right for what no window reaches"
)]
fn ceil_count(x: f64) -> u64 {
    libm::ceil(x) as u64
}
