//! Line and column of a place in a text, as people and editors count them.

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Counted from 1. `\n`, `\r\n` and a lone `\r` end a line.
    pub line: u32,
    /// Counted from 1, in characters (Unicode scalar values).
    pub column: u32,
}

/// The line and column of a byte. An offset behind the end means the end, one inside a character that character.
pub fn place_of(text: &str, offset: u32) -> Place {
    let mut place = Place { line: 1, column: 1 };
    let mut chars = text.char_indices().peekable();
    while let Some((_, c)) = chars.next() {
        let next = chars.peek().copied();
        let behind = next.map_or(text.len(), |(at, _)| at);
        if (offset as usize) < behind {
            break;
        }
        let ends_line = match c {
            '\n' => true,
            '\r' => next.is_none_or(|(_, next)| next != '\n'),
            _ => false,
        };
        if ends_line {
            place.line = place.line.saturating_add(1);
            place.column = 1;
        } else {
            place.column = place.column.saturating_add(1);
        }
    }
    place
}
