//! Where the page stands in a run: a time, a speed, whether it moves. The simulation never hears of it.

use crate::playback::{Recording, next_decision, next_event, previous_decision, previous_event};
use coalmine_controller::Time;

/// How fast simulated time passes on screen: at 1x, one simulated minute a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speed {
    /// 0.25x.
    Quarter,
    /// 0.5x.
    Half,
    /// 1x.
    #[default]
    One,
    /// 2x.
    Two,
    /// 5x.
    Five,
    /// 10x.
    Ten,
    /// 20x.
    Twenty,
    /// 60x.
    Sixty,
    /// As fast as the run arrives.
    Max,
}

/// Simulated milliseconds in a real millisecond at 1x.
const COMPRESSION: f64 = 60.0;

impl Speed {
    /// All, from slow to fast.
    pub const ALL: [Self; 9] = [
        Self::Quarter,
        Self::Half,
        Self::One,
        Self::Two,
        Self::Five,
        Self::Ten,
        Self::Twenty,
        Self::Sixty,
        Self::Max,
    ];

    /// Times 1x; without, as fast as the run arrives.
    pub const fn factor(self) -> Option<f64> {
        match self {
            Self::Quarter => Some(0.25),
            Self::Half => Some(0.5),
            Self::One => Some(1.0),
            Self::Two => Some(2.0),
            Self::Five => Some(5.0),
            Self::Ten => Some(10.0),
            Self::Twenty => Some(20.0),
            Self::Sixty => Some(60.0),
            Self::Max => None,
        }
    }

    /// What the control says: `0.25×`, `max`.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Quarter => "0.25×",
            Self::Half => "0.5×",
            Self::One => "1×",
            Self::Two => "2×",
            Self::Five => "5×",
            Self::Ten => "10×",
            Self::Twenty => "20×",
            Self::Sixty => "60×",
            Self::Max => "max",
        }
    }

    /// What a second on screen is worth: `1 s = 1 min`.
    pub const fn compression(self) -> &'static str {
        match self {
            Self::Quarter => "1 s = 15 s",
            Self::Half => "1 s = 30 s",
            Self::One => "1 s = 1 min",
            Self::Two => "1 s = 2 min",
            Self::Five => "1 s = 5 min",
            Self::Ten => "1 s = 10 min",
            Self::Twenty => "1 s = 20 min",
            Self::Sixty => "1 s = 1 h",
            Self::Max => "as fast as it runs",
        }
    }
}

/// Whether the playhead moves by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Motion {
    /// It stands still. Nothing plays on load.
    #[default]
    Paused,
    /// It follows the clock of the page.
    Playing,
}

/// Where the page stands in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Playhead {
    /// The instant on screen.
    pub at: Time,
    /// Whether it moves.
    pub motion: Motion,
    /// How fast it would.
    pub speed: Speed,
}

/// What a person wants of the player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerIntent {
    /// Play if paused, pause if playing. At the end of the run it plays from the beginning.
    Toggle,
    /// Play.
    Play,
    /// Pause.
    Pause,
    /// Pause at the next event.
    NextEvent,
    /// Pause at the event before.
    PreviousEvent,
    /// Pause at the next decision of a gate or trigger.
    NextDecision,
    /// Pause at the decision before.
    PreviousDecision,
    /// Play this fast.
    SetSpeed(Speed),
    /// To the beginning, and play.
    Restart,
    /// To this instant; whether it plays stays as it is.
    Seek(Time),
    /// By so many milliseconds of the run, forward or back.
    Nudge(i64),
    /// To the beginning, paused.
    JumpStart,
    /// To the end of what has been received, paused.
    JumpEnd,
}

impl Playhead {
    /// After `intent`, on this run.
    #[must_use]
    pub fn intend(self, intent: PlayerIntent, run: &Recording) -> Self {
        let at_end = run.summary().is_some() && run.until() <= self.at;
        match intent {
            PlayerIntent::Toggle => match self.motion {
                Motion::Playing => self.paused_at(self.at),
                Motion::Paused if at_end => self.playing_at(Time(0)),
                Motion::Paused => self.playing_at(self.at),
            },
            PlayerIntent::Play if at_end => self.playing_at(Time(0)),
            PlayerIntent::Play => self.playing_at(self.at),
            PlayerIntent::Pause => self.paused_at(self.at),
            PlayerIntent::NextEvent => {
                self.paused_at(next_event(run, self.at).unwrap_or(run.until()))
            }
            PlayerIntent::PreviousEvent => {
                self.paused_at(previous_event(run, self.at).unwrap_or_default())
            }
            PlayerIntent::NextDecision => {
                self.paused_at(next_decision(run, self.at).unwrap_or(run.until()))
            }
            PlayerIntent::PreviousDecision => {
                self.paused_at(previous_decision(run, self.at).unwrap_or_default())
            }
            PlayerIntent::SetSpeed(speed) => Self { speed, ..self },
            PlayerIntent::Restart => self.playing_at(Time(0)),
            PlayerIntent::Seek(at) => Self {
                at: at.min(run.until()),
                ..self
            },
            PlayerIntent::Nudge(by) => Self {
                at: Time(self.at.0.saturating_add_signed(by)).min(run.until()),
                ..self
            },
            PlayerIntent::JumpStart => self.paused_at(Time(0)),
            PlayerIntent::JumpEnd => self.paused_at(run.until()),
        }
    }

    /// After a frame of `real_millis`. It waits at the end of what has been received, and pauses at the end of the run.
    #[must_use]
    pub fn advance(self, real_millis: f64, run: &Recording) -> Self {
        match self.motion {
            Motion::Paused => self,
            Motion::Playing => {
                let wanted = match self.speed.factor() {
                    Some(factor) => Time(self.at.0.saturating_add(simulated(real_millis * factor))),
                    None => run.until(),
                };
                if run.summary().is_some() && run.until() <= wanted {
                    self.paused_at(run.until())
                } else {
                    Self {
                        at: wanted.min(run.until().max(self.at)),
                        ..self
                    }
                }
            }
        }
    }

    const fn paused_at(self, at: Time) -> Self {
        Self {
            at,
            motion: Motion::Paused,
            ..self
        }
    }

    const fn playing_at(self, at: Time) -> Self {
        Self {
            at,
            motion: Motion::Playing,
            ..self
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a frame is a small, non-negative number of milliseconds; the cast saturates"
)]
fn simulated(real_millis: f64) -> u64 {
    (real_millis.max(0.0) * COMPRESSION).round() as u64
}
