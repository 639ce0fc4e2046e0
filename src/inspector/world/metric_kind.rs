//! What a metric of the team's own tells, and how one kind becomes another.

use coalmine_controller::Limit;
use coalmine_sim::CustomKind;

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A counter, told a minute.
    PerMinute,
    /// A counter over requests.
    PerRequest,
    /// A level.
    Gauge,
}

impl Kind {
    /// All, in the order of the choice.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::PerMinute, "events a minute"),
        (Self::PerRequest, "events a request"),
        (Self::Gauge, "a gauge"),
    ];

    /// What a metric tells.
    pub const fn of(kind: CustomKind) -> Self {
        match kind {
            CustomKind::PerMinute(_) => Self::PerMinute,
            CustomKind::PerRequest(_) => Self::PerRequest,
            CustomKind::Gauge { .. } => Self::Gauge,
        }
    }

    /// The same metric as another kind.
    pub fn turned(self, before: CustomKind) -> CustomKind {
        let chance = match before {
            CustomKind::PerMinute(chance) | CustomKind::PerRequest(chance) => chance,
            CustomKind::Gauge { .. } => Limit(50_000),
        };
        match (self, before) {
            (Self::PerMinute, _) => CustomKind::PerMinute(chance),
            (Self::PerRequest, _) => CustomKind::PerRequest(chance),
            (Self::Gauge, same @ CustomKind::Gauge { .. }) => same,
            (Self::Gauge, _) => CustomKind::Gauge {
                level: Limit(100_000_000),
                noise: Limit(5_000_000),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metric_becomes_another_kind_and_back() {
        for (kind, _) in Kind::ALL {
            for (other, _) in Kind::ALL {
                let before = kind.turned(CustomKind::PerMinute(Limit(20_000)));
                let after = other.turned(before);
                assert_eq!(Kind::of(after), other);
                assert_eq!(kind.turned(before), before);
            }
        }
    }
}
