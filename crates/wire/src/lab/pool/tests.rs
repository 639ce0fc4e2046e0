//! Any number of workers says the same, also where some break down.

use super::*;
use crate::{LabHost, Project, plan_of};
use coalmine_controller::Millis;
use coalmine_lab::{Shard, StudyParts, Tally, default_releases};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const BUILD: &str = "this";

/// Without observation, so that a rollout is short.
const CODE: &str = r#"
Pipeline { # Pipeline
n1: circle label:"Start"
n2: rectangle label:"Deploy to 50% of pods"
n3: rectangle label:"Configure traffic split"
n4: rectangle label:"Mark deployment success"
n5: circle label:"End"
n1.handle(right) -> n2.handle(left)
n2.handle(right) -> n3.handle(left)
n3.handle(right) -> n4.handle(left)
n4.handle(right) -> n5.handle(left)
}
"#;

fn study(rollouts: u32) -> Study {
    let mut project = Project {
        code: CODE.to_owned(),
        ..Project::default()
    };
    project.scenario.tail = Millis(0);
    let (_, plan) = plan_of(&project).expect("it runs");
    Study::new(StudyParts {
        plans: vec![plan],
        releases: default_releases(&project.scenario)[..2].to_vec(),
        seed: project.seed,
        rollouts,
        precision: None,
        shard: Shard::WHOLE,
    })
    .expect("a study")
}

fn sums(pool: &Pool) -> Vec<&[Vec<Tally>]> {
    pool.ledgers().iter().map(Ledger::sums).collect()
}

fn ready() -> FromLab {
    FromLab::Ready {
        build: BUILD.to_owned(),
    }
}

/// Runs a study on so many workers; `breaks` says at which message to a worker it breaks down.
fn run(workers: usize, studies: Vec<Study>, breaks: impl Fn(usize) -> bool) -> Pool {
    let mut pool = Pool::new(BUILD, workers);
    let mut hosts: Vec<LabHost> = (0..workers).map(|_| LabHost::default()).collect();
    let mut posts: Vec<VecDeque<ToLab>> = vec![VecDeque::new(); workers];
    let post = |posts: &mut Vec<VecDeque<ToLab>>, messages: Vec<ToSeat>| {
        for ToSeat { seat, message } in messages {
            posts[seat.0].push_back(message);
        }
    };
    let (_, messages) = pool.start(studies);
    post(&mut posts, messages);
    for seat in pool.seats() {
        let messages = pool.hear(seat, ready()).1;
        post(&mut posts, messages);
    }
    let mut count = 0;
    // The last worker first: they answer in no order.
    while let Some(place) = posts.iter().rposition(|waiting| !waiting.is_empty()) {
        let message = posts[place].pop_front().expect("it waits");
        let seat = Seat(place);
        count += 1;
        if breaks(count) {
            hosts[place] = LabHost::default();
            posts[place].clear();
            let messages = pool.lost(seat).1;
            post(&mut posts, messages);
            let messages = pool.hear(seat, ready()).1;
            post(&mut posts, messages);
        } else if let Some(answer) = hosts[place].handle(message) {
            let messages = pool.hear(seat, answer).1;
            post(&mut posts, messages);
        }
    }
    pool
}

#[test]
fn any_number_of_workers_says_the_same() {
    let one = run(1, vec![study(120)], |_| false);
    assert_eq!(one.progress().done, 240);
    for workers in [2, 5] {
        let many = run(workers, vec![study(120)], |_| false);
        assert_eq!(sums(&many), sums(&one), "{workers} workers");
        assert!(!many.is_running());
    }
}

#[test]
fn what_a_lost_worker_had_is_run_again_and_counted_once() {
    let whole = run(1, vec![study(120)], |_| false);
    for at in [2, 3, 5] {
        let broken = run(2, vec![study(120)], |count| count == at);
        assert_eq!(sums(&broken), sums(&whole), "broke at {at}");
    }
}

#[test]
fn a_study_that_breaks_every_worker_is_given_up() {
    let mut pool = Pool::new(BUILD, 1);
    let _ = pool.start(vec![study(10)]);
    let seat = Seat(0);
    let mut updates = (0..10).map(|_| {
        let _ = pool.hear(seat, ready());
        pool.lost(seat).0
    });
    assert!(updates.any(|update| update == Some(PoolUpdate::GivenUp)));
}

#[test]
fn what_comes_of_an_abandoned_study_is_dropped() {
    let mut pool = Pool::new(BUILD, 1);
    let mut host = LabHost::default();
    let seat = Seat(0);
    let _ = pool.hear(seat, ready());
    let late: Vec<FromLab> = pool
        .start(vec![study(60)])
        .1
        .into_iter()
        .filter_map(|sent| host.handle(sent.message))
        .collect();
    let _ = pool.start(vec![study(60)]);
    for message in late {
        assert_eq!(pool.hear(seat, message), (None, Vec::new()));
    }
    assert_eq!(pool.progress().done, 0);
}

#[test]
fn workers_of_another_build_get_no_work() {
    let mut pool = Pool::new(BUILD, 1);
    let _ = pool.start(vec![study(10)]);
    let build = "another".to_owned();
    let heard = pool.hear(Seat(0), FromLab::Ready { build });
    assert_eq!(heard, (Some(PoolUpdate::ReloadNeeded), Vec::new()));
}

#[test]
fn studies_are_run_one_after_the_other_and_each_has_its_own_books() {
    let alone = [
        run(1, vec![study(60)], |_| false),
        run(1, vec![study(120)], |_| false),
    ];
    let both = run(2, vec![study(60), study(120)], |count| count == 6);
    assert_eq!(sums(&both), [sums(&alone[0]), sums(&alone[1])].concat());
    assert_eq!(both.progress().done, 360);
}

#[test]
fn workers_that_never_listen_are_not_called_again_and_again() {
    let mut pool = Pool::new(BUILD, 2);
    let mut updates = (0..20).map(|at| pool.lost(Seat(at % 2)).0);
    assert!(updates.any(|update| update == Some(PoolUpdate::Unreachable)));
}
