//! Shares, such as errors of requests: intervals, comparisons of two, and how many requests a comparison needs.

mod fisher;
mod interval;
mod sample_size;
mod z;

pub use fisher::{PValues, fisher_exact};
pub use interval::{Interval, clopper_pearson, wilson};
pub use sample_size::{Power, canary_size, size_per_arm, size_per_arm_pooled};
pub use z::{ZTest, two_proportion_z};

/// How often something happened out of how many times it could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How often it happened, at most `trials`.
    pub successes: u64,
    /// How often it could have.
    pub trials: u64,
}

impl Count {
    /// The share, without a unit; not a number without trials.
    pub fn share(self) -> f64 {
        self.successes as f64 / self.trials as f64
    }
}

/// The error rate that all users together see when a share `population` of requests meets `error_rate`, both without a
/// unit. The budget spent grows the same way: in proportion to the traffic exposed.
///
/// "Site Reliability Workbook", chapter 16, under uniform load.
pub fn overall_error_rate(population: f64, error_rate: f64) -> f64 {
    population * error_rate
}
