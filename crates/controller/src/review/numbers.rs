//! Rules of the policy's numbers, at this traffic and with these scrapes.

use super::{Finding, ground::Ground};
use crate::{
    compile::graph::NodeIx,
    policy::Fallback,
    role::Role,
    units::{Millis, Weight},
};
use alloc::{format, vec::Vec};
use coalmine_flow::Severity;

/// Scrapes in the windows that are proposed where one was too short: enough for a rate that means something.
const SCRAPES: u64 = 4;

/// At this traffic a gate will not see the requests that it needs.
pub(super) fn undecidable(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for at in ground.graph.reached() {
        if *ground.role(at) != Role::Gate {
            continue;
        }
        let checks = ground.policy.checks_of(ground.id(at)).iter();
        let needs = checks
            .filter(|check| check.metric.counts_requests())
            .map(|check| check.min_requests)
            .max();
        let (Some(needs), Some(share)) = (needs, ground.least_traffic(at)) else {
            continue;
        };
        let watchers = watchers(ground, at);
        let Some(window) = watchers
            .iter()
            .filter_map(|it| ground.observation(*it))
            .min()
        else {
            continue;
        };
        let sees = requests(ground.around.rate, share, window);
        if needs <= sees {
            continue;
        }
        let why = format!(
            "the gate {} needs {needs} requests, and at {share} of this traffic {window} brings about {sees}: it will \
             hardly ever be able to decide",
            ground.named(at)
        );
        let code = ("undecidable-gate", Severity::Warning);
        let repair = enough(ground.around.rate, share, needs).map(|enough| {
            let title = format!("observe {enough} before {}", ground.id(at));
            ground.set(title, |policy| {
                for watcher in watchers {
                    policy.nodes.entry(ground.id(watcher)).or_default().window = Some(enough);
                }
            })
        });
        findings.push(ground.finding(code, Some(at), why, repair));
    }
}

/// The nodes that observe for a gate: itself, or what waits or measures before it.
fn watchers(ground: &Ground<'_>, gate: NodeIx) -> Vec<NodeIx> {
    if ground.arrives_unobserved(gate) {
        return [gate].into();
    }
    let before = ground.behind(gate, |role| {
        matches!(role, Role::Complete | Role::Milestone | Role::Unknown)
    });
    let before = before.into_iter().map(|(at, _)| at);
    before
        .filter(|at| ground.observation(*at).is_some())
        .collect()
}

/// How many requests of the canary a window brings on average, in whole ones.
fn requests(rate: u64, share: Weight, window: Millis) -> u64 {
    // Thousandths of requests, basis points, milliseconds.
    let product = u128::from(rate) * u128::from(share.basis_points()) * u128::from(window.0);
    u64::try_from(product / 10_000_000_000).unwrap_or(u64::MAX)
}

/// A window in whole minutes that brings as many, with a tenth to spare; nothing where no traffic comes or it would be
/// longer than a day.
fn enough(rate: u64, share: Weight, needs: u64) -> Option<Millis> {
    let a_minute = u128::from(rate) * u128::from(share.basis_points()) * 60_000;
    let wanted = u128::from(needs) * 11 * 1_000_000_000;
    let minutes = wanted.checked_div(a_minute)? + 1;
    let minutes = u64::try_from(minutes).ok()?;
    (minutes <= 24 * 60).then(|| Millis::from_mins(minutes))
}

/// A window is shorter than two scrapes.
pub(super) fn short(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let scrape = ground.around.scrape;
    let least = Millis(scrape.0.saturating_mul(2));
    let wanted = Millis(scrape.0.saturating_mul(SCRAPES));
    for at in ground.graph.reached() {
        let Some(window) = ground.observation(at).filter(|window| *window < least) else {
            continue;
        };
        let why = format!(
            "{} observes {window}, and metrics come only every {scrape}: a rate needs two scrapes, so there will be no data",
            ground.named(at)
        );
        let title = format!("observe {wanted} at {}", ground.id(at));
        let repair = ground.set(title, |policy| {
            policy.nodes.entry(ground.id(at)).or_default().window = Some(wanted);
        });
        let code = ("short-window", Severity::Warning);
        findings.push(ground.finding(code, Some(at), why, [repair]));
    }
    for (place, trigger) in ground.policy.triggers.iter().enumerate() {
        if trigger.window < least {
            let why = format!(
                "the hard limit on the {} looks back {}, and metrics come only every {scrape}: it will find no data and \
                 never stop anything",
                trigger.metric, trigger.window
            );
            let repair = ground.set(format!("look back {wanted}"), |policy| {
                if let Some(trigger) = policy.triggers.get_mut(place) {
                    trigger.window = wanted;
                }
            });
            let code = ("short-window", Severity::Warning);
            findings.push(ground.finding(code, None, why, [repair]));
        }
    }
}

/// A hard limit looks back further than a step lasts.
pub(super) fn slow_alarm(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    let steps = ground
        .graph
        .reached()
        .filter_map(|at| ground.observation(at));
    let Some(shortest) = steps.filter(|window| 0 < window.0).min() else {
        return;
    };
    for (place, trigger) in ground.policy.triggers.iter().enumerate() {
        if trigger.window <= shortest {
            continue;
        }
        let why = format!(
            "the hard limit on the {} looks back {}, longer than the shortest step is observed ({shortest}): what breaks in \
             that step is diluted by what was before it, and the step is over before the limit can stop it",
            trigger.metric, trigger.window
        );
        let repair = ground.set(format!("look back {shortest}"), |policy| {
            if let Some(trigger) = policy.triggers.get_mut(place) {
                trigger.window = shortest;
            }
        });
        let code = ("slow-alarm", Severity::Warning);
        findings.push(ground.finding(code, None, why, [repair]));
    }
}

/// What happens where a gate cannot decide.
pub(super) fn unsure(ground: &Ground<'_>, findings: &mut Vec<Finding>) {
    for at in ground.graph.reached() {
        if *ground.role(at) != Role::Gate {
            continue;
        }
        let id = ground.id(at);
        if ground.policy.fallback_of(id) == Fallback::Yes {
            let why = format!(
                "the gate {} lets the release pass where it cannot decide: without data every release is a good one",
                ground.named(at)
            );
            let repair = ground.set(format!("let {id} stop what it cannot judge"), |policy| {
                policy.nodes.entry(id).or_default().fallback = Some(Fallback::No);
            });
            let code = ("blind-pass", Severity::Warning);
            findings.push(ground.finding(code, Some(at), why, [repair]));
        }
        if ground.policy.extensions_of(id) == 0 {
            let why = format!(
                "the gate {} has no way out for \"too little to tell\": a quiet minute stops a good release",
                ground.named(at)
            );
            let repair = ground.set(format!("let {id} look longer once"), |policy| {
                policy.nodes.entry(id).or_default().extensions = Some(1);
            });
            let code = ("no-second-look", Severity::Warning);
            findings.push(ground.finding(code, Some(at), why, [repair]));
        }
    }
}
