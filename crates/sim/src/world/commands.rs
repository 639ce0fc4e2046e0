//! Carrying out what a controller asks for.

use super::{World, agenda::Occurrence, fault::Release, harm::Tally};
use crate::{
    scenario::{FaultKind, PipelineStage},
    trace::EventKind,
};
use alloc::{string::ToString, vec::Vec};
use coalmine_controller::{Command, CommandId, Input, Millis, Pods, Time, Weight};

/// Commands that are under way, other than those on the agenda.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tasks {
    /// Canary pods that were asked for.
    pub(super) asked: Pods,
    /// Done when so many canary pods are ready.
    scaling: Vec<(CommandId, Pods)>,
    /// Done when no canary pod is left.
    rolling_back: Vec<CommandId>,
    /// Waits until the pods that the new version lacked have come up.
    promoting: Vec<CommandId>,
    /// Done when no pod of the old version is left.
    replacing: Vec<CommandId>,
    /// What the canary had served when it was promoted.
    pub(super) promoted: Option<Tally>,
    /// When traffic was first asked back, and the canary's share of it then.
    pub(crate) detected: Option<(Time, Weight)>,
}

impl World {
    /// When traffic was first asked back, and the canary's share of it then.
    pub(crate) const fn detected(&self) -> Option<(Time, Weight)> {
        self.tasks.detected
    }

    /// Begins to carry out a command. [`Command::Measure`], [`Command::Count`] and [`Command::Complete`] are not the
    /// world's.
    pub(crate) fn carry_out(&mut self, id: CommandId, command: Command) {
        let platform = self.scenario.platform;
        match command {
            Command::BuildImage => self.begin_stage(id, PipelineStage::Build, platform.build),
            Command::PushImage => self.begin_stage(id, PipelineStage::Push, platform.push),
            Command::ScaleCanary(pods) => self.scale(id, pods),
            Command::SetWeight(weight) => {
                // Some controllers go back by weight first, and take the pods away later.
                if weight < self.router.canary && self.tasks.promoted.is_none() {
                    self.detect();
                }
                let route = Occurrence::Route(id, weight, self.router.epoch);
                self.agenda.add(self.now + platform.router_delay, route);
            }
            Command::RollBack => self.roll_back(id),
            Command::Promote => {
                self.tasks.promoting.push(id);
                // The new version needs as many as the autoscaler gave the old one.
                let pods = Pods(self.fleet.kept(Release::Old)).max(self.scenario.replica_count());
                self.tasks.asked = pods;
                self.raise(Release::New, pods);
                self.promote_if_up();
            }
            // The service keeps its pods.
            Command::ScaleStable(_) => self.done(id),
            Command::Measure(_) | Command::Count(_) | Command::Complete(_) => {}
        }
    }

    /// Tells the controller that a command was carried out.
    pub(super) fn done(&mut self, id: CommandId) {
        self.tell(EventKind::Done(id));
        self.inbox.push_back(Input::Done(id));
    }

    fn could_not(&mut self, id: CommandId, why: &str) {
        self.tell(EventKind::CouldNot(id, why.to_string()));
        self.inbox.push_back(Input::Failed(id, why.to_string()));
    }

    /// A broken stage fails half-way, so the first half comes first.
    fn begin_stage(&mut self, id: CommandId, stage: PipelineStage, takes: Millis) {
        let half = Millis(takes.0 / 2);
        let rest = takes.0 - half.0;
        self.agenda
            .add(self.now + half, Occurrence::StageHalf(id, stage, rest));
    }

    pub(super) fn stage_half(&mut self, id: CommandId, stage: PipelineStage, rest: u64) {
        let broken = FaultKind::Pipeline(stage);
        let is_broken = self
            .faults
            .iter()
            .any(|course| course.fault.kind == broken && course.is_on(self.now));
        match (is_broken, stage) {
            (false, _) => self
                .agenda
                .add(self.now + Millis(rest), Occurrence::StageDone(id)),
            (true, PipelineStage::Build) => self.could_not(id, "the image could not be built"),
            (true, PipelineStage::Push) => self.could_not(id, "the registry refused the image"),
        }
    }

    fn scale(&mut self, id: CommandId, pods: Pods) {
        if self.tasks.promoted.is_some() {
            self.could_not(
                id,
                "the new version is in service already: there is no canary",
            );
            return;
        }
        // No more than the service itself has: a share of it was asked for.
        let pods = pods.min(self.scenario.replica_count());
        self.tasks.asked = pods;
        self.tasks.scaling.push((id, pods));
        self.raise(Release::New, pods);
        self.pods_came_up();
    }

    /// Finishes what waited for pods to get ready.
    pub(super) fn pods_came_up(&mut self) {
        let ready = Pods(self.fleet.ready(Release::New));
        let scaling = core::mem::take(&mut self.tasks.scaling);
        for (id, pods) in scaling {
            if pods <= ready {
                self.done(id);
            } else {
                self.tasks.scaling.push((id, pods));
            }
        }
        self.promote_if_up();
    }

    /// The router takes over a weight.
    pub(super) fn route(&mut self, id: CommandId, weight: Weight, epoch: u32) {
        if epoch != self.router.epoch {
            self.could_not(id, "a rollback overtook the change of weight");
        } else if self.tasks.promoted.is_some() {
            self.could_not(
                id,
                "the new version is in service already: there is no canary",
            );
        } else {
            let steps_up = self.router.canary < weight;
            self.set_weight(weight);
            self.router.steps += u32::from(steps_up);
            self.begin_waiting_faults();
            self.done(id);
        }
    }

    fn set_weight(&mut self, weight: Weight) {
        self.draw();
        self.turn_router(weight);
        if weight != Weight::ZERO && self.router.first_traffic.is_none() {
            self.router.first_traffic = Some(self.now);
            self.await_ages();
        }
        self.tell(EventKind::Routed(weight));
    }

    /// Whatever goes back, it began to now, unless it had.
    fn detect(&mut self) {
        let now = (self.now, self.router.canary);
        self.tasks.detected.get_or_insert(now);
    }

    /// All traffic returns to the old version at once: a rollback does not wait for the router's delay.
    fn roll_back(&mut self, id: CommandId) {
        self.detect();
        self.router.epoch += 1;
        if self.tasks.promoted.is_some() {
            self.could_not(
                id,
                "the old version is gone: there is nothing to roll back to",
            );
            return;
        }
        let share = self.share(Release::New);
        self.set_weight(Weight::ZERO);
        self.linger(share);
        self.tasks.asked = Pods(0);
        let overtaken = core::mem::take(&mut self.tasks.scaling);
        for (scaling, _) in overtaken {
            self.could_not(scaling, "a rollback overtook the change of scale");
        }
        let overtaken = core::mem::take(&mut self.tasks.promoting);
        for promoting in overtaken {
            self.could_not(promoting, "a rollback overtook the promotion");
        }
        self.drain(Release::New);
        self.tasks.rolling_back.push(id);
        self.pods_went();
    }

    /// Stable takes over the new version as soon as each of its pods has been ready once. One that crashed since does
    /// not hold it up: it would come back as stable.
    fn promote_if_up(&mut self) {
        if self.tasks.promoting.is_empty() || 0 < self.fleet.fresh(Release::New) {
            return;
        }
        let promoting = core::mem::take(&mut self.tasks.promoting);
        self.tasks.replacing.extend(promoting);
        if self.tasks.promoted.is_none() {
            self.draw();
            self.tasks.promoted = Some(self.side(Release::New).tally);
            self.drain(Release::Old);
            self.router.service = super::Service::New;
            self.turn_router(Weight::ZERO);
            self.tell_promoted(Release::New);
            self.tell(EventKind::Routed(Weight::ZERO));
        }
        self.pods_went();
    }

    /// Finishes what waited for pods to go.
    pub(super) fn pods_went(&mut self) {
        if !self.fleet.exists(Release::New) {
            for id in core::mem::take(&mut self.tasks.rolling_back) {
                self.done(id);
            }
        }
        if !self.fleet.exists(Release::Old) {
            for id in core::mem::take(&mut self.tasks.replacing) {
                self.done(id);
            }
        }
    }
}
