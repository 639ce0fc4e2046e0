//! The review of a rollout: what is wrong with it as a rollout, though it runs, and what would mend it.
//!
//! The compiler says what a drawing cannot mean; the review says what its meaning will do to a release. Each finding
//! tells why in a sentence, where, and by which changes it would go away: of the drawing, as patches of its text, and
//! of the policy beside it.
//!
//! | code | what is wrong |
//! | --- | --- |
//! | `unguarded-step` | the canary's share rises with no gate since the last rise |
//! | `unobserved-gate` | a gate judges before anything was observed |
//! | `late-monitoring` | what is monitored is monitored only once the canary has all traffic |
//! | `rollback-joins-success` | a rollback ends where a success ends |
//! | `rollback-not-executed` | a rollback is triggered, and nothing drawn carries it out |
//! | `pods-and-traffic-disagree` | pods and traffic get different shares, or one of them is not said |
//! | `undecidable-gate` | at this traffic a gate will not see the requests that it needs |
//! | `short-window` | a window is shorter than two scrapes |
//! | `slow-alarm` | a hard limit looks back further than a step lasts |
//! | `no-second-look` | a gate that cannot decide does not look longer |
//! | `blind-pass` | a gate that cannot decide lets the release pass |
//! | `never-reached` | no path leads to a node |

mod ground;
mod numbers;
mod sketch;
mod steps;
mod stops;
mod watch;

use crate::{
    policy::Policy,
    units::{Millis, Pods},
};
use alloc::{string::String, vec::Vec};
use coalmine_flow::{NodeId, Severity, TextSpan, parse};
use ground::Ground;

/// What a review must know of the world that the rollout will run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Requests to both versions, in thousandths of one a second.
    pub rate: u64,
    /// Pods that serve all traffic.
    pub replicas: Pods,
    /// Between two scrapes.
    pub scrape: Millis,
}

/// Something that is wrong with a rollout.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// A stable name, as in the table above.
    pub code: &'static str,
    /// A warning, or worth knowing.
    pub severity: Severity,
    /// What is wrong and why that matters, in a sentence without a full stop.
    pub why: String,
    /// The node that it is about, where it is about one.
    pub node: Option<NodeId>,
    /// Its place in the code; the beginning where it has none.
    pub span: TextSpan,
    /// What would mend it, best first.
    pub repairs: Vec<Repair>,
}

/// A change that makes a finding go away.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// What the button says.
    pub title: String,
    /// The code afterwards.
    pub code: String,
    /// The policy afterwards.
    pub policy: Policy,
}

/// A rollout from which everything was mended that can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Mended {
    /// The code.
    pub code: String,
    /// The policy.
    pub policy: Policy,
    /// What was done, in order.
    pub made: Vec<String>,
}

/// No rollout needs more repairs than this.
const MOST_REPAIRS: usize = 100;

/// What is wrong with a rollout, in the order in which it is best mended. A drawing that cannot run has no findings here:
/// the compiler's come first.
pub fn review(code: &str, policy: &Policy, around: Surroundings) -> Vec<Finding> {
    let parsed = parse(code);
    let Some(ground) = Ground::new(&parsed, policy, around) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    stops::not_executed(&ground, &mut findings);
    stops::joins_success(&ground, &mut findings);
    steps::unguarded(&ground, &mut findings);
    steps::unobserved(&ground, &mut findings);
    watch::late(&ground, &mut findings);
    watch::disagree(&ground, &mut findings);
    numbers::undecidable(&ground, &mut findings);
    numbers::short(&ground, &mut findings);
    numbers::slow_alarm(&ground, &mut findings);
    numbers::unsure(&ground, &mut findings);
    stops::never_reached(&ground, &mut findings);
    findings
}

/// Mends what can be mended, one finding after the other, each by its first repair.
pub fn mend(code: &str, policy: &Policy, around: Surroundings) -> Mended {
    let mut mended = Mended {
        code: code.into(),
        policy: policy.clone(),
        made: Vec::new(),
    };
    while mended.made.len() < MOST_REPAIRS {
        let findings = review(&mended.code, &mended.policy, around);
        let next = findings
            .into_iter()
            .find_map(|finding| finding.repairs.into_iter().next());
        let Some(repair) = next else { break };
        mended.code = repair.code;
        mended.policy = repair.policy;
        mended.made.push(repair.title);
    }
    mended
}
