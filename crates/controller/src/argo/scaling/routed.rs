//! With a router: pods follow the weight, or what a step says.

use super::{
    DelayMeans, Scaling, Split, Strategy, abort_scale_down_delay, pods_for, weight::abort_target,
};
use crate::argo::{CanaryScale, Release, spec::Routing};

impl Scaling<'_> {
    pub(super) fn routed(self, routing: &Routing) -> Split {
        let now = self.now;
        let (replicas, max) = (now.replicas, routing.max_weight);
        let all = now.promote_full || now.no_stable || now.canary_is_stable;
        let said = if all {
            None
        } else {
            self.canary_scale(routing)
        };
        let (canary, lifts) = match said {
            Some(CanaryScale::Replicas(pods)) => (pods, routing.dynamic_stable_scale),
            Some(CanaryScale::Weight(weight)) => (pods_for(weight, max, replicas), true),
            Some(CanaryScale::MatchTrafficWeight) | None => {
                (pods_for(self.wanted_weight(), max, replicas), true)
            }
        };
        let at_least = |pods: u32| match routing.min_pods {
            Some(least) if 0 < pods => pods.max(least.0.min(replicas)),
            _ => pods,
        };
        let canary = if lifts { at_least(canary) } else { canary };
        if !routing.dynamic_stable_scale {
            return Split {
                canary,
                stable: replicas,
            };
        }
        let (canary, wanted) = if now.aborted {
            let held = self.held_on_abort(routing);
            (canary.max(held), abort_target(self.spec, now))
        } else {
            // Pods that a step asks for by their number are no reason for stable to shrink.
            let wanted = match said {
                Some(CanaryScale::Replicas(_)) => 0,
                Some(CanaryScale::Weight(weight)) => weight,
                Some(CanaryScale::MatchTrafficWeight) | None => self.wanted_weight(),
            };
            (canary, wanted)
        };
        let wanted = max.saturating_sub(wanted);
        let present = now.weight.map_or(0, |weight| max.saturating_sub(weight));
        Split {
            canary: at_least(canary),
            stable: at_least(pods_for(wanted.max(present), max, replicas)),
        }
    }

    /// What the canary keeps while traffic leaves it: what its present share needs; with a delay in the file, what it
    /// has.
    fn held_on_abort(self, routing: &Routing) -> u32 {
        let now = self.now;
        let has = now.canary.unwrap_or_default().asked;
        let needs = |weight: u32| pods_for(weight, routing.max_weight, now.replicas);
        let (means, said) =
            abort_scale_down_delay(Strategy::RoutedCanary, routing.abort_scale_down_delay);
        let holds = said && means != DelayMeans::AtOnce && self.spec.release == Release::V1_10;
        match now.weight {
            Some(0) => 0,
            Some(weight) if holds => needs(weight).max(has),
            Some(weight) => needs(weight),
            None => has,
        }
    }
}
