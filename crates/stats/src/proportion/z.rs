//! The z test of two shares, by the normal law: good for many successes in both arms.

use super::Count;
use crate::normal::normal_cdf;

/// How far two shares lie apart, in standard errors. Positive where the first is higher.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ZTest {
    /// With the error that the shares would have if they were equal.
    pub z_pooled: f64,
    /// With the error that each share has on its own: honest where the arms differ much in size.
    pub z_unpooled: f64,
}

/// Compares two shares; not a number where neither varies.
pub fn two_proportion_z(first: Count, second: Count) -> ZTest {
    let (p, q) = (first.share(), second.share());
    let (n, m) = (first.trials as f64, second.trials as f64);
    let both = (first.successes + second.successes) as f64 / (n + m);
    let pooled = both * (1.0 - both) * (1.0 / n + 1.0 / m);
    let unpooled = p * (1.0 - p) / n + q * (1.0 - q) / m;
    ZTest {
        z_pooled: (p - q) / libm::sqrt(pooled),
        z_unpooled: (p - q) / libm::sqrt(unpooled),
    }
}

impl ZTest {
    /// How likely shares at least as far apart are if both arms are equal (pooled).
    pub fn p_two_sided(self) -> f64 {
        2.0 * normal_cdf(-libm::fabs(self.z_pooled))
    }

    /// How likely a first share at least as far above the second is if both arms are equal (pooled).
    pub fn p_greater(self) -> f64 {
        normal_cdf(-self.z_pooled)
    }

    /// How likely a first share at least as far below the second is if both arms are equal (pooled).
    pub fn p_less(self) -> f64 {
        normal_cdf(self.z_pooled)
    }
}
