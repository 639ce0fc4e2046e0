//! What the platform, the measurement and the run itself may not be.

use super::{Problems, bounds};
use crate::quantity::{format_count, parse_metric};
use coalmine_controller::Millis;
use coalmine_sim::{Autoscaler, CustomKind, Law, Profile, Scenario};

impl Problems {
    pub(super) fn scenario(&mut self, scenario: &Scenario) {
        if let Profile::Constant(rate) = scenario.traffic.profile {
            self.rate("scenario.rate", rate, bounds::RATE);
        }
        self.micros("scenario.slow", scenario.slow_micros, bounds::LATENCY);
        self.duration("scenario.tail", scenario.tail, bounds::TAIL);
        self.duration("scenario.limit", scenario.limit, bounds::RUN);
        self.percent("scenario.objective", scenario.objective, bounds::RATIO);
        self.traffic(&scenario.traffic);
        self.platform(scenario);
        self.measurement(scenario);
        self.versions(&scenario.stable, &scenario.canary);
        self.many("scenario.fault", scenario.faults.len());
        for (index, fault) in scenario.faults.iter().enumerate() {
            self.fault(&format!("scenario.fault.{index}"), fault, scenario);
        }
        self.many("scenario.intervention", scenario.interventions.len());
        for (index, intervention) in scenario.interventions.iter().enumerate() {
            let path = format!("scenario.intervention.{index}.at");
            self.duration(&path, Millis(intervention.at.0), bounds::INSTANT);
        }
    }

    fn versions(&mut self, stable: &Law, canary: &Law) {
        const CANARY: &str = "scenario.canary";
        let before = self.0.len();
        self.law("scenario.stable", stable);
        let of_stable = self.0[before..].to_vec();
        let between = self.0.len();
        self.law(CANARY, canary);
        // What the canary has from stable is told once, where it stands.
        let mut own = self.0.split_off(between);
        own.retain(|it| {
            let key = it.path.strip_prefix(CANARY);
            !of_stable.iter().any(|other| {
                other.path.strip_prefix("scenario.stable") == key && other.message == it.message
            })
        });
        self.0.extend(own);
    }

    fn platform(&mut self, scenario: &Scenario) {
        let platform = scenario.platform;
        let path = "scenario.platform.replicas";
        self.count(path, platform.replicas.0.into(), bounds::REPLICAS);
        for (key, length) in [
            ("build", platform.build),
            ("push", platform.push),
            ("pod_start", platform.pod_start),
            ("router_delay", platform.router_delay),
            ("drain", platform.drain),
        ] {
            self.duration(&format!("scenario.platform.{key}"), length, bounds::STAGE);
        }
        let path = "scenario.platform.lingering";
        self.percent(path, platform.lingering, bounds::RATIO);
        if let Some(scaler) = platform.autoscaler {
            self.autoscaler(scaler);
        }
        let path = "scenario.platform.scrape";
        self.duration(path, scenario.measurement.scrape, bounds::SCRAPE);
        let longest = scenario.limit.0.saturating_add(scenario.tail.0);
        if let Some(scrapes) = longest.checked_div(scenario.measurement.scrape.0)
            && bounds::SCRAPES < scrapes
        {
            self.push(
                path,
                format!(
                    "a run as long as `limit` and `tail` allow would have {} scrapes, more than {}",
                    format_count(scrapes),
                    format_count(bounds::SCRAPES),
                ),
                "scrape less often, or lower `limit`".to_owned(),
            );
        }
    }

    fn autoscaler(&mut self, scaler: Autoscaler) {
        const PATH: &str = "scenario.platform.autoscaler";
        let least = format!("{PATH}.least");
        self.percent(&format!("{PATH}.target"), scaler.target, bounds::AIM);
        self.count(&least, scaler.least.0.into(), bounds::REPLICAS);
        let most = format!("{PATH}.most");
        self.count(&most, scaler.most.0.into(), bounds::REPLICAS);
        self.duration(&format!("{PATH}.period"), scaler.period, bounds::PERIOD);
        self.duration(&format!("{PATH}.calm"), scaler.calm, bounds::CALM);
        if scaler.most < scaler.least {
            let (least_pods, most_pods) = (scaler.least.0, scaler.most.0);
            self.push(
                &least,
                format!("`least` is {least_pods}, more than `most`, which is {most_pods}"),
                "exchange the two, or change one".to_owned(),
            );
        }
    }

    fn measurement(&mut self, scenario: &Scenario) {
        const PATH: &str = "scenario.measurement";
        let it = &scenario.measurement;
        if it.scrape <= it.jitter {
            self.wrong(
                &format!("{PATH}.jitter"),
                "`jitter` is as long as the time between two scrapes, or longer",
                "lower it, or scrape less often",
            );
        }
        self.duration(&format!("{PATH}.lag"), it.lag, bounds::LAG);
        let path = format!("{PATH}.buckets");
        let buckets = &it.buckets_micros;
        self.entries(&path, buckets.len(), bounds::BUCKETS);
        for bound in buckets {
            self.micros(&path, *bound, bounds::LATENCY);
        }
        if let Some(pair) = buckets.windows(2).find(|pair| pair[1] <= pair[0]) {
            let (before, after) = (
                crate::quantity::encode_micros(pair[0]),
                crate::quantity::encode_micros(pair[1]),
            );
            self.push(
                &path,
                format!("`buckets` do not rise: {after} stands behind {before}"),
                "write them from the smallest to the largest, each once".to_owned(),
            );
        }
        self.metrics(scenario);
    }

    fn metrics(&mut self, scenario: &Scenario) {
        const PATH: &str = "scenario.metric";
        let metrics = &scenario.measurement.metrics;
        self.names(PATH, metrics.iter().map(|it| &*it.name));
        for (index, metric) in metrics.iter().enumerate() {
            let path = format!("{PATH}.{index}");
            if parse_metric(&metric.name).is_some() {
                self.push(
                    &format!("{path}.name"),
                    format!(
                        "`{}` is the name of a metric that there is already",
                        metric.name
                    ),
                    "rename it".to_owned(),
                );
            }
            match metric.kind {
                CustomKind::PerMinute(it) | CustomKind::PerRequest(it) => {
                    self.percent(&format!("{path}.probability"), it, bounds::RATIO);
                }
                CustomKind::Gauge { level, noise } => {
                    self.number(&format!("{path}.level"), level, bounds::LEVEL);
                    self.number(&format!("{path}.noise"), noise, bounds::LEVEL);
                }
            }
            if let Some(place) = metric.endpoint {
                self.exists(&path, "endpoint", place, scenario.traffic.endpoints.len());
            }
        }
    }
}
