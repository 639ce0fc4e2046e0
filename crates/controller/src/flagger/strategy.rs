//! Which way a canary goes, and how far each step.

use super::spec::{Analysis, Router, Spec};
use serde::{Deserialize, Serialize};

/// Which way a canary goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Strategy {
    /// Weights, step by step.
    Canary,
    /// Iterations, then everything at once.
    BlueGreen,
    /// Iterations over requests that match.
    AbTesting,
}

/// The way that an analysis asks for: iterations count more than any weights.
pub fn strategy(analysis: &Analysis) -> Strategy {
    match (0 < analysis.iterations, analysis.matches) {
        (true, true) => Strategy::AbTesting,
        (true, false) => Strategy::BlueGreen,
        (false, _) => Strategy::Canary,
    }
}

/// Where steps stop: a line, not a cap.
pub fn limit(analysis: &Analysis) -> i32 {
    match analysis.step_weights.last() {
        Some(last) => (*last).min(100),
        None if 0 < analysis.max_weight => analysis.max_weight,
        None => 100,
    }
}

/// How far the next step goes from this weight.
pub fn next_step(analysis: &Analysis, weight: i32) -> i32 {
    let steps = &analysis.step_weights;
    if 0 < analysis.step_weight || steps.is_empty() {
        return analysis.step_weight;
    }
    let rest = if weight < 100 { 100 - weight } else { 1 };
    if weight == 0 {
        return steps.first().copied().unwrap_or(rest);
    }
    let at = steps.iter().position(|step| *step == weight);
    let next = at.and_then(|at| steps.get(at + 1));
    next.map_or(rest, |next| next - weight)
}

/// The analysis as this router can have it: without a split there are iterations over everything.
pub(super) fn as_routed(spec: &Spec) -> Analysis {
    let mut analysis = spec.analysis.clone();
    if spec.router == Router::Kubernetes {
        analysis.matches = false;
        if analysis.iterations < 1 {
            analysis.iterations = super::spec::ITERATIONS;
        }
    }
    analysis
}

/// Whether this router can copy traffic on the way that the analysis goes.
pub(super) fn can_mirror(router: Router, strategy: Strategy) -> bool {
    match router {
        Router::Istio => true,
        Router::GatewayApi => strategy != Strategy::Canary,
        Router::Other | Router::Kubernetes => false,
    }
}

/// The shortest time to a promotion and to a rollback, in seconds, as its handbook reckons them.
pub fn reckoned(analysis: &Analysis) -> (Option<u64>, Option<u64>) {
    let interval = analysis.interval.length().0 / 1_000;
    let ticks = if 0 < analysis.iterations {
        u64::try_from(analysis.iterations).ok()
    } else {
        let (limit, step) = (limit(analysis), analysis.step_weight);
        let ticks = limit.checked_div(step).filter(|_| 0 < step);
        ticks.and_then(|ticks| u64::try_from(ticks).ok())
    };
    let threshold = u64::try_from(analysis.threshold).ok();
    (
        ticks.map(|ticks| interval * ticks),
        threshold.map(|times| interval * times),
    )
}
