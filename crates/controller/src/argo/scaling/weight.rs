//! Which share of the traffic the canary gets.

use super::{PodSet, Scaling, Situation};
use crate::argo::{Spec, spec::Step};

/// The share that a step wants: the last one said at or before it; all of it past the last step, nothing after an abort.
pub fn step_weight(steps: &[Step], index: usize, aborted: bool, max: u32) -> u32 {
    if aborted {
        return 0;
    }
    match steps.get(..=index) {
        None => max,
        Some(steps) => last_weight(steps),
    }
}

fn last_weight(steps: &[Step]) -> u32 {
    let said = steps.iter().rev().find_map(|step| step.set_weight);
    said.unwrap_or(0)
}

/// The share that must stay with the canary, since stable has no pods for it.
fn beyond_stable(spec: &Spec, now: &Situation) -> u32 {
    let max = u64::from(
        spec.routing
            .as_ref()
            .map_or(100, |routing| routing.max_weight),
    );
    let available = u64::from(now.stable.unwrap_or_default().available);
    match u64::from(now.replicas) {
        0 => 0,
        replicas => u32::try_from(max.saturating_sub(max * available / replicas)).unwrap_or(0),
    }
}

/// The share that stable is to be made ready for, step by step backwards.
pub(super) fn abort_target(spec: &Spec, now: &Situation) -> u32 {
    // Without pods of stable there is nothing to go by.
    if now.stable.is_none() {
        return 0;
    }
    let present = beyond_stable(spec, now);
    let present = now.weight.map_or(present, |weight| weight.min(present));
    let mut said = spec.steps.iter().rev().filter_map(|step| step.set_weight);
    said.find(|&weight| weight < present).unwrap_or(0)
}

/// The share that the canary keeps while stable grows: what was said before and stable can do without.
fn weight_on_abort(spec: &Spec, now: &Situation) -> u32 {
    let beyond = beyond_stable(spec, now);
    if beyond == 0 {
        return 0;
    }
    let said = spec.steps.iter().filter_map(|step| step.set_weight);
    let step = said
        .filter(|&weight| beyond <= weight)
        .min()
        .unwrap_or(beyond);
    // Never up again because pods come and go.
    now.weight.map_or(step, |weight| weight.min(step))
}

impl Scaling<'_> {
    /// The canary's share on the way back, without the gate.
    pub fn abort_desired_weight(self) -> u32 {
        abort_target(self.spec, self.now)
    }
}

/// The share that the router is to be told in this pass; nothing where none may change, since stable could not carry
/// its own.
pub fn router_weight(scaling: Scaling<'_>) -> Option<u32> {
    let wanted = wanted(scaling);
    scaling.gate_is_open(wanted).then_some(wanted)
}

fn wanted(scaling: Scaling<'_>) -> u32 {
    let (spec, now) = (scaling.spec, scaling.now);
    let max = scaling.max_weight();
    let dynamic = spec
        .routing
        .as_ref()
        .is_some_and(|it| it.dynamic_stable_scale);
    let canary: PodSet = now.canary.unwrap_or_default();
    if now.rolls_back_to_stable && dynamic {
        return weight_on_abort(spec, now);
    }
    if now.canary_is_stable {
        return 0;
    }
    if now.aborted {
        return if dynamic {
            weight_on_abort(spec, now)
        } else {
            0
        };
    }
    if canary.available == 0 {
        return 0;
    }
    if now.promote_full {
        return promoted(scaling, canary, dynamic);
    }
    if spec.steps.is_empty() {
        return 0;
    }
    if spec.steps.len() <= now.index && !scaling.is_at_desired() {
        return last_weight(&spec.steps);
    }
    if !scaling.is_at_desired() {
        let before = spec.steps.get(..now.index).unwrap_or_default();
        return last_weight(before);
    }
    step_weight(&spec.steps, now.index, false, max)
}

/// Everything at once: as fast as pods come where stable shrinks along, else only when they are all there.
fn promoted(scaling: Scaling<'_>, canary: PodSet, dynamic: bool) -> u32 {
    let (now, max) = (scaling.now, scaling.max_weight());
    if dynamic {
        let share = u64::from(max) * u64::from(canary.available);
        let share = share.checked_div(u64::from(now.replicas)).unwrap_or(0);
        return u32::try_from(share).unwrap_or(max).min(max);
    }
    if now.replicas <= canary.available {
        max
    } else {
        now.weight.unwrap_or(0)
    }
}
