//! Poisson counts with the set-up hoisted, because the same mean is drawn at every scrape.

use super::Stream;
use coalmine_stats::ln_factorial;

/// Means below this are inverted, those above drawn by rejection.
const INVERSION_BELOW: f64 = 10.0;

/// A Poisson law, ready to be drawn from.
///
/// Small means are inverted: one uniform, a walk from zero. Large means use Hörmann's transformed rejection with
/// squeeze (PTRS, "The transformed rejection method for generating Poisson random variables", 1993).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Poisson {
    /// Nothing is expected, and nothing comes.
    Nothing,
    /// A small mean, by inversion.
    Small {
        /// The mean.
        mean: f64,
        /// Probability of zero.
        none: f64,
    },
    /// A large mean, by transformed rejection.
    Large {
        /// The mean.
        mean: f64,
        /// Its natural logarithm.
        ln_mean: f64,
        /// The scale of the transformation, `b` in the paper.
        scale: f64,
        /// `a` in the paper.
        skew: f64,
        /// `1 / alpha` in the paper.
        inverse_alpha: f64,
        /// `v_r` in the paper: below it a draw is accepted unseen.
        squeeze: f64,
    },
}

impl Poisson {
    /// The law with this mean; no finite, positive mean is no events.
    pub(crate) fn new(mean: f64) -> Self {
        if !mean.is_finite() || mean <= 0.0 {
            Self::Nothing
        } else if mean < INVERSION_BELOW {
            Self::Small {
                mean,
                none: libm::exp(-mean),
            }
        } else {
            let scale = 0.931 + 2.53 * libm::sqrt(mean);
            Self::Large {
                mean,
                ln_mean: libm::log(mean),
                scale,
                skew: -0.059 + 0.024_83 * scale,
                inverse_alpha: 1.1239 + 1.1328 / (scale - 3.4),
                squeeze: 0.9277 - 3.6224 / (scale - 2.0),
            }
        }
    }

    /// One count.
    pub(crate) fn draw(&self, stream: &mut Stream) -> u64 {
        match *self {
            Self::Nothing => 0,
            Self::Small { mean, none } => invert(mean, none, stream.unit()),
            Self::Large {
                mean,
                ln_mean,
                scale,
                skew,
                inverse_alpha,
                squeeze,
            } => loop {
                let u = stream.unit() - 0.5;
                let v = stream.open_unit();
                let us = 0.5 - libm::fabs(u);
                let k = libm::floor((2.0 * skew / us + scale) * u + mean + 0.43);
                if 0.07 <= us && v <= squeeze {
                    return whole(k);
                }
                if k < 0.0 || (us < 0.013 && us < v) {
                    continue;
                }
                let height = libm::log(v * inverse_alpha / (skew / (us * us) + scale));
                if height <= k * ln_mean - mean - ln_factorial(k) {
                    return whole(k);
                }
            },
        }
    }
}

/// Walks up from zero until the uniform is used up.
fn invert(mean: f64, none: f64, mut uniform: f64) -> u64 {
    let mut count = 0_u32;
    let mut probability = none;
    // The bound is far beyond any count of a small mean: it only stops a walk whose remainder is rounding.
    while probability <= uniform && count < 200 {
        uniform -= probability;
        count += 1;
        probability *= mean / f64::from(count);
    }
    u64::from(count)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count: whole, not negative, and far below 2^53"
)]
fn whole(count: f64) -> u64 {
    count as u64
}
