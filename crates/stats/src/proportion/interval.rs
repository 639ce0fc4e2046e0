//! Intervals that hold the true share with a given confidence.

use super::Count;
use crate::{normal::normal_quantile, special::beta_i_quantile};

/// The two ends of an interval, in the unit of what it is about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub lower: f64,
    /// The upper end.
    pub upper: f64,
}

/// The interval of Wilson (1927) for a share, with a `confidence` as in 0.95: right on average, also for few successes.
/// Everything from 0 to 1 without trials.
pub fn wilson(count: Count, confidence: f64) -> Interval {
    if count.trials == 0 {
        return Interval {
            lower: 0.0,
            upper: 1.0,
        };
    }
    let (k, n) = (count.successes as f64, count.trials as f64);
    let z = two_sided_z(confidence);
    let centre = (k + z * z / 2.0) / (n + z * z);
    let half = z / (n + z * z) * libm::sqrt(k * (n - k) / n + z * z / 4.0);
    // Exact at the ends, where rounding would leave a trace.
    Interval {
        lower: if count.successes == 0 {
            0.0
        } else {
            centre - half
        },
        upper: if count.successes == count.trials {
            1.0
        } else {
            centre + half
        },
    }
}

/// The interval of Clopper and Pearson (1934) for a share, with a `confidence` as in 0.95: never wrong more often than
/// that, and so wider. Everything from 0 to 1 without trials.
pub fn clopper_pearson(count: Count, confidence: f64) -> Interval {
    let (k, rest) = (
        count.successes as f64,
        count.trials.saturating_sub(count.successes) as f64,
    );
    let tail = (1.0 - confidence) / 2.0;
    Interval {
        lower: if count.successes == 0 {
            0.0
        } else {
            beta_i_quantile(k, rest + 1.0, tail)
        },
        upper: if count.successes == count.trials {
            1.0
        } else {
            beta_i_quantile(k + 1.0, rest, 1.0 - tail)
        },
    }
}

/// The standard normal deviate beyond which half of what the confidence leaves lies, on either side.
fn two_sided_z(confidence: f64) -> f64 {
    -normal_quantile((1.0 - confidence) / 2.0)
}
