//! The keys of the player. They count only while the player or the diagram has the focus, never while somebody types.

use crate::state::playhead::{PlayerIntent, Speed};

/// What a key means to the player.
pub fn intent_of_key(key: &str) -> Option<PlayerIntent> {
    Some(match key {
        " " => PlayerIntent::Toggle,
        "." => PlayerIntent::NextEvent,
        "," => PlayerIntent::PreviousEvent,
        "]" => PlayerIntent::NextDecision,
        "[" => PlayerIntent::PreviousDecision,
        "1" => PlayerIntent::SetSpeed(Speed::Quarter),
        "2" => PlayerIntent::SetSpeed(Speed::One),
        "3" => PlayerIntent::SetSpeed(Speed::Two),
        "4" => PlayerIntent::SetSpeed(Speed::Five),
        "5" => PlayerIntent::SetSpeed(Speed::Ten),
        "6" => PlayerIntent::SetSpeed(Speed::Max),
        _ => return None,
    })
}

/// What a key means to the track, with or without Shift: one second or ten, a minute, the ends.
pub fn intent_of_track_key(key: &str, far: bool) -> Option<PlayerIntent> {
    let step = if far { 10_000 } else { 1_000 };
    Some(match key {
        "ArrowRight" | "ArrowUp" => PlayerIntent::Nudge(step),
        "ArrowLeft" | "ArrowDown" => PlayerIntent::Nudge(-step),
        "PageUp" => PlayerIntent::Nudge(60_000),
        "PageDown" => PlayerIntent::Nudge(-60_000),
        "Home" => PlayerIntent::JumpStart,
        "End" => PlayerIntent::JumpEnd,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_mean_nothing_to_the_player() {
        for key in ["a", "r", "Enter", "Tab", "Escape", "7", "0"] {
            assert_eq!(intent_of_key(key), None, "{key}");
            assert_eq!(intent_of_track_key(key, false), None, "{key}");
        }
    }

    #[test]
    fn shift_makes_the_track_step_ten_seconds() {
        let step = |far| intent_of_track_key("ArrowLeft", far);
        assert_eq!(step(false), Some(PlayerIntent::Nudge(-1_000)));
        assert_eq!(step(true), Some(PlayerIntent::Nudge(-10_000)));
    }
}
