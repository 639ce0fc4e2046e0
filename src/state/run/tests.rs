//! The page and a scripted worker.

use super::{Link, Run};
use coalmine_controller::{Operator, Time};
use coalmine_sim::{Intervention, Seed};
use coalmine_wire::{Batch, FromWorker, Project, RunId, ToWorker};
use std::sync::Arc;

fn ready(build: &str) -> FromWorker {
    FromWorker::Ready {
        build: build.to_owned(),
    }
}

fn progress(run: RunId, until: u64) -> FromWorker {
    FromWorker::Progress {
        run,
        batch: Batch {
            until: Time(until),
            ..Batch::default()
        },
    }
}

/// A run of the default project that was told up to 60 s, and its id.
fn running() -> (Run, RunId, Arc<Project>) {
    let mut run = Run::new("a");
    let project = Arc::new(Project::default());
    assert_eq!(run.start(&project), None, "nobody listens yet");
    let Some(ToWorker::Start { run: id, .. }) = run.hear(ready("a")) else {
        panic!("what waited was not started");
    };
    run.hear(progress(id, 60_000));
    (run, id, project)
}

#[test]
fn the_first_run_waits_for_the_worker() {
    let (run, _, project) = running();
    assert!(run.is_current());
    assert_eq!(run.project(), Some(&project));
    assert_eq!(run.recording().until(), Time(60_000));
}

#[test]
fn the_run_on_screen_stays_until_the_next_one_is_heard_of() {
    let (mut run, _, _) = running();
    let other = Arc::new(Project {
        seed: Seed(8),
        ..Project::default()
    });
    let Some(ToWorker::Start { run: id, .. }) = run.start(&other) else {
        panic!("it was not started");
    };
    assert!(!run.is_current());
    assert_eq!(run.recording().until(), Time(60_000));
    run.hear(progress(id, 5_000));
    assert!(run.is_current());
    assert_eq!(run.recording().until(), Time(5_000));
}

#[test]
fn what_people_do_belongs_to_the_run_and_ends_with_it() {
    let (mut run, _, project) = running();
    let at = |secs: u64, act| Intervention {
        at: Time(secs * 1_000),
        act,
    };
    let Some(ToWorker::Fork { run: id, .. }) = run.fork(at(40, Operator::Pause)) else {
        panic!("it was not forked");
    };
    run.hear(FromWorker::Forked {
        run: id,
        from: Time(30_000),
    });
    assert_eq!(run.recording().until(), Time(30_000));
    run.hear(progress(id, 60_000));
    assert!(run.fork(at(20, Operator::Abort)).is_some());
    assert_eq!(
        run.acts(),
        [at(20, Operator::Abort)],
        "an act in the past replaces what followed"
    );
    run.start(&project);
    assert_eq!(run.acts(), []);
}

#[test]
fn a_worker_of_another_build_asks_for_a_reload() {
    let mut run = Run::new("a");
    run.start(&Arc::new(Project::default()));
    assert_eq!(run.hear(ready("b")), None);
    assert_eq!(run.link(), &Link::Mismatch);
}
