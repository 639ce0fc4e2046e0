//! Vectors of whole runs of analyses and of what they do to their rollouts.

use super::{
    argo_analysis::{NOW, judged},
    argo_values::{metric, phase, phase_at, text, truth, value, whole},
    case::{Case, Lack},
};
use coalmine_controller::{
    Time,
    argo::{
        Metric, Phase,
        analysis::{
            Counters, Effect, Kind, Measurement, Progress, Run, Situation, Summary, Written,
            background_begins, effect_of, is_before_starting_step, validate,
        },
    },
};
use serde_json::{Value, json};

/// A run as a vector gives it.
struct Given {
    metrics: Vec<Metric>,
    run: Run,
    list: Vec<Value>,
}

fn given(case: &Case<'_>) -> Result<Given, Lack> {
    let list = case
        .value("metrics")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let metrics: Vec<Metric> = list
        .iter()
        .map(|of| {
            // The count of a metric that has a past is what was counted, not what is wanted.
            let mut metric = metric(of);
            if of.get("phase_before").is_some() {
                metric.count = None;
            }
            metric
        })
        .collect();
    let mut run = Run::new(list.iter().map(|of| truth(of, "dry_run")));
    run.started = Some(Time(0));
    run.terminate = truth(case.json(), "terminate") || truth(case.json(), "terminate_requested");
    for (progress, of) in run.metrics.iter_mut().zip(&list) {
        before(progress, of)?;
    }
    Ok(Given { metrics, run, list })
}

/// How far a metric has come before the pass.
fn before(progress: &mut Progress, of: &Value) -> Result<(), Lack> {
    let Some(phase) = phase_at(of, "phase_before")? else {
        return Ok(());
    };
    progress.phase = phase;
    progress.message = text(of, "provider_message");
    let count = |name: &str| whole(of, name).unwrap_or(0);
    progress.counters = Counters {
        count: count("count"),
        successful: count("successful"),
        failed: count("failed"),
        inconclusive: count("inconclusive"),
        error: count("error"),
        consecutive_error: count("consecutive_error"),
        consecutive_success: count("consecutive_success"),
    };
    let in_flight = truth(of, "in_flight");
    let last = phase_at(of, "last_measurement_phase")?;
    // What has a phase was measured; what is running may go on.
    let last = last.or(match phase {
        Phase::Pending => None,
        Phase::Running => Some(if in_flight {
            Phase::Running
        } else {
            Phase::Successful
        }),
        complete => Some(complete),
    });
    progress.last = last.map(|phase| Measurement {
        phase,
        started: Time(0),
        finished: (!in_flight).then_some(Time(1)),
        resume_at: None,
    });
    Ok(())
}

pub(crate) fn run_case(case: &mut Case<'_>) -> Result<(), Lack> {
    let mut given = given(case)?;
    let is_new = given.list.iter().all(|of| of.get("phase_before").is_none());
    let written: Vec<Written<'_>> = given.metrics.iter().map(Written::read).collect();
    if let (true, Err(told)) = (is_new, validate(&written)) {
        // A run that is not valid measures nothing.
        given.run.phase = Phase::Error;
        given.run.message = format!("Analysis spec invalid: {told}");
        expect_run(case, &given);
        return Ok(());
    }
    let is_background = case.text("kind") == Some("background");
    let mut passes = measure(&mut given)?;
    if is_background {
        // The rollout completes, and the run is ended.
        given.run.terminate = true;
        passes += 1;
    }
    // A metric that fails in one pass ends the others in the next; a vector of one pass says which it means.
    for _ in 0..passes {
        let terminating = given.run.is_terminating();
        finish_in_flight(&mut given, terminating)?;
        given.run.settle(&given.metrics, terminating);
    }
    expect_run(case, &given);
    Ok(())
}

/// Takes all measurements that a vector lists, each settled; tells how many passes are still to come.
fn measure(given: &mut Given) -> Result<usize, Lack> {
    let lists: Vec<Vec<Phase>> = given
        .list
        .iter()
        .zip(&given.metrics)
        .map(|(of, metric)| measurements(metric, of))
        .collect::<Result<_, _>>()?;
    let longest = lists.iter().map(Vec::len).max().unwrap_or(0);
    for round in 0..longest {
        let terminating = given.run.is_terminating();
        for (place, list) in lists.iter().enumerate() {
            let complete = given
                .run
                .metrics
                .get(place)
                .is_none_or(|it| it.phase.is_complete());
            if let (Some(&phase), false, false) = (list.get(round), complete, terminating) {
                given.run.measured(place, phase, NOW, None);
            }
        }
        given.run.settle(&given.metrics, terminating);
    }
    Ok(usize::from(longest == 0))
}

/// What a metric measures in its run, one after the other.
fn measurements(metric: &Metric, of: &Value) -> Result<Vec<Phase>, Lack> {
    if let Some(list) = of.get("measured").and_then(Value::as_array) {
        return list
            .iter()
            .map(|word| phase(word.as_str().unwrap_or_default()))
            .collect();
    }
    if let Some(list) = of.get("values").and_then(Value::as_array) {
        return list
            .iter()
            .map(|of| Ok(judged(metric, &value(of)?).0))
            .collect();
    }
    match of.get("every_value") {
        Some(every) => {
            let found = judged(metric, &value(every)?).0;
            // As often as it takes, and a few times where it goes on without end.
            let times = metric.count.filter(|&count| 0 < count).unwrap_or(5);
            Ok((0..times.min(50)).map(|_| found).collect())
        }
        None => Ok(Vec::new()),
    }
}

/// Measurements in flight go on; where the run is to end they are ended.
fn finish_in_flight(given: &mut Given, terminating: bool) -> Result<(), Lack> {
    for (place, of) in given.list.iter().enumerate() {
        if !given.run.is_in_flight(place) {
            continue;
        }
        let returns = if terminating {
            Some(phase_at(of, "terminate_returns")?.unwrap_or(Phase::Successful))
        } else {
            phase_at(of, "resume_returns")?
        };
        if let Some(phase) = returns.filter(|phase| phase.is_complete()) {
            let told = terminating.then(|| "Metric Terminated".to_owned());
            given.run.measured(place, phase, NOW, told);
        }
    }
    Ok(())
}

fn expect_run(case: &mut Case<'_>, given: &Given) {
    let run = &given.run;
    case.expect_value("expected/run_phase", &json!(run.phase.word()));
    case.expect_value("expected/message", &json!(run.message));
    case.expect_part("expected/message_contains", &run.message);
    let phases = run.metrics.iter().map(|metric| json!(metric.phase.word()));
    case.expect_value("expected/metric_phases", &phases.collect());
    for (name, dry_run) in [("dry_run_summary", true), ("run_summary", false)] {
        let found = run.summary(dry_run);
        for (word, count) in words(found) {
            case.expect_value(&format!("expected/{name}/{word}"), &json!(count));
        }
    }
    let mut reasons = (0..run.metrics.len()).filter_map(|place| run.reason(&given.metrics, place));
    if let Some(reason) = reasons.next() {
        case.expect_value(
            "expected/metric_message",
            &json!(format!("Metric {reason}")),
        );
    }
    let sibling = run
        .metrics
        .first()
        .and_then(|metric| metric.message.clone());
    case.expect_value(
        "expected/sibling_message",
        &json!(sibling.unwrap_or_default()),
    );
}

const fn words(of: Summary) -> [(&'static str, u32); 5] {
    [
        ("count", of.count),
        ("successful", of.successful),
        ("failed", of.failed),
        ("inconclusive", of.inconclusive),
        ("error", of.error),
    ]
}

/// What a run does to its rollout.
pub(crate) fn rollout_effect(case: &mut Case<'_>) -> Result<(), Lack> {
    if case.value("starting_step").is_some() {
        return starting_step(case);
    }
    if let Some(event) = case.text("event").map(str::to_lowercase) {
        let has = |word: &str| event.contains(word);
        let now = Situation {
            steps: 1,
            is_within_rollback_window: has("rollback") || has("roll back"),
            promote_full: has("promote"),
            is_aborted: has("abort") && !has("retr"),
            is_promoted: has("complete") || has("promoted"),
            is_inconclusive: has("inconclusive") && !has("resum") && !has("promot"),
            no_stable: has("first") || has("initial") || has("no stable"),
            ..Situation::default()
        };
        let begins = background_begins(&now);
        case.expect_value("expected/new_background_run", &json!(begins));
        if case.value("expected/new_background_run").is_none() {
            case.not_simulated("the event is about objects that a simulation does not keep");
        }
        return Ok(());
    }
    let kind = match case.text("analysis") {
        Some("background") => Kind::Background,
        Some("experiment") => Kind::Experiment,
        _ => Kind::Step,
    };
    let found = effect_of(kind, phase(case.text("run_phase").unwrap_or_default())?);
    let (rollout, advances) = match found {
        Effect::None => ("progressing", false),
        Effect::Advance => ("progressing", true),
        Effect::Pause(_) => ("paused", false),
        Effect::Abort => ("aborted", false),
    };
    case.expect_value("expected/rollout", &json!(rollout));
    case.expect_value("expected/step_advances", &json!(advances));
    match found {
        Effect::Pause(reason) => case.expect_value("expected/pause_reason", &json!(reason.word())),
        Effect::Abort => case.expect_value("expected/step_index", &json!(0)),
        Effect::None | Effect::Advance => {}
    }
    Ok(())
}

fn starting_step(case: &mut Case<'_>) -> Result<(), Lack> {
    let starting = case.small("starting_step")? as usize;
    let steps = case.small("steps")? as usize;
    let expected = case
        .value("expected/before_starting_step")
        .and_then(Value::as_object)
        .cloned();
    for (index, _) in expected.iter().flatten() {
        let found = is_before_starting_step(index.parse().unwrap_or(0), starting, steps);
        case.expect_value(
            &format!("expected/before_starting_step/{index}"),
            &json!(found),
        );
    }
    Ok(())
}
