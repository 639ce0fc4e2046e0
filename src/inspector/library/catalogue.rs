//! What the sheet lists: failures in groups, stories, what a search leaves of them, and what choosing one injects.

use crate::{format::sentence_case, inspector::describe};
use coalmine_controller::Time;
use coalmine_sim::{
    Fault, FaultKind, Onset, Scenario, Target,
    library::{FAILURES, Failure, STORIES, Story},
};

/// What a failure is about: failures of a group stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Requests fail, or are answered wrongly.
    Requests,
    /// Answers take longer.
    Latency,
    /// Pods run short of something, or go away.
    Pods,
    /// No release is to blame.
    World,
    /// What is measured is not what is.
    Measurement,
    /// Nothing comes as far as a pod.
    Pipeline,
}

impl Group {
    /// All, in the order of the sheet.
    pub const ALL: [Self; 6] = [
        Self::Requests,
        Self::Latency,
        Self::Pods,
        Self::World,
        Self::Measurement,
        Self::Pipeline,
    ];

    /// What stands above it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Requests => "Requests fail",
            Self::Latency => "Answers are slow",
            Self::Pods => "Pods suffer",
            Self::World => "The world around the release",
            Self::Measurement => "Measurement deceives",
            Self::Pipeline => "The pipeline breaks",
        }
    }

    /// The group of a fault.
    pub const fn of(fault: &Fault) -> Self {
        match (fault.target, fault.kind) {
            (_, FaultKind::Pipeline(_)) => Self::Pipeline,
            (_, FaultKind::ScrapeGap | FaultKind::MetricLag(_) | FaultKind::MetricReset) => {
                Self::Measurement
            }
            (_, FaultKind::Surge(_) | FaultKind::RetryStorm(_)) | (Target::Dependency, _) => {
                Self::World
            }
            (
                _,
                FaultKind::MemoryLeak(_)
                | FaultKind::CpuBurn(_)
                | FaultKind::CrashLoop(_)
                | FaultKind::NodeLoss(_),
            ) => Self::Pods,
            (
                _,
                FaultKind::Latency(_) | FaultKind::TailLatency { .. } | FaultKind::ColdCache { .. },
            ) => Self::Latency,
            (
                _,
                FaultKind::ErrorRate(_)
                | FaultKind::ErrorsAbove { .. }
                | FaultKind::WrongAnswers(_),
            ) => Self::Requests,
        }
    }
}

/// The failures of a group that a search finds.
pub fn failures(group: Group, search: &str) -> Vec<&'static Failure> {
    let all = FAILURES.iter();
    all.filter(|it| Group::of(&it.fault) == group && is_found(search, it.name, it.says))
        .collect()
}

/// The stories that a search finds.
pub fn stories(search: &str) -> Vec<&'static Story> {
    let all = STORIES.iter();
    all.filter(|it| is_found(search, it.name, it.says))
        .collect()
}

/// Whether a search finds what has this name and sentence.
fn is_found(search: &str, name: &str, says: &str) -> bool {
    let text = format!("{name} {says}").to_lowercase();
    search
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

/// What breaks in a story, for its picture.
pub fn faults_of(story: &Story) -> Vec<Fault> {
    let mut told = Scenario::default();
    (story.tell)(&mut told);
    told.faults
}

/// A failure that begins when it was chosen to; what it takes besides comes along.
pub fn beginning(failure: &Failure, onset: Onset) -> Failure {
    let mut moved = *failure;
    moved.fault.onset = onset;
    if let Some(also) = &mut moved.also {
        also.onset = match (also.onset, failure.fault.onset, onset) {
            (Onset::At(also), Onset::At(from), Onset::At(to)) => {
                Onset::At(Time(to.0 + also.0.saturating_sub(from.0)))
            }
            _ => onset,
        };
    }
    moved
}

/// What choosing it injects: `+5 % of requests, on the canary, from the start`.
pub fn in_words(failure: &Failure) -> String {
    let mut broken = Scenario::default();
    failure.inject(&mut broken);
    let fault = broken.faults.first();
    fault.map_or_else(String::new, |fault| {
        sentence_case(&describe(fault, &broken.traffic))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::library::failure;

    #[test]
    fn every_failure_stands_in_exactly_one_group() {
        let listed: usize = Group::ALL
            .map(|group| failures(group, "").len())
            .iter()
            .sum();
        assert_eq!(listed, FAILURES.len());
        for group in Group::ALL {
            assert!(!failures(group, "").is_empty(), "{}", group.title());
        }
    }

    #[test]
    fn what_it_takes_besides_begins_along_with_it() {
        let storm = beginning(failure("retry-storm").unwrap(), Onset::At(Time(90_000)));
        assert_eq!(storm.fault.onset, Onset::At(Time(90_000)));
        assert_eq!(storm.also.unwrap().onset, Onset::At(Time(90_000)));
        let overload = beginning(failure("overload").unwrap(), Onset::At(Time(0)));
        assert_eq!(overload.also.unwrap().onset, Onset::At(Time(540_000)));
        let later = beginning(failure("overload").unwrap(), Onset::Step(2));
        assert_eq!(later.also.unwrap().onset, Onset::Step(2));
    }

    #[test]
    fn a_search_finds_words_in_any_order_and_case() {
        let found = |text| {
            Group::ALL
                .map(|group| failures(group, text).len())
                .iter()
                .sum::<usize>()
        };
        assert_eq!(found("STORM retry"), 1);
        assert_eq!(found("unicorn"), 0);
        assert_eq!(stories("").len(), STORIES.len());
        assert_eq!(stories("customers").len(), 1);
    }

    #[test]
    fn every_story_has_something_to_picture() {
        for story in &STORIES {
            assert!(!faults_of(story).is_empty(), "{}", story.id);
        }
    }
}
