//! How many requests a second the reference simulates on one core: in open loop, and with what makes it slower.

#[path = "shared/clock.rs"]
mod clock;

use clock::{say, seconds};
use coalmine_controller::{Limit, Millis, Pods, Time, Version, Weight};
use coalmine_sim::{
    Capacity, Clients, Endpoint, Fault, FaultKind, Law, Onset, Rate, Scenario, Seed, Traffic,
    reference::{Act, CountedAt, Script, Service},
};

/// Half an hour in four steps, as in the table of simulators.
fn script(pods: u32) -> Script {
    [500, 2_500, 5_000, 10_000].into_iter().zip(0_u64..).fold(
        Script::new(Pods(pods), Pods(pods)),
        |script, (points, step)| {
            let weight = Weight::from_basis_points(points).expect("at most 100 %");
            script.with(Time(step * 450_000), Act::Route(weight))
        },
    )
}

fn plain() -> Scenario {
    Scenario {
        traffic: Traffic::constant(Rate(2_000_000)),
        ..Scenario::default()
    }
}

/// Twenty pods of twelve slots at two thirds of their capacity.
fn queues() -> Scenario {
    let law = Law {
        capacity: Some(Capacity {
            in_flight: 12,
            queue: 100,
        }),
        ..Law::default()
    };
    Scenario {
        stable: law.clone(),
        canary: law,
        ..plain()
    }
}

fn clients(scenario: Scenario) -> Scenario {
    let clients = Clients {
        timeout_micros: Some(1_000_000),
        retries: 3,
        back_off: Millis(200),
        session: None,
    };
    Scenario {
        traffic: Traffic {
            clients,
            ..scenario.traffic
        },
        ..scenario
    }
}

fn cases() -> Vec<(&'static str, Scenario, CountedAt)> {
    let endpoint = |name: &str, share| Endpoint {
        name: name.into(),
        share: Limit(share),
        latency: Limit(1_500_000),
        errors: Limit(1_000),
        cpu: Limit(1_000_000),
    };
    let endpoints = vec![endpoint("read", 800_000), endpoint("write", 200_000)];
    let fault = Fault::new(FaultKind::Latency(Limit(100_000)), Onset::At(Time(0)));
    let sessions = Clients {
        session: Some(Millis::from_mins(5)),
        ..Clients::default()
    };
    let plain_traffic = plain().traffic;
    let with_traffic = |traffic| Scenario { traffic, ..plain() };
    vec![
        ("open loop", plain(), CountedAt::Arrival),
        (
            "open loop, two endpoints",
            with_traffic(Traffic {
                endpoints,
                ..plain_traffic.clone()
            }),
            CountedAt::Arrival,
        ),
        (
            "open loop, counted at completion",
            plain(),
            CountedAt::Completion,
        ),
        (
            "open loop, slow canary",
            Scenario {
                faults: vec![fault],
                ..plain()
            },
            CountedAt::Arrival,
        ),
        (
            "sessions",
            with_traffic(Traffic {
                clients: sessions,
                ..plain_traffic
            }),
            CountedAt::Arrival,
        ),
        ("queues", queues(), CountedAt::Arrival),
        ("retries, time-outs", clients(plain()), CountedAt::Arrival),
        (
            "queues, retries, time-outs",
            clients(queues()),
            CountedAt::Arrival,
        ),
    ]
}

/// Requests a second of the machine's time: the best of five half-hours.
fn measure(scenario: &Scenario, counted_at: CountedAt) -> f64 {
    let script = script(20);
    let mut best = 0.0_f64;
    for rollout in 0..5 {
        let begin = seconds();
        let mut service = Service::new(scenario, &script, Seed(7), rollout, counted_at);
        let mut requests = 0;
        while service.now() < Time(1_800_000) {
            let interval = service.step();
            for version in [Version::Stable, Version::Canary] {
                requests += interval.of(version).requests();
            }
        }
        best = best.max(requests as f64 / (seconds() - begin));
    }
    best
}

fn table() {
    for (name, scenario, counted_at) in cases() {
        let best = measure(&scenario, counted_at);
        say(&format!("| reference engine, {name} | {best:.0} | |"));
    }
}

/// With `peers` only the rate of the model that the peers have, and nothing else.
#[cfg(not(target_arch = "wasm32"))]
fn main() {
    if std::env::args().any(|argument| argument == "peers") {
        let scenario = Scenario::default();
        say(&format!("{:.0}", measure(&scenario, CountedAt::Arrival)));
        return;
    }
    say("| reference engine: best of five half-hours on one core | requests/s | |");
    say("|---|---|---|");
    table();
}

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(target_arch = "wasm32")]
#[wasm_bindgen_test::wasm_bindgen_test]
fn requests() {
    table();
}
