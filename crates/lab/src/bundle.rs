//! Several plans in one world, for as long as they do the same to it.
//!
//! Until a decision changes the traffic, one run answers every threshold: the controllers of all plans are told the same,
//! each measures what it wants (which changes nothing), and as long as all of them ask for the same to be *done*, the
//! world is one. Where they differ they part, and [`crate::branch`] gives each group a world of its own. What each plan
//! does is exactly what it would do alone.
//!
//! Plans that differ only in how their gates judge are one controller between judgements: a cohort.

use crate::watch::Log;
use alloc::{collections::VecDeque, sync::Arc, vec, vec::Vec};
use coalmine_controller::{
    Command, CommandId, Controller, FlowController, Input, Output, Plan, Position, Record,
    Recording, Time,
};

/// Plans whose controllers stand alike, and the controller of all of them.
#[derive(Clone, Debug)]
struct Cohort {
    controller: FlowController,
    log: Log,
    /// Plans by their places.
    members: Vec<u32>,
    /// Commands that are not done yet: their name to the world, and to the controller.
    names: Vec<(CommandId, CommandId)>,
}

/// What one cohort put out.
#[derive(Default)]
struct Said {
    /// To be done, in order.
    commands: Vec<(CommandId, Command)>,
    end: Option<Record>,
}

/// The controllers of several plans.
#[derive(Clone, Debug)]
pub(crate) struct Bundle {
    plans: Arc<Vec<Arc<Plan>>>,
    /// By plan: its class. Only plans of one class can be one cohort.
    class_of: Arc<[u32]>,
    cohorts: Vec<Cohort>,
    out: VecDeque<Output>,
    next: u32,
    /// Whether cohorts were told apart since it was last tried to bring some together.
    is_loose: bool,
    /// Whether a gate judges for plans that it may not judge for together.
    is_lost: bool,
    /// The groups that do not do the same any more. What they do then has not reached the world.
    parted: Option<Vec<Vec<u32>>>,
}

impl Cohort {
    fn is_apart(&self) -> bool {
        self.members.len() == 1
    }

    /// What an input to all is to this cohort, if it is any of its business.
    fn own(&mut self, now: Time, input: &Input) -> Option<Input> {
        match input {
            Input::Start { .. } | Input::Scraped | Input::Operator(_) => Some(input.clone()),
            Input::Wake => {
                let due = self.controller.next_deadline();
                due.is_some_and(|at| at <= now).then_some(Input::Wake)
            }
            Input::Measured(id, reading) => Some(Input::Measured(self.answered(*id)?, *reading)),
            Input::Done(id) => Some(Input::Done(self.answered(*id)?)),
            Input::Failed(id, why) => Some(Input::Failed(self.answered(*id)?, why.clone())),
        }
    }

    fn answered(&mut self, id: CommandId) -> Option<CommandId> {
        let at = self.names.iter().position(|(ours, _)| *ours == id)?;
        Some(self.names.swap_remove(at).1)
    }

    /// Hands an input to the controller and takes down what it says. Tells whether it measures.
    fn hear(&mut self, now: Time, input: Input) -> (Said, bool) {
        let mut said = Said::default();
        let mut measures = false;
        self.controller.handle(now, input);
        while let Some(output) = self.controller.poll() {
            match output {
                Output::Record(record) => {
                    self.log.record(&record);
                    if let Record::Ended { .. } = record {
                        said.end = Some(record);
                    }
                }
                Output::Command(id, command) => {
                    measures |= matches!(command, Command::Measure(_));
                    self.log.command(command);
                    said.commands.push((id, command));
                }
            }
        }
        (said, measures)
    }

    /// One cohort for each member.
    fn apart(&self, plans: &[Arc<Plan>]) -> Vec<Self> {
        let alone = |&member: &u32| Self {
            controller: self
                .controller
                .with_plan(Arc::clone(&plans[member as usize])),
            members: vec![member],
            ..self.clone()
        };
        self.members.iter().map(alone).collect()
    }
}

impl Bundle {
    /// The controllers of plans before the start. `classes` are plans by their places; those in one class are equal but
    /// for how their gates judge.
    pub(crate) fn new(plans: Arc<Vec<Arc<Plan>>>, classes: &[Vec<u32>]) -> Self {
        let cohort = |members: &Vec<u32>| Cohort {
            controller: FlowController::new(
                Arc::clone(&plans[members[0] as usize]),
                Recording::Full,
            ),
            log: Log::default(),
            members: members.clone(),
            names: Vec::new(),
        };
        let mut class_of = vec![0; plans.len()];
        for (class, members) in (0..).zip(classes) {
            for member in members {
                class_of[*member as usize] = class;
            }
        }
        Self {
            cohorts: classes.iter().map(cohort).collect(),
            class_of: class_of.into(),
            plans,
            out: VecDeque::new(),
            next: 1,
            is_loose: false,
            is_lost: false,
            parted: None,
        }
    }

    /// Whether several plans are in it.
    pub(crate) fn is_shared(&self) -> bool {
        1 < self.cohorts.len() || self.cohorts.iter().any(|cohort| !cohort.is_apart())
    }

    /// The groups that have parted, if any have.
    pub(crate) fn take_parted(&mut self) -> Option<Vec<Vec<u32>>> {
        self.parted.take()
    }

    /// Keeps only these plans, and forgets the others.
    pub(crate) fn keep(&mut self, members: &[u32]) {
        for cohort in &mut self.cohorts {
            cohort.members.retain(|member| members.contains(member));
        }
        self.cohorts.retain(|cohort| !cohort.members.is_empty());
        for cohort in &mut self.cohorts {
            let plan = Arc::clone(&self.plans[cohort.members[0] as usize]);
            cohort.controller = cohort.controller.with_plan(plan);
        }
    }

    /// What each plan in it has passed.
    pub(crate) fn logs(&self) -> impl Iterator<Item = (u32, &Log)> {
        let cohorts = self.cohorts.iter();
        cohorts.flat_map(|cohort| cohort.members.iter().map(|&member| (member, &cohort.log)))
    }

    /// Hands an input to a cohort. Tells what it says, and how many cohorts stand in its place: its members are told
    /// apart where their gates are about to judge.
    fn tell(&mut self, now: Time, at: usize, input: Input, said: &mut Vec<(usize, Said)>) -> usize {
        let cohort = &mut self.cohorts[at];
        let is_judging = cohort.controller.is_judging();
        match input {
            Input::Measured(..) if cohort.is_apart() || !is_judging => {
                let (spoken, measures) = cohort.hear(now, input);
                // A trigger that leads straight to a gate: nobody can be told apart any more.
                let judges = measures || cohort.controller.is_judging();
                self.is_lost |= judges && !cohort.is_apart();
                said.push((at, spoken));
                return 1;
            }
            Input::Start { .. }
            | Input::Wake
            | Input::Done(_)
            | Input::Failed(..)
            | Input::Operator(_)
                if !cohort.is_apart() =>
            {
                let mut attempt = cohort.clone();
                let (spoken, measures) = attempt.hear(now, input.clone());
                if !measures && !attempt.controller.is_judging() {
                    *cohort = attempt;
                    said.push((at, spoken));
                    return 1;
                }
            }
            Input::Measured(..) => {}
            Input::Start { .. }
            | Input::Wake
            | Input::Done(_)
            | Input::Failed(..)
            | Input::Operator(_)
            | Input::Scraped => {
                said.push((at, cohort.hear(now, input).0));
                return 1;
            }
        }
        self.is_loose = true;
        let mut alone = cohort.apart(&self.plans);
        for (place, one) in (at..).zip(&mut alone) {
            said.push((place, one.hear(now, input.clone()).0));
        }
        let count = alone.len();
        self.cohorts.splice(at..=at, alone);
        count
    }

    /// Brings cohorts together that stand alike.
    fn gather(&mut self) {
        self.is_loose = false;
        let mut gathered: Vec<Cohort> = Vec::new();
        for cohort in core::mem::take(&mut self.cohorts) {
            let alike = gathered.iter_mut().find(|other| {
                let class = |of: &Cohort| self.class_of[of.members[0] as usize];
                class(other) == class(&cohort)
                    && other.names == cohort.names
                    && other.controller.stands_as(&cohort.controller)
                    && other.log == cohort.log
            });
            match alike {
                Some(other) => other.members.extend(cohort.members),
                None => gathered.push(cohort),
            }
        }
        self.cohorts = gathered;
    }

    /// Puts out what all cohorts ask for, measurements each once, unless they want different things done.
    fn put_out(&mut self, said: Vec<(usize, Said)>) {
        let mut groups: Vec<(Vec<Command>, Vec<u32>)> = Vec::new();
        let mut is_told = vec![false; self.cohorts.len()];
        let mut group = |done: Vec<Command>, members: &[u32]| match groups
            .iter_mut()
            .find(|(other, _)| *other == done)
        {
            Some((_, group)) => group.extend(members),
            None => groups.push((done, members.to_vec())),
        };
        for (at, said) in &said {
            is_told[*at] = true;
            group(acts(said), &self.cohorts[*at].members);
        }
        for (cohort, _) in self
            .cohorts
            .iter()
            .zip(&is_told)
            .filter(|(_, told)| !**told)
        {
            group(Vec::new(), &cohort.members);
        }
        if 1 < groups.len() {
            let groups = groups.into_iter().map(|(_, members)| members);
            self.parted = Some(groups.collect());
            return;
        }
        let mut asked: Vec<(Command, CommandId)> = Vec::new();
        let mut is_first = true;
        for (at, said) in said {
            if let (Some(record), true) = (said.end, is_first) {
                self.out.push_back(Output::Record(record));
            }
            for (theirs, command) in said.commands {
                let names = &self.cohorts[at].names;
                // What one cohort asks twice is answered twice.
                let known = asked.iter().find(|(other, ours)| {
                    *other == command && names.iter().all(|(name, _)| name != ours)
                });
                let ours = if let Some((_, ours)) = known {
                    *ours
                } else {
                    let ours = CommandId(self.next);
                    self.next = self.next.wrapping_add(1);
                    self.out.push_back(Output::Command(ours, command));
                    asked.push((command, ours));
                    ours
                };
                self.cohorts[at].names.push((ours, theirs));
            }
            is_first = false;
        }
    }
}

/// What is to be done, without measurements.
fn acts(said: &Said) -> Vec<Command> {
    let commands = said.commands.iter().map(|(_, command)| *command);
    commands
        .filter(|command| !matches!(command, Command::Measure(_)))
        .collect()
}

impl Controller for Bundle {
    fn handle(&mut self, now: Time, input: Input) {
        if self.parted.is_some() {
            return;
        }
        if self.is_loose && matches!(input, Input::Scraped | Input::Done(_)) {
            self.gather();
        }
        let mut said = Vec::new();
        let mut at = 0;
        while at < self.cohorts.len() {
            at += match self.cohorts[at].own(now, &input) {
                Some(own) => self.tell(now, at, own, &mut said),
                None => 1,
            };
        }
        if core::mem::take(&mut self.is_lost) {
            let members = self.cohorts.iter().flat_map(|cohort| &cohort.members);
            self.parted = Some(members.map(|&member| vec![member]).collect());
        } else {
            self.put_out(said);
        }
    }

    fn poll(&mut self) -> Option<Output> {
        self.out.pop_front()
    }

    fn next_deadline(&self) -> Option<Time> {
        // Nobody listens until somebody has seen that they have parted.
        let is_one = self.parted.is_none();
        let cohorts = self.cohorts.iter().filter(|_| is_one);
        cohorts
            .filter_map(|cohort| cohort.controller.next_deadline())
            .min()
    }

    fn position(&self) -> Position {
        self.cohorts[0].controller.position()
    }
}
