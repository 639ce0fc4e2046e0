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
