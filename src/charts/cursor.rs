//! The crosshair: where pointer and keys put it. It rests on scrapes, and never lies behind the playhead's past.

use crate::playback::Recording;
use coalmine_controller::Time;

/// What a key does to the crosshair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorKey {
    /// By so many scrapes.
    By(i32),
    /// To the first scrape.
    First,
    /// To the last visible scrape.
    Last,
    /// Away.
    Clear,
    /// The playhead comes here.
    Seek,
}

/// What a key means on the charts; nothing for keys that are somebody else's.
pub fn cursor_key(key: &str, shift: bool) -> Option<CursorKey> {
    let step = if shift { 12 } else { 1 };
    match key {
        "ArrowLeft" | "ArrowDown" => Some(CursorKey::By(-step)),
        "ArrowRight" | "ArrowUp" => Some(CursorKey::By(step)),
        "PageDown" => Some(CursorKey::By(-60)),
        "PageUp" => Some(CursorKey::By(60)),
        "Home" => Some(CursorKey::First),
        "End" => Some(CursorKey::Last),
        "Escape" => Some(CursorKey::Clear),
        "Enter" => Some(CursorKey::Seek),
        _ => None,
    }
}

/// The scrape nearest to an instant among those visible at `at`.
pub fn nearest(recording: &Recording, wanted: Time, at: Time) -> Option<Time> {
    let visible = recording.samples_until(at);
    let after = recording.samples_until(wanted).min(visible);
    let time = |index: usize| recording.samples().get(index).map(|sample| sample.at);
    let before = after.checked_sub(1).and_then(time);
    let after = (after < visible).then(|| time(after)).flatten();
    match (before, after) {
        (Some(before), Some(after)) if after.since(wanted) < wanted.since(before) => Some(after),
        (Some(before), _) => Some(before),
        (None, after) => after,
    }
}

/// Where the crosshair stands after it was moved by scrapes.
pub fn moved(recording: &Recording, from: Option<Time>, by: CursorKey, at: Time) -> Option<Time> {
    let visible = recording.samples_until(at);
    let last = visible.checked_sub(1)?;
    let index = match by {
        CursorKey::Clear => return None,
        CursorKey::Seek => return from,
        CursorKey::First => 0,
        CursorKey::Last => last,
        CursorKey::By(steps) => match from {
            Some(from) => recording
                .samples_until(from)
                .saturating_sub(1)
                .saturating_add_signed(steps as isize)
                .min(last),
            // The first key shows the crosshair where the eye is: at the playhead.
            None => last,
        },
    };
    recording.samples().get(index).map(|sample| sample.at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use coalmine_sim::Sample;
    use coalmine_wire::Batch;

    fn recording() -> Recording {
        let samples = (1..=10)
            .map(|index| Sample {
                at: Time(index * 5_000),
                weight: coalmine_controller::Weight::ZERO,
                stable: coalmine_sim::VersionSample::default(),
                canary: coalmine_sim::VersionSample::default(),
            })
            .collect();
        let mut recording = Recording::default();
        recording.append(Batch {
            events: Vec::new(),
            samples,
            until: Time(50_000),
        });
        recording
    }

    #[test]
    fn the_crosshair_rests_on_scrapes_that_are_visible() {
        let at =
            |wanted: u64, at: u64| nearest(&recording(), Time(wanted), Time(at)).map(|time| time.0);
        assert_eq!(at(12_000, 50_000), Some(10_000));
        assert_eq!(at(13_000, 50_000), Some(15_000));
        assert_eq!(at(0, 50_000), Some(5_000));
        assert_eq!(at(49_000, 21_000), Some(20_000), "the future is not shown");
        assert_eq!(at(9_000, 4_000), None, "nothing was scraped yet");
    }

    #[test]
    fn keys_move_it_by_scrapes() {
        let run = recording();
        let go = |from, key, at: u64| moved(&run, from, key, Time(at)).map(|time| time.0);
        assert_eq!(go(None, CursorKey::By(-1), 32_000), Some(30_000));
        assert_eq!(
            go(Some(Time(30_000)), CursorKey::By(-1), 32_000),
            Some(25_000)
        );
        assert_eq!(
            go(Some(Time(30_000)), CursorKey::By(1), 32_000),
            Some(30_000)
        );
        assert_eq!(
            go(Some(Time(30_000)), CursorKey::By(-99), 32_000),
            Some(5_000)
        );
        assert_eq!(go(Some(Time(5_000)), CursorKey::Last, 50_000), Some(50_000));
        assert_eq!(go(Some(Time(5_000)), CursorKey::Clear, 50_000), None);
        assert_eq!(go(None, CursorKey::By(1), 1_000), None);
    }
}
