//! What a screen reader is told while a run plays: start, gates, changes of weight, rollback, end. In few words.

use crate::{format, playback::Moment};
use coalmine_controller::{Outcome, Verdict};
use coalmine_flow::Diagram;

/// The latest thing worth saying at this moment; nothing before the run.
pub fn announcement(moment: &Moment, diagram: &Diagram) -> String {
    if let Some(ended) = &moment.ended {
        let outcome = match ended.outcome {
            Outcome::Succeeded => "Succeeded",
            Outcome::Aborted => "Aborted",
            Outcome::RolledBack => "Rolled back",
            Outcome::Failed => "Failed",
        };
        return format!("{outcome}: {}", ended.reason);
    }
    if moment.paused {
        return "The rollout is paused; resume it to go on".to_owned();
    }
    if moment.token.is_none() {
        return String::new();
    }
    let weight = format!(
        "{} of traffic on the canary",
        format::weight(moment.traffic.routed)
    );
    let latest = moment.decisions.values().max_by_key(|judged| judged.at);
    let jumped = moment.jumps.last();
    match (latest, jumped) {
        (_, Some(jump)) if latest.is_none_or(|judged| judged.at <= jump.at) => {
            "The rollout is being rolled back".to_owned()
        }
        (Some(judged), _) => {
            let gate = diagram
                .node(judged.decision.node)
                .map_or("Gate", |node| node.label.as_str());
            let verdict = match judged.decision.verdict {
                Verdict::Pass => "passed",
                Verdict::Fail => "failed",
                Verdict::Inconclusive => "not enough requests to decide",
            };
            format!("{gate} {verdict}; {weight}")
        }
        (None, _) => format!("Rollout runs; {weight}"),
    }
}
