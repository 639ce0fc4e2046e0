//! The charts' numbers and words.

use super::*;
use coalmine_controller::{Check, Fallback, Healthy, Limit, Millis, NoDataMeans, Trigger, Weight};
use coalmine_wire::Batch;

fn below(limit: i64) -> Bound {
    Bound {
        healthy: Healthy::Below,
        against: Against::Fixed(Limit(limit)),
    }
}

fn policy() -> Policy {
    let check = |metric, limit| Check {
        metric,
        bound: below(limit),
        window: None,
        min_requests: 500,
        no_data: NoDataMeans::Inconclusive,
    };
    Policy {
        window: Millis::from_mins(5),
        checks: vec![
            check(Metric::ErrorRate, 10_000),
            check(Metric::Latency(Quantile(9_900)), 500_000),
            check(Metric::Cpu, 800_000),
        ],
        triggers: vec![Trigger {
            metric: Metric::ErrorRate,
            bound: below(100_000),
            window: Millis::from_secs(30),
            min_requests: 100,
        }],
        extensions: 1,
        fallback: Fallback::No,
        ready_deadline: Millis::from_mins(10),
        ..Policy::default()
    }
}

fn recording() -> Recording {
    let version = |error_rate| VersionSample {
        requests: 1_000,
        error_rate,
        ..VersionSample::default()
    };
    let sample = |secs: u64, percent: u16, canary| Sample {
        at: Time(secs * 1_000),
        weight: Weight::from_basis_points(percent * 100).unwrap(),
        stable: version(Some(0.002)),
        canary: version(canary),
    };
    let mut recording = Recording::default();
    recording.append(Batch {
        events: Vec::new(),
        samples: vec![
            sample(5, 0, None),
            sample(10, 5, Some(0.004)),
            sample(15, 5, Some(0.021)),
        ],
        until: Time(20_000),
    });
    recording
}

fn plain(text: &str) -> String {
    text.replace(format::THIN, " ")
}

#[test]
fn each_plot_shows_the_bounds_of_its_metric() {
    let labels = |plot| {
        thresholds(&policy(), plot)
            .iter()
            .map(|threshold| plain(&threshold.label))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(labels(Plot::Share), "");
    assert_eq!(labels(Plot::Errors), "1 %, 10 %");
    assert_eq!(labels(Plot::Latency), "500 ms");
    assert_eq!(labels(Plot::Cpu), "80 %");
    assert_eq!(labels(Plot::Memory), "");
}

#[test]
fn a_scale_leaves_room_above_the_gates_bound_but_not_for_the_hard_limit() {
    let top = |plot: Plot, greatest| plot.axis(&thresholds(&policy(), plot), greatest).top;
    assert!((top(Plot::Errors, 0.0) - 0.015).abs() < 1e-9);
    assert!((top(Plot::Errors, 0.021) - 0.025).abs() < 1e-9);
    assert!((top(Plot::Latency, 0.3) - 0.8).abs() < 1e-9);
    assert!((top(Plot::Cpu, 0.7) - 1.0).abs() < 1e-9);
    assert!((top(Plot::Cpu, 1.2) - 1.5).abs() < 1e-9);
    assert!((top(Plot::Share, 7.0) - 1.0).abs() < 1e-9);
}

#[test]
fn a_readout_tells_the_last_scrape_and_never_a_later_one() {
    let bounds = thresholds(&policy(), Plot::Errors);
    let at = |secs: u64| {
        let readout = readout(Plot::Errors, &recording(), Time(secs * 1_000), &bounds);
        plain(&format!(
            "{} {} {} {}",
            readout.stable, readout.canary, readout.bound, readout.is_beyond
        ))
    };
    assert_eq!(at(0), "– – < 1 % false");
    assert_eq!(at(5), "0.20 % – < 1 % false");
    assert_eq!(at(14), "0.20 % 0.40 % < 1 % false");
    assert_eq!(at(15), "0.20 % 2.1 % < 1 % true");
}

#[test]
fn a_summary_is_a_sentence_on_what_is_visible() {
    let bounds = thresholds(&policy(), Plot::Errors);
    let at = |secs: u64| {
        plain(&summary(
            Plot::Errors,
            &recording(),
            &Marks::default(),
            Time(secs * 1_000),
            &bounds,
        ))
    };
    assert_eq!(
        at(0),
        "Error rate: nothing measured yet. Gates ask for < 1 %."
    );
    assert_eq!(
        at(12),
        "Error rate until 0:12: stable 0.20 % to 0.20 %, canary 0.40 % to 0.40 %. Gates ask for < 1 %."
    );
}
