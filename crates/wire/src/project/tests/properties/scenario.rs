//! Any scenario that a project may hold.

use super::{
    length,
    traffic::{factor, instant, names, rate, ratio, shares, traffic},
    window,
};
use coalmine_controller::{Limit, Millis, Operator, Pods, Weight};
use coalmine_sim::{
    Autoscaler, Capacity, CustomKind, CustomMetric, Fault, FaultKind, Flapping, Intervention,
    Latency, Law, Measurement, Onset, PipelineStage, Platform, Rate, Reach, Scenario, Split,
    Target, WarmUp,
};
use proptest::{collection, option, prelude::*, sample::select};

fn micros() -> impl Strategy<Value = u64> {
    prop_oneof![1..=3_600_000_000u64, 1..=1_000u64]
}

fn sigma() -> impl Strategy<Value = Limit> {
    (0..=5_000_000i64).prop_map(Limit)
}

fn simple_latency() -> impl Strategy<Value = Latency> {
    let quantiles = collection::vec((1..=999_999i64, micros()), 2..12).prop_map(|points| {
        let (mut shares, mut slow): (Vec<_>, Vec<_>) = points.into_iter().unzip();
        shares.sort_unstable();
        shares.dedup();
        slow.sort_unstable();
        slow.truncate(shares.len());
        let last = shares.len() - 1;
        (shares[0], shares[last]) = (0, 1_000_000);
        if last == 0 {
            shares.insert(0, 0);
            slow.push(slow[0]);
        }
        Latency::Quantiles(shares.into_iter().map(Limit).zip(slow).collect())
    });
    prop_oneof![
        (micros(), sigma()).prop_map(|(median, sigma)| Latency::log_normal(median, sigma)),
        (micros(), factor(50_000))
            .prop_map(|(mean_micros, shape)| Latency::Gamma { mean_micros, shape }),
        (micros(), factor(50_000)).prop_map(|(median_micros, shape)| Latency::Weibull {
            median_micros,
            shape
        }),
        (micros(), sigma(), 0..1_000_000i64, factor(100_000)).prop_map(
            |(median_micros, sigma, tail, alpha)| Latency::ParetoTail {
                median_micros,
                sigma,
                tail: Limit(tail),
                alpha
            }
        ),
        quantiles,
    ]
}

fn latency() -> impl Strategy<Value = Latency> {
    simple_latency().prop_recursive(2, 8, 3, |inner| {
        collection::vec(inner, 1..4).prop_flat_map(|parts| {
            let count = parts.len();
            (Just(parts), shares(count)).prop_map(|(parts, shares)| {
                Latency::Mixture(shares.into_iter().zip(parts).collect())
            })
        })
    })
}

fn law() -> impl Strategy<Value = Law> {
    let warm_up = (factor(0), 1..=86_400_000u64).prop_map(|(slower, lasts)| WarmUp {
        slower,
        lasts: Millis(lasts),
    });
    let capacity =
        (1..=u16::MAX, any::<u32>()).prop_map(|(in_flight, queue)| Capacity { in_flight, queue });
    (
        latency(),
        [ratio(), ratio(), ratio(), ratio()],
        option::of(warm_up),
        option::of(capacity),
    )
        .prop_map(
            |(latency, [error_rate, cpu, cpu_at_rest, memory], warm_up, capacity)| Law {
                latency,
                error_rate,
                cpu,
                cpu_at_rest,
                memory,
                warm_up,
                capacity,
            },
        )
}

/// One of the kinds, and which parts of a version such a fault can strike by itself.
fn kind() -> impl Strategy<Value = (FaultKind, Parts)> {
    let more = || factor(0);
    let requests = prop_oneof![
        ratio().prop_map(FaultKind::ErrorRate),
        more().prop_map(FaultKind::Latency),
        (ratio(), more()).prop_map(|(share, more)| FaultKind::TailLatency { share, more }),
        (rate(), ratio())
            .prop_map(|(Rate(load_milli), more)| FaultKind::ErrorsAbove { load_milli, more }),
        ratio().prop_map(FaultKind::WrongAnswers),
    ];
    let pods = prop_oneof![
        (0..=100_000_000i64).prop_map(|it| FaultKind::MemoryLeak(Limit(it))),
        (0..=10_000_000i64).prop_map(|it| FaultKind::CpuBurn(Limit(it))),
        window().prop_map(FaultKind::CrashLoop),
        (more(), window()).prop_map(|(more, lasts)| FaultKind::ColdCache { more, lasts }),
    ];
    let clients = prop_oneof![
        more().prop_map(FaultKind::Surge),
        any::<u8>().prop_map(FaultKind::RetryStorm),
    ];
    let whole = prop_oneof![
        ratio().prop_map(FaultKind::NodeLoss),
        Just(FaultKind::ScrapeGap),
        length().prop_map(FaultKind::MetricLag),
        Just(FaultKind::MetricReset),
        Just(FaultKind::Pipeline(PipelineStage::Build)),
        Just(FaultKind::Pipeline(PipelineStage::Push)),
    ];
    prop_oneof![
        requests.prop_map(|kind| (kind, Parts::Any)),
        pods.prop_map(|kind| (kind, Parts::Pods)),
        clients.prop_map(|kind| (kind, Parts::Requests)),
        whole.prop_map(|kind| (kind, Parts::None)),
    ]
}

#[derive(Clone, Copy, Debug)]
enum Parts {
    Any,
    Pods,
    Requests,
    None,
}

fn reach(parts: Parts, endpoints: usize, cohorts: usize) -> BoxedStrategy<Reach> {
    let mut all = vec![Just(Reach::All).boxed()];
    if matches!(parts, Parts::Any | Parts::Pods) {
        all.push(
            (1..=1_000_000i64)
                .prop_map(|it| Reach::Pods(Limit(it)))
                .boxed(),
        );
    }
    if matches!(parts, Parts::Any | Parts::Requests) {
        if let Some(last) = endpoints.checked_sub(1) {
            let last = u8::try_from(last).expect("few");
            all.push((0..=last).prop_map(Reach::Endpoint).boxed());
        }
        if let Some(last) = cohorts.checked_sub(1) {
            let last = u8::try_from(last).expect("few");
            all.push((0..=last).prop_map(Reach::Cohort).boxed());
        }
    }
    proptest::strategy::Union::new(all).boxed()
}

fn fault(endpoints: usize, cohorts: usize) -> impl Strategy<Value = Fault> {
    let onset = prop_oneof![
        instant().prop_map(Onset::At),
        (0..=10_000u16).prop_map(|points| {
            Onset::Weight(Weight::from_basis_points(points).expect("at most 10 000"))
        }),
        (1..=u8::MAX).prop_map(Onset::Step),
        length().prop_map(Onset::Age),
    ];
    let targets = vec![
        Target::Canary,
        Target::Stable,
        Target::Both,
        Target::Dependency,
    ];
    let flapping = (window(), 1..=86_400_000u64)
        .prop_map(|(on, off)| Flapping {
            on,
            off: Millis(off),
        })
        .boxed();
    kind().prop_flat_map(move |(kind, parts)| {
        (
            Just(kind),
            reach(parts, endpoints, cohorts),
            select(targets.clone()),
            onset.clone(),
            length(),
            option::of(window()),
            option::of(flapping.clone()),
        )
            .prop_map(
                |(kind, reach, target, onset, ramp, lasts, flapping)| Fault {
                    kind,
                    target: match (kind, onset) {
                        // The pipeline has no pods to choose from, and stable has no age.
                        (FaultKind::Pipeline(_), _) | (_, Onset::Age(_)) => Target::Canary,
                        _ => target,
                    },
                    reach,
                    onset,
                    ramp,
                    lasts,
                    flapping,
                },
            )
    })
}

fn platform() -> impl Strategy<Value = Platform> {
    let scaler = (
        (10_000..=10_000_000i64).prop_map(Limit),
        (1..=10_000u32, 1..=10_000u32),
        1_000..=3_600_000u64,
        length(),
    )
        .prop_map(|(target, (one, other), period, calm)| Autoscaler {
            target,
            least: Pods(one.min(other)),
            most: Pods(one.max(other)),
            period: Millis(period),
            calm,
        });
    (
        1..=10_000u32,
        [length(), length(), length(), length(), length()],
        ratio(),
        select(vec![Split::Weighted, Split::PodRatio]),
        option::of(scaler),
    )
        .prop_map(
            |(
                replicas,
                [build, push, pod_start, router_delay, drain],
                lingering,
                split,
                autoscaler,
            )| Platform {
                replicas: Pods(replicas),
                build,
                push,
                pod_start,
                router_delay,
                drain,
                lingering,
                split,
                autoscaler,
            },
        )
}

fn metrics(endpoints: usize) -> impl Strategy<Value = Vec<CustomMetric>> {
    let level = || (0..=i64::MAX).prop_map(Limit);
    let kind = prop_oneof![
        ratio().prop_map(CustomKind::PerMinute),
        ratio().prop_map(CustomKind::PerRequest),
        (level(), level()).prop_map(|(level, noise)| CustomKind::Gauge { level, noise }),
    ];
    let place = move || any::<u8>().prop_map(move |it| usize::from(it).checked_rem(endpoints));
    names(3).prop_flat_map(move |names| {
        let count = names.len();
        let rest = collection::vec((kind.clone(), option::of(place())), count);
        (Just(names), rest).prop_map(|(names, rest)| {
            let parts = names.into_iter().zip(rest);
            parts
                .map(|(name, (kind, place))| CustomMetric {
                    name,
                    kind,
                    endpoint: place.flatten().and_then(|it| u8::try_from(it).ok()),
                })
                .collect()
        })
    })
}

fn measurement(endpoints: usize) -> impl Strategy<Value = Measurement> {
    let buckets = prop_oneof![
        Just(Measurement::default().buckets_micros),
        collection::btree_set(micros(), 1..=30).prop_map(|it| it.into_iter().collect()),
    ];
    (
        1_000..=300_000u64,
        any::<u64>(),
        length(),
        buckets,
        metrics(endpoints),
    )
        .prop_map(
            |(scrape, jitter, lag, buckets_micros, metrics)| Measurement {
                scrape: Millis(scrape),
                jitter: Millis(jitter % scrape),
                lag,
                buckets_micros,
                metrics,
            },
        )
}

fn intervention() -> impl Strategy<Value = Intervention> {
    let act = select(vec![
        Operator::Pause,
        Operator::Resume,
        Operator::Promote,
        Operator::Abort,
    ]);
    (instant(), act).prop_map(|(at, act)| Intervention { at, act })
}

pub(super) fn scenario() -> impl Strategy<Value = Scenario> {
    let world = traffic().prop_flat_map(|traffic| {
        let (endpoints, cohorts) = (traffic.endpoints.len(), traffic.cohorts.len());
        (
            Just(traffic),
            measurement(endpoints),
            collection::vec(fault(endpoints, cohorts), 0..4),
        )
    });
    let times = (length(), 60_000..864_000_000u64);
    (
        world,
        (law(), law(), any::<bool>()),
        platform(),
        (micros(), ratio()),
        collection::vec(intervention(), 0..3),
        times,
    )
        .prop_map(
            |(
                (traffic, measurement, faults),
                (stable, canary, same),
                platform,
                (slow_micros, objective),
                interventions,
                (tail, limit),
            )| Scenario {
                traffic,
                canary: if same { stable.clone() } else { canary },
                stable,
                platform,
                measurement,
                slow_micros,
                objective,
                faults,
                interventions,
                tail,
                limit: Millis(limit),
            },
        )
}
