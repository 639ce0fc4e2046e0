//! The thorough way: one attempt after another, first ones and those that are made again, in order of time.

use super::{AHEAD, Demand, Service, Witness, place};
use crate::{
    reference::{
        chance::Chance,
        harm::{Harm, Place},
        profile::{self, ratio},
        record::{CountedAt, Counts, Fate, Request},
        users::{Attempt, pick},
    },
    scenario::FaultKind,
};
use coalmine_controller::{Time, Version};

/// What happened at a pod.
#[derive(Clone, Copy, Debug)]
struct Served {
    wait: f64,
    latency: f64,
    fate: Fate,
}

impl Service {
    /// Attempts of a piece of time.
    pub(super) fn thorough(&mut self, demand: &Demand, begin: Time, witness: &mut Witness<'_>) {
        let begin = begin.0 as f64 / 1e3;
        let mut next = self.gap(demand, demand.from);
        loop {
            let again = self.retries.next();
            if demand.to <= again.min(next) {
                break;
            }
            let attempt = if again <= next {
                self.retries.take()
            } else {
                let at = next;
                // Whether it comes is drawn before the next gap, as in the quick way.
                let first = self.first(demand, at);
                next = self.gap(demand, at);
                first
            };
            if let Some(attempt) = attempt {
                self.handle(attempt, demand, begin, witness);
            }
        }
    }

    /// When the next first attempt may come after an instant, in seconds.
    fn gap(&mut self, demand: &Demand, after: f64) -> f64 {
        if demand.bound <= 0.0 {
            return f64::INFINITY;
        }
        after + self.deviates.exponential(&mut self.streams.arrivals) / demand.bound
    }

    /// A first attempt at an instant, if one comes then.
    fn first(&mut self, demand: &Demand, at: f64) -> Option<Attempt> {
        let stratum = self.mix.draw(&mut self.streams.users);
        if !demand.is_flat {
            let mut rate = profile::rate(&self.traffic.profile, at) * self.multiplier;
            for course in &self.active {
                if let FaultKind::Surge(more) = course.fault.kind
                    && self.mix.reaches(course, stratum)
                {
                    rate *= 1.0 + ratio(more).max(0.0) * course.strength(at);
                }
            }
            if rate <= self.streams.arrivals.unit() * demand.bound {
                return None;
            }
        }
        let many = self.users.many();
        let user = if many == 0 {
            0
        } else {
            self.streams.users.one_of(many)
        };
        Some(Attempt {
            at,
            user,
            stratum: u32::try_from(stratum).unwrap_or(0),
            tries: 0,
        })
    }

    fn handle(&mut self, attempt: Attempt, demand: &Demand, begin: f64, witness: &mut Witness<'_>) {
        let at = attempt.at;
        let version = self.route(attempt, demand);
        let ready = self.sides[place(version)].fleet.ready();
        let picks = self.needs_pods || {
            let side = &self.sides[place(version)];
            side.capacity.is_some() || side.warm_up.is_some()
        };
        let pod = if picks {
            let ready = u32::try_from(ready).unwrap_or(u32::MAX);
            self.streams.pods.one_of(ready) as usize
        } else {
            0
        };
        let done = self.serve(attempt, version, pod, ready);
        let reached = !matches!(done.fate, Fate::Shed | Fate::Lost);
        let patience = self
            .traffic
            .clients
            .timeout_micros
            .map_or(f64::INFINITY, |micros| micros as f64 / 1e6);
        let stratum = self.mix.strata[attempt.stratum as usize];
        let request = Request {
            at_seconds: at,
            version,
            endpoint: stratum.endpoint.unwrap_or(0),
            cohort: stratum.cohort.unwrap_or(0),
            user: attempt.user,
            pod: u32::try_from(pod).unwrap_or(u32::MAX),
            tries: attempt.tries,
            wait_seconds: done.wait,
            latency_seconds: done.latency,
            fate: done.fate,
            is_late: reached && patience < done.latency,
        };
        let noticed = if reached {
            at + done.latency.min(patience)
        } else {
            at
        };
        let given_up = self.try_again(attempt, &request, noticed);
        let bucket = self.buckets.find(done.latency);
        let answered = if reached { at + done.latency } else { at };
        self.counts(version, answered - begin)
            .count(&request, bucket, given_up);
        self.sides[place(version)].requests += 1;
        if let Some(witness) = witness {
            witness(&request);
        }
    }

    fn route(&mut self, attempt: Attempt, demand: &Demand) -> Version {
        let stream = &mut self.streams.routing;
        let session = self.users.version(
            attempt.user,
            attempt.at,
            &self.routing,
            &self.deviates,
            stream,
        );
        session.unwrap_or_else(|| {
            let canary = demand
                .canary
                .unwrap_or_else(|| Chance::new(self.routing.share(attempt.at)));
            pick(stream, canary)
        })
    }

    /// What a version makes of an attempt.
    fn serve(&mut self, attempt: Attempt, version: Version, pod: usize, ready: usize) -> Served {
        let at = attempt.at;
        let side = &mut self.sides[place(version)];
        let stratum = attempt.stratum as usize;
        let lane = &side.lanes[stratum];
        let plain = lane
            .sampler
            .seconds(&self.deviates, &mut self.streams.latency);
        let where_it_is = Place {
            at,
            version,
            pod,
            ready,
            born: side.fleet.pod(pod).and_then(|pod| pod.born),
            load: side.load,
        };
        let harm = if self.active.is_empty() && side.warm_up.is_none() {
            Harm::NONE
        } else {
            Harm::of(
                &self.active,
                side.warm_up,
                &where_it_is,
                &self.mix.strata[stratum],
                &mut self.streams.harm,
            )
        };
        let fails = if harm.error <= 0.0 {
            lane.fails
        } else {
            Chance::new(lane.error + (1.0 - lane.error) * harm.error)
        };
        let has_failed = self.streams.errors.happens(fails);
        let turned_away = |fate| Served {
            wait: 0.0,
            latency: plain,
            fate,
        };
        let Some(pod) = side.fleet.pod(pod) else {
            return turned_away(Fate::Lost);
        };
        let takes = plain * harm.stretch;
        let begin = match side.capacity {
            None => at,
            Some(capacity) => match pod.admit(at, capacity.queue) {
                Some(begin) => {
                    pod.serve(begin + takes);
                    begin
                }
                None => return turned_away(Fate::Shed),
            },
        };
        let fate = if has_failed {
            Fate::Failed
        } else if 0.0 < harm.wrong && self.streams.harm.happens(Chance::new(harm.wrong)) {
            Fate::Wrong
        } else {
            Fate::Right
        };
        Served {
            wait: begin - at,
            latency: begin - at + takes,
            fate,
        }
    }

    /// A client that got nothing tries again, unless it has tried often enough: then it has given up.
    fn try_again(&mut self, attempt: Attempt, request: &Request, noticed: f64) -> bool {
        let is_served = matches!(request.fate, Fate::Right | Fate::Wrong);
        if is_served && !request.is_late {
            return false;
        }
        let clients = self.traffic.clients;
        let mut allowed = u32::from(clients.retries);
        let mut is_stormy = false;
        for course in &self.active {
            if let FaultKind::RetryStorm(more) = course.fault.kind
                && self.mix.reaches(course, attempt.stratum as usize)
            {
                is_stormy = true;
                let strength = Chance::new(course.strength(attempt.at));
                allowed += (0..more)
                    .map(|_| u32::from(self.streams.harm.happens(strength)))
                    .sum::<u32>();
            }
        }
        if allowed.min(u32::from(u8::MAX)) <= u32::from(attempt.tries) {
            return true;
        }
        let wait = if is_stormy {
            0.0
        } else {
            let longest = libm::ldexp(clients.back_off.0 as f64 / 1e3, i32::from(attempt.tries));
            longest * (0.5 + 0.5 * self.streams.back_off.unit())
        };
        self.retries.add(Attempt {
            at: noticed + wait,
            tries: attempt.tries.saturating_add(1),
            ..attempt
        });
        false
    }

    /// Where a request counts that is answered so many seconds after this interval began.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative, and cut off far below the range"
    )]
    fn counts(&mut self, version: Version, answered: f64) -> &mut Counts {
        let later = match self.counted_at {
            CountedAt::Arrival => 0,
            CountedAt::Completion => ((answered * 1e3 / self.scrape.0 as f64) as usize).min(AHEAD),
        };
        if self.intervals.len() <= later {
            self.intervals.resize_with(later + 1, Default::default);
        }
        &mut self.intervals[later].versions[place(version)]
    }
}
