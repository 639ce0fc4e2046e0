//! Pods as queues: first come, first served, with so many slots and so many places to wait.
//!
//! What is in front of a request is known when it comes, and so is when it will be served (Kiefer and Wolfowitz 1955):
//! a pod is the instants at which its slots fall free and those at which the waiting ones begin.

use crate::scenario::Capacity;
use alloc::{collections::VecDeque, vec::Vec};

/// One pod. Times are in seconds.
#[derive(Clone, Debug)]
pub(super) struct Pod {
    /// When it became ready; nothing for one that is as old as the service.
    pub(super) born: Option<f64>,
    /// When each slot falls free: a heap, earliest first.
    free: Vec<f64>,
    /// When those who wait will begin, in order.
    begins: VecDeque<f64>,
}

impl Pod {
    fn new(born: Option<f64>, capacity: Option<Capacity>) -> Self {
        let slots = capacity.map_or(0, |capacity| usize::from(capacity.in_flight.max(1)));
        let mut free = Vec::with_capacity(slots);
        free.resize(slots, 0.0);
        Self {
            born,
            free,
            begins: VecDeque::new(),
        }
    }

    /// When a request that comes now will begin; nothing where it is shed. It then has to be followed by `serve`.
    pub(super) fn admit(&mut self, now: f64, places: u32) -> Option<f64> {
        let begin = self.free.first().copied().unwrap_or(now);
        if begin <= now {
            self.begins.clear();
            return Some(now);
        }
        while self.begins.front().is_some_and(|begin| *begin <= now) {
            self.begins.pop_front();
        }
        if self.begins.len() < places as usize {
            self.begins.push_back(begin);
            Some(begin)
        } else {
            None
        }
    }

    /// The slot that falls free first is taken until an instant.
    pub(super) fn serve(&mut self, until: f64) {
        let mut at = 0;
        loop {
            let mut child = 2 * at + 1;
            if self.free.len() <= child {
                break;
            }
            if child + 1 < self.free.len() && self.free[child + 1] < self.free[child] {
                child += 1;
            }
            if until <= self.free[child] {
                break;
            }
            self.free[at] = self.free[child];
            at = child;
        }
        if let Some(slot) = self.free.get_mut(at) {
            *slot = until;
        }
    }
}

/// The pods of one version, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Fleet {
    pods: Vec<Pod>,
    capacity: Option<Capacity>,
}

impl Fleet {
    pub(super) fn new(ready: u32, capacity: Option<Capacity>) -> Self {
        let mut fleet = Self {
            pods: Vec::new(),
            capacity,
        };
        fleet.resize(ready, None);
        fleet
    }

    /// So many are ready from now on; the youngest go first, and finish what they have.
    pub(super) fn resize(&mut self, ready: u32, now: Option<f64>) {
        let capacity = self.capacity;
        let ready = usize::try_from(ready).unwrap_or(usize::MAX);
        self.pods.resize_with(ready, || Pod::new(now, capacity));
    }

    pub(super) fn ready(&self) -> usize {
        self.pods.len()
    }

    pub(super) fn pod(&mut self, at: usize) -> Option<&mut Pod> {
        self.pods.get_mut(at)
    }

    /// Whether any pod is younger than the service.
    pub(super) fn has_young(&self) -> bool {
        self.pods.iter().any(|pod| pod.born.is_some())
    }
}
