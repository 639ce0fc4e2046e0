//! What is wrong with a version's requests over a stretch of time, and who is to blame for how much of it.

/// Ways of being slow, at most: beyond it a further partial slowness slows all of them by its mean.
const MOST_STRETCHES: usize = 24;
/// Causes that are told apart, at most, in one stretch of time.
const MOST_CAUSES: usize = 8;

/// Why a request is bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The version itself.
    Version,
    /// More came than its pods can take.
    Load,
    /// Traffic was sent to where no pods are.
    Plan,
    /// The fault with this place in the scenario.
    Fault(u32),
}

/// Causes with their weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Causes {
    list: [(Cause, f64); MOST_CAUSES],
    len: usize,
}

impl Causes {
    pub(crate) const NONE: Self = Self {
        list: [(Cause::Version, 0.0); MOST_CAUSES],
        len: 0,
    };

    /// Adds to a cause's weight. Where there are too many, the last one stands for the rest.
    pub(crate) fn add(&mut self, cause: Cause, weight: f64) {
        if weight <= 0.0 {
            return;
        }
        let at = self.list[..self.len]
            .iter()
            .position(|(other, _)| *other == cause);
        match at {
            Some(at) => self.list[at].1 += weight,
            None if self.len < MOST_CAUSES => {
                self.list[self.len] = (cause, weight);
                self.len += 1;
            }
            None => self.list[MOST_CAUSES - 1].1 += weight,
        }
    }

    /// Causes with their weights; never empty.
    pub(crate) fn list(&self) -> &[(Cause, f64)] {
        &self.list[..self.len.max(1)]
    }
}

/// Stretches of latency with their probabilities, which add up to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Stretches {
    list: [(f64, f64); MOST_STRETCHES],
    len: usize,
}

impl Stretches {
    /// Nothing is slower.
    pub(crate) const NONE: Self = {
        let mut list = [(0.0, 1.0); MOST_STRETCHES];
        list[0] = (1.0, 1.0);
        Self { list, len: 1 }
    };

    /// Probabilities and stretches.
    pub(crate) fn list(&self) -> &[(f64, f64)] {
        &self.list[..self.len]
    }

    /// The mean stretch.
    pub(crate) fn mean(&self) -> f64 {
        self.list()
            .iter()
            .map(|(share, stretch)| share * stretch)
            .sum()
    }

    /// A share of the requests becomes so much slower, whatever else makes them slow.
    pub(crate) fn slow_down(&mut self, share: f64, stretch: f64) {
        if 1.0 <= share {
            self.multiply(stretch);
        } else if 0.0 < share {
            self.split(&[(1.0 - share, 1.0), (share, stretch)]);
        }
    }

    /// Each request meets one of these stretches, by chance.
    pub(crate) fn split(&mut self, by: &[(f64, f64)]) {
        if MOST_STRETCHES < self.len * by.len() {
            self.multiply(by.iter().map(|(share, stretch)| share * stretch).sum());
            return;
        }
        let before = *self;
        self.len = 0;
        for (share, stretch) in before.list() {
            for (part, more) in by {
                self.list[self.len] = (share * part, stretch * more);
                self.len += 1;
            }
        }
    }

    fn multiply(&mut self, stretch: f64) {
        for (_, own) in &mut self.list[..self.len] {
            *own *= stretch;
        }
    }
}

/// Waiting for a free slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wait {
    /// The share of requests that wait.
    pub(crate) share: f64,
    /// How long these do, on average, in seconds.
    pub(crate) mean: f64,
    /// Exponential stages that a wait goes through: one where it varies as an exponential one, more where it varies less.
    pub(crate) stages: u32,
    /// The share of waits that goes through one stage fewer.
    pub(crate) early: f64,
}

impl Wait {
    /// Nobody waits.
    pub(crate) const NONE: Self = Self {
        share: 0.0,
        mean: 0.0,
        stages: 1,
        early: 0.0,
    };

    /// A wait with this mean in seconds and this squared coefficient of variation: the mixture of two neighbouring Erlang
    /// laws that has both (Tijms, "Stochastic Models", 1994). What varies more than an exponential wait counts as one, and
    /// nothing varies less than one of sixty stages.
    pub(crate) fn new(share: f64, mean: f64, cv2: f64) -> Self {
        let cv2 = cv2.clamp(1.0 / 60.0, 1.0);
        let stages = libm::ceil(1.0 / cv2 - 1e-9).max(1.0);
        let root = libm::sqrt((stages * (1.0 + cv2) - stages * stages * cv2).max(0.0));
        let early = (stages * cv2 - root) / (1.0 + cv2);
        Self {
            share,
            mean,
            stages: whole(stages),
            early: early.clamp(0.0, 1.0),
        }
    }

    /// The probability that a wait takes longer than so many seconds.
    pub(crate) fn beyond(&self, seconds: f64) -> f64 {
        if seconds <= 0.0 {
            return 1.0;
        }
        let at = seconds * (f64::from(self.stages) - self.early) / self.mean;
        let mut term = libm::exp(-at);
        let mut sum = 0.0;
        for stage in 1..self.stages {
            sum += term;
            term *= at / f64::from(stage);
        }
        sum + (1.0 - self.early) * term
    }
}

/// What is wrong with a version, constant over a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Effect {
    /// How much slower it works.
    pub(crate) stretches: Stretches,
    /// How long requests wait before it works on them.
    pub(crate) wait: Wait,
    /// Who makes it slow.
    pub(crate) slow: Causes,
    /// Of the requests that would have been answered, this share fails.
    pub(crate) error: f64,
    /// Who makes them fail.
    pub(crate) broken: Causes,
    /// This share of the requests finds no living pod, and fails.
    pub(crate) lost: f64,
    /// Who killed the pods, or sent traffic to where there are none.
    pub(crate) lost_to: Cause,
    /// This share of the requests finds a full queue, and fails.
    pub(crate) shed: f64,
    /// Who filled it.
    pub(crate) shed_by: Cause,
    /// Of the answers this share is wrong.
    pub(crate) wrong: f64,
    /// Who makes them wrong.
    pub(crate) wrong_by: Causes,
}

impl Effect {
    /// Nothing is wrong.
    pub(crate) const NONE: Self = Self {
        stretches: Stretches::NONE,
        wait: Wait::NONE,
        slow: Causes::NONE,
        error: 0.0,
        broken: Causes::NONE,
        lost: 0.0,
        lost_to: Cause::Plan,
        shed: 0.0,
        shed_by: Cause::Load,
        wrong: 0.0,
        wrong_by: Causes::NONE,
    };

    /// This much more of the requests fails.
    pub(crate) fn fail(&mut self, cause: Cause, share: f64) {
        let share = share.clamp(0.0, 1.0);
        self.broken.add(cause, (1.0 - self.error) * share);
        self.error += (1.0 - self.error) * share;
    }

    /// This much more of the answers is wrong.
    pub(crate) fn mislead(&mut self, cause: Cause, share: f64) {
        let share = share.clamp(0.0, 1.0);
        self.wrong_by.add(cause, (1.0 - self.wrong) * share);
        self.wrong += (1.0 - self.wrong) * share;
    }

    /// A share of the requests becomes so much slower; nothing gets faster than a hundredth.
    pub(crate) fn slow_down(&mut self, cause: Cause, share: f64, stretch: f64) {
        let stretch = stretch.max(0.01);
        self.slow.add(cause, share * libm::fabs(stretch - 1.0));
        self.stretches.slow_down(share, stretch);
    }
}

/// A stretch of time in which the same is wrong, or nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Segment {
    /// Its length in milliseconds.
    pub(crate) millis: u64,
    /// What is wrong.
    pub(crate) effect: Option<Effect>,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of stages: whole, and from one to sixty"
)]
fn whole(stages: f64) -> u32 {
    stages as u32
}
