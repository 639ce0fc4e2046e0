//! What readings come to in the query's own unit.

#![expect(
    clippy::float_arithmetic,
    reason = "units of measured values: nothing of this enters the state of a controller but as a measured value"
)]

use super::{Binding, Nothing, Quantity, Sense, Subject};
use crate::query::Reading;
use serde::{Deserialize, Serialize};

/// What a bound query answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// A number, in the query's own unit; it may be infinite or none (NaN).
    Number {
        /// The number.
        value: f64,
        /// What it rests on, of the version with fewer.
        samples: u64,
    },
    /// No value: an empty list, or nil.
    Empty,
    /// The provider fails.
    Error,
}

impl Binding {
    /// What the readings come to, in the order of the queries.
    pub fn answer(&self, readings: &[Reading]) -> Answer {
        let mut values = readings.iter().map(|&reading| self.value(reading));
        let (first, second) = (values.next().flatten(), values.next().flatten());
        let found = match self.subject {
            Subject::Canary | Subject::Stable => first,
            Subject::Both => self.both(first, second),
            Subject::CanaryOverStable => both_of(first, second, |canary, stable| canary / stable),
            Subject::CanaryLessStable => both_of(first, second, |canary, stable| canary - stable),
        };
        match found {
            Some((value, samples)) => Answer::Number {
                value: self.scaled(value),
                samples,
            },
            None => self.nothing(),
        }
    }

    /// What was measured, before it is scaled. Where requests are counted, none is a count too.
    fn value(&self, reading: Reading) -> Option<(f64, u64)> {
        let seconds = self.window.0 as f64 / 1_000.0;
        let (value, samples) = match reading {
            Reading::NoData => (None, 0),
            Reading::Value { value, samples } => (Some(value), samples),
        };
        let counted = samples as f64;
        match self.quantity {
            Quantity::Metric(_) => value.map(|value| match self.sense {
                Sense::Direct => (value, samples),
                Sense::Complement => (1.0 - value, samples),
            }),
            Quantity::RequestRate => value.map(|_| (counted / seconds, samples)),
            Quantity::Requests => value.map(|_| (counted, samples)),
            Quantity::FailureRate => value.map(|share| (share * counted / seconds, samples)),
            Quantity::Failures => value.map(|share| (share * counted, samples)),
        }
    }

    /// Both versions as one: rates and counts add up, the rest is weighed by its samples.
    fn both(&self, first: Option<(f64, u64)>, second: Option<(f64, u64)>) -> Option<(f64, u64)> {
        let ((one, ones), (other, others)) = match (first, second) {
            (Some(first), Some(second)) => (first, second),
            (found, None) | (None, found) => return found,
        };
        let samples = ones.saturating_add(others);
        let value = match self.quantity {
            Quantity::Metric(_) => (one * ones as f64 + other * others as f64) / samples as f64,
            Quantity::RequestRate
            | Quantity::Requests
            | Quantity::FailureRate
            | Quantity::Failures => one + other,
        };
        Some((value, samples))
    }

    fn scaled(&self, value: f64) -> f64 {
        coalmine_stats::bound::times_millionths(value, self.scale.millionths())
    }

    fn nothing(&self) -> Answer {
        let number = |value| Answer::Number { value, samples: 0 };
        match self.nothing {
            Nothing::NaN => number(f64::NAN),
            Nothing::Empty => Answer::Empty,
            Nothing::Zero => number(0.0),
            Nothing::Value(limit) => number(coalmine_stats::bound::from_millionths(limit.0)),
            Nothing::Error => Answer::Error,
        }
    }
}

fn both_of(
    first: Option<(f64, u64)>,
    second: Option<(f64, u64)>,
    with: impl Fn(f64, f64) -> f64,
) -> Option<(f64, u64)> {
    let ((one, ones), (other, others)) = first.zip(second)?;
    Some((with(one, other), ones.min(others)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        binding::{Scale, Shape},
        query::Metric,
        units::{Limit, Millis},
    };
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    const OF_ERRORS: Binding = Binding::of(Metric::ErrorRate, Millis(60_000));

    const fn reading(value: f64, samples: u64) -> Reading {
        Reading::Value { value, samples }
    }

    fn number(binding: Binding, readings: &[Reading]) -> f64 {
        match binding.answer(readings) {
            Answer::Number { value, .. } => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_success_rate_is_what_errors_leave_and_a_percentage_a_hundred_times_that() {
        let success = Binding {
            sense: Sense::Complement,
            scale: Scale::Percent,
            ..OF_ERRORS
        };
        assert!((number(success, &[reading(0.25, 400)]) - 75.0).abs() < 1e-9);
    }

    #[test]
    fn requests_a_second_are_the_samples_over_the_window() {
        let rate = Binding {
            quantity: Quantity::RequestRate,
            ..OF_ERRORS
        };
        assert!((number(rate, &[reading(0.5, 600)]) - 10.0).abs() < 1e-9);
    }

    #[test]
    fn two_versions_are_compared_or_taken_together_by_their_samples() {
        let readings = [reading(0.1, 100), reading(0.05, 900)];
        for (subject, value) in [
            (Subject::CanaryOverStable, 2.0),
            (Subject::CanaryLessStable, 0.05),
            (Subject::Both, 0.055),
        ] {
            let found = number(
                Binding {
                    subject,
                    ..OF_ERRORS
                },
                &readings,
            );
            assert!((found - value).abs() < 1e-9, "{subject:?}: {found}");
        }
    }

    #[test]
    fn nothing_is_what_the_provider_says() {
        let answer = |nothing| {
            Binding {
                nothing,
                ..OF_ERRORS
            }
            .answer(&[Reading::NoData])
        };
        assert!(matches!(answer(Nothing::NaN), Answer::Number { value, .. } if value.is_nan()));
        assert_eq!(answer(Nothing::Empty), Answer::Empty);
        assert_eq!(answer(Nothing::Error), Answer::Error);
        let one = answer(Nothing::Value(Limit(1_000_000)));
        assert!(
            matches!(one, Answer::Number { value, samples: 0 } if value.to_bits() == 1.0_f64.to_bits())
        );
        assert_eq!(OF_ERRORS.shape, Shape::Vector);
    }
}
