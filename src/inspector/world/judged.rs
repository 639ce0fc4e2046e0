//! What gates judge of the team's own metrics: policies know them by place, so that places and policy change together.

use coalmine_controller::{Against, Bound, Check, Healthy, Limit, Metric, NoDataMeans};
use coalmine_sim::CustomKind;
use coalmine_wire::Project;

/// Whether gates judge the metric at a place.
pub fn is_judged(project: &Project, index: usize) -> bool {
    let checks = project.policy.checks.iter();
    checks
        .map(|check| check.metric)
        .any(|metric| is_at(metric, index))
}

/// The project whose gates judge the metric at a place, or no longer do, whichever they did not before.
pub fn turned(project: &Project, index: usize) -> Project {
    let mut project = project.clone();
    let checks = &mut project.policy.checks;
    let count = checks.len();
    checks.retain(|check| !is_at(check.metric, index));
    let metric = project.scenario.measurement.metrics.get(index);
    if let (Some(metric), Ok(place)) = (metric, u8::try_from(index))
        && checks.len() == count
    {
        checks.push(Check {
            metric: Metric::Custom(place),
            bound: usual(metric.kind),
            window: None,
            min_requests: 100,
            no_data: NoDataMeans::Inconclusive,
        });
    }
    project
}

/// The project without the metric at a place, nor what judges it.
pub fn without(project: &Project, index: usize) -> Project {
    let mut project = project.clone();
    let metrics = &mut project.scenario.measurement.metrics;
    if metrics.len() <= index {
        return project;
    }
    metrics.remove(index);
    let policy = &mut project.policy;
    policy.checks.retain(|check| !is_at(check.metric, index));
    policy
        .triggers
        .retain(|trigger| !is_at(trigger.metric, index));
    let checks = policy.checks.iter_mut().map(|check| &mut check.metric);
    let triggers = policy
        .triggers
        .iter_mut()
        .map(|trigger| &mut trigger.metric);
    for metric in checks.chain(triggers) {
        if let Metric::Custom(place) = metric
            && index < usize::from(*place)
        {
            *place -= 1;
        }
    }
    project
}

fn is_at(metric: Metric, index: usize) -> bool {
    matches!(metric, Metric::Custom(place) if usize::from(place) == index)
}

/// A little worse than a plain day. Fixed: once the canary has all traffic, there is no stable to compare it with.
const fn usual(kind: CustomKind) -> Bound {
    let (healthy, limit) = match kind {
        CustomKind::PerMinute(_) => (Healthy::Above, Limit(1_000_000)),
        CustomKind::PerRequest(Limit(chance)) => (Healthy::Above, Limit(chance / 10 * 9)),
        CustomKind::Gauge {
            level: Limit(level),
            ..
        } => (Healthy::Below, Limit(level / 10 * 12)),
    };
    Bound {
        healthy,
        against: Against::Fixed(limit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::CustomMetric;

    fn project() -> Project {
        let mut project = Project::default();
        for name in ["orders", "queue"] {
            let metrics = &mut project.scenario.measurement.metrics;
            metrics.push(CustomMetric {
                name: name.to_owned(),
                kind: CustomKind::PerRequest(Limit(50_000)),
                endpoint: None,
            });
        }
        project
    }

    #[test]
    fn what_is_judged_can_be_run_and_is_judged_no_longer_when_turned_again() {
        let before = project();
        let judged = turned(&before, 1);
        assert!(is_judged(&judged, 1) && !is_judged(&judged, 0));
        assert_eq!(judged.problems(), []);
        assert!(coalmine_wire::Job::new(&judged).is_ok());
        assert_eq!(turned(&judged, 1), before);
    }

    #[test]
    fn a_metric_that_goes_takes_its_check_along_and_no_other() {
        let judged = turned(&turned(&project(), 0), 1);
        let left = without(&judged, 0);
        assert!(is_judged(&left, 0) && !is_judged(&left, 1));
        assert_eq!(left.problems(), []);
        let none = without(&left, 0);
        assert_eq!(none.policy, Project::default().policy);
        assert_eq!(without(&none, 0), none);
    }
}
