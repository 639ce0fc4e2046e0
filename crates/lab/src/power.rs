//! What each gate can see: how many canary requests, and the smallest regression that they show.
//!
//! Where a gate compares the error rate with a fixed bound, the answer is exact: requests of a window are Poisson, and so
//! are errors, so the chance that a gate fails is a sum of binomial tails. Elsewhere it is simulated. What a gate really
//! sees, window, weight and requests, is read off simulated rollouts of a good release either way.

mod chance;
mod looks;

pub use chance::chance_to_fail;

use crate::{
    parameter::{Design, ParameterError},
    release::Quality,
    run::seed_of,
};
use alloc::{sync::Arc, vec::Vec};
use chance::whole;
use coalmine_controller::{
    Against, Bound, Checked, Healthy, Limit, Metric, Millis, Plan, Reading, Verdict, Weight,
};
use coalmine_flow::NodeId;
use coalmine_sim::{Fault, FaultKind, Kit, Onset, Scenario, Seed};
use looks::{Look, looks};

/// How an answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From the laws of counts.
    Exact,
    /// From simulated rollouts.
    Simulated,
}

/// What one check of one gate can see.
#[derive(Clone, Debug, PartialEq)]
pub struct Sight {
    /// The gate.
    pub gate: NodeId,
    /// What it measures.
    pub metric: Metric,
    /// What that is compared with.
    pub bound: Bound,
    /// The canary's share of traffic while it does.
    pub weight: Weight,
    /// How far the check looks back.
    pub window: Millis,
    /// Canary requests, or gauge readings, that it sees on average.
    pub samples: f64,
    /// Requests it needs to decide.
    pub min_requests: u64,
    /// How the answers below were found.
    pub way: Way,
    /// How often it fails a good release.
    pub false_alarm: f64,
    /// The smallest regression that it catches in 80 % of cases, in millionths of what [`Sight::size_says`] tells; nothing
    /// where it catches none.
    pub smallest_80: Option<Limit>,
    /// The same in 95 % of cases.
    pub smallest_95: Option<Limit>,
    /// How often it catches the regression that matters.
    pub catches: Option<f64>,
    /// The window that it would take to catch that in 80 % of cases, at this weight; nothing where none does.
    pub needed_window: Option<Millis>,
    /// The weight that it would take in this window; nothing where none does.
    pub needed_weight: Option<Weight>,
}

impl Sight {
    /// What a regression of this metric is counted in.
    pub const fn size_says(&self) -> &'static str {
        match self.metric {
            Metric::ErrorRate => "more errors",
            Metric::Latency(_) => "longer latencies",
            Metric::Cpu => "more CPU",
            Metric::Memory | Metric::Custom(_) => "nothing that the lab can inject",
        }
    }

    /// Whether it misses the regression that matters more often than once in five.
    pub fn is_blind(&self) -> bool {
        self.catches.is_none_or(|share| share < 0.8)
    }
}

/// What the gates of a design see.
#[derive(Debug)]
pub struct Power<'d> {
    design: &'d Design,
    plan: Arc<Plan>,
    good: Arc<Scenario>,
    seed: Seed,
    /// Rollouts of each simulated answer.
    rollouts: u32,
}

/// Regressions are looked for up to this size: all requests, or ten times as long.
const LARGEST: [i64; 2] = [1_000_000, 9_000_000];

impl<'d> Power<'d> {
    /// What the gates of a design see, from so many rollouts of its first good release.
    ///
    /// # Errors
    /// If the design cannot run.
    pub fn new(design: &'d Design, seed: Seed, rollouts: u32) -> Result<Self, ParameterError> {
        let mut releases = design.releases.iter();
        let good = releases.find(|release| release.quality == Quality::Good);
        Ok(Self {
            plan: design.plan()?,
            good: good.map_or_else(Arc::default, |release| Arc::clone(&release.scenario)),
            design,
            seed,
            rollouts: rollouts.max(1),
        })
    }

    /// All checks of all gates that good rollouts reach. `matters` is the rise of the error rate that should be caught, in
    /// millionths.
    pub fn sights(&self, matters: Limit, kit: &mut Kit) -> Vec<Sight> {
        let mut seen: Vec<Seen> = Vec::new();
        for number in 0..self.rollouts.min(200) {
            for look in looks(
                &self.plan,
                &self.good,
                seed_of(self.seed, 0, number),
                None,
                kit,
            ) {
                for checked in &look.decision.checks {
                    Seen::note(&mut seen, &look, checked);
                }
            }
        }
        seen.iter()
            .map(|seen| self.sight(seen, matters, kit))
            .collect()
    }

    /// How often a check of a gate fails where the canary fails this much more often (or is slower, or burns more) from its
    /// weight on: (fails, decisions). Triggers are left out, so that each rollout reaches its gate.
    pub fn simulate(
        &self,
        (gate, metric, weight): (NodeId, Metric, Weight),
        size: Limit,
        kit: &mut Kit,
    ) -> (u64, u64) {
        let mut scenario = (*self.good).clone();
        if let Some(kind) = kind_of(metric, size) {
            scenario
                .faults
                .push(Fault::new(kind, Onset::Weight(weight)));
        }
        let mut design = self.design.clone();
        design.policy.triggers.clear();
        let plan = design.plan().unwrap_or_else(|_| Arc::clone(&self.plan));
        let scenario = Arc::new(scenario);
        let (mut fails, mut all) = (0, 0);
        for number in 0..self.rollouts {
            let seed = seed_of(self.seed, 1, number);
            for look in looks(&plan, &scenario, seed, Some(gate), kit) {
                if look.decision.node != gate {
                    continue;
                }
                let mut checks = look.decision.checks.iter();
                if let Some(found) = checks.find(|check| check.query.metric == metric) {
                    all += 1;
                    fails += u64::from(found.verdict == Verdict::Fail);
                }
            }
        }
        (fails, all)
    }

    fn sight(&self, seen: &Seen, matters: Limit, kit: &mut Kit) -> Sight {
        let exact = seen.exact_bound();
        let base = self.good.canary.error_rate.0 as f64 / 1e6;
        let mut chance = |size: i64| {
            if let Some(bound) = exact {
                let p = (base + size as f64 / 1e6).min(1.0);
                chance_to_fail(seen.mean(), p, bound, seen.checked.min_requests)
            } else {
                let place = (seen.gate, seen.checked.query.metric, seen.weight);
                let (fails, all) = self.simulate(place, Limit(size), kit);
                if all == 0 {
                    0.0
                } else {
                    fails as f64 / all as f64
                }
            }
        };
        let is_injectable = kind_of(seen.checked.query.metric, Limit(1)).is_some();
        let largest = match seen.checked.query.metric {
            Metric::Latency(_) => LARGEST[1],
            _ => LARGEST[0],
        };
        let mut smallest = |wanted| {
            let holds = |size| wanted <= chance(size);
            is_injectable.then(|| smallest(largest, holds)).flatten()
        };
        let (smallest_80, smallest_95) = (smallest(0.8), smallest(0.95));
        let is_errors = seen.checked.query.metric == Metric::ErrorRate;
        let catches = is_errors.then(|| chance(matters.0));
        let false_alarm = chance(0);
        let factor = exact.and_then(|bound| self.factor(seen, bound, matters));
        let window = |factor: f64| Millis(whole(libm::ceil(seen.window.0 as f64 * factor)));
        let weight = |factor: f64| {
            let points = whole(libm::ceil(f64::from(seen.weight.basis_points()) * factor));
            u16::try_from(points)
                .ok()
                .and_then(Weight::from_basis_points)
        };
        Sight {
            gate: seen.gate,
            metric: seen.checked.query.metric,
            bound: seen.checked.bound,
            weight: seen.weight,
            window: seen.window,
            samples: seen.mean(),
            min_requests: seen.checked.min_requests,
            way: if exact.is_some() {
                Way::Exact
            } else {
                Way::Simulated
            },
            false_alarm,
            smallest_80,
            smallest_95,
            catches,
            needed_window: factor.map(window),
            needed_weight: factor.and_then(weight),
        }
    }

    /// How many times as many requests catch the regression that matters in 80 % of cases, up to a thousand times.
    fn factor(&self, seen: &Seen, bound: f64, matters: Limit) -> Option<f64> {
        let p = ((self.good.canary.error_rate.0 + matters.0) as f64 / 1e6).min(1.0);
        let catches = |thousandths: i64| {
            let mean = seen.mean() * thousandths as f64 / 1e3;
            0.8 <= chance_to_fail(mean, p, bound, seen.checked.min_requests)
        };
        // Below the bound no number of requests helps, and some few fail by chance alone.
        if p <= bound {
            return None;
        }
        smallest(1_000_000, catches).map(|thousandths| thousandths.0 as f64 / 1e3)
    }
}

/// The smallest size up to `largest` for which something holds that holds for all larger ones, to one in a hundred.
fn smallest(largest: i64, mut holds: impl FnMut(i64) -> bool) -> Option<Limit> {
    if !holds(largest) {
        return None;
    }
    let (mut low, mut high) = (0, largest);
    while low + (high / 100).max(1) < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(Limit(high))
}

/// What is injected to see whether a metric shows it.
const fn kind_of(metric: Metric, size: Limit) -> Option<FaultKind> {
    match metric {
        Metric::ErrorRate => Some(FaultKind::ErrorRate(size)),
        Metric::Latency(_) => Some(FaultKind::Latency(size)),
        Metric::Cpu => Some(FaultKind::CpuBurn(size)),
        Metric::Memory | Metric::Custom(_) => None,
    }
}

/// One check of one gate over several rollouts.
struct Seen {
    gate: NodeId,
    checked: Checked,
    weight: Weight,
    window: Millis,
    looks: u64,
    samples: u64,
}

impl Seen {
    fn note(all: &mut Vec<Self>, look: &Look, checked: &Checked) {
        let samples = match checked.canary {
            Reading::Value { samples, .. } => samples,
            Reading::NoData => 0,
        };
        let metric = checked.query.metric;
        let known = all
            .iter_mut()
            .find(|seen| seen.gate == look.decision.node && seen.checked.query.metric == metric);
        if let Some(seen) = known {
            seen.looks += 1;
            seen.samples += samples;
            return;
        }
        all.push(Self {
            gate: look.decision.node,
            checked: *checked,
            weight: look.weight,
            window: checked.query.window.to.since(checked.query.window.from),
            looks: 1,
            samples,
        });
    }

    fn mean(&self) -> f64 {
        self.samples as f64 / self.looks as f64
    }

    /// The bound where the laws of counts answer.
    fn exact_bound(&self) -> Option<f64> {
        match (self.checked.query.metric, self.checked.bound) {
            (
                Metric::ErrorRate,
                Bound {
                    healthy: Healthy::Below,
                    against: Against::Fixed(limit),
                },
            ) => Some(limit.0 as f64 / 1e6),
            _ => None,
        }
    }
}
