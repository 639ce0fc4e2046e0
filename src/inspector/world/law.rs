//! The law of a version's latency: which laws there are, and how one becomes another.

use coalmine_controller::Limit;
use coalmine_sim::Latency;

/// A kind of law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LawKind {
    /// Its logarithm is normal.
    LogNormal,
    /// Gamma.
    Gamma,
    /// Weibull.
    Weibull,
    /// A lognormal body with a heavy tail.
    ParetoTail,
    /// Several laws: as the file says.
    Mixture,
    /// Measured quantiles: as the file says.
    Quantiles,
}

impl LawKind {
    /// Those that can be chosen. The others come with a file.
    const CHOICES: [(Self, &'static str); 4] = [
        (Self::LogNormal, "lognormal"),
        (Self::Gamma, "gamma"),
        (Self::Weibull, "Weibull"),
        (Self::ParetoTail, "Pareto tail"),
    ];

    /// The kind of a law.
    pub const fn of(law: &Latency) -> Self {
        match law {
            Latency::LogNormal { .. } => Self::LogNormal,
            Latency::Gamma { .. } => Self::Gamma,
            Latency::Weibull { .. } => Self::Weibull,
            Latency::ParetoTail { .. } => Self::ParetoTail,
            Latency::Mixture(_) => Self::Mixture,
            Latency::Quantiles(_) => Self::Quantiles,
        }
    }

    /// What can be chosen where the law is of this kind.
    pub fn choices(self) -> Vec<(Self, String)> {
        let mut choices = Self::CHOICES
            .map(|(kind, words)| (kind, words.to_owned()))
            .to_vec();
        match self {
            Self::Mixture => choices.push((self, "mixture, as in the file".to_owned())),
            Self::Quantiles => choices.push((self, "quantiles, as in the file".to_owned())),
            Self::LogNormal | Self::Gamma | Self::Weibull | Self::ParetoTail => {}
        }
        choices
    }

    /// A law of this kind that is about as slow as another one.
    pub fn law(self, before: &Latency) -> Latency {
        let middle = middle(before);
        match self {
            Self::LogNormal => Latency::log_normal(middle, Limit(500_000)),
            Self::Gamma => Latency::Gamma {
                mean_micros: middle,
                shape: Limit(4_000_000),
            },
            Self::Weibull => Latency::Weibull {
                median_micros: middle,
                shape: Limit(1_500_000),
            },
            Self::ParetoTail => Latency::ParetoTail {
                median_micros: middle,
                sigma: Limit(400_000),
                tail: Limit(10_000),
                alpha: Limit(2_500_000),
            },
            Self::Mixture | Self::Quantiles => before.clone(),
        }
    }
}

/// A latency from the middle of a law, in microseconds.
fn middle(law: &Latency) -> u64 {
    match law {
        Latency::LogNormal { median_micros, .. }
        | Latency::Weibull { median_micros, .. }
        | Latency::ParetoTail { median_micros, .. } => *median_micros,
        Latency::Gamma { mean_micros, .. } => *mean_micros,
        Latency::Mixture(parts) => parts.first().map_or(80_000, |(_, law)| middle(law)),
        Latency::Quantiles(points) => points.get(points.len() / 2).map_or(80_000, |(_, at)| *at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_law_is_as_slow_and_can_be_run() {
        let mut project = coalmine_wire::Project::default();
        for (kind, words) in LawKind::CHOICES {
            let law = kind.law(&Latency::log_normal(120_000, Limit(700_000)));
            assert_eq!(LawKind::of(&law), kind);
            assert_eq!(middle(&law), 120_000, "{words}");
            project.scenario.stable.latency = law;
            assert_eq!(project.problems(), [], "{words}");
        }
    }

    #[test]
    fn a_law_from_a_file_stays_among_the_choices() {
        let law = Latency::Quantiles(vec![(Limit(0), 1_000), (Limit(1_000_000), 900_000)]);
        let kind = LawKind::of(&law);
        assert!(kind.choices().iter().any(|(other, _)| *other == kind));
        assert_eq!(kind.law(&law), law);
    }
}
