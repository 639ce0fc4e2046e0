//! What was true in a run, beside what was measured: the table above the verdict.

use coalmine_controller::{Limit, Millis};
use coalmine_sim::{Sample, Scenario, Summary, VersionSample};
use coalmine_wire::{
    fault_line,
    quantity::{format_count, format_duration, format_micros, format_percent},
};

/// What the samples of a run say of the truth.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Truth {
    stable: OfVersion,
    canary: OfVersion,
}

#[derive(Clone, Copy, Debug, Default)]
struct OfVersion {
    sent: u64,
    /// How many of these were to be expected to fail.
    failing: f64,
    /// The highest 99th percentile, in seconds.
    worst_p99: f32,
}

impl OfVersion {
    fn add(&mut self, sample: &VersionSample) {
        if let Some(rate) = sample.true_error_rate {
            self.sent += u64::from(sample.sent);
            self.failing += f64::from(sample.sent) * f64::from(rate);
        }
        self.worst_p99 = self.worst_p99.max(sample.true_latency_p99.unwrap_or(0.0));
    }

    fn told(&self) -> String {
        if self.sent == 0 {
            return "no traffic".to_owned();
        }
        let rate = percent(self.failing / self.sent as f64);
        let p99 = format_micros(whole(f64::from(self.worst_p99) * 1e3) * 1_000);
        format!("true error rate {rate} on average, true p99 up to {p99}")
    }
}

impl Truth {
    /// Takes a sample in.
    pub(crate) fn add(&mut self, sample: &Sample) {
        self.stable.add(&sample.stable);
        self.canary.add(&sample.canary);
    }

    /// The table, one line a row, without a last line end.
    pub(crate) fn told(&self, summary: &Summary, scenario: &Scenario) -> String {
        let mut rows = vec![
            row("stable", &self.stable.told()),
            row("canary", &self.canary.told()),
            row("exposure", &of(summary.canary_bad, summary.canary_requests)),
            row("requests", &of(summary.bad, summary.requests)),
        ];
        let burned = percent(summary.budget_burned as f64 / 1e6);
        let objective = format_percent(scenario.objective);
        rows.push(row(
            "error budget",
            &format!("{burned} of it burned, for {objective} good requests"),
        ));
        let causes = &summary.bad_by_cause;
        for ((index, bad), onset) in (0..).zip(&causes.faults).zip(&summary.fault_onsets) {
            let since = match onset {
                Some(at) => format!("from {} on", format_duration(Millis(at.0 / 1_000 * 1_000))),
                None => "it never began".to_owned(),
            };
            let fault = fault_line(scenario, index);
            rows.push(bad_by(*bad, &format!("{fault}, {since}")));
        }
        for (bad, cause) in [
            (causes.load, "more load than the pods can take"),
            (causes.plan, "traffic for a version without pods"),
        ] {
            if bad != 0 {
                rows.push(bad_by(bad, cause));
            }
        }
        rows.push(bad_by(causes.background, "as on a plain day"));
        rows.join("\n")
    }
}

fn row(name: &str, what: &str) -> String {
    format!("{name:>12}  {what}")
}

fn bad_by(bad: u64, cause: &str) -> String {
    row(&format_count(bad), &format!("bad: {cause}"))
}

fn of(bad: u64, all: u64) -> String {
    let share = match all {
        0 => String::new(),
        _ => format!(" ({})", percent(bad as f64 / all as f64)),
    };
    format!(
        "{}, of these bad {}{share}",
        format_count(all),
        format_count(bad)
    )
}

/// With two digits behind the point.
fn percent(ratio: f64) -> String {
    let hundredths = i64::try_from(whole(ratio * 1e4)).unwrap_or(i64::MAX / 100);
    format_percent(Limit(hundredths.saturating_mul(100)))
}

/// To the nearest; below zero there is nothing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded and not negative; beyond 2^64 it saturates"
)]
fn whole(number: f64) -> u64 {
    number.round().max(0.0) as u64
}
