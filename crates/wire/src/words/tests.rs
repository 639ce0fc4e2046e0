//! Runs in words: the sentence of each verdict.

use super::verdict_sentence;
use crate::quantity::THIN;
use coalmine_controller::{Outcome, Time, Weight};
use coalmine_sim::Summary;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn summary(outcome: Outcome) -> Summary {
    Summary {
        outcome,
        reason: "the gate said so".to_owned(),
        ended: Time(1_290_400),
        closed: Time(1_890_400),
        onset: None,
        detected: None,
        weight_at_detection: None,
        canary_requests: 74_512,
        canary_bad: 150,
        bad_by_fault: 0,
        requests: 378_000,
        bad: 760,
        bad_by_cause: coalmine_sim::BadByCause::default(),
        fault_onsets: Vec::new(),
        budget_burned: 0,
        trace_hash: 0,
    }
}

fn broken(outcome: Outcome, bad_by_fault: u64) -> Summary {
    Summary {
        onset: Some(Time(150_000)),
        detected: Some(Time(370_000)),
        weight_at_detection: Weight::from_basis_points(2_500),
        bad_by_fault,
        ..summary(outcome)
    }
}

fn check(summary: &Summary, sentence: &str) {
    assert_eq!(verdict_sentence(summary).replace(THIN, " "), sentence);
}

#[test]
fn a_verdict_is_a_sentence() {
    check(
        &summary(Outcome::Succeeded),
        "Succeeded after 21 min 30 s; nothing was broken, and the canary served 74,512 requests",
    );
    check(
        &broken(Outcome::Succeeded, 1),
        "Succeeded after 21 min 30 s although something was broken; 1 request went bad that would have been fine",
    );
    check(
        &broken(Outcome::RolledBack, 2_120),
        "Rolled back at 25 % after 3 min 40 s; 2,120 requests went bad that would have been fine",
    );
    check(
        &broken(Outcome::Aborted, 0),
        "Aborted at 25 % after 3 min 40 s; no request went bad that would have been fine",
    );
    check(
        &summary(Outcome::Failed),
        "Failed after 21 min 30 s: the gate said so",
    );
}

#[test]
fn a_rollback_without_a_fault_tells_its_reason() {
    let false_alarm = Summary {
        onset: None,
        ..broken(Outcome::Aborted, 0)
    };
    check(
        &false_alarm,
        "Aborted 6 min 10 s into the run: the gate said so",
    );
    let too_early = Summary {
        onset: Some(Time(370_001)),
        ..broken(Outcome::Aborted, 0)
    };
    check(
        &too_early,
        "Aborted 6 min 10 s into the run: the gate said so",
    );
}
