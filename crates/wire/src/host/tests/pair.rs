//! Both ends of the talk with a queue in between, and a page that does as it is told.

use super::super::{Host, WINDOW};
use crate::{BUILD, Client, LaunchFlow, Project, ToWorker, Update, decode, encode};
use coalmine_controller::Time;
use coalmine_flow::Diagnostic;
use coalmine_sim::{Event, Intervention, Sample, Summary};
use std::collections::VecDeque;

/// Draws that decide who moves next; not part of any run.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// What a page knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Page {
    pub(super) events: Vec<Event>,
    pub(super) samples: Vec<Sample>,
    pub(super) until: Time,
    pub(super) summary: Option<Summary>,
    pub(super) refused: Vec<Diagnostic>,
    pub(super) resets: u32,
}

impl Page {
    pub(super) fn take(&mut self, update: Update) {
        match update {
            Update::Reset => {
                *self = Self {
                    resets: self.resets + 1,
                    ..Self::default()
                };
            }
            Update::Truncate(from) => {
                self.events.retain(|event| event.at <= from);
                self.samples.retain(|sample| sample.at <= from);
                self.until = from;
                self.summary = None;
            }
            Update::Append(batch) => {
                assert!(batch.events.iter().all(|it| self.until <= it.at));
                assert!(batch.events.iter().all(|it| it.at <= batch.until));
                self.events.extend(batch.events);
                self.samples.extend(batch.samples);
                self.until = batch.until;
            }
            Update::Finished(summary) => self.summary = Some(summary),
            Update::Refused(diagnostics) => self.refused = diagnostics,
            Update::ReloadNeeded => panic!("same build"),
        }
    }
}

/// Both ends with a queue in each direction, in which bytes take their time.
pub(super) struct Pair {
    pub(super) host: Host<LaunchFlow>,
    pub(super) client: Client,
    pub(super) to_host: VecDeque<Vec<u8>>,
    pub(super) to_client: VecDeque<Vec<u8>>,
    pub(super) page: Page,
    pub(super) dice: Dice,
}

impl Pair {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            host: Host::new(LaunchFlow, BUILD),
            client: Client::new(BUILD),
            to_host: VecDeque::new(),
            to_client: VecDeque::new(),
            page: Page::default(),
            dice: Dice(seed * 2 + 1),
        }
    }

    pub(super) fn send(&mut self, message: Option<ToWorker>) {
        self.to_host.extend(message.map(|it| encode(&it)));
    }

    pub(super) fn start(&mut self, project: &Project) {
        let (updates, message) = self.client.start(project);
        for update in updates {
            self.page.take(update);
        }
        self.send(message);
    }

    pub(super) fn act(&mut self, intervention: Intervention) {
        let message = self.client.fork(intervention);
        self.send(message);
    }

    /// One of the things that can happen next, by chance. Tells whether anything was left to do.
    pub(super) fn happen(&mut self) -> bool {
        match self.dice.below(4) {
            0 => {
                if let Some(bytes) = self.to_host.pop_front() {
                    self.host.handle(decode(&bytes).unwrap());
                }
            }
            1 => {
                let instants = u32::try_from(self.dice.below(200)).unwrap();
                self.host.step(instants);
                assert!(
                    self.host
                        .flight
                        .as_ref()
                        .is_none_or(|it| it.ahead() <= WINDOW),
                    "never further ahead than agreed"
                );
            }
            2 => {
                if let Some(bytes) = self.to_client.pop_front() {
                    let (updates, answer) = self.client.handle(decode(&bytes).unwrap());
                    for update in updates {
                        self.page.take(update);
                    }
                    self.send(answer);
                }
            }
            _ => {
                let frame = self.client.acknowledge();
                self.send(frame);
            }
        }
        while let Some(message) = self.host.poll() {
            self.to_client.push_back(encode(&message));
        }
        self.page.summary.is_none() && self.page.refused.is_empty()
    }

    pub(super) fn settle(&mut self) {
        for _ in 0..1_000_000 {
            if !self.happen() {
                return;
            }
        }
        panic!("the run never finished");
    }

    pub(super) fn wait_until(&mut self, at: Time) {
        while self.page.until < at {
            assert!(self.happen(), "the run ended before");
        }
    }
}
