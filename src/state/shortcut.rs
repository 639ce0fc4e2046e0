//! What keys mean on the page. Single characters count only while the player or the diagram has the focus.

use super::playhead::PlayerIntent;
use crate::player::intent_of_key;

/// Where a key was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// In the player or the diagram, on nothing that needs the key itself.
    Run,
    /// On nothing at all.
    Page,
    /// Where keys belong to what has the focus.
    Elsewhere,
}

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Something of the player.
    Player(PlayerIntent),
    /// The sheet of shortcuts.
    Help,
    /// Something to break.
    Break,
    /// Save the project.
    Save,
}

/// A key with what was held down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Press<'k> {
    /// As the browser names it.
    pub key: &'k str,
    /// Control or Command.
    pub command: bool,
    /// Shift.
    pub shift: bool,
}

/// What a key means.
pub fn shortcut(press: Press<'_>, zone: Zone) -> Option<Shortcut> {
    if press.command {
        return matches!(press.key, "s" | "S").then_some(Shortcut::Save);
    }
    match (zone, press.key) {
        (Zone::Run, "ArrowRight") if press.shift => {
            Some(Shortcut::Player(PlayerIntent::Nudge(10_000)))
        }
        (Zone::Run, "ArrowLeft") if press.shift => {
            Some(Shortcut::Player(PlayerIntent::Nudge(-10_000)))
        }
        (Zone::Run, "?") => Some(Shortcut::Help),
        (Zone::Run, "f" | "F") => Some(Shortcut::Break),
        (Zone::Run, key) => intent_of_key(key).map(Shortcut::Player),
        (Zone::Page, " ") => Some(Shortcut::Player(PlayerIntent::Toggle)),
        (Zone::Page | Zone::Elsewhere, _) => None,
    }
}

/// The sheet: keys and what they do.
pub const SHEET: [(&[&str], &str); 11] = [
    (&["Space"], "Play or pause"),
    (&["."], "Next event"),
    (&[","], "Event before"),
    (&["]"], "Next decision"),
    (&["["], "Decision before"),
    (&["Shift", "←", "→"], "Ten seconds back or on"),
    (&["1", "…", "6"], "Speed, from 0.25× to max"),
    (&["F"], "Break something"),
    (&["?"], "This sheet"),
    (&["Ctrl", "S"], "Save the project, from anywhere"),
    (&["Esc"], "Leave the code, a menu or a field"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(key: &str, zone: Zone) -> Option<Shortcut> {
        let press = Press {
            key,
            command: false,
            shift: false,
        };
        shortcut(press, zone)
    }

    #[test]
    fn single_characters_count_only_in_the_player_and_the_diagram() {
        for key in [".", ",", "[", "]", "1", "6", "f", "?"] {
            assert!(pressed(key, Zone::Run).is_some(), "{key}");
            assert_eq!(pressed(key, Zone::Page), None, "{key}");
            assert_eq!(pressed(key, Zone::Elsewhere), None, "{key}");
        }
    }

    #[test]
    fn space_plays_unless_it_belongs_to_what_has_the_focus() {
        let toggle = Some(Shortcut::Player(PlayerIntent::Toggle));
        assert_eq!(pressed(" ", Zone::Run), toggle);
        assert_eq!(pressed(" ", Zone::Page), toggle);
        assert_eq!(pressed(" ", Zone::Elsewhere), None);
    }

    #[test]
    fn only_saving_works_with_control() {
        for (key, expected) in [("s", Some(Shortcut::Save)), ("1", None), ("[", None)] {
            let press = Press {
                key,
                command: true,
                shift: false,
            };
            assert_eq!(shortcut(press, Zone::Elsewhere), expected, "{key}");
            assert_eq!(shortcut(press, Zone::Run), expected, "{key}");
        }
    }
}
