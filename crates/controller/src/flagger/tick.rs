//! One tick.

use super::{
    readiness::Readiness,
    spec::{Analysis, Hook, Router, Spec, Target},
    state::{Event, Phase, Route, State, Surroundings},
    strategy::{Strategy, as_routed, can_mirror, limit, next_step, strategy},
};

impl State {
    /// One tick.
    pub fn tick(&mut self, spec: &Spec, around: &mut impl Surroundings) {
        let mut tick = Tick {
            analysis: as_routed(spec),
            spec,
            state: self,
            around,
        };
        // Every step of it says whether the tick goes on.
        let _ = tick.run();
    }

    /// Whether the target differs from what was analysed and from what was promoted last.
    fn has_changed(&self) -> bool {
        self.target != self.applied && self.target != self.promoted
    }
}

/// A tick that goes on as long as there is something to do.
struct Tick<'t, S> {
    spec: &'t Spec,
    /// As the router can have it.
    analysis: Analysis,
    state: &'t mut State,
    around: &'t mut S,
}

/// Whether the tick goes on: `None` ends it.
type GoesOn = Option<()>;

impl<S: Surroundings> Tick<'_, S> {
    fn run(&mut self) -> GoesOn {
        self.initialise()?;
        let phase = self.state.phase;
        if !phase.is_under_way() && !self.state.has_changed() {
            return None;
        }
        if phase == Phase::Failed {
            // Kept before anything else is looked at: what comes while the primary is not ready is never started.
            self.state.applied = self.state.target;
        }
        self.primary()?;
        self.start_gate()?;
        self.restart()?;
        self.canary()?;
        self.skip()?;
        self.rollback_hook()?;
        self.promotion()?;
        self.threshold()?;
        self.checks()?;
        self.advance()
    }

    fn initialise(&mut self) -> GoesOn {
        if self.state.phase != Phase::Initializing {
            return Some(());
        }
        if !self.spec.skip_analysis {
            match self.primary_readiness() {
                Readiness::Ready => {}
                Readiness::Waiting => return None,
                Readiness::Deadline => return self.rollback(),
            }
        }
        self.write(Phase::Initialized, 0);
        Some(())
    }

    /// A Service has no pods to wait for.
    fn primary_readiness(&mut self) -> Readiness {
        match self.spec.target {
            Target::Service => Readiness::Ready,
            Target::Workload => self.around.primary(),
        }
    }

    fn primary(&mut self) -> GoesOn {
        if self.spec.skip_analysis {
            return Some(());
        }
        match (self.primary_readiness(), self.state.phase) {
            (Readiness::Ready, _) => Some(()),
            (Readiness::Waiting, _) => None,
            (Readiness::Deadline, Phase::Promoting | Phase::Finalising) => {
                self.state.route = Route::to_canary(100);
                self.write(Phase::Failed, 100);
                self.around.did(Event::FailedPromotion);
                self.post_rollout()
            }
            (Readiness::Deadline, _) => self.rollback(),
        }
    }

    /// Before anything was begun: somebody has to confirm, and this tick moves no traffic.
    fn start_gate(&mut self) -> GoesOn {
        let phase = self.state.phase;
        if phase.is_analysed() || matches!(phase, Phase::Promoting | Phase::Finalising) {
            return Some(());
        }
        if self.refuses(Hook::ConfirmRollout) {
            self.phase(Phase::Waiting);
            return None;
        }
        self.around.did(Event::ScaleUp);
        self.write(Phase::Progressing, 0);
        None
    }

    fn restart(&mut self) -> GoesOn {
        if self.state.phase.is_analysed() && self.state.has_changed() {
            self.around.did(Event::Restart);
            self.state.route = Route::default();
            self.write(Phase::Progressing, 0);
            return None;
        }
        Some(())
    }

    fn canary(&mut self) -> GoesOn {
        if self.spec.target == Target::Service {
            return Some(());
        }
        match self.around.canary() {
            Readiness::Ready => Some(()),
            Readiness::Waiting => None,
            Readiness::Deadline => self.rollback(),
        }
    }

    fn skip(&mut self) -> GoesOn {
        if !self.spec.skip_analysis {
            return Some(());
        }
        self.state.route = Route::default();
        self.around.did(Event::PromoteSpec);
        self.phase(Phase::Succeeded);
        self.post_rollout()
    }

    fn rollback_hook(&mut self) -> GoesOn {
        let hook = Hook::Rollback;
        if self.state.phase.is_analysed() && self.spec.has(hook) {
            self.around.did(Event::Called(hook));
            if self.around.accepts(hook) {
                return self.rollback();
            }
        }
        Some(())
    }

    /// The way back to the primary, and the end.
    fn promotion(&mut self) -> GoesOn {
        match self.state.phase {
            Phase::Promoting => {
                let (step, canary) = (self.analysis.step_weight_promotion, self.routed().canary);
                if self.spec.router == Router::Kubernetes || step <= 0 || canary <= step {
                    self.state.route = Route::default();
                    self.phase(Phase::Finalising);
                } else {
                    self.state.route = Route::to_canary(canary - step);
                    self.state.canary_weight = canary - step;
                }
                None
            }
            Phase::Finalising => {
                self.phase(Phase::Succeeded);
                self.post_rollout()
            }
            _ => Some(()),
        }
    }

    fn threshold(&mut self) -> GoesOn {
        let threshold = self.analysis.threshold.max(1);
        if self.state.phase.is_analysed() && threshold <= self.state.failed_checks {
            return self.rollback();
        }
        Some(())
    }

    fn checks(&mut self) -> GoesOn {
        let route = self.routed();
        let begins = route.canary == 0 && self.state.iterations == 0 && !route.mirrored;
        let passes = if begins {
            self.around.did(Event::Start);
            !self.refuses(Hook::PreRollout)
        } else {
            self.around.did(Event::Analysis);
            self.around.checks_pass()
        };
        if !passes {
            self.state.failed_checks = self.state.failed_checks.saturating_add(1);
            return None;
        }
        Some(())
    }

    fn advance(&mut self) -> GoesOn {
        match strategy(&self.analysis) {
            Strategy::Canary => self.weights(),
            Strategy::BlueGreen => self.blue_green(),
            Strategy::AbTesting => self.ab_testing(),
        }
    }

    fn weights(&mut self) -> GoesOn {
        let route = self.routed();
        let step = next_step(&self.analysis, route.canary);
        if step <= 0 {
            return None;
        }
        let asks = !route.mirrored && self.state.phase != Phase::WaitingPromotion;
        if asks && self.refuses(Hook::ConfirmTrafficIncrease) {
            return None;
        }
        if limit(&self.analysis) <= route.canary {
            return self.confirmed_promotion();
        }
        self.state.route = if self.analysis.mirror && route.canary == 0 && !route.mirrored {
            Route {
                mirrored: can_mirror(self.spec.router, Strategy::Canary),
                ..Route::default()
            }
        } else {
            Route::to_canary(route.canary.saturating_add(step))
        };
        self.state.canary_weight = self.state.route.canary;
        None
    }

    fn blue_green(&mut self) -> GoesOn {
        let wanted = self.analysis.iterations;
        if self.state.iterations < wanted {
            let router = self.spec.router;
            if self.analysis.mirror && router != Router::Kubernetes && !self.state.route.mirrored {
                // Also where the canary was live already and nobody confirmed: everything goes back to the primary.
                self.state.route = Route {
                    mirrored: can_mirror(router, Strategy::BlueGreen),
                    ..Route::default()
                };
            }
            self.state.iterations += 1;
            return None;
        }
        if wanted < self.state.iterations {
            return self.confirmed_promotion();
        }
        self.confirm_promotion()?;
        if self.spec.router != Router::Kubernetes {
            self.state.route = Route::to_canary(100);
        }
        self.state.iterations += 1;
        None
    }

    fn ab_testing(&mut self) -> GoesOn {
        if self.state.iterations < self.analysis.iterations {
            self.state.route = Route::to_canary(100);
            self.state.iterations += 1;
            return None;
        }
        self.confirm_promotion()?;
        if self.analysis.iterations < self.state.iterations {
            // Beyond the last one nothing is promoted any more.
            return None;
        }
        self.promote()
    }

    /// The promotion, if somebody confirms it.
    fn confirmed_promotion(&mut self) -> GoesOn {
        self.confirm_promotion()?;
        self.promote()
    }

    fn confirm_promotion(&mut self) -> GoesOn {
        if self.refuses(Hook::ConfirmPromotion) {
            self.phase(Phase::WaitingPromotion);
            return None;
        }
        Some(())
    }

    fn promote(&mut self) -> GoesOn {
        self.around.did(Event::PromoteSpec);
        self.phase(Phase::Promoting);
        None
    }

    fn rollback(&mut self) -> GoesOn {
        self.state.route = Route::default();
        self.write(Phase::Failed, 0);
        self.around.did(Event::Rollback);
        self.post_rollout()
    }

    /// Whoever is called after the end; what they answer changes nothing.
    fn post_rollout(&mut self) -> GoesOn {
        self.refuses(Hook::PostRollout);
        None
    }

    /// Calls a hook where there is one; whether it refuses.
    fn refuses(&mut self, hook: Hook) -> bool {
        if !self.spec.has(hook) {
            return false;
        }
        self.around.did(Event::Called(hook));
        !self.around.accepts(hook)
    }

    /// What the router says. Without one, everything goes to the canary as soon as there are iterations.
    fn routed(&self) -> Route {
        match self.spec.router {
            Router::Kubernetes if 0 < self.state.iterations => Route::to_canary(100),
            Router::Kubernetes => Route::default(),
            Router::Istio | Router::GatewayApi | Router::Other => self.state.route,
        }
    }

    /// Writes everything that is told.
    fn write(&mut self, phase: Phase, weight: i32) {
        self.state.phase = phase;
        self.state.canary_weight = weight;
        self.state.failed_checks = 0;
        self.state.iterations = 0;
        self.state.applied = self.state.target;
        if phase == Phase::Initialized {
            self.state.promoted = self.state.target;
        }
    }

    /// Writes the phase alone: failed checks stay, and weight and iterations where the analysis goes on.
    fn phase(&mut self, phase: Phase) {
        self.state.phase = phase;
        if phase == Phase::Succeeded {
            // What was analysed counts as promoted, even where the target went back under way.
            self.state.promoted = self.state.applied;
        }
        match phase {
            Phase::Progressing | Phase::Waiting | Phase::Promoting => {}
            Phase::WaitingPromotion => {
                self.state.canary_weight = 0;
                self.state.iterations = self.spec_iterations() - 1;
            }
            _ => {
                self.state.canary_weight = 0;
                self.state.iterations = 0;
            }
        }
    }

    /// As the router can have them: the object is changed before it is written.
    const fn spec_iterations(&self) -> i32 {
        self.analysis.iterations
    }
}
