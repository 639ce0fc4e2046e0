//! What a test or a budget may not ask.

use super::{
    Problems,
    bounds::{self, Range},
};
use coalmine_controller::{Analysis, BurnRate, Healthy, Method, Metric, Policy, Sides};

impl Problems {
    /// A test of a check whose keys have this path before them.
    pub(super) fn analysis(
        &mut self,
        path: &str,
        metric: Metric,
        healthy: Healthy,
        analysis: Analysis,
    ) {
        let wrong = match (analysis.method.ranks(), metric) {
            (true, Metric::Latency(_)) | (false, Metric::ErrorRate | Metric::Custom(_)) => None,
            (true, _) => Some("ranks latencies, and this metric is none"),
            (false, Metric::Latency(_)) => Some("counts events, and latencies have none"),
            (false, Metric::Cpu | Metric::Memory) => Some("counts events, and gauges have none"),
        };
        if let Some(why) = wrong {
            self.push(
                &format!("{path}.analysis"),
                format!("this `analysis` {why}"),
                "choose `mann-whitney` for latencies, another one for shares of requests, and a bound for the rest"
                    .to_owned(),
            );
        }
        self.percent(&format!("{path}.alpha"), analysis.alpha, bounds::ALPHA);
        match analysis.method {
            Method::TwoProportions
            | Method::Fisher
            | Method::MannWhitney
            | Method::Pocock
            | Method::ObrienFleming => {}
            Method::Sprt { good, bad, beta } => {
                self.percent(&format!("{path}.good"), good, bounds::PART);
                self.percent(&format!("{path}.bad"), bad, bounds::PART);
                self.percent(&format!("{path}.beta"), beta, bounds::ALPHA);
                let (side, is_worse) = match healthy {
                    Healthy::Below => ("above", good < bad),
                    Healthy::Above => ("below", bad < good),
                };
                if !is_worse {
                    self.push(
                        &format!("{path}.bad"),
                        format!(
                            "`bad` is not {side} `good`, so no canary could be told to be either"
                        ),
                        "move one of the two, or change `worse`".to_owned(),
                    );
                }
                if analysis.sides == Sides::Both {
                    self.push(
                        &format!("{path}.sides"),
                        "`sides` is both, and this test knows only good and bad".to_owned(),
                        "leave `sides` out".to_owned(),
                    );
                }
            }
            Method::AlwaysValid { effect } => {
                self.percent(&format!("{path}.effect"), effect, bounds::PART);
            }
            Method::Multinomial { concentration } => self.count(
                &format!("{path}.concentration"),
                concentration.into(),
                bounds::CONCENTRATION,
            ),
        }
    }

    /// Budgets, and how often gates are looked at.
    pub(super) fn looks_and_budgets(&mut self, policy: &Policy) {
        let nodes = policy.nodes.iter();
        let looks = nodes.map(|(id, node)| (format!("policy.node.{id}"), node.look_every));
        for (path, every) in core::iter::once(("policy".to_owned(), policy.look_every)).chain(looks)
        {
            if let Some(every) = every {
                self.duration(&format!("{path}.look_every"), every, bounds::WINDOW);
            }
        }
        for (index, trigger) in policy.triggers.iter().enumerate() {
            if trigger.bound.analysis().is_some() {
                self.push(
                    &format!("policy.trigger.{index}"),
                    "a trigger is looked at on every scrape, which no test plans for".to_owned(),
                    "give it a bound, or make it a check of a gate".to_owned(),
                );
            }
        }
        self.many("policy.burn_rate", policy.burn_rates.len());
        for (index, rate) in policy.burn_rates.iter().enumerate() {
            self.burn_rate(&format!("policy.burn_rate.{index}"), rate);
        }
    }

    fn burn_rate(&mut self, path: &str, rate: &BurnRate) {
        self.percent(&format!("{path}.objective"), rate.objective, bounds::PART);
        self.number(&format!("{path}.factor"), rate.factor, bounds::FACTOR);
        self.duration(&format!("{path}.long"), rate.long, bounds::WINDOW);
        self.duration(&format!("{path}.short"), rate.short, bounds::WINDOW);
        self.count(
            &format!("{path}.min_requests"),
            rate.min_requests,
            bounds::REQUESTS,
        );
        if rate.long < rate.short {
            self.push(
                &format!("{path}.short"),
                "`short` is longer than `long`".to_owned(),
                "swap the two".to_owned(),
            );
        }
        let Range { least, most } = bounds::PART;
        let asked = u64::try_from(rate.limit().0).unwrap_or(0);
        if most < asked || asked < least {
            self.push(
                &format!("{path}.factor"),
                "this many times what `objective` forgives is no share of requests, so it would trip never, or always"
                    .to_owned(),
                "choose another `factor`, or another `objective`".to_owned(),
            );
        }
    }
}
