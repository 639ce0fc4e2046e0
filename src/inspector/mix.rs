//! Shares that make up everything: when one changes, the others make room, so that no mix is ever wrong.

use coalmine_controller::Limit;
use coalmine_sim::{Cohort, CustomMetric, Endpoint, Reach, Scenario};

/// Everything, in millionths.
pub const ALL: i64 = 1_000_000;

/// A part of everything.
pub trait Part {
    /// Its share, in millionths.
    fn share(&mut self) -> &mut Limit;
}

impl Part for Endpoint {
    fn share(&mut self) -> &mut Limit {
        &mut self.share
    }
}

impl Part for Cohort {
    fn share(&mut self) -> &mut Limit {
        &mut self.share
    }
}

/// Lets all parts but one share what that one leaves, in the proportions that they had.
pub fn settle<T: Part>(parts: &mut [T], fixed: usize) {
    let Some(part) = parts.get_mut(fixed) else {
        return;
    };
    let own = part.share().0.clamp(0, ALL);
    let left = if parts.len() == 1 { 0 } else { ALL - own };
    *parts[fixed].share() = Limit(ALL - left);
    let mut others: Vec<&mut Limit> = parts
        .iter_mut()
        .enumerate()
        .filter(|(index, _)| *index != fixed)
        .map(|(_, part)| part.share())
        .collect();
    let sum: i64 = others.iter().map(|share| share.0.max(0)).sum();
    let count = i64::try_from(others.len()).unwrap_or(1).max(1);
    let mut rest = left;
    for share in &mut others {
        share.0 = if sum == 0 {
            left / count
        } else {
            // Both are at most a million.
            left * share.0.max(0) / sum
        };
        rest -= share.0;
    }
    // What rounding left goes to the first.
    if let Some(first) = others.first_mut() {
        first.0 += rest;
    }
}

/// Adds a part with a tenth of everything, or all of it where there was none.
pub fn add<T: Part>(parts: &mut Vec<T>, part: T) {
    parts.push(part);
    let last = parts.len() - 1;
    *parts[last].share() = Limit(ALL / 10);
    settle(parts, last);
}

/// Takes a part away; the others take its share.
fn take<T: Part>(parts: &mut Vec<T>, index: usize) {
    if parts.len() <= index {
        return;
    }
    *parts[index].share() = Limit(0);
    settle(parts, index);
    parts.remove(index);
    settle_one(parts);
}

fn settle_one<T: Part>(parts: &mut [T]) {
    if let [only] = parts {
        *only.share() = Limit(ALL);
    }
}

/// Takes an endpoint away. What struck or counted it strikes or counts all from now on; what is behind it keeps to it.
pub fn remove_endpoint(scenario: &mut Scenario, index: usize) {
    take(&mut scenario.traffic.endpoints, index);
    for fault in &mut scenario.faults {
        if let Reach::Endpoint(place) = fault.reach {
            fault.reach = behind(place, index).map_or(Reach::All, Reach::Endpoint);
        }
    }
    for CustomMetric { endpoint, .. } in &mut scenario.measurement.metrics {
        *endpoint = endpoint.and_then(|place| behind(place, index));
    }
}

/// Takes a cohort away. What struck it strikes all from now on.
pub fn remove_cohort(scenario: &mut Scenario, index: usize) {
    take(&mut scenario.traffic.cohorts, index);
    for fault in &mut scenario.faults {
        if let Reach::Cohort(place) = fault.reach {
            fault.reach = behind(place, index).map_or(Reach::All, Reach::Cohort);
        }
    }
}

/// Where a place is once another one is gone; nowhere if it is that one.
fn behind(place: u8, gone: usize) -> Option<u8> {
    match usize::from(place) {
        same if same == gone => None,
        after if gone < after => Some(place - 1),
        _ => Some(place),
    }
}

/// An endpoint that behaves as its version does.
pub fn endpoint(name: &str) -> Endpoint {
    Endpoint {
        name: name.to_owned(),
        share: Limit(ALL),
        latency: Limit(ALL),
        errors: Limit(0),
        cpu: Limit(ALL),
    }
}

/// A cohort that behaves as everybody does.
pub fn cohort(name: &str) -> Cohort {
    Cohort {
        name: name.to_owned(),
        share: Limit(ALL),
        errors: Limit(0),
    }
}

/// A name that nobody in the list has, as in `endpoint 2`.
pub fn fresh_name(kind: &str, taken: &[&str]) -> String {
    let mut number = 1;
    loop {
        let name = format!("{kind} {number}");
        if !taken.contains(&name.as_str()) {
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::library::failure;

    fn shares(of: &[i64]) -> Vec<Endpoint> {
        let mut list: Vec<Endpoint> = of.iter().map(|_| endpoint("e")).collect();
        for (endpoint, share) in list.iter_mut().zip(of) {
            endpoint.share = Limit(*share);
        }
        list
    }

    fn told(list: &[Endpoint]) -> Vec<i64> {
        list.iter().map(|endpoint| endpoint.share.0).collect()
    }

    #[test]
    fn whatever_is_typed_the_shares_add_up() {
        for own in [0, 1, 333_333, 999_999, ALL] {
            for others in [vec![], vec![0], vec![0, 0], vec![700_000, 100_000, 1]] {
                let mut all = vec![own];
                all.extend(others);
                let mut list = shares(&all);
                settle(&mut list, 0);
                assert_eq!(told(&list).iter().sum::<i64>(), ALL, "{all:?}");
                if 1 < list.len() {
                    assert_eq!(list[0].share.0, own);
                }
            }
        }
    }

    #[test]
    fn the_others_keep_their_proportions() {
        let mut list = shares(&[500_000, 600_000, 200_000]);
        settle(&mut list, 0);
        assert_eq!(told(&list), [500_000, 375_000, 125_000]);
        add(&mut list, endpoint("new"));
        assert_eq!(told(&list), [450_000, 337_500, 112_500, 100_000]);
    }

    #[test]
    fn what_struck_an_endpoint_that_goes_strikes_all_and_the_others_keep_theirs() {
        let mut scenario = Scenario::default();
        failure("one-endpoint").unwrap().inject(&mut scenario);
        add(&mut scenario.traffic.endpoints, endpoint("third"));
        let mut first_gone = scenario.clone();
        remove_endpoint(&mut first_gone, 0);
        assert_eq!(first_gone.faults[0].reach, Reach::Endpoint(0));
        assert_eq!(told(&first_gone.traffic.endpoints).iter().sum::<i64>(), ALL);
        remove_endpoint(&mut scenario, 1);
        assert_eq!(scenario.faults[0].reach, Reach::All);
        remove_endpoint(&mut scenario, 0);
        assert_eq!(told(&scenario.traffic.endpoints), [ALL]);
        remove_endpoint(&mut scenario, 0);
        assert!(scenario.traffic.endpoints.is_empty());
    }

    #[test]
    fn a_fresh_name_is_nobodys() {
        let taken = ["endpoint 1", "endpoint 3"];
        assert_eq!(fresh_name("endpoint", &taken), "endpoint 2");
    }
}
