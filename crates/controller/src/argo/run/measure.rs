//! Runs of analyses: when they begin, what they ask, what their answers come to, and what they do to the rollout.

use super::{
    ArgoController, Why,
    state::{Ask, Watch},
};
use crate::{
    argo::{
        Analysis, Metric, Phase, Provider,
        analysis::{
            Due, Effect, Kind, Measurement, Run, Situation, background_begins, due, effect_of,
            matched,
        },
        plan::Place,
        spec::Step,
    },
    binding::Binding,
    protocol::{Checked, Command, CommandId, Decision, Look, Next, Record, Verdict},
    query::Reading,
    units::{Millis, Time},
};
use alloc::{format, string::String, sync::Arc, vec, vec::Vec};
use coalmine_flow::NodeId;

/// No metric is measured more often, whatever its interval says.
const DENSEST: Millis = Millis::from_secs(1);

pub(super) fn verdict(phase: Phase) -> Verdict {
    match phase {
        Phase::Successful => Verdict::Pass,
        Phase::Failed | Phase::Error => Verdict::Fail,
        Phase::Pending | Phase::Running | Phase::Inconclusive => Verdict::Inconclusive,
    }
}

impl ArgoController {
    fn analysis_of(&self, watch: &Watch) -> Option<&Analysis> {
        match watch.kind {
            Kind::Background => self.plan.spec().background.as_ref().map(|it| &it.analysis),
            Kind::Step | Kind::Experiment => self.plan.analysis_of(watch.step),
        }
    }

    pub(super) fn metrics_of(&self, watch: &Watch) -> &[Metric] {
        self.analysis_of(watch)
            .map_or(&[], |analysis| &analysis.metrics)
    }

    /// A run of another step than the present one, which nobody looks at any more.
    pub(super) fn is_over(&self, watch: &Watch) -> bool {
        watch.kind != Kind::Background && watch.step != self.index
    }

    /// Begins what has to begin, measures what is due, and does what has come out.
    pub(super) fn analyse(&mut self, now: Time) -> bool {
        if self.aborted.is_some() || self.promote_full {
            return false;
        }
        let mut changed = self.begin_watching();
        for which in [Kind::Background, Kind::Step] {
            let taken = match which {
                Kind::Background => self.background.take(),
                Kind::Step | Kind::Experiment => self.step_watch.take(),
            };
            let Some(mut watch) = taken else {
                continue;
            };
            changed |= self.advance(&mut watch, now);
            let effect = self.take_effect(&mut watch);
            match which {
                Kind::Background => self.background = Some(watch),
                Kind::Step | Kind::Experiment => self.step_watch = Some(watch),
            }
            changed |= effect.is_some();
            match effect {
                Some((Effect::Abort, told)) => {
                    self.abort(now, Why::Analysis(told));
                    return true;
                }
                Some((Effect::Pause(reason), _)) => self.holds.inconclusive = Some(reason),
                Some((Effect::None | Effect::Advance, _)) | None => {}
            }
        }
        changed
    }

    fn begin_watching(&mut self) -> bool {
        let plan = Arc::clone(&self.plan);
        let spec = plan.spec();
        let mut begun = false;
        if let (None, Some(background), Some(place)) =
            (&self.background, &spec.background, plan.places.background)
        {
            let situation = Situation {
                index: self.index,
                starting_step: background.starting_step as usize,
                steps: spec.steps.len(),
                is_aborted: self.aborted.is_some(),
                promote_full: self.promote_full,
                is_inconclusive: self.holds.inconclusive.is_some(),
                ..Situation::default()
            };
            if background_begins(&situation) && !background.analysis.metrics.is_empty() {
                self.background = Some(watch(Kind::Background, 0, &background.analysis, place));
                begun = true;
            }
        }
        let kind = spec.steps.get(self.index).and_then(kind_of);
        let analysis = plan
            .analysis_of(self.index)
            .filter(|it| !it.metrics.is_empty());
        if let (None, Some(kind), Some(analysis), Some(place)) = (
            &self.step_watch,
            kind,
            analysis,
            plan.places.steps.get(self.index),
        ) {
            self.step_watch = Some(watch(kind, self.index, analysis, *place));
            begun = true;
        }
        begun
    }

    /// One pass of a run: whether it changed.
    fn advance(&mut self, watch: &mut Watch, now: Time) -> bool {
        if watch.run.phase.is_complete() {
            return false;
        }
        let plan = Arc::clone(&self.plan);
        let analysis = match watch.kind {
            Kind::Background => plan.spec().background.as_ref().map(|it| &it.analysis),
            Kind::Step | Kind::Experiment => plan.analysis_of(watch.step),
        };
        let metrics = analysis.map_or(&[][..], |analysis| &analysis.metrics);
        let before = watch.run.clone();
        let terminating = watch.run.is_terminating();
        if terminating {
            // What is in flight is of no use any more.
            for ask in core::mem::take(&mut watch.asks) {
                if let Some(progress) = watch.run.metrics.get_mut(ask.metric) {
                    progress.last = ask.before;
                }
            }
        } else {
            for (place, metric) in metrics.iter().enumerate() {
                let is_due = Self::due_at(watch, place, metric, now) == Due::Now;
                if is_due {
                    self.measure(watch, place, metric, now);
                }
            }
        }
        watch.run.started.get_or_insert(now);
        watch.run.settle(metrics, terminating);
        watch.run != before
    }

    /// When a metric is due; a clock has moved on by the time it is looked at.
    pub(super) fn due_at(watch: &Watch, place: usize, metric: &Metric, now: Time) -> Due {
        let Some(progress) = watch.run.metrics.get(place) else {
            return Due::Never;
        };
        let moment = now + Millis(1);
        let found = due(metric, progress, watch.run.started, moment);
        let finished = progress.last.as_ref().and_then(|last| last.finished);
        match (found, finished) {
            (Due::Now, Some(finished)) if moment <= finished + DENSEST => {
                Due::At(finished + DENSEST)
            }
            (Due::At(at), Some(finished)) => Due::At(at.max(finished + DENSEST)),
            // The first pass only begins the run.
            (Due::At(_), None) if watch.run.started.is_none() => Due::At(now),
            (found, _) => found,
        }
    }

    fn measure(&mut self, watch: &mut Watch, place: usize, metric: &Metric, now: Time) {
        match &metric.provider {
            Provider::Says(phase) => {
                let phase = if phase.is_complete() {
                    *phase
                } else {
                    Phase::Error
                };
                watch.run.measured(place, phase, now, None);
            }
            Provider::Unbound(reason) => {
                watch
                    .run
                    .measured(place, Phase::Error, now, Some(reason.clone()));
            }
            Provider::Bound(binding) => self.ask(watch, place, binding, now),
        }
    }

    fn ask(&mut self, watch: &mut Watch, place: usize, binding: &Binding, now: Time) {
        let mut first = None;
        let answers = binding.queries(now).map(|query| {
            first.get_or_insert(query);
            (self.outbox.command(Command::Measure(query)), None)
        });
        let answers: Vec<(CommandId, Option<Reading>)> = answers.collect();
        let (Some(query), Some(progress)) = (first, watch.run.metrics.get_mut(place)) else {
            return;
        };
        let before = progress.last.replace(Measurement {
            phase: Phase::Running,
            started: now,
            finished: None,
            resume_at: None,
        });
        watch.asks.push(Ask {
            metric: place,
            answers,
            query,
            before,
        });
    }

    /// What a run that has ended does to the rollout, once; with the words for it.
    fn take_effect(&mut self, watch: &mut Watch) -> Option<(Effect, String)> {
        let phase = watch.run.phase;
        if watch.settled || !phase.is_complete() {
            return None;
        }
        watch.settled = true;
        let effect = effect_of(watch.kind, phase);
        self.decide(watch, effect);
        let name = self
            .analysis_of(watch)
            .map_or("", |analysis| &analysis.name);
        let told = format!("analysis {name}: {}", watch.run.message);
        Some((effect, told))
    }

    /// Tells of the decision at the run's gate.
    fn decide(&mut self, watch: &Watch, effect: Effect) {
        let checks: Vec<Checked> = watch.checks.iter().flatten().copied().collect();
        let (node, found) = (watch.gate, verdict(watch.run.phase));
        let to = match effect {
            Effect::Abort => Some(self.plan.places.abort),
            Effect::Advance => Some(self.node_after(watch.step)),
            Effect::None if watch.kind == Kind::Background => Some(self.plan.places.promote),
            Effect::None | Effect::Pause(_) => None,
        };
        if watch.kind != Kind::Background {
            self.travel(node);
        }
        match to.and_then(|to| self.plan.link(node, to)) {
            Some(edge) => self.outbox.record(|| {
                Record::Decided(Decision {
                    node,
                    verdict: found,
                    checks,
                    next: Next::Took(edge),
                })
            }),
            None => self.outbox.record(|| Record::Looked {
                node,
                look: Look { number: 1, of: 1 },
                verdict: found,
                checks,
            }),
        }
    }

    fn node_after(&self, step: usize) -> NodeId {
        let places = &self.plan.places;
        places
            .steps
            .get(step + 1)
            .map_or(places.full, |place| place.node)
    }

    pub(super) fn step_is_successful(&self, kind: Kind) -> bool {
        let watch = self.step_watch.as_ref().filter(|watch| watch.kind == kind);
        watch.is_some_and(|watch| watch.run.phase == Phase::Successful)
    }

    /// An experiment ends with its required analyses, or after its time where none is required.
    pub(super) fn experiment_ends(&self, step: &Step, now: Time) -> bool {
        let Some(experiment) = &step.experiment else {
            return true;
        };
        let required = experiment.analyses.iter().any(|of| of.required);
        if required || (experiment.duration.is_none() && !experiment.analyses.is_empty()) {
            return self.step_is_successful(Kind::Experiment);
        }
        experiment
            .duration
            .is_some_and(|length| self.step_since + length <= now)
    }

    /// The rollout is done: what still watches comes out well unless it had not.
    pub(super) fn stop_watching(&mut self, _now: Time) {
        let Some(mut watch) = self.background.take() else {
            return;
        };
        if !watch.run.phase.is_complete() {
            watch.run.terminate = true;
            for ask in core::mem::take(&mut watch.asks) {
                if let Some(progress) = watch.run.metrics.get_mut(ask.metric) {
                    progress.last = ask.before;
                }
            }
            let metrics = self.metrics_of(&watch).to_vec();
            watch.run.settle(&metrics, true);
            let effect = effect_of(Kind::Background, watch.run.phase);
            self.decide(&watch, effect);
            watch.settled = true;
        }
        self.background = Some(watch);
    }
}

fn kind_of(step: &Step) -> Option<Kind> {
    if step.experiment.is_some() {
        Some(Kind::Experiment)
    } else if step.analysis.is_some() {
        Some(Kind::Step)
    } else {
        None
    }
}

fn watch(kind: Kind, step: usize, analysis: &Analysis, place: Place) -> Watch {
    let names: Vec<String> = analysis
        .metrics
        .iter()
        .map(|metric| metric.name.clone())
        .collect();
    // The plan has looked at the rules.
    let dry = matched(&analysis.dry_run, &names).unwrap_or_default();
    let run = Run::new(names.iter().map(|name| dry.contains(name)));
    Watch {
        kind,
        step,
        checks: vec![None; run.metrics.len()],
        run,
        asks: Vec::new(),
        settled: false,
        node: place.node,
        gate: place.gate.unwrap_or(place.node),
    }
}
