//! The bound that a condition compares with, where it is a simple comparison: so that decisions can tell it.

use super::{Metric, Provider, Release, condition};
use crate::{
    binding::{Binding, Sense, Subject},
    policy::{Against, Bound, Healthy},
    units::Limit,
};

/// The bound of a metric in the base unit of what is measured: of its success condition, else of its failure condition.
pub(super) fn bound_of(metric: &Metric, release: Release) -> Option<Bound> {
    let Provider::Bound(binding) = &metric.provider else {
        return None;
    };
    let compared = |text: &Option<alloc::string::String>| {
        let text = text.as_deref().filter(|text| !text.is_empty())?;
        condition::comparison(text, release)
    };
    let failure = || compared(&metric.failure_condition).map(|(above, value)| (!above, value));
    let (healthy_above, value) = compared(&metric.success_condition).or_else(failure)?;
    in_base_unit(binding, healthy_above, value)
}

fn in_base_unit(binding: &Binding, above: bool, value: f64) -> Option<Bound> {
    let millionths = coalmine_stats::bound::in_parts(value, 6)?;
    let scale = i128::from(binding.scale.millionths());
    if scale <= 0 {
        return None;
    }
    let based = i64::try_from(i128::from(millionths) * 1_000_000 / scale).ok()?;
    let (limit, above) = match binding.sense {
        Sense::Direct => (based, above),
        Sense::Complement => (1_000_000 - based, !above),
    };
    let limit = Limit(limit);
    Some(Bound {
        healthy: if above {
            Healthy::Above
        } else {
            Healthy::Below
        },
        against: match binding.subject {
            Subject::Canary | Subject::Stable | Subject::Both => Against::Fixed(limit),
            Subject::CanaryOverStable => Against::StableTimes(limit),
            Subject::CanaryLessStable => Against::StablePlus(limit),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{binding::Scale, query, units::Millis};
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn bound(binding: Binding, success: Option<&str>, failure: Option<&str>) -> Option<Bound> {
        let metric = Metric {
            success_condition: success.map(Into::into),
            failure_condition: failure.map(Into::into),
            ..Metric::new("metric".into(), Provider::Bound(binding))
        };
        bound_of(&metric, Release::V1_9)
    }

    #[test]
    fn bounds_are_told_in_the_unit_of_what_is_measured() {
        let errors = Binding::of(query::Metric::ErrorRate, Millis(60_000));
        let success = Binding {
            sense: Sense::Complement,
            scale: Scale::Percent,
            ..errors
        };
        let ratio = Binding {
            subject: Subject::CanaryOverStable,
            ..errors
        };
        let fixed = |limit| Against::Fixed(Limit(limit));
        for (binding, success, failure, healthy, against) in [
            (
                errors,
                Some("result[0] < 0.01"),
                None,
                Healthy::Below,
                fixed(10_000),
            ),
            (
                success,
                Some("result[0] >= 95"),
                None,
                Healthy::Below,
                fixed(50_000),
            ),
            (
                errors,
                None,
                Some("0.1 <= result[0]"),
                Healthy::Below,
                fixed(100_000),
            ),
            (
                success,
                Some("isNaN(result) || result >= 99.5"),
                None,
                Healthy::Below,
                fixed(5_000),
            ),
            (
                ratio,
                Some("all(result, # <= 1.5)"),
                None,
                Healthy::Below,
                Against::StableTimes(Limit(1_500_000)),
            ),
        ] {
            let found = bound(binding, success, failure);
            assert_eq!(
                found,
                Some(Bound { healthy, against }),
                "{success:?} {failure:?}"
            );
        }
        assert_eq!(bound(errors, Some("len(result) == 0"), None), None);
        assert_eq!(bound(errors, Some("result[0] <"), None), None);
    }
}
