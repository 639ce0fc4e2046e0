//! What holds for every project: written and read again it is the same.

mod scenario;
mod traffic;

use crate::{Job, LaunchFlow, Project};
use coalmine_controller::{
    Against, Bound, Check, Fallback, Healthy, Limit, Metric, Millis, NoDataMeans, NodePolicy, Pods,
    Policy, Quantile, Trigger,
};
use coalmine_flow::NodeId;
use coalmine_sim::{Autoscaler, Latency, Platform, Seed};
use proptest::{collection, option, prelude::*, sample::select};

fn metric() -> impl Strategy<Value = Metric> {
    prop_oneof![
        Just(Metric::ErrorRate),
        (1..10_000u16).prop_map(|points| Metric::Latency(Quantile(points))),
        Just(Metric::Cpu),
        Just(Metric::Memory),
        // Some of these have a name, some do not.
        any::<u8>().prop_map(Metric::Custom),
        (0..4u8).prop_map(Metric::Custom),
    ]
}

fn bound() -> impl Strategy<Value = Bound> {
    let against = (0..3, 1..=1_000_000i64).prop_map(|(which, value)| match which {
        0 => Against::Fixed(Limit(value)),
        1 => Against::StablePlus(Limit(value)),
        _ => Against::StableTimes(Limit(value)),
    });
    let healthy = select(vec![Healthy::Below, Healthy::Above]);
    (healthy, against).prop_map(|(healthy, against)| Bound { healthy, against })
}

fn window() -> impl Strategy<Value = Millis> {
    (1_000..86_400_000u64).prop_map(Millis)
}

fn length() -> impl Strategy<Value = Millis> {
    (0..86_400_000u64).prop_map(Millis)
}

fn check() -> impl Strategy<Value = Check> {
    let no_data = select(vec![
        NoDataMeans::Inconclusive,
        NoDataMeans::Fail,
        NoDataMeans::Pass,
    ]);
    (
        metric(),
        bound(),
        option::of(window()),
        0..10_000u64,
        no_data,
    )
        .prop_map(|(metric, bound, window, min_requests, no_data)| Check {
            metric,
            bound,
            window,
            min_requests,
            no_data,
        })
}

fn fallback() -> impl Strategy<Value = Fallback> {
    select(vec![Fallback::Yes, Fallback::No])
}

fn node() -> impl Strategy<Value = NodePolicy> {
    (
        option::of(window()),
        option::of(collection::vec(check(), 0..3)),
        option::of(any::<u8>()),
        option::of(fallback()),
    )
        .prop_map(|(window, checks, extensions, fallback)| NodePolicy {
            window,
            checks,
            extensions,
            fallback,
        })
}

fn policy() -> impl Strategy<Value = Policy> {
    let trigger = (metric(), bound(), window(), 0..10_000u64).prop_map(
        |(metric, bound, window, min_requests)| Trigger {
            metric,
            bound,
            window,
            min_requests,
        },
    );
    (
        window(),
        collection::vec(check(), 0..4),
        collection::vec(trigger, 0..3),
        any::<u8>(),
        fallback(),
        window(),
        collection::btree_map(any::<u32>().prop_map(NodeId), node(), 0..3),
    )
        .prop_map(
            |(window, checks, triggers, extensions, fallback, ready_deadline, nodes)| Policy {
                window,
                checks,
                triggers,
                extensions,
                fallback,
                ready_deadline,
                nodes,
            },
        )
}

fn project() -> impl Strategy<Value = Project> {
    let name = "[^\\p{Cc}]{1,40}";
    let code = prop_oneof!["\\PC{0,200}", "(.|[\"'\\\\\r\n\t\u{0}\u{7f}]){0,80}"];
    (name, code, policy(), scenario::scenario(), any::<u64>()).prop_map(
        |(name, code, policy, scenario, seed)| Project {
            name,
            code,
            policy,
            scenario,
            seed: Seed(seed),
        },
    )
}

/// The quantiles of a mixture are searched for, which takes too long in a test that is not optimised.
fn first_part(latency: Latency) -> Latency {
    match latency {
        Latency::Mixture(parts) => match parts.into_iter().next() {
            Some((_, part)) => first_part(part),
            None => Latency::Mixture(Vec::new()),
        },
        other => other,
    }
}

/// Values that stand where others should.
const STRANGE: [&str; 10] = [
    "-1",
    "nan",
    "1e400",
    "99999999999999999999",
    "\"\"",
    "[]",
    "{}",
    "\"-5%\"",
    "\"0s\"",
    "true",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_a_project_may_hold_can_be_run(
        mut scenario in scenario::scenario(),
        seed in any::<u64>(),
    ) {
        // Few pods that start soon, so that there is a canary before long.
        let autoscaler = scenario.platform.autoscaler.map(|it| Autoscaler {
            least: it.least.min(Pods(20)),
            most: it.most.min(Pods(40)),
            ..it
        });
        scenario.platform = Platform {
            autoscaler,
            split: scenario.platform.split,
            lingering: scenario.platform.lingering,
            ..Platform::default()
        };
        for law in [&mut scenario.stable, &mut scenario.canary] {
            law.latency = first_part(law.latency.clone());
        }
        let project = Project {
            scenario,
            seed: Seed(seed),
            ..Project::default()
        };
        let job = Job::new(&project).expect("it can be run");
        let mut simulation = job.simulation(&LaunchFlow);
        for _ in 0..400 {
            simulation.step();
            for sample in simulation.take_samples() {
                for version in [sample.stable, sample.canary] {
                    let rates = [version.error_rate, version.true_error_rate];
                    for rate in rates.into_iter().flatten() {
                        prop_assert!((0.0..=1.0).contains(&rate), "{:?}", version);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_project_that_is_written_is_read_back_exactly(project in project()) {
        prop_assert_eq!(project.problems(), vec![]);
        let text = project.to_toml();
        let read = Project::parse(&text);
        prop_assert_eq!(read.as_ref(), Ok(&project), "{}", text);
        prop_assert_eq!(read.expect("read").to_toml(), text);
    }

    #[test]
    fn a_file_with_a_strange_value_anywhere_is_answered(
        project in project(),
        at in any::<prop::sample::Index>(),
        value in select(STRANGE.to_vec()),
    ) {
        let text = project.to_toml();
        let is_value = |line: &&str| line.contains(" = ") && !line.contains("'''");
        let lines: Vec<&str> = text.lines().filter(is_value).collect();
        let line = at.get(&lines);
        let key = line.split(" = ").next().expect("it has a key");
        let strange = text.replacen(line, &format!("{key} = {value}"), 1);
        if let Err(diagnostics) = Project::parse(&strange) {
            prop_assert!(!diagnostics.is_empty());
            for it in diagnostics {
                prop_assert!(strange.get(it.span.start as usize..it.span.end as usize).is_some());
                prop_assert!(!it.message.is_empty());
            }
        }
    }

    #[test]
    fn any_flow_survives_to_the_byte(code in "(.|['\"\\\\\r\n\t\u{0}\u{1f}\u{7f}\u{feff}]){0,60}") {
        let project = Project::from_code("x", code);
        prop_assert_eq!(Project::parse(&project.to_toml()), Ok(project));
    }

    #[test]
    fn whatever_a_file_holds_is_answered(text in "(.|[\\[\\]=.\"'\n]){0,200}") {
        let _ = Project::parse(&text);
    }

    #[test]
    fn a_file_with_a_stretch_cut_out_is_answered(from in 0usize..4_000, length in 0usize..200) {
        let text = Project::default().to_toml();
        let cut: String = text
            .chars()
            .enumerate()
            .filter(|(index, _)| !(from..from + length).contains(index))
            .map(|(_, c)| c)
            .collect();
        if let Err(diagnostics) = Project::parse(&cut) {
            prop_assert!(!diagnostics.is_empty());
            for it in diagnostics {
                prop_assert!(cut.get(it.span.start as usize..it.span.end as usize).is_some());
            }
        }
    }
}
