//! Without a router: the weight is a ratio of pods.

use super::{PodSet, Scaling, Split};

/// The split of pods that comes nearest to a weight.
pub fn ideal_split(replicas: u32, weight: u32, max: u32, surge: u32) -> Split {
    if replicas == 0 {
        return Split::default();
    }
    let (pods, max) = (u64::from(replicas), u64::from(max.max(1)));
    let weight = u64::from(weight);
    let share = pods * weight;
    let (up, down) = (share.div_ceil(max), share / max);
    let none_allowed = weight == 0 || weight == max || (pods == 1 && surge == 0);
    let is_half = |total: u64| (total * weight % max) * 2 == max;
    let floor_allowed = down != 0 || none_allowed;
    let surges = 0 < surge;
    let candidates = [
        (up < pods || none_allowed).then_some((up, pods)),
        (!is_half(pods) && floor_allowed).then_some((down, pods)),
        surges.then_some((up, pods + 1)),
        (surges && !is_half(pods + 1) && floor_allowed).then_some((down, pods + 1)),
    ];
    // How far canary / total is from weight / max, times max and the totals.
    let distance = |(canary, total): (u64, u64)| (canary * max).abs_diff(weight * total);
    let mut best: Option<(u64, u64)> = None;
    for candidate in candidates.into_iter().flatten() {
        let is_nearer = best.is_none_or(|best| {
            u128::from(distance(candidate)) * u128::from(best.1)
                < u128::from(distance(best)) * u128::from(candidate.1)
        });
        if is_nearer {
            best = Some(candidate);
        }
    }
    let (canary, total) = best.unwrap_or((0, pods));
    let small = |pods: u64| u32::try_from(pods).unwrap_or(u32::MAX);
    Split {
        canary: small(canary),
        stable: small(total.saturating_sub(canary)),
    }
}

/// How many pods of a set stand for availability before some of them go.
pub fn pods_for_scale_down(set: Option<PodSet>, ignore_availability: bool) -> u32 {
    match set {
        None => 0,
        Some(set) if set.asked < set.available || ignore_availability => set.asked,
        Some(set) => set.available,
    }
}

impl Scaling<'_> {
    /// One pass from what there is towards the ideal split.
    pub(super) fn basic(self) -> Split {
        let now = self.now;
        let limits = self.limits();
        let no_stable = now.no_stable || now.canary_is_stable;
        let wanted = if no_stable {
            Split {
                canary: now.replicas,
                stable: 0,
            }
        } else {
            self.desired()
        };
        let stable_set = if no_stable { None } else { now.stable };
        let canary = now.canary.unwrap_or_default();
        let stable = stable_set.unwrap_or_default();
        let cap = now.replicas.saturating_add(limits.surge);
        let asked = canary.asked + stable.asked + now.older.asked;
        let mut may_add = cap.saturating_sub(asked);
        let mut raise = |asked: u32, wanted: u32| {
            let added = wanted.saturating_sub(asked).min(may_add);
            may_add -= added;
            asked + added
        };
        let mut next = Split {
            stable: raise(stable.asked, wanted.stable),
            canary: raise(canary.asked, wanted.canary),
        };
        if 0 < now.older.asked {
            return next;
        }
        let floor = now.replicas.saturating_sub(limits.unavailable);
        let increases = canary.asked <= wanted.canary;
        let standing = pods_for_scale_down(now.canary, !increases)
            + pods_for_scale_down(stable_set, increases);
        let may_go = standing.saturating_sub(floor);
        if may_go == 0 {
            return next;
        }
        let shrunk = |set: PodSet, wanted: u32, next: u32| {
            if wanted < set.asked {
                wanted.max(set.asked.saturating_sub(may_go))
            } else {
                next
            }
        };
        let bounds = Bounds { cap, floor };
        if increases {
            if stable_set.is_some() {
                next.stable = shrunk(stable, wanted.stable, next.stable);
                (next.stable, next.canary) =
                    bounds.keep((stable, next.stable), (canary, next.canary));
            }
        } else {
            next.canary = shrunk(canary, wanted.canary, next.canary);
            (next.canary, next.stable) = bounds.keep((canary, next.canary), (stable, next.stable));
        }
        next
    }
}

/// The most pods asked for, and the fewest available.
#[derive(Clone, Copy)]
struct Bounds {
    cap: u32,
    floor: u32,
}

impl Bounds {
    /// The counts of the side that shrinks and of the other, within both bounds.
    fn keep(self, shrinking: (PodSet, u32), other: (PodSet, u32)) -> (u32, u32) {
        let (set, mut count) = shrinking;
        let (other_set, mut other_count) = other;
        let over = (count + other_count).saturating_sub(self.cap);
        other_count = other_count.saturating_sub(over);
        let left = set.available.min(count);
        let others = other_set.available.min(other_count);
        let missing = self.floor.saturating_sub(left + others);
        other_count += missing.min(other_set.available.saturating_sub(others));
        let over = (count + other_count).saturating_sub(self.cap);
        count = count.saturating_sub(over);
        (count, other_count)
    }
}
