//! What can be chosen about a fault, in words: when it begins, which part of its target it strikes, in which rhythm.

use coalmine_controller::{Limit, Millis, Time, Weight};
use coalmine_sim::{FaultKind, Flapping, Onset, Reach, Traffic};
use coalmine_wire::quantity::format_weight;

/// The beginnings to choose from: a time, the shares of the steps, a step, an age; where it has one of these already,
/// its own.
pub fn onsets(weights: &[Weight], own: Option<Onset>) -> Vec<(Onset, String)> {
    let mut weights = weights.to_vec();
    if let Some(Onset::Weight(own)) = own
        && !weights.contains(&own)
    {
        weights.push(own);
    }
    let own_or = |usual: Onset| match own {
        Some(own) if is_alike(own, usual) => own,
        Some(_) | None => usual,
    };
    let mut onsets = vec![(own_or(Onset::At(Time(0))), "at a time".to_owned())];
    onsets.extend(weights.into_iter().map(|weight| {
        let words = format!("at {}", format_weight(weight));
        (Onset::Weight(weight), words)
    }));
    onsets.push((own_or(Onset::Step(2)), "with a step".to_owned()));
    let age = Onset::Age(Millis::from_mins(10));
    onsets.push((own_or(age), "at an age".to_owned()));
    onsets
}

const fn is_alike(one: Onset, other: Onset) -> bool {
    matches!(
        (one, other),
        (Onset::At(_), Onset::At(_))
            | (Onset::Step(_), Onset::Step(_))
            | (Onset::Age(_), Onset::Age(_))
    )
}

/// The parts of its target that such a fault can strike.
pub fn reaches(kind: FaultKind, traffic: &Traffic, own: Option<Reach>) -> Vec<(Reach, String)> {
    let mut reaches = vec![(Reach::All, "all of it".to_owned())];
    let can = can_strike(kind);
    if can.0 {
        let pods = match own {
            Some(pods @ Reach::Pods(_)) => pods,
            Some(_) | None => Reach::Pods(Limit(200_000)),
        };
        reaches.push((pods, "some pods".to_owned()));
    }
    if can.1 {
        let endpoints = (0_u8..).zip(&traffic.endpoints);
        reaches.extend(endpoints.map(|(place, it)| (Reach::Endpoint(place), it.name.clone())));
        let cohorts = (0_u8..).zip(&traffic.cohorts);
        reaches.extend(cohorts.map(|(place, it)| (Reach::Cohort(place), it.name.clone())));
    }
    // What a file says stands there, whatever becomes of it.
    if let Some(own) = own
        && !reaches.iter().any(|(reach, _)| *reach == own)
    {
        reaches.push((own, "as in the file".to_owned()));
    }
    reaches
}

/// Whether such a fault can strike some of the pods, and whether it can strike some of the requests.
const fn can_strike(kind: FaultKind) -> (bool, bool) {
    match kind {
        FaultKind::ErrorRate(_)
        | FaultKind::Latency(_)
        | FaultKind::TailLatency { .. }
        | FaultKind::ErrorsAbove { .. }
        | FaultKind::WrongAnswers(_) => (true, true),
        FaultKind::MemoryLeak(_)
        | FaultKind::CpuBurn(_)
        | FaultKind::CrashLoop(_)
        | FaultKind::ColdCache { .. } => (true, false),
        FaultKind::Surge(_) | FaultKind::RetryStorm(_) => (false, true),
        FaultKind::NodeLoss(_)
        | FaultKind::ScrapeGap
        | FaultKind::MetricLag(_)
        | FaultKind::MetricReset
        | FaultKind::Pipeline(_) => (false, false),
    }
}

/// Whether it can be told which version such a fault strikes.
pub const fn has_target(kind: FaultKind) -> bool {
    !matches!(
        kind,
        FaultKind::Surge(_) | FaultKind::RetryStorm(_) | FaultKind::Pipeline(_)
    )
}

/// On all the time, or on and off in turn.
pub fn rhythms(own: Option<Flapping>) -> [(Option<Flapping>, String); 2] {
    let usual = Flapping {
        on: Millis::from_secs(30),
        off: Millis::from_secs(90),
    };
    [
        (None, "all the time".to_owned()),
        (Some(own.unwrap_or(usual)), "on and off".to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::{Scenario, library::FAILURES};

    #[test]
    fn whatever_a_failure_is_it_is_among_the_choices() {
        let weights = [Weight::FULL];
        for failure in FAILURES {
            let mut scenario = Scenario::default();
            failure.inject(&mut scenario);
            for fault in &scenario.faults {
                let onsets = onsets(&weights, Some(fault.onset));
                assert!(onsets.iter().any(|(onset, _)| *onset == fault.onset));
                let reaches = reaches(fault.kind, &scenario.traffic, Some(fault.reach));
                let words = reaches.iter().find(|(reach, _)| *reach == fault.reach);
                assert_ne!(words.unwrap().1, "as in the file", "{}", failure.id);
                let rhythms = rhythms(fault.flapping);
                assert!(rhythms.iter().any(|(rhythm, _)| *rhythm == fault.flapping));
            }
        }
    }

    #[test]
    fn a_choice_keeps_what_was_set_before() {
        let own = Onset::Age(Millis::from_mins(25));
        let words: Vec<String> = onsets(&[Weight::FULL], Some(own))
            .into_iter()
            .filter(|(onset, _)| *onset == own)
            .map(|(_, words)| words)
            .collect();
        assert_eq!(words, ["at an age"]);
    }
}
