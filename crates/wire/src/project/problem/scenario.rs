//! What the parts of a scenario may not hold, alone and against each other.

use super::{
    Problems,
    bounds::{self, Range},
    limit,
};
use crate::quantity::{encode_percent, parse_metric};
use coalmine_controller::{Limit, Millis};
use coalmine_sim::{
    CustomKind, Fault, FaultKind, Latency, Onset, Profile, Rate, Reach, Scenario, Target,
};

/// All, in millionths.
const ONE: i64 = 1_000_000;

impl Problems {
    fn wrong(&mut self, path: &str, message: &str, suggestion: &str) {
        self.push(path, message.to_owned(), suggestion.to_owned());
    }

    /// Shares that must add up to all.
    fn whole(&mut self, path: &str, shares: impl Iterator<Item = Limit>) {
        let mut shares = shares.peekable();
        if shares.peek().is_none() {
            return;
        }
        let sum = shares.fold(0i64, |sum, it| sum.saturating_add(it.0));
        if sum != ONE {
            let sum = encode_percent(limit(sum.unsigned_abs()));
            self.push(
                path,
                format!("the shares of `{path}` add up to {sum}, not to 100%"),
                "change one of them".to_owned(),
            );
        }
    }

    /// Names: there, short, each once.
    fn names(&mut self, path: &str, names: &[&str]) {
        for (index, name) in names.iter().enumerate() {
            let path = format!("{path}.{index}.name");
            let letters = name.chars().count() as u64;
            if !bounds::NAME.contains(letters) || name.chars().any(char::is_control) {
                self.wrong(
                    &path,
                    "`name` must have 1 to 120 characters on one line",
                    "shorten it",
                );
            }
            if names[..index].contains(name) {
                self.push(
                    &path,
                    format!("there are two of the name `{name}`"),
                    "rename one".to_owned(),
                );
            }
        }
        if usize::from(u8::MAX) < names.len() {
            self.wrong(
                path,
                "there are more than 255 of these",
                "keep those that matter",
            );
        }
    }

    pub(super) fn parts(&mut self, scenario: &Scenario) {
        self.percent("scenario.objective", scenario.objective, bounds::RATIO);
        self.profile(&scenario.traffic.profile);
        let path = "scenario.traffic.dispersion";
        self.number(path, scenario.traffic.dispersion, bounds::RESOURCE);
        let endpoints = &scenario.traffic.endpoints;
        self.names(
            "scenario.endpoint",
            &endpoints.iter().map(|it| &*it.name).collect::<Vec<_>>(),
        );
        self.whole("scenario.endpoint", endpoints.iter().map(|it| it.share));
        for (index, it) in endpoints.iter().enumerate() {
            let path = format!("scenario.endpoint.{index}");
            self.percent(&format!("{path}.errors"), it.errors, bounds::RATIO);
            self.number(&format!("{path}.latency"), it.latency, bounds::FACTOR);
            self.number(&format!("{path}.cpu"), it.cpu, bounds::SLOWER);
        }
        let cohorts = &scenario.traffic.cohorts;
        self.names(
            "scenario.cohort",
            &cohorts.iter().map(|it| &*it.name).collect::<Vec<_>>(),
        );
        self.whole("scenario.cohort", cohorts.iter().map(|it| it.share));
        self.measurement(scenario);
        for (index, fault) in scenario.faults.iter().enumerate() {
            self.reach(&format!("scenario.fault.{index}"), fault, scenario);
        }
        if let Some(it) = scenario.platform.autoscaler {
            let path = "scenario.platform.autoscaler.least";
            self.count(path, it.least.0.into(), bounds::REPLICAS);
            self.count(
                "scenario.platform.autoscaler.most",
                it.most.0.into(),
                bounds::REPLICAS,
            );
            self.duration(
                "scenario.platform.autoscaler.period",
                it.period,
                bounds::WINDOW,
            );
            if it.most < it.least {
                self.wrong(path, "`least` is more than `most`", "lower it");
            }
        }
    }

    fn profile(&mut self, profile: &Profile) {
        let mut rate = |key: &str, it: Rate| {
            let path = format!("scenario.traffic.{key}");
            self.range(
                &path,
                it.0.into(),
                bounds::RATE,
                crate::quantity::format_rate,
            );
        };
        match profile {
            Profile::Constant(_) => {}
            Profile::Diurnal { mean, swing, .. } | Profile::Weekly { mean, swing, .. } => {
                rate("mean", *mean);
                self.percent("scenario.traffic.swing", *swing, bounds::RATIO);
            }
            Profile::Ramp { from, to, .. } | Profile::Step { from, to, .. } => {
                rate("from", *from);
                rate("to", *to);
            }
            Profile::Burst {
                base,
                peak,
                lasts,
                every,
                ..
            } => {
                rate("base", *base);
                rate("peak", *peak);
                if every.is_some_and(|every| every < *lasts) {
                    self.wrong(
                        "scenario.traffic.every",
                        "`every` is shorter than `lasts`",
                        "raise it",
                    );
                }
            }
            Profile::Recorded(points) => {
                points.iter().for_each(|(_, it)| rate("points", *it));
                if points.is_empty() || points.windows(2).any(|pair| pair[1].0 <= pair[0].0) {
                    self.wrong(
                        "scenario.traffic.points",
                        "the times of a recording must rise",
                        "sort them",
                    );
                }
            }
        }
    }

    fn measurement(&mut self, scenario: &Scenario) {
        let it = &scenario.measurement;
        if it.scrape <= it.jitter {
            let path = "scenario.measurement.jitter";
            self.wrong(
                path,
                "`jitter` is not below the interval of scrapes",
                "lower it",
            );
        }
        let buckets = &it.buckets_micros;
        if 30 < buckets.len()
            || buckets.windows(2).any(|pair| pair[1] <= pair[0])
            || buckets.first().is_none_or(|it| *it == 0)
        {
            let path = "scenario.measurement.buckets";
            self.wrong(
                path,
                "`buckets` must be 1 to 30 rising durations",
                "sort them",
            );
        }
        self.names(
            "scenario.metric",
            &it.metrics.iter().map(|it| &*it.name).collect::<Vec<_>>(),
        );
        for (index, metric) in it.metrics.iter().enumerate() {
            let path = format!("scenario.metric.{index}");
            if parse_metric(&metric.name).is_some() {
                self.wrong(
                    &format!("{path}.name"),
                    "this is the name of a metric that there always is",
                    "rename it",
                );
            }
            if let CustomKind::PerMinute(it) | CustomKind::PerRequest(it) = metric.kind {
                self.percent(&format!("{path}.probability"), it, bounds::RATIO);
            }
        }
    }

    fn reach(&mut self, path: &str, fault: &Fault, scenario: &Scenario) {
        let fits = match fault.reach {
            Reach::All => true,
            Reach::Pods(_) => !matches!(
                fault.kind,
                FaultKind::Surge(_)
                    | FaultKind::RetryStorm(_)
                    | FaultKind::NodeLoss(_)
                    | FaultKind::ScrapeGap
                    | FaultKind::MetricLag(_)
                    | FaultKind::MetricReset
                    | FaultKind::Pipeline(_)
            ),
            Reach::Endpoint(_) | Reach::Cohort(_) => matches!(
                fault.kind,
                FaultKind::ErrorRate(_)
                    | FaultKind::Latency(_)
                    | FaultKind::TailLatency { .. }
                    | FaultKind::WrongAnswers(_)
            ),
        };
        let (key, exists) = match fault.reach {
            Reach::All => ("kind", true),
            Reach::Pods(share) => {
                self.percent(&format!("{path}.pods"), share, bounds::RATIO);
                ("pods", true)
            }
            Reach::Endpoint(at) => (
                "endpoint",
                usize::from(at) < scenario.traffic.endpoints.len(),
            ),
            Reach::Cohort(at) => ("cohort", usize::from(at) < scenario.traffic.cohorts.len()),
        };
        if !fits || !exists {
            let message = format!("`{key}` is not a part that this kind of fault can strike");
            self.push(
                &format!("{path}.{key}"),
                message,
                "leave the line out".to_owned(),
            );
        }
        if fault.target == Target::Stable && matches!(fault.onset, Onset::Age(_)) {
            self.wrong(
                &format!("{path}.start"),
                "stable has no age in a rollout",
                "give an instant",
            );
        }
        if fault.flapping.is_some_and(|it| it.on == Millis(0)) {
            self.wrong(
                &format!("{path}.flapping"),
                "`on` must be at least 1ms",
                "raise it",
            );
        }
    }

    pub(super) fn latency(&mut self, path: &str, law: &Latency) {
        const SHAPE: Range = bounds::FACTOR;
        match law {
            Latency::LogNormal { .. } => {}
            Latency::Gamma {
                mean_micros: micros,
                shape,
            }
            | Latency::Weibull {
                median_micros: micros,
                shape,
            } => {
                self.micros(path, *micros, bounds::LATENCY);
                self.number(&format!("{path}.shape"), *shape, SHAPE);
            }
            Latency::ParetoTail {
                median_micros,
                sigma,
                tail,
                alpha,
            } => {
                self.micros(&format!("{path}.median"), *median_micros, bounds::LATENCY);
                self.number(&format!("{path}.sigma"), *sigma, bounds::SIGMA);
                self.percent(&format!("{path}.tail"), *tail, bounds::RATIO);
                self.number(&format!("{path}.alpha"), *alpha, SHAPE);
            }
            Latency::Mixture(parts) => {
                self.whole(&format!("{path}.parts"), parts.iter().map(|it| it.0));
                for (index, (_, part)) in parts.iter().enumerate() {
                    self.latency(&format!("{path}.parts.{index}"), part);
                }
                if parts.is_empty() {
                    self.wrong(path, "a mixture has parts", "add one");
                }
            }
            Latency::Quantiles(points) => {
                let ends = points.first().is_some_and(|it| it.0.0 == 0)
                    && points.last().is_some_and(|it| it.0.0 == ONE);
                if !ends
                    || points
                        .windows(2)
                        .any(|pair| pair[1].0 <= pair[0].0 || pair[1].1 < pair[0].1)
                {
                    self.wrong(
                        &format!("{path}.points"),
                        "quantiles must rise from 0% to 100%",
                        "sort them",
                    );
                }
            }
        }
    }
}
