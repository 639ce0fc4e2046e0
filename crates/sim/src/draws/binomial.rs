//! Binomial counts: how many of the requests that came are struck.

use super::Stream;
use coalmine_stats::ln_factorial;

/// Expected successes below this are inverted, those above drawn by rejection.
const INVERSION_BELOW: f64 = 10.0;

/// How many of `trials` succeed if each does with probability `p`, independently.
///
/// Few expected successes are inverted; many use Hörmann's transformed rejection (BTRS, "The generation of binomial
/// random variates", 1993). Probabilities beyond 0 and 1 count as 0 and 1.
pub(crate) fn binomial(stream: &mut Stream, trials: u64, p: f64) -> u64 {
    if trials == 0 || p.is_nan() || p <= 0.0 {
        0
    } else if 1.0 <= p {
        trials
    } else if 0.5 < p {
        trials - rare(stream, trials, 1.0 - p)
    } else {
        rare(stream, trials, p)
    }
}

/// The case `p <= 1/2`.
fn rare(stream: &mut Stream, trials: u64, p: f64) -> u64 {
    if (trials as f64) * p < INVERSION_BELOW {
        invert(stream, trials, p)
    } else {
        reject(stream, trials, p)
    }
}

/// Walks up from zero until the uniform is used up.
fn invert(stream: &mut Stream, trials: u64, p: f64) -> u64 {
    let odds = p / (1.0 - p);
    let mut uniform = stream.unit();
    let mut probability = libm::exp(trials as f64 * libm::log1p(-p));
    let mut count = 0_u64;
    // The bound is far beyond any count of a small mean: it only stops a walk whose remainder is rounding.
    while probability <= uniform && count < trials.min(200) {
        uniform -= probability;
        probability *= odds * ((trials - count) as f64) / ((count + 1) as f64);
        count += 1;
    }
    count
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count: whole, between zero and the trials"
)]
fn reject(stream: &mut Stream, trials: u64, p: f64) -> u64 {
    let all = trials as f64;
    let spread = libm::sqrt(all * p * (1.0 - p));
    let scale = 1.15 + 2.53 * spread;
    let skew = -0.0873 + 0.0248 * scale + 0.01 * p;
    let centre = all * p + 0.5;
    let squeeze = 0.92 - 4.2 / scale;
    let alpha = (2.83 + 5.1 / scale) * spread;
    let ln_odds = libm::log(p / (1.0 - p));
    let mode = libm::floor((all + 1.0) * p);
    let at_mode = ln_factorial(mode) + ln_factorial(all - mode);
    loop {
        let at = stream.unit() - 0.5;
        let v = stream.open_unit();
        let us = 0.5 - libm::fabs(at);
        let k = libm::floor((2.0 * skew / us + scale) * at + centre);
        if k < 0.0 || all < k {
            continue;
        }
        if 0.07 <= us && v <= squeeze {
            return k as u64;
        }
        let height = libm::log(v * alpha / (skew / (us * us) + scale));
        let law = at_mode - ln_factorial(k) - ln_factorial(all - k) + (k - mode) * ln_odds;
        if height <= law {
            return k as u64;
        }
    }
}
