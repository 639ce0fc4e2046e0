//! What faults make of requests that would have gone well: each one's fate beside the one it would have had, so that
//! the damage of a fault is a count and not a difference of two noisy numbers.

#[cfg(test)]
mod tests;

use super::{
    cells::Counts,
    classes::{Class, MOST_BOUNDS},
    effect::{Cause, Causes, Effect},
    healthy::Healthy,
    shift::Shift,
};
use crate::draws::{Stream, binomial};

/// The truth about requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// All.
    pub(crate) requests: u64,
    /// Failed.
    pub(crate) failed: u64,
    /// Failed, wrong, slower than the scenario allows, or too slow for the client's patience.
    pub(crate) bad: u64,
    /// Bad because of a fault.
    pub(crate) bad_by_fault: u64,
    /// Failed for the client, who tries again if it may.
    pub(crate) unserved: u64,
    /// Answered, and rightly.
    pub(crate) right: u64,
}

impl Tally {
    /// Adds another one.
    pub(crate) const fn add(&mut self, other: Self) {
        self.requests += other.requests;
        self.failed += other.failed;
        self.bad += other.bad;
        self.bad_by_fault += other.bad_by_fault;
        self.unserved += other.unserved;
        self.right += other.right;
    }
}

/// What an interval's requests are turned into.
#[derive(Debug)]
pub(crate) struct Outcome<'a> {
    /// By bucket.
    pub(crate) buckets: &'a mut [u64; MOST_BOUNDS + 1],
    /// Bad requests by fault, then those of the load, then those of the plan.
    pub(crate) causes: &'a mut [u64],
    /// The truth.
    pub(crate) tally: Tally,
}

impl Outcome<'_> {
    /// Requests that nothing is wrong with.
    pub(crate) fn serve(&mut self, counts: &Counts, classes: &[Class]) {
        let all_answered = &counts.answered()[..classes.len()];
        let all_failed = &counts.failed()[..classes.len()];
        for ((class, answered), failed) in classes.iter().zip(all_answered).zip(all_failed) {
            self.buckets[class.bucket] += answered + failed;
        }
        // Whatever is slower than a bad class is bad, and the same of late ones.
        let bad_from = classes.partition_point(|class| !class.is_bad);
        let late_from = classes.partition_point(|class| !class.is_late);
        let answered: u64 = all_answered.iter().sum();
        let failed: u64 = all_failed.iter().sum();
        let tally = &mut self.tally;
        tally.requests += answered + failed;
        tally.failed += failed;
        tally.bad += failed + all_answered[bad_from..].iter().sum::<u64>();
        tally.unserved += failed + all_answered[late_from..].iter().sum::<u64>();
        tally.right += answered;
    }

    /// Requests that something is wrong with. Those that no pod works on count at the latency they would have had.
    pub(crate) fn strike(&mut self, counts: &Counts, effect: &Effect, blow: &mut Blow<'_>) {
        blow.shift.prepare(effect, blow.healthy, blow.classes);
        for (at, class) in blow.classes.iter().enumerate() {
            let (answered, failed) = (counts.answered()[at], counts.failed()[at]);
            if answered + failed == 0 {
                continue;
            }
            self.tally.requests += answered + failed;
            let lost = binomial(blow.stream, answered, effect.lost);
            let shed = binomial(blow.stream, answered - lost, effect.shed);
            self.turn_away(class, lost, effect.lost_to);
            self.turn_away(class, shed, effect.shed_by);
            self.tally.failed += failed;
            self.tally.bad += failed;
            self.tally.unserved += failed;
            let (mut served, mut failed) = (answered - lost - shed, failed);
            for place in 0..blow.shift.row(at).len() {
                let (to, share) = blow.shift.row(at)[place];
                let to = blow.classes[usize::from(to)];
                let moved = binomial(blow.stream, served, share);
                let moved_failed = binomial(blow.stream, failed, share);
                served -= moved;
                failed -= moved_failed;
                self.buckets[to.bucket] += moved + moved_failed;
                self.answer(class, to, moved, effect, blow.stream);
            }
            // Nothing is left: the last share is one. Should rounding disagree, the rest stays where it was.
            self.buckets[class.bucket] += served + failed;
            self.answer(class, *class, served, effect, blow.stream);
        }
    }

    /// Requests that no pod works on.
    fn turn_away(&mut self, class: &Class, count: u64, cause: Cause) {
        self.buckets[class.bucket] += count;
        self.tally.failed += count;
        self.tally.bad += count;
        self.tally.unserved += count;
        if !class.is_bad {
            self.charge(cause, count);
        }
    }

    /// Requests that would have been answered in one class and come to another.
    fn answer(
        &mut self,
        class: &Class,
        to: Class,
        moved: u64,
        effect: &Effect,
        stream: &mut Stream,
    ) {
        let broken = binomial(stream, moved, effect.error);
        let wrong = binomial(stream, moved - broken, effect.wrong);
        self.tally.failed += broken;
        self.tally.right += moved - broken - wrong;
        self.tally.unserved += if to.is_late { moved } else { broken };
        if to.is_bad {
            self.tally.bad += moved;
            if !class.is_bad {
                self.share_out(&effect.slow, moved, stream);
            }
        } else {
            self.tally.bad += broken + wrong;
            if !class.is_bad {
                self.share_out(&effect.broken, broken, stream);
                self.share_out(&effect.wrong_by, wrong, stream);
            }
        }
    }

    /// Charges each of these requests to one of its causes, by their weights.
    fn share_out(&mut self, causes: &Causes, mut count: u64, stream: &mut Stream) {
        let list = causes.list();
        let mut left: f64 = list.iter().map(|(_, weight)| weight).sum();
        for (at, (cause, weight)) in list.iter().enumerate() {
            let is_last = at + 1 == list.len();
            let own = if is_last {
                count
            } else {
                binomial(stream, count, weight / left)
            };
            self.charge(*cause, own);
            count -= own;
            left -= weight;
        }
    }

    fn charge(&mut self, cause: Cause, count: u64) {
        let faults = self.causes.len() - 2;
        match cause {
            Cause::Version => {}
            Cause::Load => self.causes[faults] += count,
            Cause::Plan => self.causes[faults + 1] += count,
            Cause::Fault(place) => {
                self.causes[place as usize] += count;
                self.tally.bad_by_fault += count;
            }
        }
    }
}

/// What a blow is dealt with.
#[derive(Debug)]
pub(crate) struct Blow<'a> {
    /// The law without faults.
    pub(crate) healthy: &'a Healthy,
    /// All classes of latency.
    pub(crate) classes: &'a [Class],
    /// Kept from one interval to the next.
    pub(crate) shift: &'a mut Shift,
    /// Its chance.
    pub(crate) stream: &'a mut Stream,
}
