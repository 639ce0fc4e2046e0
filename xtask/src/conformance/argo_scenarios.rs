//! Vectors of whole rollouts: a controller in a world in which the router answers at once and pods come as the vector
//! says.

use super::{
    argo_values::{lack, small, spec, truth, whole},
    case::{Case, Lack},
};
use coalmine_controller::{
    Command, CommandId, Controller, Input, Operator, Output, Pods, Recording, Time,
    argo::{ArgoController, Plan, Status},
};
use serde_json::{Value, json};
use std::sync::Arc;

/// A world with one rollout.
struct Scene {
    controller: ArgoController,
    now: Time,
    replicas: Pods,
    /// How many pods of the canary and of stable come up.
    comes: [u32; 2],
    /// How long they take.
    takes: u64,
    /// What waits for pods: of which version, how many, and when they may be ready.
    waiting: Vec<(CommandId, usize, u32, Time)>,
    statuses: Vec<&'static str>,
}

const CANARY: usize = 0;
const STABLE: usize = 1;

const fn word(status: Status) -> &'static str {
    match status {
        Status::Degraded => "Degraded",
        Status::Paused => "Paused",
        Status::Progressing => "Progressing",
        Status::Healthy => "Healthy",
    }
}

/// Why a clause is about something that a simulated release does not have.
fn beyond(clause: &str) -> Option<&'static str> {
    let has = |word: &str| clause.contains(word);
    if has("create") || has("first deployment") {
        Some("a simulation begins with a version in service; first deployments are not simulated")
    } else if has("undo") || has("back to") || has("rollback") || has("update to") || has("again") {
        Some("a simulated release is one update to a new version; revisions before it do not exist")
    } else {
        None
    }
}

pub(crate) fn check(case: &mut Case<'_>) -> Result<(), Lack> {
    let events = case
        .value("events")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let of = case
        .value("rollout")
        .cloned()
        .ok_or_else(|| lack("a rollout"))?;
    let clauses = events.iter().filter_map(|event| event.get("do")?.as_str());
    if let Some(reason) = clauses
        .map(str::to_lowercase)
        .find_map(|clause| beyond(&clause))
    {
        case.not_simulated(reason);
        return Ok(());
    }
    let mut spec = spec(&of, truth(&of, "traffic_routing"))?;
    if let Some(seconds) = super::argo_values::seconds(&of, "progress_deadline_s") {
        spec.progress_deadline = seconds;
    }
    spec.progress_deadline_abort = truth(&of, "progress_deadline_abort");
    let replicas = spec.replicas;
    let plan =
        Plan::new(spec).map_err(|faults| lack(&format!("a rollout that runs: {faults:?}")))?;
    let mut scene = Scene {
        controller: ArgoController::new(Arc::new(plan), Recording::Outcome),
        now: Time(0),
        replicas,
        comes: [u32::MAX; 2],
        takes: small(&of, "readiness_delay_s").map_or(0, |seconds| u64::from(seconds) * 1_000),
        waiting: Vec::new(),
        statuses: Vec::new(),
    };
    for (number, event) in (0..).zip(&events) {
        let text = event
            .get("do")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_lowercase();
        scene.statuses.clear();
        // Which pods do not come is known before anything happens.
        for clause in text
            .split(';')
            .filter(|clause| clause.contains("not ready"))
        {
            let version = if clause.contains("stable") {
                STABLE
            } else {
                CANARY
            };
            scene.comes[version] = 0;
        }
        if !text.split(';').all(|clause| scene.happen(clause.trim())) {
            case.not_simulated(&format!(
                "what happens is not in the language of the simulation: {text}"
            ));
            return Ok(());
        }
        scene.expect(case, &format!("events/{number}/expect"));
    }
    Ok(())
}

/// The first whole number in a text.
fn number_in(text: &str) -> Option<u64> {
    let digits = text
        .split(|c: char| !c.is_ascii_digit())
        .find(|part| !part.is_empty());
    digits.and_then(|digits| digits.parse().ok())
}

impl Scene {
    /// Does what a clause says; whether it is known.
    fn happen(&mut self, clause: &str) -> bool {
        let has = |word: &str| clause.contains(word);
        if has("none available") || has("no canary pod is available") {
            self.comes[CANARY] = 0;
        }
        if clause.starts_with("update") {
            let start = Input::Start {
                replicas: self.replicas,
            };
            self.hand_in(start);
        } else if has("full") && has("promote") {
            self.controller.promote_full(self.now);
        } else if clause.starts_with("promote") || clause.starts_with("resume") {
            self.hand_in(Input::Operator(Operator::Promote));
        } else if clause.starts_with("abort") {
            self.hand_in(Input::Operator(Operator::Abort));
        } else if clause.starts_with("retry") {
            self.controller.retry(self.now);
        } else if clause.starts_with("scale to") {
            let Some(pods) = number_in(clause).and_then(|pods| u32::try_from(pods).ok()) else {
                return false;
            };
            self.controller.set_replicas(self.now, Pods(pods));
        } else if has("deadline passes") {
            self.pass_deadline();
        } else if has("not ready") {
            // It was looked at before.
        } else if has("ready") || has("available") {
            self.ready(clause);
        } else if clause.starts_with("wait") {
            let Some(seconds) = number_in(clause) else {
                return false;
            };
            self.run_until(Time(self.now.0 + seconds * 1_000));
        } else {
            return false;
        }
        self.settle();
        true
    }

    /// So many pods of a version are ready.
    fn ready(&mut self, clause: &str) {
        let pods = number_in(clause).and_then(|pods| u32::try_from(pods).ok());
        let version = if clause.contains("stable") {
            STABLE
        } else {
            CANARY
        };
        self.comes[version] = pods.unwrap_or(u32::MAX);
    }

    fn pass_deadline(&mut self) {
        if let Some(at) = self.controller.next_deadline() {
            self.run_until(at);
        }
    }

    fn run_until(&mut self, until: Time) {
        // No rollout of a vector does more.
        for _ in 0..10_000 {
            self.settle();
            let pods = self
                .waiting
                .iter()
                .filter(|(_, version, pods, _)| *pods <= self.comes[*version]);
            let pods = pods.map(|(.., at)| *at).min();
            let next = [pods, self.controller.next_deadline()]
                .into_iter()
                .flatten()
                .min();
            let Some(next) = next.filter(|&at| at <= until) else {
                break;
            };
            self.now = self.now.max(next);
            if self.controller.next_deadline() == Some(next) {
                self.hand_in(Input::Wake);
            }
        }
        self.now = until;
        self.hand_in(Input::Wake);
    }

    fn hand_in(&mut self, input: Input) {
        self.controller.handle(self.now, input);
        self.note();
    }

    fn note(&mut self) {
        let status = word(self.controller.status());
        if self.statuses.last() != Some(&status) {
            self.statuses.push(status);
        }
    }

    /// Carries out what is asked for, and what pods that have come up complete, until nothing happens any more.
    fn settle(&mut self) {
        loop {
            let mut done = Vec::new();
            while let Some(output) = self.controller.poll() {
                match output {
                    Output::Command(id, Command::ScaleCanary(pods)) => self.wait(id, CANARY, pods),
                    Output::Command(id, Command::ScaleStable(pods)) => self.wait(id, STABLE, pods),
                    Output::Command(_, Command::Complete(_)) | Output::Record(_) => {}
                    Output::Command(id, _) => done.push(id),
                }
            }
            let (comes, now) = (self.comes, self.now);
            self.waiting.retain(|&(id, version, pods, at)| {
                let is_ready = pods <= comes[version] && at <= now;
                if is_ready {
                    done.push(id);
                }
                !is_ready
            });
            self.note();
            if done.is_empty() {
                return;
            }
            for id in done {
                self.hand_in(Input::Done(id));
            }
        }
    }

    fn wait(&mut self, id: CommandId, version: usize, pods: Pods) {
        let at = Time(self.now.0 + self.takes);
        self.waiting.push((id, version, pods.0, at));
    }

    fn expect(&self, case: &mut Case<'_>, at: &str) {
        let (canary, stable) = self.controller.pods();
        let expected = case.value(at).cloned().unwrap_or(Value::Null);
        for (name, found) in [
            ("canary", json!(canary.0)),
            ("stable", json!(stable.0)),
            ("old_stable", json!(stable.0)),
            ("step_index", json!(self.controller.step_index())),
            ("canary_weight", json!(self.controller.weight())),
            (
                "scale_down_deadline",
                json!(self.controller.scale_down_deadline().is_some()),
            ),
        ] {
            case.expect_value(&format!("{at}/{name}"), &found);
        }
        if let Some(weight) = whole(&expected, "stable_weight") {
            let found = 100 - i64::from(self.controller.weight());
            case.expect_that(
                &format!("{at}/stable_weight {weight}"),
                found == weight,
                &found.to_string(),
            );
        }
        self.expect_status(case, at, expected.get("status"));
    }

    /// One status is where it stands; a list is what it passed through, and where it stands at the end of it.
    fn expect_status(&self, case: &mut Case<'_>, at: &str, expected: Option<&Value>) {
        let words: Vec<&str> = match expected {
            Some(Value::String(word)) => vec![word],
            Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        let mut passed = self.statuses.iter();
        let in_order = words.iter().all(|word| passed.any(|status| status == word));
        let stands = words.last() == self.statuses.last();
        let found = self.statuses.join(", ");
        case.expect_that(
            &format!("{at}/status {words:?}"),
            in_order && stands,
            &found,
        );
    }
}
