//! Host and client in one queue: shuffled deliveries, forks, back-pressure, cancelling.

use super::*;
use crate::{BUILD, Client, Job, LaunchFlow, Project, Update, decode, encode};
use coalmine_controller::{Millis, Operator, Time};
use pair::{Page, Pair};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

mod pair;

fn straight(project: &Project) -> Page {
    let mut simulation = Job::new(project).unwrap().simulation(&LaunchFlow);
    simulation.run_to_close();
    Page {
        events: simulation.take_events(),
        samples: simulation.take_samples(),
        until: simulation.now(),
        summary: simulation.summary(),
        refused: Vec::new(),
        resets: 1,
    }
}

fn act(minutes: u64, act: Operator) -> Intervention {
    Intervention {
        at: Time(minutes * 60_000 + 1_234),
        act,
    }
}

#[test]
fn a_run_through_the_queue_is_the_run_itself() {
    let project = Project::default();
    let expected = straight(&project);
    for seed in 0..5 {
        let mut pair = Pair::new(seed);
        pair.start(&project);
        pair.settle();
        assert_eq!(pair.page, expected, "deliveries {seed}");
    }
}

/// A host without a queue: every batch acknowledged at once.
fn tell(host: &mut Host<LaunchFlow>, page: &mut Page, instants: u32) {
    loop {
        let progress = host.step(instants);
        while let Some(message) = host.poll() {
            match message {
                FromWorker::Ready { .. } => {}
                FromWorker::Forked { from, .. } => page.take(Update::Truncate(from)),
                FromWorker::Progress { run, batch } => {
                    page.take(Update::Append(batch));
                    host.handle(ToWorker::Ack {
                        run,
                        batches: u32::MAX,
                    });
                }
                FromWorker::Finished { summary, .. } => page.take(Update::Finished(*summary)),
                FromWorker::Refused { diagnostics, .. } => page.take(Update::Refused(diagnostics)),
            }
        }
        if progress == Pace::Idle {
            return;
        }
    }
}

#[test]
fn the_seeds_run_is_the_same_at_any_pace() {
    let project = Project::default();
    for instants in [1, 7, 160, 100_000] {
        let mut host = Host::new(LaunchFlow, BUILD);
        host.handle(ToWorker::Start {
            run: RunId(1),
            job: Box::new(Job::new(&project).unwrap()),
        });
        let mut page = Page {
            resets: 1,
            ..Page::default()
        };
        tell(&mut host, &mut page, instants);
        assert_eq!(page, straight(&project), "{instants} instants a slice");
    }
}

/// The seed's project, in which a pause that nobody ends does not last for a day.
fn short() -> Project {
    let mut project = Project::default();
    project.scenario.limit = Millis::from_mins(90);
    project
}

#[test]
fn an_act_at_the_playhead_is_the_act_in_the_file() {
    for (minutes, deed) in [
        (0, Operator::Abort),
        (1, Operator::Pause),
        (5, Operator::Pause),
        (5, Operator::Promote),
        (12, Operator::Abort),
        (14, Operator::Promote),
    ] {
        let it = act(minutes, deed);
        let mut with_act = short();
        with_act.intervene(it);
        let mut pair = Pair::new(minutes + 3);
        pair.start(&short());
        pair.wait_until(it.at);
        pair.act(it);
        // From here on the run before has nothing to say.
        pair.page.summary = None;
        pair.settle();
        assert_eq!(pair.page, straight(&with_act), "{deed:?} at {minutes} min");
    }
}

#[test]
fn an_act_falls_on_any_instant_and_the_trace_stays_the_same() {
    let mut host = Host::new(LaunchFlow, BUILD);
    let mut page = Page {
        resets: 1,
        ..Page::default()
    };
    host.handle(ToWorker::Start {
        run: RunId(1),
        job: Box::new(Job::new(&short()).unwrap()),
    });
    tell(&mut host, &mut page, 50);
    let mut instants: Vec<Time> = page.events.iter().map(|event| event.at).collect();
    instants.dedup();
    let mut run = 1;
    for at in instants {
        let it = Intervention {
            at,
            act: Operator::Abort,
        };
        let mut with_act = short();
        with_act.intervene(it);
        run += 1;
        host.handle(ToWorker::Fork {
            run: RunId(run),
            intervention: it,
        });
        tell(&mut host, &mut page, 50);
        assert_eq!(page, straight(&with_act), "at {at:?}");
        // Back to the run that nobody stopped.
        run += 1;
        host.handle(ToWorker::Start {
            run: RunId(run),
            job: Box::new(Job::new(&short()).unwrap()),
        });
        page.take(Update::Reset);
        page.resets = 1;
        tell(&mut host, &mut page, 50);
    }
}

#[test]
fn acts_follow_each_other_and_going_back_forgets_the_later_ones() {
    let pause = act(4, Operator::Pause);
    let resume = act(9, Operator::Resume);
    let abort = act(6, Operator::Abort);
    let mut host = Host::new(LaunchFlow, BUILD);
    let mut page = Page {
        resets: 1,
        ..Page::default()
    };
    host.handle(ToWorker::Start {
        run: RunId(1),
        job: Box::new(Job::new(&short()).unwrap()),
    });
    tell(&mut host, &mut page, 50);
    for (run, it, acts) in [
        (2, pause, &[pause][..]),
        (3, resume, &[pause, resume]),
        (4, abort, &[pause, abort]),
        (5, pause, &[pause, pause]),
    ] {
        host.handle(ToWorker::Fork {
            run: RunId(run),
            intervention: it,
        });
        tell(&mut host, &mut page, 50);
        let mut with_acts = short();
        for it in acts {
            with_acts.intervene(*it);
        }
        assert_eq!(page, straight(&with_acts), "run {run}");
    }
}

#[test]
fn a_new_run_silences_the_one_before() {
    let mut pair = Pair::new(5);
    pair.start(&short());
    pair.wait_until(Time(120_000));
    let mut other = short();
    other.seed = coalmine_sim::Seed(8);
    pair.start(&other);
    pair.settle();
    let expected = straight(&other);
    assert_eq!(pair.page.events, expected.events);
    assert_eq!(pair.page.summary, expected.summary);
    assert_eq!(pair.page.resets, 2);
}

#[test]
fn only_the_last_of_many_changes_is_run_to_its_end() {
    let mut pair = Pair::new(9);
    let mut project = short();
    for seed in 0..40 {
        project.seed = coalmine_sim::Seed(seed);
        pair.start(&project);
        pair.happen();
    }
    pair.settle();
    assert_eq!(pair.page.events, straight(&project).events);
}

#[test]
fn a_page_that_says_nothing_is_not_flooded() {
    let mut host = Host::new(LaunchFlow, BUILD);
    host.handle(ToWorker::Start {
        run: RunId(1),
        job: Box::new(Job::new(&short()).unwrap()),
    });
    let batches = std::iter::from_fn(|| (host.step(1) == Pace::Busy).then_some(())).count();
    assert_eq!(batches, WINDOW as usize);
    assert_eq!(host.step(1), Pace::Waiting);
    host.handle(ToWorker::Ack {
        run: RunId(1),
        batches: 3,
    });
    let more = std::iter::from_fn(|| (host.step(1) == Pace::Busy).then_some(())).count();
    assert_eq!(more, 3);
    host.handle(ToWorker::Ack {
        run: RunId(7),
        batches: 9,
    });
    assert_eq!(host.step(1), Pace::Waiting, "acknowledged for another run");
}

#[test]
fn nothing_follows_a_stop() {
    let mut pair = Pair::new(2);
    pair.start(&short());
    pair.wait_until(Time(120_000));
    let stop = pair.client.stop();
    pair.send(stop);
    let before = pair.page.clone();
    for _ in 0..500 {
        pair.happen();
    }
    assert_eq!(pair.page, before);
    assert_eq!(pair.host.step(10), Pace::Idle);
    pair.host.handle(ToWorker::Fork {
        run: RunId(99),
        intervention: act(1, Operator::Abort),
    });
    assert!(matches!(
        pair.host.poll(),
        Some(FromWorker::Refused { run: RunId(99), .. })
    ));
}

#[test]
fn a_message_of_an_older_run_changes_nothing() {
    let mut host = Host::new(LaunchFlow, BUILD);
    for run in [5, 3] {
        host.handle(ToWorker::Start {
            run: RunId(run),
            job: Box::new(Job::new(&short()).unwrap()),
        });
    }
    host.handle(ToWorker::Fork {
        run: RunId(5),
        intervention: act(0, Operator::Abort),
    });
    host.step(10);
    let told: Vec<FromWorker> = std::iter::from_fn(|| host.poll()).collect();
    assert!(
        matches!(
            told.as_slice(),
            [
                FromWorker::Ready { .. },
                FromWorker::Progress { run: RunId(5), .. }
            ]
        ),
        "{told:?}"
    );
}

#[test]
fn a_project_that_cannot_run_is_refused_and_the_last_run_stays_on_screen() {
    let mut pair = Pair::new(4);
    pair.start(&short());
    pair.settle();
    let before = pair.page.events.clone();
    for broken in [
        Project::from_code("x", ""),
        Project {
            scenario: coalmine_sim::Scenario {
                measurement: coalmine_sim::Measurement {
                    scrape: Millis(0),
                    ..short().scenario.measurement
                },
                ..short().scenario
            },
            ..short()
        },
    ] {
        pair.page.refused.clear();
        pair.page.summary = None;
        pair.start(&broken);
        pair.settle();
        assert!(!pair.page.refused.is_empty());
        assert_eq!(pair.page.events, before);
    }
}

#[test]
fn a_worker_of_another_build_asks_for_a_reload() {
    let mut client = Client::new("one");
    assert!(client.start(&short()).1.is_none(), "nobody listens yet");
    let greeting = FromWorker::Ready {
        build: "two".to_owned(),
    };
    assert_eq!(client.handle(greeting), (vec![Update::ReloadNeeded], None));
    assert!(client.start(&short()).1.is_none());
}

#[test]
fn bytes_that_are_no_message_are_refused() {
    let bytes = encode(&ToWorker::Stop);
    assert_eq!(decode::<ToWorker>(&bytes), Ok(ToWorker::Stop));
    for bytes in [&[][..], &[250], &[3, 3], &[0, 1, 2, 3]] {
        assert!(decode::<ToWorker>(bytes).is_err(), "{bytes:?}");
    }
}
