//! Regular expressions as Go has them, for names of metrics and for `matches`: whether one matches somewhere, in time
//! that grows with text and pattern only.

mod parse;

use alloc::{string::String, vec, vec::Vec};
use parse::Parser;

/// A regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    program: Vec<Op>,
}

/// One instruction: what it looks for, then where it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Op {
    /// One character of this set.
    One(Set),
    /// Go on at both places.
    Fork(usize, usize),
    /// Go on there.
    Go(usize),
    /// Only where this holds between two characters.
    Where(Place),
    /// It matches.
    Found,
}

/// What holds between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    Boundary,
    NoBoundary,
}

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Set {
    ranges: Vec<(char, char)>,
    /// What stands there is what is not in it.
    negated: bool,
    /// Capital and small letters are the same.
    folded: bool,
}

impl Set {
    fn has(&self, c: char) -> bool {
        let within = |c: char| self.ranges.iter().any(|&(from, to)| from <= c && c <= to);
        let found = within(c)
            || (self.folded && (within(c.to_ascii_lowercase()) || within(c.to_ascii_uppercase())));
        found != self.negated
    }
}

impl Pattern {
    /// Reads a pattern; or says what is wrong with it.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn new(text: &str) -> Result<Self, String> {
        let mut program = Parser::new(text).program()?;
        program.push(Op::Found);
        Ok(Self { program })
    }

    /// Whether it matches somewhere in the text.
    pub fn matches(&self, text: &str) -> bool {
        let mut here = vec![false; self.program.len()];
        let mut before = None;
        let mut rest = text.chars();
        loop {
            let after = rest.clone().next();
            if self.enter(0, before, after, &mut here) {
                return true;
            }
            // All threads stand at this place; those that look for this character go on.
            let Some(c) = after else {
                return false;
            };
            let _ = rest.next();
            let following = rest.clone().next();
            let mut there = vec![false; self.program.len()];
            for (at, op) in self.program.iter().enumerate() {
                let passes =
                    here.get(at) == Some(&true) && matches!(op, Op::One(set) if set.has(c));
                if passes && self.enter(at + 1, Some(c), following, &mut there) {
                    return true;
                }
            }
            here = there;
            before = Some(c);
        }
    }

    /// Puts a thread there and wherever it goes on without a character; whether it has found.
    fn enter(
        &self,
        at: usize,
        before: Option<char>,
        after: Option<char>,
        threads: &mut [bool],
    ) -> bool {
        let mut waiting = vec![at];
        while let Some(at) = waiting.pop() {
            match threads.get_mut(at) {
                Some(place) if !*place => *place = true,
                _ => continue,
            }
            match self.program.get(at) {
                Some(Op::Found) => return true,
                Some(Op::Go(to)) => waiting.push(*to),
                Some(Op::Fork(one, other)) => waiting.extend([*one, *other]),
                Some(Op::Where(place)) if place.holds(before, after) => waiting.push(at + 1),
                Some(Op::Where(_) | Op::One(_)) | None => {}
            }
        }
        false
    }
}

impl Place {
    fn holds(self, before: Option<char>, after: Option<char>) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(|c| c == '_' || c.is_ascii_alphanumeric());
        match self {
            Self::TextStart => before.is_none(),
            Self::TextEnd => after.is_none(),
            Self::LineStart => before.is_none_or(|c| c == '\n'),
            Self::LineEnd => after.is_none_or(|c| c == '\n'),
            Self::Boundary => is_word(before) != is_word(after),
            Self::NoBoundary => is_word(before) == is_word(after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn patterns_match_as_in_go() {
        for (pattern, text, matches) in [
            ("rate", "success-rate", true),
            ("^rate", "success-rate", false),
            (".*", "", true),
            ("a+b?c{2,3}$", "xaacc", true),
            ("a{2}", "aba", false),
            ("(foo|ba[rz])-\\d+", "baz-12", true),
            ("[^a-c]", "abc", false),
            ("(?i)ERR", "error", true),
            ("\\bcat\\b", "a cat.", true),
            ("\\bcat\\b", "concat", false),
            ("a|b|", "zzz", true),
            ("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
            ("x\\.y", "xzy", false),
        ] {
            let found = Pattern::new(pattern).expect(pattern).matches(text);
            assert_eq!(found, matches, "{pattern} in {text}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for pattern in [
            "*", "a**", "(", ")", "[", "a{2,1}", "\\", "(?P<n", "a{1001}",
        ] {
            assert!(Pattern::new(pattern).is_err(), "{pattern}");
        }
    }
}
