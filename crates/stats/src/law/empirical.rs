//! A law of measured quantiles, for those who have a dashboard and no formula.

use super::LawError;
use alloc::vec::Vec;

/// Straight lines between measured quantiles.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    /// Probability and value of at least two points, both strictly rising, from probability 0 to 1.
    points: Vec<(f64, f64)>,
}

impl Empirical {
    /// The law through `points`, each a probability and a value, in any unit, as in (0.99, 250.0).
    ///
    /// # Errors
    ///
    /// There are fewer than two points, they do not reach from probability 0 to 1, a value is negative or not finite,
    /// or a point does not lie above the one before it in both probability and value.
    pub fn new(points: Vec<(f64, f64)>) -> Result<Self, LawError> {
        let (Some(&(first, _)), Some(&(last, _))) = (points.first(), points.last()) else {
            return Err(LawError::TooFewPoints);
        };
        if points.len() < 2 {
            return Err(LawError::TooFewPoints);
        }
        if first.to_bits() != 0.0_f64.to_bits() || last.to_bits() != 1.0_f64.to_bits() {
            return Err(LawError::Ends);
        }
        let is_value = |value: f64| (0.0..f64::INFINITY).contains(&value);
        if let Some(point) = points.iter().position(|&(_, value)| !is_value(value)) {
            return Err(LawError::Value { point });
        }
        let rises = |pair: &[(f64, f64)]| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1;
        match points.windows(2).position(|pair| !rises(pair)) {
            Some(before) => Err(LawError::NotRising { point: before + 1 }),
            None => Ok(Self { points }),
        }
    }

    /// Probability and value of the points, both strictly rising, from probability 0 to 1.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// The ends of the line whose right end is the first point that `is_right`; the last line where none is.
    fn line(&self, is_right: impl Fn(&(f64, f64)) -> bool) -> ((f64, f64), (f64, f64)) {
        let right = self.points.partition_point(|point| !is_right(point));
        let right = right.clamp(1, self.points.len() - 1);
        (self.points[right - 1], self.points[right])
    }

    /// Probability of a value of at most `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        let ((p0, x0), (p1, x1)) = self.line(|&(_, value)| x <= value);
        p0 + (p1 - p0) * ((x - x0) / (x1 - x0)).clamp(0.0, 1.0)
    }

    /// Probability of a value above `x`.
    pub fn above(&self, x: f64) -> f64 {
        let ((p0, x0), (p1, x1)) = self.line(|&(_, value)| x <= value);
        (1.0 - p1) + (p1 - p0) * ((x1 - x) / (x1 - x0)).clamp(0.0, 1.0)
    }

    /// Probability of a value between `lo` (excluded) and `hi` (included); nothing unless `lo < hi`.
    pub fn between(&self, lo: f64, hi: f64) -> f64 {
        if hi <= lo || lo.is_nan() || hi.is_nan() {
            return 0.0;
        }
        // The shares of whole lines are differences of what was given; only those of parts are interpolated.
        self.points
            .windows(2)
            .map(|pair| {
                let ((p0, x0), (p1, x1)) = (pair[0], pair[1]);
                let covered = (hi.min(x1) - lo.max(x0)).max(0.0);
                (p1 - p0) * (covered / (x1 - x0))
            })
            .sum()
    }

    /// The value below which a share `p` lies; NaN where `p` is not a share.
    pub fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let ((p0, x0), (p1, x1)) = self.line(|&(probability, _)| p <= probability);
        x0 + (x1 - x0) * ((p - p0) / (p1 - p0))
    }

    /// The mean, in the unit of the values.
    pub fn mean(&self) -> f64 {
        self.lines_mean(f64::midpoint)
    }

    /// The squared coefficient of variation, without a unit.
    pub fn cv2(&self) -> f64 {
        let mean = self.mean();
        let variance = self.lines_mean(|x0, x1| {
            let (a, b) = (x0 - mean, x1 - mean);
            (a * a + a * b + b * b) / 3.0
        });
        variance / (mean * mean)
    }

    /// The mean of a quantity that is known for each line, between its two values.
    fn lines_mean(&self, quantity: impl Fn(f64, f64) -> f64) -> f64 {
        self.points
            .windows(2)
            .map(|pair| (pair[1].0 - pair[0].0) * quantity(pair[0].1, pair[1].1))
            .sum()
    }
}
