//! What upstream refuses in a rollout.

use super::Fault;
use crate::{
    argo::{
        Amount, Analysis, CanaryScale, Pause, Spec, Step,
        analysis::{Written, matched, validate},
    },
    units::Millis,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Everything that is wrong with a spec.
pub(super) fn faults(spec: &Spec) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut add = |place: &str, message: &str| {
        faults.push(Fault {
            place: place.to_string(),
            message: message.to_string(),
        });
    };
    let is_zero = |amount: Option<Amount>| amount.is_some_and(Amount::is_zero);
    if is_zero(spec.max_surge) && is_zero(spec.max_unavailable) {
        add(
            "strategy.canary.maxUnavailable",
            "maxSurge and maxUnavailable both can not be zero: raise one of them",
        );
    }
    if spec.progress_deadline <= spec.min_ready {
        add(
            "progressDeadlineSeconds",
            "must be greater than minReadySeconds: raise it",
        );
    }
    if let Some(routing) = &spec.routing {
        if routing.dynamic_stable_scale && routing.scale_down_delay.is_some() {
            add(
                "strategy.canary.scaleDownDelaySeconds",
                "cannot be used with dynamicStableScale: take one of them out",
            );
        }
        if routing.max_weight == 0 {
            add(
                "strategy.canary.trafficRouting.maxTrafficWeight",
                "must be greater than zero",
            );
        }
    }
    for (place, step) in spec.steps.iter().enumerate() {
        let at = format!("strategy.canary.steps[{place}]");
        step_faults(spec, step, |field, message| {
            add(&format!("{at}{field}"), message);
        });
    }
    if let Some(background) = &spec.background {
        analysis_faults(&background.analysis, false, &mut |message| {
            add("strategy.canary.analysis", message);
        });
        let steps = spec.steps.len();
        if 0 < steps && steps <= background.starting_step as usize {
            let message = format!(
                "there are only {steps} steps: name one of 0 to {}",
                steps - 1
            );
            add("strategy.canary.analysis.startingStep", &message);
        }
    }
    faults
}

fn step_faults(spec: &Spec, step: &Step, mut add: impl FnMut(&str, &str)) {
    let kinds = [
        step.set_weight.is_some(),
        step.pause.is_some(),
        step.experiment.is_some(),
        step.analysis.is_some(),
    ];
    let exclusive = kinds.iter().filter(|has| **has).count();
    let others = step.set_canary_scale.is_some()
        || step.header_route.is_some()
        || step.mirror_route.is_some()
        || step.plugin.is_some();
    if 1 < exclusive {
        add(
            "",
            "setWeight, pause, experiment and analysis exclude each other: make two steps of it",
        );
    }
    if exclusive == 0 && !others {
        add(
            "",
            "the step holds nothing: write setWeight, pause or analysis",
        );
    }
    let max = spec
        .routing
        .as_ref()
        .map_or(100, |routing| routing.max_weight);
    if step.set_weight.is_some_and(|weight| max < weight) {
        add(".setWeight", &format!("must be between 0 and {max}"));
    }
    if let Some(Pause::For(Millis(millis))) = step.pause
        && u64::from(u32::MAX) * 1_000 < millis
    {
        add(".pause.duration", "is too long");
    }
    if spec.routing.is_none() {
        let routed = [
            (step.set_canary_scale.is_some(), ".setCanaryScale"),
            (step.header_route.is_some(), ".setHeaderRoute"),
            (step.mirror_route.is_some(), ".setMirrorRoute"),
        ];
        for (_, field) in routed.iter().filter(|(has, _)| *has) {
            add(
                field,
                "needs trafficRouting: without a router the weight is a ratio of pods",
            );
        }
    }
    if let Some(CanaryScale::Replicas(pods)) = step.set_canary_scale
        && 1_000_000 < pods
    {
        add(".setCanaryScale.replicas", "is too many");
    }
    if let Some(analysis) = &step.analysis {
        analysis_faults(analysis, true, &mut |message| add(".analysis", message));
    }
    for of in step
        .experiment
        .iter()
        .flat_map(|experiment| &experiment.analyses)
    {
        analysis_faults(&of.analysis, false, &mut |message| {
            add(".experiment", message);
        });
    }
}

/// An analysis whose templates are all missing is none: the step then never completes.
fn analysis_faults(analysis: &Analysis, is_step: bool, add: &mut impl FnMut(&str)) {
    if analysis.metrics.is_empty() {
        return;
    }
    let written: Vec<Written<'_>> = analysis.metrics.iter().map(Written::read).collect();
    if let Err(told) = validate(&written) {
        add(&told);
    }
    for metric in &analysis.metrics {
        let endless = metric.interval.is_some() && metric.count.is_none_or(|count| count <= 0);
        if is_step && endless {
            let name = &metric.name;
            add(&format!(
                "metric \"{name}\" runs indefinitely: give it a count, or run it in the background"
            ));
        }
    }
    let names: Vec<String> = analysis
        .metrics
        .iter()
        .map(|metric| metric.name.clone())
        .collect();
    if let Err(told) = matched(&analysis.dry_run, &names) {
        add(&format!("dryRun: {told}"));
    }
}
