//! The releases that a policy is tried on: good ones that it should promote, bad ones that it should stop.

use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec,
    vec::Vec,
};
use coalmine_controller::{Limit, Time};
use coalmine_sim::{Fault, FaultKind, Onset, Scenario, Target, library};
use serde::{Deserialize, Serialize};

/// What should become of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Quality {
    /// It should be promoted; rolling it back is a false alarm.
    Good,
    /// It should be stopped; promoting it is a miss.
    Bad,
}

/// A release and the world that it is rolled out in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// What reports call it.
    pub name: String,
    /// How much it counts beside the others of its quality.
    pub weight: u32,
    /// What should become of it.
    pub quality: Quality,
    /// What it is run against.
    pub scenario: Arc<Scenario>,
}

impl Release {
    /// A release that counts once.
    pub fn new(name: impl Into<String>, quality: Quality, scenario: Scenario) -> Self {
        Self {
            name: name.into(),
            weight: 1,
            quality,
            scenario: Arc::new(scenario),
        }
    }
}

/// The failures of the library that a policy is tried on where its project has none of its own.
const FAILURES: [&str; 5] = [
    "error-rate",
    "latency",
    "tail-latency",
    "memory-leak",
    "one-endpoint",
];

/// A rise of the error rate that is as hard to tell as those of the library are easy.
const SLIGHT: Limit = Limit(8_000);

/// The releases that follow from a project's scenario.
///
/// The scenario as it is, which is bad if something of the release itself is wrong; and the other side of it: without
/// what is wrong, as a good release, or with failures of [`library`], as bad ones.
pub fn default_releases(scenario: &Scenario) -> Vec<Release> {
    if is_bad(scenario) {
        let mut good = scenario.clone();
        good.faults.retain(|fault| !is_of_the_release(fault));
        good.canary = good.stable.clone();
        return vec![
            Release::new("without its faults", Quality::Good, good),
            Release::new("as in the project", Quality::Bad, scenario.clone()),
        ];
    }
    let mut slight = scenario.clone();
    let kind = FaultKind::ErrorRate(SLIGHT);
    slight.faults.push(Fault::new(kind, Onset::At(Time(0))));
    let mut releases = vec![
        Release::new("as in the project", Quality::Good, scenario.clone()),
        Release::new("Slight rise of errors", Quality::Bad, slight),
    ];
    for failure in FAILURES.iter().filter_map(|id| library::failure(id)) {
        let mut bad = scenario.clone();
        failure.inject(&mut bad);
        let name = failure.name.to_string();
        releases.push(Release::new(name, Quality::Bad, bad));
    }
    releases
}

/// Whether the release itself is worse than the version in service.
fn is_bad(scenario: &Scenario) -> bool {
    scenario.stable.error_rate < scenario.canary.error_rate
        || scenario.faults.iter().any(is_of_the_release)
}

/// Whether a release is to blame for a fault: not for its pipeline, for who comes, or for how it is measured.
pub(crate) fn is_of_the_release(fault: &Fault) -> bool {
    fault.kind.strikes_pods() && fault.target == Target::Canary
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn qualities(scenario: &Scenario) -> Vec<Quality> {
        let releases = default_releases(scenario);
        releases.iter().map(|release| release.quality).collect()
    }

    fn with(id: &str) -> Scenario {
        let mut scenario = Scenario::default();
        library::failure(id).unwrap().inject(&mut scenario);
        scenario
    }

    #[test]
    fn a_project_without_faults_is_tried_on_failures_of_the_library() {
        let expected = [[Quality::Good].as_slice(), &[Quality::Bad; 6]].concat();
        assert_eq!(qualities(&Scenario::default()), expected);
    }

    #[test]
    fn a_bad_release_is_tried_beside_the_same_without_what_is_wrong() {
        let releases = default_releases(&with("latency"));
        assert_eq!(releases.len(), 2);
        assert_eq!(*releases[0].scenario, Scenario::default());
        assert_eq!(releases[1].quality, Quality::Bad);
    }

    #[test]
    fn no_release_is_to_blame_for_what_both_versions_depend_on() {
        for id in [
            "dependency-outage",
            "surge",
            "scrape-gap",
            "noisy-neighbour",
        ] {
            assert_eq!(qualities(&with(id))[0], Quality::Good, "{id}");
        }
    }
}
