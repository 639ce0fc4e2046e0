//! What holds for every project: written and read again it is the same.

use crate::Project;
use coalmine_controller::{
    Against, Bound, Check, Fallback, Healthy, Limit, Metric, Millis, NoDataMeans, NodePolicy,
    Operator, Pods, Policy, Quantile, Time, Trigger, Weight,
};
use coalmine_flow::NodeId;
use coalmine_sim::{
    Fault, FaultKind, Intervention, Latency, Law, Measurement, Onset, PipelineStage, Platform,
    Rate, Scenario, Seed, Target, Traffic,
};
use proptest::{collection, option, prelude::*, sample::select};

fn metric() -> impl Strategy<Value = Metric> {
    prop_oneof![
        Just(Metric::ErrorRate),
        (1..10_000u16).prop_map(|points| Metric::Latency(Quantile(points))),
        Just(Metric::Cpu),
        Just(Metric::Memory),
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
            look_every: None,
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
                ..Policy::default()
            },
        )
}

fn law() -> impl Strategy<Value = Law> {
    let ratio = || (0..=1_000_000i64).prop_map(Limit);
    (1..1_000_000_000u64, ratio(), ratio(), ratio(), ratio()).prop_map(
        |(latency_median_micros, latency_sigma, error_rate, cpu, memory)| Law {
            latency: Latency::log_normal(latency_median_micros, latency_sigma),
            error_rate,
            cpu,
            memory,
            ..Law::default()
        },
    )
}

fn fault() -> impl Strategy<Value = Fault> {
    let ratio = || (0..=1_000_000i64).prop_map(Limit);
    let kind = prop_oneof![
        ratio().prop_map(FaultKind::ErrorRate),
        ratio().prop_map(FaultKind::Latency),
        ratio().prop_map(FaultKind::MemoryLeak),
        window().prop_map(FaultKind::CrashLoop),
        select(vec![PipelineStage::Build, PipelineStage::Push]).prop_map(FaultKind::Pipeline),
    ];
    let onset = prop_oneof![
        length().prop_map(|Millis(at)| Onset::At(Time(at))),
        (0..=10_000u16).prop_map(|points| {
            Onset::Weight(Weight::from_basis_points(points).expect("at most 10 000"))
        }),
    ];
    let target = select(vec![Target::Canary, Target::Stable, Target::Both]);
    (kind, target, onset, length(), option::of(window())).prop_map(
        |(kind, target, onset, ramp, lasts)| Fault {
            target: match kind {
                // The pipeline has no pods to choose from.
                FaultKind::Pipeline(_) => Target::Canary,
                _ => target,
            },
            ramp,
            lasts,
            ..Fault::new(kind, onset)
        },
    )
}

fn platform() -> impl Strategy<Value = Platform> {
    (
        1..=10_000u32,
        [length(), length(), length(), length(), length()],
    )
        .prop_map(
            |(replicas, [build, push, pod_start, router_delay, drain])| Platform {
                replicas: Pods(replicas),
                build,
                push,
                pod_start,
                router_delay,
                drain,
                ..Platform::default()
            },
        )
}

fn scenario() -> impl Strategy<Value = Scenario> {
    let act = select(vec![
        Operator::Pause,
        Operator::Resume,
        Operator::Promote,
        Operator::Abort,
    ]);
    let intervention =
        (length(), act).prop_map(|(Millis(at), act)| Intervention { at: Time(at), act });
    (
        0..=1_000_000_000u64,
        law(),
        law(),
        any::<bool>(),
        (platform(), 1_000..=300_000u64),
        1..1_000_000_000u64,
        collection::vec(fault(), 0..4),
        collection::vec(intervention, 0..3),
        length(),
        60_000..864_000_000u64,
    )
        .prop_map(
            |(
                rate_milli,
                stable,
                canary,
                same,
                (platform, scrape),
                slow_micros,
                faults,
                interventions,
                tail,
                limit,
            )| {
                Scenario {
                    traffic: Traffic::constant(Rate(rate_milli)),
                    canary: if same { stable.clone() } else { canary },
                    stable,
                    measurement: Measurement {
                        scrape: Millis(scrape),
                        ..Measurement::default()
                    },
                    platform,
                    slow_micros,
                    faults,
                    interventions,
                    tail,
                    limit: Millis(limit),
                    ..Scenario::default()
                }
            },
        )
}

fn project() -> impl Strategy<Value = Project> {
    let name = "[^\\p{Cc}]{1,40}";
    let code = prop_oneof!["\\PC{0,200}", "(.|[\"'\\\\\r\n\t\u{0}\u{7f}]){0,80}"];
    (name, code, policy(), scenario(), any::<u64>()).prop_map(
        |(name, code, policy, scenario, seed)| Project {
            name,
            code,
            policy,
            scenario,
            seed: Seed(seed),
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_project_that_is_written_is_read_back_exactly(project in project()) {
        let text = project.to_toml();
        let read = Project::parse(&text);
        prop_assert_eq!(read.as_ref(), Ok(&project), "{}", text);
        prop_assert_eq!(read.expect("read").to_toml(), text);
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
