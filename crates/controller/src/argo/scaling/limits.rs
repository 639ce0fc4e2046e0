//! Surge, unavailability and delays, with their defaults.

use crate::{argo::Amount, units::Millis};

impl Amount {
    /// As a file writes it: a number of pods, or a text, which is a share also without its sign.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.replace('%', "");
        digits.parse().ok().map(Self::Percent)
    }

    /// Whether it says zero.
    pub const fn is_zero(self) -> bool {
        matches!(self, Self::Pods(0) | Self::Percent(0))
    }

    /// In pods; a share rounded up or down.
    fn of(self, replicas: u32, up: bool) -> u32 {
        match self {
            Self::Pods(pods) => pods,
            Self::Percent(percent) => {
                let share = u64::from(percent) * u64::from(replicas);
                let pods = if up { share.div_ceil(100) } else { share / 100 };
                u32::try_from(pods).unwrap_or(u32::MAX)
            }
        }
    }
}

/// Surge and unavailability in pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pods beyond the replicas.
    pub surge: u32,
    /// Pods missing from the replicas.
    pub unavailable: u32,
}

/// What both come to as written; where they come to nothing, one pod may be missing.
pub fn resolve(surge: Amount, unavailable: Amount, replicas: u32) -> Limits {
    let surge = surge.of(replicas, true);
    let unavailable = unavailable.of(replicas, false);
    Limits {
        surge,
        unavailable: if surge == 0 && unavailable == 0 {
            1
        } else {
            unavailable
        },
    }
}

impl Limits {
    /// With the defaults of 25 %, and no more missing than there are.
    pub fn of(surge: Option<Amount>, unavailable: Option<Amount>, replicas: u32) -> Self {
        let default = Amount::Percent(25);
        let limits = resolve(
            surge.unwrap_or(default),
            unavailable.unwrap_or(default),
            replicas,
        );
        Self {
            unavailable: limits.unavailable.min(replicas),
            ..limits
        }
    }
}

/// How a rollout replaces its pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// By a canary with a router.
    RoutedCanary,
    /// By a canary without.
    BasicCanary,
    /// By a second set of pods, all at once. It is not simulated.
    BlueGreen,
    /// It does not say.
    None,
}

/// When pods go that are no longer needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DelayMeans {
    /// At once.
    AtOnce,
    /// After so long.
    After(Millis),
    /// Never.
    Never,
}

const DEFAULT_DELAY: Millis = Millis::from_secs(30);

/// When the canary's pods go after an abort, and whether the file says so.
pub fn abort_scale_down_delay(strategy: Strategy, said: Option<Millis>) -> (DelayMeans, bool) {
    match (strategy, said) {
        (Strategy::BasicCanary | Strategy::None, _) => (DelayMeans::AtOnce, false),
        (Strategy::RoutedCanary | Strategy::BlueGreen, None) => {
            (DelayMeans::After(DEFAULT_DELAY), false)
        }
        (Strategy::RoutedCanary | Strategy::BlueGreen, Some(Millis(0))) => {
            (DelayMeans::Never, true)
        }
        (Strategy::RoutedCanary | Strategy::BlueGreen, Some(delay)) => {
            (DelayMeans::After(delay), true)
        }
    }
}

/// How long the old version keeps its pods after the promotion.
pub fn scale_down_delay(strategy: Strategy, said: Option<Millis>) -> Millis {
    match strategy {
        Strategy::BasicCanary | Strategy::None => Millis(0),
        Strategy::RoutedCanary | Strategy::BlueGreen => said.unwrap_or(DEFAULT_DELAY),
    }
}
