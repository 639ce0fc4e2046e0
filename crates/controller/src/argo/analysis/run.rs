//! A run: its metrics, and what they come to together.

use super::{Counters, assess, over_a_limit};
use crate::{
    argo::{Metric, Phase},
    units::Time,
};
use alloc::{format, string::String, vec::Vec};

/// One measurement.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// What it came to.
    pub phase: Phase,
    /// When it began.
    pub started: Time,
    /// When it ended.
    pub finished: Option<Time>,
    /// When to look again, while it is in flight.
    pub resume_at: Option<Time>,
}

/// How far a metric has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What it comes to.
    pub phase: Phase,
    /// Its measurements, counted.
    pub counters: Counters,
    /// The newest one.
    pub last: Option<Measurement>,
    /// What its provider said.
    pub message: Option<String>,
    /// Whether it never counts.
    pub dry_run: bool,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            phase: Phase::Pending,
            counters: Counters::default(),
            last: None,
            message: None,
            dry_run: false,
        }
    }
}

/// How many metrics came out how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// All.
    pub count: u32,
    /// Those that are successful.
    pub successful: u32,
    /// Those that have failed.
    pub failed: u32,
    /// Those that are neither.
    pub inconclusive: u32,
    /// Those that could not be measured.
    pub error: u32,
}

/// A run of an analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// How far each metric has come.
    pub metrics: Vec<Progress>,
    /// What it comes to.
    pub phase: Phase,
    /// Why, where it is not as it should be.
    pub message: String,
    /// When it began.
    pub started: Option<Time>,
    /// Whether it is to end.
    pub terminate: bool,
}

/// Whether a run takes no new measurements: it is told so, or a metric that counts has not come out well.
pub fn is_terminating(metrics: impl IntoIterator<Item = (Phase, bool)>, requested: bool) -> bool {
    let ends = |(phase, dry_run): (Phase, bool)| {
        !dry_run && matches!(phase, Phase::Failed | Phase::Error | Phase::Inconclusive)
    };
    requested || metrics.into_iter().any(ends)
}

impl Run {
    /// A run that has not begun.
    pub fn new(dry_run: impl IntoIterator<Item = bool>) -> Self {
        let progress = |dry_run| Progress {
            dry_run,
            ..Progress::default()
        };
        Self {
            metrics: dry_run.into_iter().map(progress).collect(),
            phase: Phase::Pending,
            message: String::new(),
            started: None,
            terminate: false,
        }
    }

    /// Whether it takes no new measurements.
    pub fn is_terminating(&self) -> bool {
        let phases = self
            .metrics
            .iter()
            .map(|metric| (metric.phase, metric.dry_run));
        is_terminating(phases, self.terminate)
    }

    /// Whether a measurement is in flight.
    pub fn is_in_flight(&self, metric: usize) -> bool {
        let last = self.metrics.get(metric).and_then(|it| it.last.as_ref());
        last.is_some_and(|last| last.finished.is_none())
    }

    /// A measurement has come to its end.
    pub fn measured(&mut self, metric: usize, phase: Phase, now: Time, message: Option<String>) {
        let Some(progress) = self.metrics.get_mut(metric) else {
            return;
        };
        let started = progress
            .last
            .as_ref()
            .filter(|last| last.finished.is_none());
        progress.last = Some(Measurement {
            phase,
            started: started.map_or(now, |last| last.started),
            finished: Some(now),
            resume_at: None,
        });
        progress.counters.add(phase);
        progress.message = message;
    }

    /// The end of a pass: what each metric comes to and what the run does. `terminating` is what held when the pass
    /// began.
    pub fn settle(&mut self, metrics: &[Metric], terminating: bool) {
        let mut all_complete = true;
        let mut worst: Option<(Phase, String)> = None;
        for (metric, progress) in metrics.iter().zip(&mut self.metrics) {
            let last = progress.last.as_ref().map(|last| match last.finished {
                Some(_) => last.phase,
                None => Phase::Running,
            });
            progress.phase = assess(
                metric,
                progress.phase,
                last,
                &progress.counters,
                terminating,
            );
            all_complete &= progress.phase.is_complete();
            let is_worse = worst
                .as_ref()
                .is_none_or(|(worst, _)| progress.phase.is_worse_than(*worst));
            if !progress.dry_run && is_worse {
                let told =
                    told(metric, progress).map(|told| format!("Metric \"{}\" {told}", metric.name));
                worst = Some((progress.phase, told.unwrap_or_default()));
            }
        }
        self.phase = match worst {
            _ if !all_complete => Phase::Running,
            None => Phase::Successful,
            Some((phase, told)) => {
                self.message = told;
                phase
            }
        };
        let measured = self.metrics.iter().any(|metric| metric.last.is_some());
        if self.phase == Phase::Successful && self.terminate && !measured {
            self.message = String::from("Run Terminated");
        }
    }

    /// Why a metric came out as it did: `assessed Failed due to failed (1) > failureLimit (0)`.
    pub fn reason(&self, metrics: &[Metric], metric: usize) -> Option<String> {
        told(metrics.get(metric)?, self.metrics.get(metric)?)
    }

    /// How many metrics came out how: those that count, or those that never do.
    pub fn summary(&self, dry_run: bool) -> Summary {
        let mut summary = Summary::default();
        for metric in self
            .metrics
            .iter()
            .filter(|metric| metric.dry_run == dry_run)
        {
            summary.count += 1;
            match metric.phase {
                Phase::Pending | Phase::Running => {}
                Phase::Successful => summary.successful += 1,
                Phase::Failed => summary.failed += 1,
                Phase::Inconclusive => summary.inconclusive += 1,
                Phase::Error => summary.error += 1,
            }
        }
        summary
    }
}

fn told(metric: &Metric, progress: &Progress) -> Option<String> {
    if !progress.phase.is_complete() || progress.phase == Phase::Successful {
        return None;
    }
    let (phase, over) = over_a_limit(metric, &progress.counters)?;
    let said = match progress.message.as_deref().filter(|said| !said.is_empty()) {
        Some(said) => format!(": \"Error Message: {said}\""),
        None => String::new(),
    };
    Some(format!("assessed {phase} due to {over}{said}"))
}
