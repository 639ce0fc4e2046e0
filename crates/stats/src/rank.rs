//! The test of Mann and Whitney: whether the values of one arm tend to be higher than those of the other, by their
//! ranks alone, so that one slow request weighs no more than any other.

use crate::normal::normal_cdf;
use alloc::{vec, vec::Vec};

/// What counts as extreme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alternative {
    /// Either arm is higher.
    TwoSided,
    /// The first arm is higher.
    Greater,
    /// The first arm is lower.
    Less,
}

/// Whether the normal law is moved by half a rank towards the middle, as it should be for whole numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// It is, as R does unless told otherwise.
    Corrected,
    /// It is not.
    Plain,
}

/// The statistic of two arms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannWhitney {
    /// In how many pairs the value of the first arm is higher, equal ones counting half: U of the first arm, W in R.
    pub u: f64,
    /// Values in the first arm.
    first: u64,
    /// Values in the second arm.
    second: u64,
    /// The sum of `t^3 - t` over groups of `t` equal values; zero without ties.
    ties: f64,
}

impl MannWhitney {
    /// Compares two arms; values that are not numbers rank last.
    pub fn new(first: &[f64], second: &[f64]) -> Self {
        let mut values: Vec<(f64, bool)> = first
            .iter()
            .map(|&value| (value, true))
            .chain(second.iter().map(|&value| (value, false)))
            .collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut u, mut ties, mut below) = (0.0, 0.0, 0.0);
        for equal in values.chunk_by(|a, b| a.0 >= b.0) {
            let all = equal.len() as f64;
            let ours = equal.iter().filter(|(_, is_first)| *is_first).count() as f64;
            u += ours * (below + (all - ours) / 2.0);
            ties += all * all * all - all;
            below += all - ours;
        }
        Self {
            u,
            first: first.len() as u64,
            second: second.len() as u64,
            ties,
        }
    }

    /// Compares two arms by the counts of the same buckets, from the lowest values on: values of one bucket are equal.
    pub fn of_buckets(first: &[u64], second: &[u64]) -> Self {
        let (mut u, mut ties, mut below) = (0.0, 0.0, 0);
        for (&ours, &theirs) in first.iter().zip(second) {
            let all = (ours + theirs) as f64;
            u += ours as f64 * (below as f64 + theirs as f64 / 2.0);
            ties += all * all * all - all;
            below += theirs;
        }
        Self {
            u,
            first: first.iter().sum(),
            second: second.iter().sum(),
            ties,
        }
    }

    /// How far the statistic lies from what equal arms have, in standard errors with the variance that ties leave;
    /// positive where the first arm is higher, and zero where all values are equal.
    pub fn z(self) -> f64 {
        let (apart, variance) = self.law();
        if variance <= 0.0 || variance.is_nan() {
            return 0.0;
        }
        apart / libm::sqrt(variance)
    }

    /// The distance from the mean and the variance of the normal law among equal arms.
    fn law(self) -> (f64, f64) {
        let (n, m) = (self.first as f64, self.second as f64);
        let all = n + m;
        let variance = n * m / 12.0 * (all + 1.0 - self.ties / (all * (all - 1.0)));
        (self.u - n * m / 2.0, variance)
    }

    /// How likely a statistic at least as extreme is if both arms have the same law, exactly. Assumes that no values
    /// are equal. The work grows with the square of both arms together: for a hundred values in each at most.
    pub fn p_exact(self, alternative: Alternative) -> f64 {
        let arm = |values: u64| usize::try_from(values).unwrap_or(usize::MAX);
        let law = exact_law(arm(self.first), arm(self.second));
        let total: f64 = law.iter().sum();
        let share = |part: &[f64]| part.iter().sum::<f64>() / total;
        let up = below(&law, libm::ceil(self.u));
        let down = below(&law, libm::floor(self.u) + 1.0);
        let (greater, less) = (share(&law[up..]), share(&law[..down]));
        match alternative {
            Alternative::Greater => greater,
            Alternative::Less => less,
            Alternative::TwoSided => (2.0 * greater.min(less)).min(1.0),
        }
    }

    /// How likely a statistic at least as extreme is if both arms have the same law, by the normal law with the
    /// variance that ties leave; one where all values are equal.
    pub fn p_normal(self, alternative: Alternative, continuity: Continuity) -> f64 {
        let (apart, variance) = self.law();
        if variance <= 0.0 || variance.is_nan() {
            return 1.0;
        }
        let half = match continuity {
            Continuity::Corrected => 0.5,
            Continuity::Plain => 0.0,
        };
        let z = |difference: f64| difference / libm::sqrt(variance);
        match alternative {
            Alternative::Greater => normal_cdf(-z(apart - half)),
            Alternative::Less => normal_cdf(z(apart + half)),
            Alternative::TwoSided => (2.0 * normal_cdf(-z(libm::fabs(apart) - half))).min(1.0),
        }
    }
}

/// How many ways there are to each value of the statistic: choosing the places of the first arm among all, one place
/// after the other.
fn exact_law(first: usize, second: usize) -> Vec<f64> {
    let width = first * second + 1;
    // By how many are chosen already: a place that is chosen lies above all places before it that were not.
    let mut ways = vec![vec![0.0; width]; first + 1];
    ways[0][0] = 1.0;
    for place in 0..first + second {
        for chosen in (1..=first.min(place + 1)).rev() {
            let above = place + 1 - chosen;
            if second < above {
                continue;
            }
            let (before, after) = ways.split_at_mut(chosen);
            let (from, to) = (&before[chosen - 1], &mut after[0]);
            for (to, from) in to.iter_mut().skip(above).zip(from) {
                *to += from;
            }
        }
    }
    ways.swap_remove(first)
}

/// How many values of the statistic lie below `u`.
fn below(law: &[f64], u: f64) -> usize {
    (0..law.len()).take_while(|&at| (at as f64) < u).count()
}
