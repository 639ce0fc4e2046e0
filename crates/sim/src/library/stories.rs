//! Releases with a story: scenarios that combine failures as bad days do.

use super::{STRUCK_COHORT, cohort, failure, minute, of_canary, spell};
use crate::scenario::{
    Capacity, Fault, FaultKind, Onset, Profile, Rate, Reach, Scenario, Target, WarmUp,
};
use coalmine_controller::{Limit, Millis};

/// A release with a story.
#[derive(Clone, Copy, Debug)]
pub struct Story {
    /// In lower case with hyphens, for files and links.
    pub id: &'static str,
    /// Its title.
    pub name: &'static str,
    /// The story, in a sentence.
    pub says: &'static str,
    /// Turns a scenario into the story; what it does not speak of stays as it is.
    pub tell: fn(&mut Scenario),
}

impl Story {
    /// The story with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        STORIES.iter().find(|story| story.id == id)
    }
}

/// All stories.
pub const STORIES: [Story; 8] = [
    Story {
        id: "bad-day",
        name: "Good release on a bad day",
        says: "Nothing is wrong with the release, but while it rolls out a dependency fails and traffic surges.",
        tell: good_release_on_a_bad_day,
    },
    Story {
        id: "slow-burner",
        name: "Slow burner",
        says: "Memory creeps up and answers get a little slower every minute: each step looks almost like the one before.",
        tell: slow_burner,
    },
    Story {
        id: "big-customers",
        name: "Only the big customers",
        says: "The release breaks for the few customers who matter most, whose sessions stay with the version they began on.",
        tell: only_the_big_customers,
    },
    Story {
        id: "blind-dashboard",
        name: "The dashboard was blind",
        says: "Scrapes of the canary stop just when its errors begin: gates have nothing to judge, and users suffer meanwhile.",
        tell: the_dashboard_was_blind,
    },
    Story {
        id: "avalanche",
        name: "The avalanche",
        says: "A release that is only somewhat slower fills its queues, clients give up and try again, and retries bury it.",
        tell: the_avalanche,
    },
    Story {
        id: "cold-start",
        name: "Bad first impression",
        says: "A good release with cold caches and code still to be compiled looks bad at the beginning of every step.",
        tell: bad_first_impression,
    },
    Story {
        id: "morning",
        name: "Fine until the morning",
        says: "Rolled out at night; with the morning's traffic its pods get a load they cannot bear.",
        tell: fine_until_the_morning,
    },
    Story {
        id: "all-green",
        name: "All green, all wrong",
        says: "Every metric is healthy while one answer in ten is wrong: only a business metric could tell.",
        tell: all_green_all_wrong,
    },
];

fn good_release_on_a_bad_day(scenario: &mut Scenario) {
    let outage = FaultKind::ErrorRate(Limit(80_000));
    scenario.faults = [
        spell(outage, Target::Dependency, 7, 4),
        spell(FaultKind::Surge(Limit(600_000)), Target::Both, 8, 8),
    ]
    .into();
}

fn slow_burner(scenario: &mut Scenario) {
    scenario.faults = [
        of_canary(FaultKind::MemoryLeak(Limit(20_000))),
        Fault {
            ramp: Millis::from_mins(30),
            ..of_canary(FaultKind::Latency(Limit(1_500_000)))
        },
    ]
    .into();
}

fn only_the_big_customers(scenario: &mut Scenario) {
    scenario.traffic.cohorts = [
        cohort("everybody", 980_000),
        cohort("big customers", 20_000),
    ]
    .into();
    scenario.traffic.clients.session = Some(Millis::from_mins(3));
    scenario.faults = [Fault {
        reach: Reach::Cohort(STRUCK_COHORT),
        ..of_canary(FaultKind::ErrorRate(Limit(350_000)))
    }]
    .into();
}

fn the_dashboard_was_blind(scenario: &mut Scenario) {
    let errors = FaultKind::ErrorRate(Limit(80_000));
    scenario.faults = [
        spell(FaultKind::ScrapeGap, Target::Canary, 5, 20),
        Fault::new(errors, minute(5)),
    ]
    .into();
}

fn the_avalanche(scenario: &mut Scenario) {
    let capacity = Some(Capacity {
        in_flight: 2,
        queue: 40,
    });
    scenario.stable.capacity = capacity;
    scenario.canary.capacity = capacity;
    let clients = &mut scenario.traffic.clients;
    clients.timeout_micros = Some(1_000_000);
    clients.retries = 3;
    clients.back_off = Millis(200);
    scenario.faults = [of_canary(FaultKind::Latency(Limit(1_100_000)))].into();
}

fn bad_first_impression(scenario: &mut Scenario) {
    scenario.canary.warm_up = Some(WarmUp {
        slower: Limit(2_000_000),
        lasts: Millis::from_secs(90),
    });
    scenario.faults.clear();
    if let Some(cold) = failure("cold-cache") {
        cold.inject(scenario);
    }
}

fn fine_until_the_morning(scenario: &mut Scenario) {
    let night = scenario
        .traffic
        .profile
        .as_constant()
        .unwrap_or(Rate(200_000));
    scenario.traffic.profile = Profile::Ramp {
        from: night,
        to: Rate(night.0.saturating_mul(2)),
        at: coalmine_controller::Time(8 * 60_000),
        takes: Millis::from_mins(20),
    };
    let pods = u64::from(scenario.replica_count().0);
    scenario.faults = [Fault::new(
        FaultKind::ErrorsAbove {
            load_milli: night.0 / pods * 3 / 2,
            more: Limit(150_000),
        },
        Onset::At(coalmine_controller::Time(0)),
    )]
    .into();
}

fn all_green_all_wrong(scenario: &mut Scenario) {
    scenario.faults = [of_canary(FaultKind::WrongAnswers(Limit(100_000)))].into();
}
