//! What the requests that come may not be.

use super::{Problems, bounds, limit};
use crate::{
    quantity::{encode_percent, format_rate},
    recording::MOST_POINTS,
};
use coalmine_controller::{Limit, Millis};
use coalmine_sim::{Clients, Profile, Rate, Traffic};

/// All, in millionths.
const ONE: i64 = 1_000_000;

impl Problems {
    pub(super) fn traffic(&mut self, traffic: &Traffic) {
        self.profile(&traffic.profile);
        let path = "scenario.traffic.dispersion";
        self.number(path, traffic.dispersion, bounds::RESOURCE);
        let (endpoints, cohorts) = (&traffic.endpoints, &traffic.cohorts);
        self.names("scenario.endpoint", endpoints.iter().map(|it| &*it.name));
        self.whole(
            "scenario.endpoint",
            "share",
            endpoints.iter().map(|it| it.share),
        );
        for (index, it) in endpoints.iter().enumerate() {
            let path = format!("scenario.endpoint.{index}");
            self.percent(&format!("{path}.share"), it.share, bounds::RATIO);
            self.percent(&format!("{path}.errors"), it.errors, bounds::RATIO);
            self.number(&format!("{path}.latency"), it.latency, bounds::FACTOR);
            self.number(&format!("{path}.cpu"), it.cpu, bounds::SLOWER);
        }
        self.names("scenario.cohort", cohorts.iter().map(|it| &*it.name));
        self.whole(
            "scenario.cohort",
            "share",
            cohorts.iter().map(|it| it.share),
        );
        for (index, it) in cohorts.iter().enumerate() {
            let path = format!("scenario.cohort.{index}");
            self.percent(&format!("{path}.share"), it.share, bounds::RATIO);
            self.percent(&format!("{path}.errors"), it.errors, bounds::RATIO);
        }
        let kinds = endpoints.len().max(1) * cohorts.len().max(1);
        if bounds::KINDS < kinds {
            self.push(
                "scenario.cohort",
                format!(
                    "{} endpoints with {} cohorts make {kinds} kinds of requests, more than {}",
                    endpoints.len(),
                    cohorts.len(),
                    bounds::KINDS
                ),
                "keep those that a fault or a metric speaks of".to_owned(),
            );
        }
        self.clients(traffic.clients);
    }

    /// Shares that must add up to all.
    pub(super) fn whole(
        &mut self,
        path: &str,
        key: &str,
        shares: impl ExactSizeIterator<Item = Limit>,
    ) {
        let Some(last) = shares.len().checked_sub(1) else {
            return;
        };
        let (mut sum, mut own) = (0_i64, 0);
        for share in shares {
            sum = sum.saturating_add(share.0);
            own = share.0;
        }
        if sum == ONE {
            return;
        }
        let fit = own.saturating_add(ONE).saturating_sub(sum);
        let suggestion = if (0..=ONE).contains(&fit) {
            format!(
                "write `{key} = \"{}\"` here, or change another",
                encode_percent(Limit(fit))
            )
        } else {
            "lower them until they do".to_owned()
        };
        let (sum, all) = (encode_percent(Limit(sum)), encode_percent(limit(1_000_000)));
        self.push(
            &format!("{path}.{last}.{key}"),
            format!("the shares add up to {sum}, not to {all}"),
            suggestion,
        );
    }

    /// Names: there, short, each once, and no more than have a number.
    pub(super) fn names<'n>(&mut self, path: &str, names: impl Iterator<Item = &'n str>) {
        let mut before: Vec<&str> = Vec::new();
        for (index, name) in names.enumerate() {
            let path = format!("{path}.{index}.name");
            self.name(&path, name);
            if before.contains(&name) {
                let message = format!("there are two of the name `{name}`");
                self.push(&path, message, "rename one".to_owned());
            }
            if index == usize::from(u8::MAX) {
                let message = "there are more than 255 of these";
                self.wrong(&path, message, "keep those that matter");
                return;
            }
            before.push(name);
        }
    }

    fn profile(&mut self, profile: &Profile) {
        const PATH: &str = "scenario.traffic";
        let key = |key: &str| format!("{PATH}.{key}");
        match profile {
            Profile::Constant(_) => {}
            Profile::Diurnal {
                mean,
                swing,
                peak,
                begins,
            } => {
                self.wave(*mean, *swing, *peak);
                self.duration(&key("begins"), *begins, bounds::TIME_OF_DAY);
            }
            Profile::Weekly {
                mean,
                swing,
                peak,
                weekend,
                begins,
            } => {
                self.wave(*mean, *swing, *peak);
                self.percent(&key("weekend"), *weekend, bounds::RESOURCE);
                self.duration(&key("begins"), *begins, bounds::TIME_OF_WEEK);
            }
            Profile::Ramp {
                from,
                to,
                at,
                takes,
            } => {
                self.rate(&key("from"), *from, bounds::RATE);
                self.rate(&key("to"), *to, bounds::RATE);
                self.duration(&key("at"), Millis(at.0), bounds::INSTANT);
                self.duration(&key("takes"), *takes, bounds::INSTANT);
            }
            Profile::Step { from, to, at } => {
                self.rate(&key("from"), *from, bounds::RATE);
                self.rate(&key("to"), *to, bounds::RATE);
                self.duration(&key("at"), Millis(at.0), bounds::INSTANT);
            }
            Profile::Burst {
                base,
                peak,
                at,
                lasts,
                every,
            } => {
                self.rate(&key("base"), *base, bounds::RATE);
                self.rate(&key("peak"), *peak, bounds::RATE);
                self.duration(&key("at"), Millis(at.0), bounds::INSTANT);
                self.duration(&key("lasts"), *lasts, bounds::LASTS);
                if let Some(every) = every {
                    self.duration(&key("every"), *every, bounds::EVERY);
                    if every < lasts {
                        let message = "`every` is shorter than `lasts`: bursts would overlap";
                        self.wrong(&key("every"), message, "raise it, or shorten `lasts`");
                    }
                }
            }
            Profile::Recorded(points) => self.recording(points),
        }
    }

    fn wave(&mut self, mean: Rate, swing: Limit, peak: Millis) {
        self.rate("scenario.traffic.mean", mean, bounds::RATE);
        self.percent("scenario.traffic.swing", swing, bounds::RATIO);
        let path = "scenario.traffic.peak";
        self.duration(path, peak, bounds::TIME_OF_DAY);
    }

    fn recording(&mut self, points: &[(coalmine_controller::Time, Rate)]) {
        let path = "scenario.traffic.csv";
        if points.is_empty() || MOST_POINTS < points.len() {
            let message = format!("a recording has 1 to {MOST_POINTS} points");
            self.push(path, message, "write lines such as `5m,200/s`".to_owned());
        }
        if points.windows(2).any(|pair| pair[1].0 <= pair[0].0) {
            self.wrong(path, "the times of a recording must rise", "sort its lines");
        }
        if let Some((at, _)) = points.last() {
            self.duration(path, Millis(at.0), bounds::INSTANT);
        }
        let highest = points.iter().map(|(_, rate)| *rate).max();
        self.range(
            path,
            highest.unwrap_or_default().0.into(),
            bounds::RATE,
            format_rate,
        );
    }

    fn clients(&mut self, clients: Clients) {
        const PATH: &str = "scenario.clients";
        if let Some(timeout) = clients.timeout_micros {
            self.micros(&format!("{PATH}.timeout"), timeout, bounds::LATENCY);
        }
        self.duration(
            &format!("{PATH}.back_off"),
            clients.back_off,
            bounds::BACK_OFF,
        );
        if let Some(session) = clients.session {
            self.duration(&format!("{PATH}.session"), session, bounds::SESSION);
        }
    }
}
