//! The way back, and the end.

use super::{ArgoController, Life, Why};
use crate::{
    argo::scaling::{DelayMeans, PodSet, Strategy, abort_scale_down_delay},
    protocol::{Cause, Command, Outcome, Record},
    units::{Time, Weight},
};
use alloc::{
    format,
    string::{String, ToString},
};

impl ArgoController {
    /// The rollout is aborted: its first step again, no pauses, no runs, traffic back to stable.
    pub(super) fn abort(&mut self, now: Time, why: Why) {
        if self.aborted.is_some() || self.life != Life::Running {
            return;
        }
        let cause = match &why {
            Why::Operator => Cause::Operator,
            Why::Analysis(told) | Why::Failure(told) => Cause::Failure(told.clone()),
            Why::Deadline(length) => Cause::Failure(format!("there was no progress for {length}")),
        };
        let (from, to) = (self.at, self.plan.places.abort);
        // What leads there by an edge was decided at a gate.
        match self.plan.link(from, to) {
            Some(edge) => self.outbox.record(|| Record::Travelled(edge)),
            None => self.outbox.record(|| Record::Jumped { from, to, cause }),
        }
        self.at = to;
        self.outbox.record(|| Record::Entered(to));
        self.aborted = Some(why);
        self.index = 0;
        self.promote_full = false;
        self.holds.since = None;
        self.holds.inconclusive = None;
        self.holds.paused = false;
        self.background = None;
        self.step_watch = None;
        self.goes_on(now);
    }

    /// Something could not be carried out: what there is goes back; on the way back, that is the end.
    pub(super) fn could_not(&mut self, now: Time, why: &str) {
        if self.aborted.is_some() {
            self.fail(why);
        } else {
            self.abort(now, Why::Failure(why.to_string()));
        }
    }

    pub(super) fn fail(&mut self, why: &str) {
        self.end(Outcome::Failed, why.to_string());
    }

    /// After an abort: once stable has all traffic and all pods, the canary's pods go in time.
    pub(super) fn goes_back(&mut self, now: Time) -> bool {
        let stable = self.stable.set;
        let is_back = self.router.asked == 0
            && self.router.waits.is_none()
            && self.replicas <= stable.available
            && stable.asked <= self.replicas;
        if !is_back {
            return false;
        }
        let Some(routing) = &self.plan.spec().routing else {
            return self.canary.set.asked == 0 && self.drain();
        };
        let (means, _) =
            abort_scale_down_delay(Strategy::RoutedCanary, routing.abort_scale_down_delay);
        match (means, self.canary_goes) {
            _ if self.canary.set.asked == 0 => self.drain(),
            (DelayMeans::Never, _) => {
                self.ended_back();
                true
            }
            (DelayMeans::AtOnce, _) => self.drain(),
            (DelayMeans::After(delay), None) => {
                self.canary_goes = Some(now + delay);
                true
            }
            (DelayMeans::After(_), Some(at)) => at <= now && self.drain(),
        }
    }

    fn drain(&mut self) -> bool {
        let id = self.outbox.command(Command::RollBack);
        self.canary.set = PodSet::default();
        self.canary.waits = None;
        self.canary.ripens = None;
        self.life = Life::Draining(id);
        true
    }

    /// The canary's pods are gone.
    pub(super) fn drained(&mut self) {
        self.ended_back();
    }

    fn ended_back(&mut self) {
        let reason = match &self.aborted {
            Some(Why::Operator) | None => String::from("a person aborted the rollout"),
            Some(Why::Analysis(told)) => told.clone(),
            Some(Why::Deadline(length)) => format!("there was no progress for {length}"),
            Some(Why::Failure(told)) => format!("something could not be carried out: {told}"),
        };
        let outcome = match &self.aborted {
            Some(Why::Failure(_)) => Outcome::Failed,
            _ if self.router.peak == Weight::FULL.basis_points() => Outcome::RolledBack,
            _ => Outcome::Aborted,
        };
        let to = self.plan.places.degraded;
        self.travel(to);
        self.end(outcome, reason);
    }

    /// The new version is in service.
    pub(super) fn promoted(&mut self) {
        let to = self.plan.places.end;
        self.travel(to);
        self.end(
            Outcome::Succeeded,
            String::from("the new version serves all traffic"),
        );
    }

    fn end(&mut self, outcome: Outcome, reason: String) {
        self.outbox.ended(Record::Ended { outcome, reason });
        self.outbox.command(Command::Complete(outcome));
        self.life = Life::Ended(outcome);
    }
}
