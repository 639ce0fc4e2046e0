//! Writes faults.

use super::{
    super::read::words::{self, KINDS, TARGETS},
    Lines, inline, instant, length, percent, rate,
    traffic::endpoint,
};
use crate::quantity::{encode_duration, encode_percent, format_decimal};
use coalmine_sim::{Fault, FaultKind, Onset, Rate, Reach, Traffic};

pub(super) fn write(lines: &mut Lines, fault: &Fault, traffic: &Traffic) {
    lines.header("[[scenario.fault]]");
    lines.text("kind", words::of(&KINDS, words::kind_of(fault.kind)));
    size(lines, fault.kind);
    if !matches!(fault.kind, FaultKind::Pipeline(_)) {
        lines.text("target", words::of(&TARGETS, fault.target));
    }
    match fault.reach {
        Reach::All => {}
        Reach::Pods(share) => lines.raw("pods", &percent(share)),
        Reach::Endpoint(place) => {
            lines.text("endpoint", endpoint(traffic, place));
        }
        Reach::Cohort(place) => {
            let it = traffic.cohorts.get(usize::from(place));
            lines.text("cohort", it.map_or("", |it| &it.name));
        }
    }
    let start = match fault.onset {
        Onset::At(at) => instant(at),
        Onset::Weight(weight) => {
            format!(
                "at {}%",
                format_decimal(u64::from(weight.basis_points()), 2)
            )
        }
        Onset::Step(step) => format!("at step {step}"),
        Onset::Age(age) => format!("at age {}", encode_duration(age)),
    };
    lines.text("start", &start);
    lines.raw("ramp", &length(fault.ramp));
    if let Some(lasts) = fault.lasts {
        lines.raw("lasts", &length(lasts));
    }
    if let Some(it) = fault.flapping {
        let pairs = [("on", length(it.on)), ("off", length(it.off))];
        lines.raw("flapping", &inline(&pairs));
    }
}

fn size(lines: &mut Lines, kind: FaultKind) {
    match kind {
        FaultKind::ErrorRate(size)
        | FaultKind::Latency(size)
        | FaultKind::CpuBurn(size)
        | FaultKind::WrongAnswers(size)
        | FaultKind::Surge(size)
        | FaultKind::NodeLoss(size) => lines.raw("size", &percent(size)),
        FaultKind::MemoryLeak(size) => lines.text("size", &format!("{}/min", encode_percent(size))),
        FaultKind::CrashLoop(after) => lines.raw("size", &length(after)),
        FaultKind::MetricLag(lag) => lines.raw("size", &length(lag)),
        FaultKind::RetryStorm(times) => lines.count("size", times.into()),
        FaultKind::TailLatency { share, more } => {
            lines.pairs(vec![("size", percent(more)), ("share", percent(share))]);
        }
        FaultKind::ColdCache { more, lasts } => {
            lines.pairs(vec![("size", percent(more)), ("fades", length(lasts))]);
        }
        FaultKind::ErrorsAbove { load_milli, more } => {
            lines.pairs(vec![
                ("size", percent(more)),
                ("load", rate(Rate(load_milli))),
            ]);
        }
        FaultKind::ScrapeGap | FaultKind::MetricReset | FaultKind::Pipeline(_) => {}
    }
}
