//! What the answers to a run's questions come to.

use super::{
    ArgoController,
    measure::verdict,
    state::{Ask, Watch},
};
use crate::{
    argo::{
        Metric, Phase, Provider,
        analysis::Kind,
        bound::bound_of,
        condition::{self, Setting, Value},
    },
    binding::{Answer, Binding, Shape},
    protocol::{Checked, CommandId, Record},
    query::Reading,
    units::Time,
};
use alloc::{string::String, sync::Arc, vec::Vec};

/// What `now()` says in a condition when a run begins: the first of January 2026, in nanoseconds since 1970.
const EPOCH: i64 = 1_767_225_600_000_000_000;

impl ArgoController {
    /// An answer came in; nothing where the question could not be asked.
    pub(super) fn answered(&mut self, now: Time, id: CommandId, reading: Option<Reading>) {
        for which in [Kind::Background, Kind::Step] {
            let taken = match which {
                Kind::Background => self.background.take(),
                Kind::Step | Kind::Experiment => self.step_watch.take(),
            };
            let Some(mut watch) = taken else {
                continue;
            };
            self.take_answer(&mut watch, now, id, reading);
            match which {
                Kind::Background => self.background = Some(watch),
                Kind::Step | Kind::Experiment => self.step_watch = Some(watch),
            }
        }
    }

    fn take_answer(
        &mut self,
        watch: &mut Watch,
        now: Time,
        id: CommandId,
        reading: Option<Reading>,
    ) {
        let of = |ask: &Ask| ask.answers.iter().any(|(asked, _)| *asked == id);
        let Some(place) = watch.asks.iter().position(of) else {
            return;
        };
        let Some(ask) = watch.asks.get_mut(place) else {
            return;
        };
        let plan = Arc::clone(&self.plan);
        let analysis = match watch.kind {
            Kind::Background => plan.spec().background.as_ref().map(|it| &it.analysis),
            Kind::Step | Kind::Experiment => plan.analysis_of(watch.step),
        };
        let Some(metric) = analysis.and_then(|analysis| analysis.metrics.get(ask.metric)) else {
            return;
        };
        let Some(reading) = reading else {
            let metric = ask.metric;
            watch.asks.remove(place);
            let told = String::from("the query could not be carried out");
            watch.run.measured(metric, Phase::Error, now, Some(told));
            return;
        };
        if let Some((_, answer)) = ask.answers.iter_mut().find(|(asked, _)| *asked == id) {
            *answer = Some(reading);
        }
        let readings: Option<Vec<Reading>> =
            ask.answers.iter().map(|(_, answer)| *answer).collect();
        let Some(readings) = readings else {
            return;
        };
        let ask = watch.asks.remove(place);
        self.judge(watch, &ask, metric, &readings, now);
    }

    fn judge(
        &mut self,
        watch: &mut Watch,
        ask: &Ask,
        metric: &Metric,
        readings: &[Reading],
        now: Time,
    ) {
        let Provider::Bound(binding) = &metric.provider else {
            return;
        };
        let release = self.plan.spec().release;
        let nanos = i64::try_from(now.0).unwrap_or(0).saturating_mul(1_000_000);
        let setting = Setting {
            release,
            now: EPOCH.saturating_add(nanos),
        };
        let (success, failure) = (&metric.success_condition, &metric.failure_condition);
        let (phase, told) = match value_of(binding, binding.answer(readings)) {
            Some(result) => {
                condition::assess(success.as_deref(), failure.as_deref(), &result, setting)
            }
            None => (
                Phase::Error,
                Some(String::from("the provider answered with an error")),
            ),
        };
        watch.run.measured(ask.metric, phase, now, told);
        if !self.outbox.is_read() {
            return;
        }
        let checked = bound_of(metric, release).map(|bound| Checked {
            query: ask.query,
            canary: readings.first().copied().unwrap_or(Reading::NoData),
            stable: readings.get(1).copied(),
            bound,
            min_requests: 0,
            verdict: verdict(phase),
            evidence: None,
        });
        if let Some(checked) = checked {
            let node = watch.node;
            self.outbox.record(|| Record::Probed { node, checked });
        }
        if let Some(place) = watch.checks.get_mut(ask.metric) {
            *place = checked;
        }
    }
}

/// What a condition is handed; nothing where the provider fails.
fn value_of(binding: &Binding, answer: Answer) -> Option<Value> {
    Some(match (answer, binding.shape) {
        (Answer::Error, _) => return None,
        (Answer::Number { value, .. }, Shape::Vector) => Value::floats([value]),
        (Answer::Number { value, .. }, Shape::Scalar | Shape::ScalarOrNil) => Value::Float(value),
        (Answer::Empty, Shape::Vector) => Value::floats([]),
        (Answer::Empty, Shape::Scalar | Shape::ScalarOrNil) => Value::Nil,
    })
}
