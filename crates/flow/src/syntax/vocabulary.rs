//! The words of FlowZap Code, and what people and other tools write instead of them.

use super::Key;
use crate::{Shape, Side, spelling};

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 4] = [Self::Circle, Self::Rectangle, Self::Diamond, Self::Taskbox];

    /// How FlowZap Code writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Circle => "circle",
            Self::Rectangle => "rectangle",
            Self::Diamond => "diamond",
            Self::Taskbox => "taskbox",
        }
    }

    /// What other tools call it, and what people call it.
    pub(super) fn meant_by(word: &str) -> Option<Self> {
        let by_name = match word {
            "box" | "square" | "step" | "process" | "action" | "rect" | "node" => Self::Rectangle,
            "round" | "start" | "end" | "event" | "terminal" | "oval" | "ellipse" => Self::Circle,
            "decision" | "rhombus" | "condition" | "gateway" | "choice" | "gate" => Self::Diamond,
            "task" | "todo" | "usertask" => Self::Taskbox,
            _ => {
                let words = Self::ALL.map(Self::word);
                let near = spelling::nearest(word, words)?;
                return Self::ALL.into_iter().find(|shape| shape.word() == near);
            }
        };
        Some(by_name)
    }
}

impl Key {
    pub(super) const ALL: [Self; 4] = [Self::Label, Self::Owner, Self::Description, Self::System];

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Owner => "owner",
            Self::Description => "description",
            Self::System => "system",
        }
    }

    pub(super) fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.word() == word)
    }
}

impl Side {
    /// All sides.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// How FlowZap Code writes it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }

    pub(super) fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.word() == word)
    }

    /// What other tools call it, and what people call it.
    pub(super) fn meant_by(word: &str) -> Option<Self> {
        match word {
            "up" | "upper" | "above" | "north" | "n" | "t" => Some(Self::Top),
            "down" | "lower" | "below" | "south" | "s" | "b" | "bot" => Some(Self::Bottom),
            "west" | "w" | "l" | "in" => Some(Self::Left),
            "east" | "e" | "r" | "out" => Some(Self::Right),
            _ => Self::find(spelling::nearest(word, Self::ALL.map(Self::word))?),
        }
    }
}
