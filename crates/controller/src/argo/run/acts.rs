//! What people do: pause, resume, promote, abort, retry.

use super::{ArgoController, Life, Status, Why};
use crate::{
    argo::Phase,
    protocol::{Operator, Outcome, Record},
    units::{Pods, Time},
};

impl ArgoController {
    /// A person steps in.
    pub(super) fn act(&mut self, now: Time, act: Operator) {
        let goes = self.life == Life::Running && self.aborted.is_none();
        let heeded = goes
            && match act {
                Operator::Pause => !self.holds.paused,
                Operator::Resume => self.holds.paused || self.holds.inconclusive.is_some(),
                Operator::Promote => {
                    self.index < self.plan.spec().steps.len() || self.status() == Status::Paused
                }
                Operator::Abort => true,
            };
        self.outbox.record(|| Record::Operator { act, heeded });
        if !heeded {
            return;
        }
        match act {
            Operator::Pause => self.holds.paused = true,
            Operator::Resume if self.holds.paused => {
                self.holds.paused = false;
                self.goes_on(now);
            }
            // What could not be decided goes on by the same command as after a pause.
            Operator::Resume | Operator::Promote => self.promote(now),
            Operator::Abort => self.abort(now, Why::Operator),
        }
    }

    /// Clears a pause, which counts as done; without one, moves one step on. After a step's analysis that could not
    /// decide it does both.
    fn promote(&mut self, now: Time) {
        self.holds.paused = false;
        let is_pausing = self.holds.since.is_some();
        let inconclusive = self.holds.inconclusive.take();
        let of_step = self
            .step_watch
            .as_ref()
            .is_some_and(|watch| watch.run.phase == Phase::Inconclusive);
        let of_background = self
            .background
            .as_ref()
            .is_some_and(|watch| watch.run.phase == Phase::Inconclusive);
        if of_background {
            // A new one begins.
            self.background = None;
        }
        let moves = is_pausing || of_step || inconclusive.is_none();
        if moves && self.index < self.plan.spec().steps.len() {
            self.next_step(now);
        }
        self.goes_on(now);
    }

    /// Tries an aborted rollout again, from its first step; whether it was one.
    pub fn retry(&mut self, now: Time) -> bool {
        let succeeded = self.life == Life::Ended(Outcome::Succeeded);
        if self.aborted.is_none() || succeeded {
            return false;
        }
        self.clock = now;
        self.aborted = None;
        self.canary_goes = None;
        self.life = Life::Running;
        self.begin_again(now, 0);
        true
    }

    /// Promotes without the rest of the steps and without any analysis; whether that was possible.
    pub fn promote_full(&mut self, now: Time) -> bool {
        let possible = match self.life {
            Life::Running | Life::Draining(_) => true,
            Life::Ended(outcome) => outcome != Outcome::Succeeded,
            Life::Idle | Life::Promoting(_) => false,
        };
        if possible {
            self.clock = now;
            self.aborted = None;
            self.canary_goes = None;
            self.life = Life::Running;
            self.promote_full = true;
            self.background = None;
            self.begin_again(now, self.plan.spec().steps.len());
        }
        possible
    }

    /// Wants another number of pods.
    pub fn set_replicas(&mut self, now: Time, replicas: Pods) {
        self.clock = now;
        self.replicas = replicas.0;
        self.passes(now);
    }

    fn begin_again(&mut self, now: Time, index: usize) {
        self.holds = super::Holds::default();
        self.index = index;
        self.step_watch = None;
        self.step_since = now;
        self.goes_on(now);
        let to = self.node_of_step();
        self.travel(to);
        self.passes(now);
    }
}
