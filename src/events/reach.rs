//! How far the log goes: to where the playhead has been in this run, so that going back does not take away the way
//! forward, and nothing is told that has not been on screen.

use crate::playback::Recording;
use coalmine_controller::Time;
use coalmine_sim::Event;

/// The furthest that the playhead has been in a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach {
    events: usize,
    /// The last of them: tells whether it is still the same run.
    last: Option<Event>,
}

impl Reach {
    /// After the playhead has come to `at`. In another run it begins there.
    pub fn after(before: Option<&Self>, recording: &Recording, at: Time) -> Self {
        let here = recording.events_until(at);
        match before {
            Some(before) if here <= before.events && before.holds_in(recording) => before.clone(),
            Some(_) | None => Self {
                events: here,
                last: here
                    .checked_sub(1)
                    .and_then(|last| recording.events().get(last))
                    .cloned(),
            },
        }
    }

    /// How many events it holds.
    pub const fn events(&self) -> usize {
        self.events
    }

    fn holds_in(&self, recording: &Recording) -> bool {
        self.events
            .checked_sub(1)
            .is_none_or(|last| recording.events().get(last) == self.last.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::EventKind;
    use coalmine_wire::Batch;

    fn run(times: &[u64]) -> Recording {
        let mut recording = Recording::default();
        recording.append(Batch {
            events: times
                .iter()
                .map(|&at| Event {
                    at: Time(at),
                    kind: EventKind::Closed,
                })
                .collect(),
            samples: Vec::new(),
            until: Time(1_000),
        });
        recording
    }

    #[test]
    fn going_back_keeps_what_was_seen_and_another_run_does_not() {
        let first = run(&[1, 2, 3, 4]);
        let far = Reach::after(None, &first, Time(3));
        assert_eq!(far.events(), 3);
        let back = Reach::after(Some(&far), &first, Time(1));
        assert_eq!(back.events(), 3, "the way forward stays");
        let on = Reach::after(Some(&back), &first, Time(4));
        assert_eq!(on.events(), 4);
        let other = run(&[1, 2, 5, 6]);
        let anew = Reach::after(Some(&back), &other, Time(1));
        assert_eq!(
            anew.events(),
            1,
            "another run starts with what is on screen"
        );
    }
}
