//! The edit that a typed text means, or why it means none, in words.

use super::Param;
use crate::state::edit::Edit;
use coalmine_controller::{
    Against, Analysis, Bound, Check, Limit, Metric, Millis, Pods, Time, Trigger,
};
use coalmine_sim::{Fault, FaultKind, Latency, Law, Onset, Platform, Scenario};
use coalmine_wire::{
    Project,
    quantity::{
        QuantityError, parse_decimal, parse_duration, parse_limit, parse_micros, parse_percent,
        parse_rate,
    },
};

impl Param {
    /// What a text typed into this field changes.
    ///
    /// # Errors
    /// In words, with a text that would do.
    pub fn read(self, project: &Project, text: &str) -> Result<Edit, String> {
        let Project {
            policy, scenario, ..
        } = project;
        match self {
            Self::Rate => rate(text).map(Edit::Rate),
            Self::Replicas
            | Self::Build
            | Self::Push
            | Self::PodStart
            | Self::RouterDelay
            | Self::Drain => self.read_platform(scenario, text).map(Edit::Platform),
            Self::Scrape => at_least_a_second(text).map(Edit::Scrape),
            Self::LatencyMedian
            | Self::LatencySigma
            | Self::ErrorRate
            | Self::Cpu
            | Self::Memory => self.read_law(scenario, text).map(Edit::Stable),
            Self::Slow => positive_micros(text).map(Edit::Slow),
            Self::Tail => duration(text).map(Edit::Tail),
            Self::Window => positive_duration(text).map(Edit::Window),
            Self::NodeWindow(node) => {
                optional(text, positive_duration).map(|window| Edit::NodeWindow(node, window))
            }
            Self::Extensions => whole(text, 0, 20).map(|times| {
                Edit::Extensions(u8::try_from(times).expect("at most 20 was asked for"))
            }),
            Self::ReadyDeadline => positive_duration(text).map(Edit::ReadyDeadline),
            Self::CheckBound(index) | Self::CheckRequests(index) | Self::CheckWindow(index) => self
                .read_check(here(&policy.checks, index)?, text)
                .map(|check| Edit::Check(index, check)),
            Self::TriggerBound(index)
            | Self::TriggerRequests(index)
            | Self::TriggerWindow(index) => self
                .read_trigger(here(&policy.triggers, index)?, text)
                .map(|trigger| Edit::Trigger(index, trigger)),
            Self::FaultSize(index)
            | Self::FaultRamp(index)
            | Self::FaultLasts(index)
            | Self::FaultStart(index) => self
                .read_fault(here(&scenario.faults, index)?, text)
                .map(|fault| Edit::Fault(index, fault)),
        }
    }

    fn read_platform(self, scenario: &Scenario, text: &str) -> Result<Platform, String> {
        let mut platform = scenario.platform;
        match self {
            Self::Replicas => {
                let pods = whole(text, 1, 1_000)?;
                platform.replicas = Pods(u32::try_from(pods).expect("at most 1000 was asked for"));
            }
            Self::Build => platform.build = duration(text)?,
            Self::Push => platform.push = duration(text)?,
            Self::PodStart => platform.pod_start = duration(text)?,
            Self::RouterDelay => platform.router_delay = duration(text)?,
            _ => platform.drain = duration(text)?,
        }
        Ok(platform)
    }

    fn read_law(self, scenario: &Scenario, text: &str) -> Result<Law, String> {
        let mut law = scenario.stable.clone();
        let (median, sigma) = law
            .latency
            .as_log_normal()
            .unwrap_or((80_000, Limit(500_000)));
        match self {
            Self::LatencyMedian => law.latency = Latency::log_normal(positive_micros(text)?, sigma),
            Self::LatencySigma => {
                law.latency = Latency::log_normal(median, decimal(text, "0.5", 3_000_000)?);
            }
            Self::ErrorRate => law.error_rate = share(text)?,
            Self::Cpu => law.cpu = share(text)?,
            _ => law.memory = share(text)?,
        }
        Ok(law)
    }

    fn read_check(self, check: &Check, text: &str) -> Result<Check, String> {
        let mut check = *check;
        match self {
            Self::CheckRequests(_) => check.min_requests = whole(text, 0, 1_000_000_000)?,
            Self::CheckWindow(_) => check.window = optional(text, positive_duration)?,
            _ => check.bound = bound(check.metric, check.bound, text)?,
        }
        Ok(check)
    }

    fn read_trigger(self, trigger: &Trigger, text: &str) -> Result<Trigger, String> {
        let mut trigger = *trigger;
        match self {
            Self::TriggerRequests(_) => trigger.min_requests = whole(text, 0, 1_000_000_000)?,
            Self::TriggerWindow(_) => trigger.window = positive_duration(text)?,
            _ => trigger.bound = bound(trigger.metric, trigger.bound, text)?,
        }
        Ok(trigger)
    }

    fn read_fault(self, fault: &Fault, text: &str) -> Result<Fault, String> {
        let mut fault = *fault;
        match self {
            Self::FaultRamp(_) => fault.ramp = duration(text)?,
            Self::FaultLasts(_) => fault.lasts = optional(text, positive_duration)?,
            Self::FaultStart(_) => fault.onset = Onset::At(Time(duration(text)?.0)),
            _ => {
                fault.kind = match fault.kind {
                    FaultKind::ErrorRate(_) => FaultKind::ErrorRate(share(text)?),
                    FaultKind::Latency(_) => FaultKind::Latency(percent(text)?),
                    FaultKind::MemoryLeak(_) => FaultKind::MemoryLeak(share(text)?),
                    FaultKind::CrashLoop(_) => FaultKind::CrashLoop(at_least_a_second(text)?),
                    other => other,
                }
            }
        }
        Ok(fault)
    }
}

fn here<T>(list: &[T], index: usize) -> Result<&T, String> {
    list.get(index)
        .ok_or_else(|| "this is no longer part of the project".to_owned())
}

fn optional<T>(
    text: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<Option<T>, String> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        read(text).map(Some)
    }
}

/// A number without its unit is taken in the unit that the field shows.
fn with_unit<T>(
    text: &str,
    unit: &str,
    example: &str,
    parse: impl Fn(&str) -> Result<T, QuantityError>,
) -> Result<T, String> {
    let parsed = match parse(text) {
        Err(QuantityError::NoUnit { .. }) => parse(&format!("{}{unit}", text.trim())),
        other => other,
    };
    parsed.map_err(|error| format!("{error}; write {example}"))
}

fn duration(text: &str) -> Result<Millis, String> {
    with_unit(text, "min", "5 min or 30 s", parse_duration)
}

fn positive_duration(text: &str) -> Result<Millis, String> {
    match duration(text)? {
        Millis(0) => Err("this must be longer than nothing; write 5 min or 30 s".to_owned()),
        length => Ok(length),
    }
}

fn at_least_a_second(text: &str) -> Result<Millis, String> {
    let length = with_unit(text, "s", "5 s", parse_duration)?;
    if length < Millis(1_000) {
        Err("this must be at least a second; write 5 s".to_owned())
    } else {
        Ok(length)
    }
}

fn positive_micros(text: &str) -> Result<u64, String> {
    match with_unit(text, "ms", "80 ms", parse_micros)? {
        0 => Err("this must be longer than nothing; write 80 ms".to_owned()),
        micros => Ok(micros),
    }
}

fn percent(text: &str) -> Result<Limit, String> {
    with_unit(text, "%", "5 %", parse_percent)
}

fn share(text: &str) -> Result<Limit, String> {
    let ratio = percent(text)?;
    if Limit(1_000_000) < ratio {
        Err("this is more than everything; write 100 % or less".to_owned())
    } else {
        Ok(ratio)
    }
}

fn rate(text: &str) -> Result<u64, String> {
    match with_unit(text, "/s", "200/s", parse_rate)? {
        milli if milli <= 1_000_000_000 => Ok(milli),
        _ => Err("this is more than a million a second; write 200/s".to_owned()),
    }
}

fn decimal(text: &str, example: &str, most: u64) -> Result<Limit, String> {
    let number = parse_decimal(text, 6).map_err(|error| format!("{error}; write {example}"))?;
    if most < number {
        return Err(format!("this is too much; write {example}"));
    }
    Ok(Limit(i64::try_from(number).expect("it is at most `most`")))
}

fn whole(text: &str, least: u64, most: u64) -> Result<u64, String> {
    let digits: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != ',')
        .collect();
    digits
        .parse()
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("write a whole number from {least} to {most}"))
}

fn bound(metric: Metric, bound: Bound, text: &str) -> Result<Bound, String> {
    let number = |text: &str| {
        let (unit, example) = match metric {
            Metric::Latency(_) => ("ms", "500 ms"),
            Metric::ErrorRate | Metric::Cpu | Metric::Memory => ("%", "1 %"),
            Metric::Custom(_) => ("", "100"),
        };
        with_unit(text, unit, example, |text| parse_limit(metric, text))
    };
    let against = match bound.against {
        Against::Fixed(_) => Against::Fixed(number(text)?),
        Against::StablePlus(_) => Against::StablePlus(number(text)?),
        Against::StableTimes(_) => Against::StableTimes(decimal(text, "1.5", 1_000_000_000)?),
        Against::Analysis(analysis) => Against::Analysis(Analysis {
            alpha: with_unit(text, "%", "5 %", |text| {
                parse_limit(Metric::ErrorRate, text)
            })?,
            ..analysis
        }),
    };
    Ok(Bound { against, ..bound })
}
