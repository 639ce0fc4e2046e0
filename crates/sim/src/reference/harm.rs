//! What faults and youth make of one request.

use super::{
    chance::{Chance, Stream},
    course::Course,
    profile::ratio,
    users::Stratum,
};
use crate::scenario::{FaultKind, WarmUp};
use coalmine_controller::Version;

/// Where a request is, as far as it decides what strikes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// In seconds.
    pub(super) at: f64,
    pub(super) version: Version,
    pub(super) pod: usize,
    /// Ready pods of the version.
    pub(super) ready: usize,
    /// When the pod became ready, in seconds; nothing for one that is as old as the service.
    pub(super) born: Option<f64>,
    /// Requests a second at each pod of the version in the last interval.
    pub(super) load: f64,
}

/// What strikes a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Harm {
    /// Probability that it fails although it would have been answered.
    pub(super) error: f64,
    /// It takes so many times longer.
    pub(super) stretch: f64,
    /// Probability that its answer is wrong.
    pub(super) wrong: f64,
}

impl Harm {
    pub(super) const NONE: Self = Self {
        error: 0.0,
        stretch: 1.0,
        wrong: 0.0,
    };

    fn fail(&mut self, share: f64) {
        self.error += (1.0 - self.error) * share.clamp(0.0, 1.0);
    }

    /// Nothing gets faster than a hundredth.
    fn slow_down(&mut self, more: f64) {
        self.stretch *= (1.0 + more).max(0.01);
    }

    /// What all faults and the pod's youth do to a request.
    pub(super) fn of(
        courses: &[Course],
        warm_up: Option<WarmUp>,
        place: &Place,
        stratum: &Stratum,
        stream: &mut Stream,
    ) -> Self {
        let mut harm = Self::NONE;
        for course in courses {
            if course.strikes(place.version)
                && course.reaches(stratum.endpoint, stratum.cohort)
                && course.reaches_pod(place.pod, place.ready)
            {
                harm.add(course, place, stream);
            }
        }
        if let (Some(warm_up), Some(born)) = (warm_up, place.born) {
            let age = (place.at - born) * 1e3 / warm_up.lasts.0.max(1) as f64;
            harm.slow_down(ratio(warm_up.slower).max(0.0) * libm::exp(-age));
        }
        harm
    }

    fn add(&mut self, course: &Course, place: &Place, stream: &mut Stream) {
        let strength = course.strength(place.at);
        match course.fault.kind {
            FaultKind::ErrorRate(more) => self.fail(ratio(more) * strength),
            FaultKind::Latency(more) => self.slow_down(ratio(more) * strength),
            FaultKind::TailLatency { share, more } => {
                if stream.happens(Chance::new(ratio(share))) {
                    self.slow_down(ratio(more) * strength);
                }
            }
            FaultKind::ErrorsAbove { load_milli, more } => {
                if load_milli as f64 / 1e3 < place.load {
                    self.fail(ratio(more) * strength);
                }
            }
            FaultKind::WrongAnswers(share) => {
                self.wrong += (1.0 - self.wrong) * (ratio(share) * strength).clamp(0.0, 1.0);
            }
            FaultKind::ColdCache { .. } => {
                let cold = place.born.map_or(1.0, |born| course.cold(born, place.at));
                self.slow_down(cold - 1.0);
            }
            FaultKind::MemoryLeak(_)
            | FaultKind::CpuBurn(_)
            | FaultKind::CrashLoop(_)
            | FaultKind::Surge(_)
            | FaultKind::RetryStorm(_)
            | FaultKind::NodeLoss(_)
            | FaultKind::ScrapeGap
            | FaultKind::MetricLag(_)
            | FaultKind::MetricReset
            | FaultKind::Pipeline(_) => {}
        }
    }
}

/// Whether a fault does anything to requests here.
pub(super) const fn is_of_requests(kind: FaultKind) -> bool {
    matches!(
        kind,
        FaultKind::ErrorRate(_)
            | FaultKind::Latency(_)
            | FaultKind::TailLatency { .. }
            | FaultKind::ColdCache { .. }
            | FaultKind::ErrorsAbove { .. }
            | FaultKind::WrongAnswers(_)
            | FaultKind::Surge(_)
            | FaultKind::RetryStorm(_)
    )
}
