//! Any traffic that a project may hold.

use super::{length, window};
use coalmine_controller::{Limit, Millis, Time};
use coalmine_sim::{Clients, Cohort, Endpoint, Profile, Rate, Traffic};
use proptest::{collection, option, prelude::*};
use std::collections::BTreeMap;

/// Up to all, in millionths.
pub(super) fn ratio() -> impl Strategy<Value = Limit> {
    (0..=1_000_000i64).prop_map(Limit)
}

/// From a least on, in millionths, up to a thousand times.
pub(super) fn factor(least: i64) -> impl Strategy<Value = Limit> {
    (least..=1_000_000_000i64).prop_map(Limit)
}

pub(super) fn rate() -> impl Strategy<Value = Rate> {
    (0..=1_000_000_000u64).prop_map(Rate)
}

pub(super) fn instant() -> impl Strategy<Value = Time> {
    (0..=31_622_400_000u64).prop_map(Time)
}

/// So many shares that add up to all.
pub(super) fn shares(count: usize) -> impl Strategy<Value = Vec<Limit>> {
    collection::vec(0..=1_000_000i64, count.saturating_sub(1)).prop_map(move |mut cuts| {
        cuts.sort_unstable();
        let ends = cuts.iter().copied().chain([1_000_000]);
        let begins = [0].into_iter().chain(cuts.iter().copied());
        ends.zip(begins)
            .map(|(end, begin)| Limit(end - begin))
            .take(count)
            .collect()
    })
}

/// Names, each once, with whatever people put into them.
pub(super) fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    collection::btree_set("[^\\p{Cc}]{1,12}|check\"out\\\\|große Kunden", 0..=most)
        .prop_map(|names| names.into_iter().collect())
}

fn profile() -> impl Strategy<Value = Profile> {
    let time_of_day = || (0..=86_400_000u64).prop_map(Millis);
    prop_oneof![
        rate().prop_map(Profile::Constant),
        (rate(), ratio(), time_of_day(), time_of_day()).prop_map(|(mean, swing, peak, begins)| {
            Profile::Diurnal {
                mean,
                swing,
                peak,
                begins,
            }
        }),
        (
            rate(),
            ratio(),
            time_of_day(),
            (0..=10_000_000i64).prop_map(Limit),
            0..=604_800_000u64
        )
            .prop_map(|(mean, swing, peak, weekend, begins)| Profile::Weekly {
                mean,
                swing,
                peak,
                weekend,
                begins: Millis(begins),
            }),
        (rate(), rate(), instant(), length()).prop_map(|(from, to, at, takes)| Profile::Ramp {
            from,
            to,
            at,
            takes
        }),
        (rate(), rate(), instant()).prop_map(|(from, to, at)| Profile::Step { from, to, at }),
        (rate(), rate(), instant(), window(), option::of(length())).prop_map(
            |(base, peak, at, lasts, pause)| Profile::Burst {
                base,
                peak,
                at,
                lasts,
                every: pause.map(|pause| Millis(lasts.0 + pause.0)),
            }
        ),
        collection::btree_map(instant(), rate(), 1..20).prop_map(|points: BTreeMap<Time, Rate>| {
            Profile::Recorded(points.into_iter().collect())
        }),
    ]
}

fn endpoints() -> impl Strategy<Value = Vec<Endpoint>> {
    names(4).prop_flat_map(|names| {
        let count = names.len();
        let rest = collection::vec((factor(1), ratio(), factor(0)), count);
        (Just(names), shares(count), rest).prop_map(|(names, shares, rest)| {
            let parts = names.into_iter().zip(shares).zip(rest);
            parts
                .map(|((name, share), (latency, errors, cpu))| Endpoint {
                    name,
                    share,
                    latency,
                    errors,
                    cpu,
                })
                .collect()
        })
    })
}

fn cohorts() -> impl Strategy<Value = Vec<Cohort>> {
    names(3).prop_flat_map(|names| {
        let count = names.len();
        let errors = collection::vec(ratio(), count);
        (Just(names), shares(count), errors).prop_map(|(names, shares, errors)| {
            let parts = names.into_iter().zip(shares).zip(errors);
            parts
                .map(|((name, share), errors)| Cohort {
                    name,
                    share,
                    errors,
                })
                .collect()
        })
    })
}

fn clients() -> impl Strategy<Value = Clients> {
    let patience = option::of(1..=3_600_000_000u64);
    (
        patience,
        any::<u8>(),
        0..=3_600_000u64,
        option::of(window()),
    )
        .prop_map(|(timeout_micros, retries, back_off, session)| Clients {
            timeout_micros,
            retries,
            back_off: Millis(back_off),
            session,
        })
}

pub(super) fn traffic() -> impl Strategy<Value = Traffic> {
    let dispersion = (0..=10_000_000i64).prop_map(Limit);
    (profile(), dispersion, endpoints(), cohorts(), clients()).prop_map(
        |(profile, dispersion, endpoints, cohorts, clients)| Traffic {
            profile,
            dispersion,
            endpoints,
            cohorts,
            clients,
        },
    )
}
