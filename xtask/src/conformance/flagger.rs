//! Flagger's rules against vectors: tick by tick, and rule by rule.

use super::case::{Case, Check, Lack};
use coalmine_controller::flagger::{
    Analysis, Event, Hook, Interval, Phase, Revision, Route, Router, Spec, State, Strategy,
    Surroundings, Target,
    metric::{self, Bounds, Kind},
    readiness::{Deployment, Readiness},
    strategy::{reckoned, strategy},
};
use serde_json::{Value, json};

/// The one family, whose cases are of several kinds.
pub(crate) const CHECKS: [(&str, Check); 1] = [("vectors", vector)];

fn vector(case: &mut Case<'_>) -> Result<(), Lack> {
    match case.text("kind") {
        Some("state") => state(case),
        Some("weights") => {
            weights(case);
            Ok(())
        }
        Some("strategy") => {
            let found = match strategy(&analysis(case.json())) {
                Strategy::Canary => "canary",
                Strategy::BlueGreen => "bluegreen",
                Strategy::AbTesting => "abtesting",
            };
            let expected = letters(case.text("expected/strategy").unwrap_or_default());
            case.expect_that(&expected, expected == found, found);
            Ok(())
        }
        Some("readiness") => {
            readiness(case);
            Ok(())
        }
        Some("metric") => {
            measured(case);
            Ok(())
        }
        Some("interval") => {
            let interval = Interval::read(case.text("input").unwrap_or_default());
            let seconds = interval.length().0 / 1_000;
            case.expect_value("expected/interval_s", &json!(seconds));
            Ok(())
        }
        Some("documented-formula") => {
            let (promote, rollback) = reckoned(&analysis(case.json()));
            case.expect_value("expected/min_promote_s", &json!(promote));
            case.expect_value("expected/rollback_s", &json!(rollback));
            Ok(())
        }
        _ => Err(Lack("expected a kind of case that is known".to_owned())),
    }
}

/// A name without what writers do differently.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphabetic);
    let small: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    match small.as_str() {
        "ab" => "abtesting".to_owned(),
        _ => small,
    }
}

fn whole(value: &Value, name: &str) -> Option<i32> {
    i32::try_from(value.get(name)?.as_i64()?).ok()
}

fn truth(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

fn analysis(value: &Value) -> Analysis {
    let given = value.get("analysis").unwrap_or(&Value::Null);
    let steps = given.get("step_weights").and_then(Value::as_array);
    let seconds = given.get("interval_s").and_then(Value::as_u64);
    Analysis {
        interval: seconds.map_or_else(Interval::default, |it| Interval::read(&format!("{it}s"))),
        threshold: whole(given, "threshold").unwrap_or(0),
        max_weight: whole(given, "max_weight").unwrap_or(0),
        step_weight: whole(given, "step_weight").unwrap_or(0),
        step_weights: steps
            .into_iter()
            .flatten()
            .filter_map(|step| i32::try_from(step.as_i64()?).ok())
            .collect(),
        step_weight_promotion: whole(given, "step_weight_promotion").unwrap_or(0),
        iterations: whole(given, "iterations").unwrap_or(0),
        mirror: truth(given, "mirror"),
        matches: truth(given, "match"),
    }
}

const HOOKS: [(Hook, &str); 7] = [
    (Hook::ConfirmRollout, "confirm-rollout"),
    (Hook::PreRollout, "pre-rollout"),
    (Hook::Rollout, "rollout"),
    (Hook::ConfirmTrafficIncrease, "confirm-traffic-increase"),
    (Hook::ConfirmPromotion, "confirm-promotion"),
    (Hook::Rollback, "rollback"),
    (Hook::PostRollout, "post-rollout"),
];

fn spec(value: &Value) -> Spec {
    let hooks = value.get("hooks").and_then(Value::as_array);
    let named = |hook: &Value| {
        let name = hook.as_str()?;
        let found = HOOKS.iter().find(|(_, known)| *known == name);
        found.map(|(hook, _)| *hook)
    };
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    Spec {
        router: Router::of(text("provider")),
        target: if text("target_kind") == "Service" {
            Target::Service
        } else {
            Target::Workload
        },
        analysis: analysis(value),
        skip_analysis: truth(value, "skip_analysis"),
        hooks: hooks.into_iter().flatten().filter_map(named).collect(),
    }
}

const PHASES: [(Phase, &str); 9] = [
    (Phase::Initializing, "Initializing"),
    (Phase::Initialized, "Initialized"),
    (Phase::Waiting, "Waiting"),
    (Phase::Progressing, "Progressing"),
    (Phase::WaitingPromotion, "WaitingPromotion"),
    (Phase::Promoting, "Promoting"),
    (Phase::Finalising, "Finalising"),
    (Phase::Succeeded, "Succeeded"),
    (Phase::Failed, "Failed"),
];

/// What a tick finds, as a case scripts it.
struct Script<'s> {
    tick: &'s Value,
    events: Vec<String>,
}

impl Script<'_> {
    fn says(&self, name: &str) -> &str {
        self.tick.get(name).and_then(Value::as_str).unwrap_or("")
    }

    fn readiness(&self, name: &str) -> Readiness {
        match self.says(name) {
            "waiting" => Readiness::Waiting,
            "deadline" => Readiness::Deadline,
            _ => Readiness::Ready,
        }
    }
}

impl Surroundings for Script<'_> {
    fn primary(&mut self) -> Readiness {
        self.readiness("primary")
    }

    fn canary(&mut self) -> Readiness {
        self.readiness("canary")
    }

    fn accepts(&mut self, hook: Hook) -> bool {
        match hook {
            Hook::ConfirmRollout => self.says("confirm_rollout") != "closed",
            Hook::ConfirmTrafficIncrease => self.says("confirm_traffic_increase") != "closed",
            Hook::ConfirmPromotion => self.says("confirm_promotion") != "closed",
            Hook::PreRollout => self.says("pre_rollout") != "fail",
            Hook::Rollback => self.says("rollback_hook") == "trigger",
            Hook::Rollout | Hook::PostRollout => true,
        }
    }

    fn checks_pass(&mut self) -> bool {
        matches!(self.says("checks"), "" | "pass")
    }

    fn did(&mut self, event: Event) {
        self.events.push(match event {
            Event::ScaleUp => "scale-up".to_owned(),
            Event::Restart => "restart".to_owned(),
            Event::Start => "start".to_owned(),
            Event::Analysis => "analysis".to_owned(),
            Event::PromoteSpec => "promote-spec".to_owned(),
            Event::Rollback => "rollback".to_owned(),
            Event::FailedPromotion => "failed-promotion".to_owned(),
            Event::Called(hook) => {
                let known = HOOKS.iter().find(|(known, _)| *known == hook);
                format!("call:{}", known.map_or("", |(_, name)| name))
            }
        });
    }
}

fn route(value: &Value) -> Option<Route> {
    Some(Route {
        primary: whole(value, "primary")?,
        canary: whole(value, "canary")?,
        mirrored: truth(value, "mirrored"),
    })
}

/// What is known before the first tick.
fn before(initial: &Value) -> State {
    let mut state = State::default();
    let name = initial.get("phase").and_then(Value::as_str);
    let phase = PHASES.iter().find(|(_, known)| Some(*known) == name);
    state.phase = phase.map_or(state.phase, |(phase, _)| *phase);
    state.route = initial.get("route").and_then(route).unwrap_or_default();
    state.canary_weight = whole(initial, "canary_weight").unwrap_or(0);
    state.failed_checks = whole(initial, "failed_checks").unwrap_or(0);
    state.iterations = whole(initial, "iterations").unwrap_or(0);
    let is_under_way = matches!(
        state.phase,
        Phase::Progressing
            | Phase::Waiting
            | Phase::WaitingPromotion
            | Phase::Promoting
            | Phase::Finalising
            | Phase::Failed
    );
    if is_under_way {
        state.target = Revision(1);
        state.applied = Revision(1);
        if matches!(state.phase, Phase::Promoting | Phase::Finalising) {
            state.promoted = Revision(1);
        }
    }
    state
}

fn state(case: &mut Case<'_>) -> Result<(), Lack> {
    let mut spec = spec(case.json());
    let mut state = before(case.json().get("initial").unwrap_or(&Value::Null));
    let list = |name: &str| {
        let found = case.json().get(name).and_then(Value::as_array).cloned();
        found.ok_or_else(|| Lack(format!("expected a list called `{name}`")))
    };
    let (ticks, rows) = (list("ticks")?, list("expected")?);
    let mut next = 1;
    for (number, tick) in ticks.iter().enumerate() {
        let events = script(&mut state, &mut spec, tick, &mut next);
        let number = i64::try_from(number).unwrap_or(0);
        let row = rows
            .iter()
            .find(|row| row.get("tick").and_then(Value::as_i64) == Some(number));
        if let Some(row) = row {
            compare(case, &spec, &state, &events, row);
        }
    }
    Ok(())
}

/// One tick, with what is forced on it before.
fn script(state: &mut State, spec: &mut Spec, tick: &Value, next: &mut u32) -> Vec<String> {
    match tick.get("revision").and_then(Value::as_str) {
        Some("new") => {
            *next += 1;
            state.target = Revision(*next);
        }
        Some("revert-to-promoted") => state.target = state.promoted,
        _ => {}
    }
    if let Some(forced) = tick.get("set_route").and_then(route) {
        state.route = forced;
    }
    let forced = tick.get("set_iterations").and_then(|value| match value {
        Value::String(text) => text.parse().ok(),
        other => other.as_i64().and_then(|it| i32::try_from(it).ok()),
    });
    state.iterations = forced.unwrap_or(state.iterations);
    if let Some(skips) = tick.get("skip_analysis").and_then(Value::as_bool) {
        spec.skip_analysis = skips;
    }
    let mut script = Script {
        tick,
        events: Vec::new(),
    };
    if !truth(tick, "suspended") {
        state.tick(spec, &mut script);
    }
    script.events
}

fn compare(case: &mut Case<'_>, spec: &Spec, state: &State, events: &[String], row: &Value) {
    let phase = PHASES.iter().find(|(phase, _)| *phase == state.phase);
    let mut found = json!({
        "phase": phase.map_or("", |(_, name)| name),
        "canary_weight": state.canary_weight,
        "failed_checks": state.failed_checks,
        "iterations": state.iterations,
        "events": events,
    });
    if spec.router != Router::Kubernetes {
        found["route"] = json!({
            "primary": state.route.primary,
            "canary": state.route.canary,
            "mirrored": state.route.mirrored,
        });
    }
    let tick = row.get("tick").cloned().unwrap_or_default();
    for (name, expected) in row.as_object().into_iter().flatten() {
        if let Some(found) = found.get(name) {
            let what = format!("tick {tick}: {name} {expected}");
            case.expect_that(&what, expected == found, &found.to_string());
        }
    }
}

/// The weights of a rollout in which everything passes, and what follows.
fn weights(case: &mut Case<'_>) {
    let spec = spec(case.json());
    let mut state = State {
        target: Revision(1),
        ..State::default()
    };
    let mut found = Vec::new();
    let (nothing, mut next) = (json!({}), 1);
    for _ in 0..400 {
        let mut spec = spec.clone();
        script(&mut state, &mut spec, &nothing, &mut next);
        match state.phase {
            Phase::Progressing if 0 < state.canary_weight => {
                if found.last() == Some(&f64::from(state.canary_weight)) {
                    break;
                }
                found.push(f64::from(state.canary_weight));
            }
            Phase::Progressing => {}
            _ => break,
        }
    }
    case.expect_list("expected/canary_weights", &found);
    let phase = PHASES.iter().find(|(phase, _)| *phase == state.phase);
    case.expect_value("expected/then", &json!(phase.map_or("", |(_, name)| name)));
}

fn readiness(case: &mut Case<'_>) {
    let input = case.json().get("input").cloned().unwrap_or_default();
    let number = |names: &[&str]| {
        let mut names = names.iter();
        names.find_map(|name| input.get(*name)?.as_i64())
    };
    let reason = input.get("progressing_reason").and_then(Value::as_str);
    let deployment = Deployment {
        generation: number(&["generation"]).unwrap_or(0),
        observed_generation: number(&["observed_generation"]).unwrap_or(0),
        is_past_deadline: reason == Some("ProgressDeadlineExceeded"),
        tells_progress: reason.is_some() || truth(&input, "progressing_condition"),
        unavailable_for: number(&["unavailable_for_s"]),
        deadline: number(&["deadline_s"]).unwrap_or(600),
        desired: number(&["desired", "spec_replicas", "replicas_desired", "wanted"]),
        updated: number(&["updated"]).unwrap_or(0),
        replicas: number(&["replicas", "status_replicas", "total", "current"]),
        available: number(&["available"]).unwrap_or(0),
        threshold: number(&["threshold"]).unwrap_or(100),
    };
    let found = deployment.readiness();
    case.expect_value("expected/ready", &json!(found == Readiness::Ready));
    case.expect_value("expected/retriable", &json!(found != Readiness::Deadline));
}

fn measured(case: &mut Case<'_>) {
    let given = case.json().get("metric").cloned().unwrap_or_default();
    let name = given
        .get("name")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let has_query = truth(&given, "template") || given.get("query").is_some();
    let range = given.get("threshold_range");
    let bounds = match (range, given.get("threshold").and_then(Value::as_f64)) {
        (Some(range), _) => Bounds::Range {
            min: range.get("min").and_then(Value::as_f64),
            max: range.get("max").and_then(Value::as_f64),
        },
        (None, Some(threshold)) => Bounds::Threshold(threshold),
        (None, None) => Bounds::None,
    };
    let value = case.number("value").ok();
    let found = match metric::check(Kind::of(name, has_query), bounds, value) {
        metric::Check::Pass => "pass",
        metric::Check::Fail => "fail",
        metric::Check::NoData => "nodata",
    };
    case.expect_value("expected", &json!(found));
}
