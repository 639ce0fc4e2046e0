//! Reads a pattern into instructions.

use super::{Op, Place, Set};
use alloc::{format, string::String, vec, vec::Vec};

/// No pattern becomes longer than this.
const LONGEST: usize = 2_000;

/// No groups are nested deeper.
const DEEPEST: usize = 50;

/// Nothing is repeated more often.
const MOST: usize = 1_000;

pub(super) struct Parser {
    rest: Vec<char>,
    at: usize,
    depth: usize,
    folded: bool,
    /// A point is a line's end, too.
    dot_all: bool,
    multi_line: bool,
}

impl Parser {
    pub(super) fn new(text: &str) -> Self {
        Self {
            rest: text.chars().collect(),
            at: 0,
            depth: 0,
            folded: false,
            dot_all: false,
            multi_line: false,
        }
    }

    pub(super) fn program(&mut self) -> Result<Vec<Op>, String> {
        let program = self.alternatives()?;
        match self.peek() {
            None => Ok(program),
            Some(_) => Err("unexpected )".into()),
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn take(&mut self, c: char) -> bool {
        let comes = self.peek() == Some(c);
        self.at += usize::from(comes);
        comes
    }

    fn next(&mut self) -> Result<char, String> {
        let c = self
            .peek()
            .ok_or_else(|| String::from("the pattern breaks off"))?;
        self.at += 1;
        Ok(c)
    }

    fn alternatives(&mut self) -> Result<Vec<Op>, String> {
        let (folded, dot_all, multi_line) = (self.folded, self.dot_all, self.multi_line);
        let mut all = self.sequence()?;
        while self.take('|') {
            let other = self.sequence()?;
            let mut program = vec![Op::Fork(1, all.len() + 2)];
            let end = all.len() + 2 + other.len();
            append(&mut program, all);
            program.push(Op::Go(end));
            append(&mut program, other);
            all = program;
        }
        (self.folded, self.dot_all, self.multi_line) = (folded, dot_all, multi_line);
        Ok(all)
    }

    fn sequence(&mut self) -> Result<Vec<Op>, String> {
        let mut program = Vec::new();
        while let Some(c) = self.peek() {
            if c == '|' || c == ')' {
                break;
            }
            let one = self.atom()?;
            let one = self.repeated(one)?;
            append(&mut program, one);
            if LONGEST < program.len() {
                return Err("the pattern is too long".into());
            }
        }
        Ok(program)
    }

    fn atom(&mut self) -> Result<Vec<Op>, String> {
        let c = self.next()?;
        Ok(vec![match c {
            '(' => return self.group(),
            '*' | '+' | '?' => return Err(format!("missing argument to repetition operator: {c}")),
            '.' => Op::One(Set {
                ranges: if self.dot_all {
                    Vec::new()
                } else {
                    vec![('\n', '\n')]
                },
                negated: true,
                folded: false,
            }),
            '^' if self.multi_line => Op::Where(Place::LineStart),
            '^' => Op::Where(Place::TextStart),
            '$' if self.multi_line => Op::Where(Place::LineEnd),
            '$' => Op::Where(Place::TextEnd),
            '[' => Op::One(self.class()?),
            '\\' => return self.escape(),
            _ => Op::One(self.set(vec![(c, c)])),
        }])
    }

    const fn set(&self, ranges: Vec<(char, char)>) -> Set {
        Set {
            ranges,
            negated: false,
            folded: self.folded,
        }
    }

    fn group(&mut self) -> Result<Vec<Op>, String> {
        self.depth += 1;
        if DEEPEST < self.depth {
            return Err("the pattern is nested too deeply".into());
        }
        let flags = (self.folded, self.dot_all, self.multi_line);
        if self.take('?') && self.flags()? {
            self.depth -= 1;
            return Ok(Vec::new());
        }
        let program = self.alternatives()?;
        if !self.take(')') {
            return Err("missing closing )".into());
        }
        (self.folded, self.dot_all, self.multi_line) = flags;
        self.depth -= 1;
        Ok(program)
    }

    /// What follows `(?`; whether the group was only flags, for what comes after it.
    fn flags(&mut self) -> Result<bool, String> {
        let named = self.take('P');
        if self.take('<') {
            while self.next()? != '>' {}
            return Ok(false);
        }
        if named {
            return Err("invalid named capture".into());
        }
        let mut on = true;
        loop {
            match self.next()? {
                ':' => return Ok(false),
                ')' => return Ok(true),
                '-' => on = false,
                'i' => self.folded = on,
                's' => self.dot_all = on,
                'm' => self.multi_line = on,
                'U' => {}
                other => return Err(format!("invalid flag {other}")),
            }
        }
    }

    fn repeated(&mut self, mut one: Vec<Op>) -> Result<Vec<Op>, String> {
        let mut before = false;
        loop {
            let (least, most) = match self.peek() {
                Some('*') => (0, None),
                Some('+') => (1, None),
                Some('?') => (0, Some(1)),
                Some('{') => match self.bounds()? {
                    Some(bounds) => bounds,
                    None => return Ok(one),
                },
                _ => return Ok(one),
            };
            if before {
                return Err("invalid nested repetition operator".into());
            }
            before = true;
            // The sign itself; of `{n,m}` its closing bracket.
            self.at += 1;
            self.take('?');
            one = times(&one, least, most)?;
        }
    }

    /// `{n}`, `{n,}`, `{n,m}` up to the closing bracket; nothing where it is none, and then it stands for itself.
    fn bounds(&mut self) -> Result<Option<(usize, Option<usize>)>, String> {
        let start = self.at;
        self.at += 1;
        let least = self.digits();
        let most = if self.take(',') { self.digits() } else { least };
        let open = self.rest.get(self.at.wrapping_sub(1)) == Some(&',');
        let (Some(least), Some('}')) = (least, self.peek()) else {
            self.at = start;
            return Ok(None);
        };
        let most = if open { None } else { most };
        if MOST < least || most.is_some_and(|most| MOST < most || most < least) {
            return Err("invalid repeat count".into());
        }
        Ok(Some((least, most)))
    }

    fn digits(&mut self) -> Option<usize> {
        let mut found = None;
        while let Some(digit) = self.peek().and_then(|c| c.to_digit(10)) {
            let so_far: usize = found.unwrap_or(0);
            found = Some(so_far.saturating_mul(10).saturating_add(digit as usize));
            self.at += 1;
        }
        found
    }

    fn escape(&mut self) -> Result<Vec<Op>, String> {
        let c = self.next()?;
        Ok(vec![match c {
            'b' => Op::Where(Place::Boundary),
            'B' => Op::Where(Place::NoBoundary),
            'A' => Op::Where(Place::TextStart),
            'z' => Op::Where(Place::TextEnd),
            _ => Op::One(if let Some((ranges, negated)) = named(c) {
                Set {
                    ranges,
                    negated,
                    folded: false,
                }
            } else {
                let c = single(c)?;
                self.set(vec![(c, c)])
            }),
        }])
    }

    fn class(&mut self) -> Result<Set, String> {
        let negated = self.take('^');
        let mut ranges = Vec::new();
        let mut first = true;
        loop {
            let mut from = self.next()?;
            if from == ']' && !first {
                break;
            }
            first = false;
            if from == '[' && self.peek() == Some(':') {
                return Err("named classes are not known".into());
            }
            if from == '\\' {
                let c = self.next()?;
                match named(c) {
                    Some((of, false)) => {
                        ranges.extend(of);
                        continue;
                    }
                    Some((of, true)) => {
                        ranges.extend(complement(&of));
                        continue;
                    }
                    None => from = single(c)?,
                }
            }
            let mut to = from;
            let closes = self.rest.get(self.at + 1) == Some(&']');
            if self.peek() == Some('-') && !closes {
                self.at += 1;
                to = self.next()?;
                if to == '\\' {
                    to = single(self.next()?)?;
                }
            }
            if to < from {
                return Err("invalid character class range".into());
            }
            ranges.push((from, to));
        }
        Ok(Set {
            ranges,
            negated,
            folded: self.folded,
        })
    }
}

/// Puts a program behind another.
fn append(program: &mut Vec<Op>, other: Vec<Op>) {
    let start = program.len();
    program.extend(other.into_iter().map(|op| match op {
        Op::Go(to) => Op::Go(to + start),
        Op::Fork(one, another) => Op::Fork(one + start, another + start),
        op @ (Op::One(_) | Op::Where(_) | Op::Found) => op,
    }));
}

/// A program so many times.
fn times(one: &[Op], least: usize, most: Option<usize>) -> Result<Vec<Op>, String> {
    let copies = most.unwrap_or(least + 1).max(1);
    if LONGEST < copies.saturating_mul(one.len() + 2) {
        return Err("the pattern is too long".into());
    }
    let mut program = Vec::new();
    for _ in 0..least {
        append(&mut program, one.to_vec());
    }
    match most {
        None => {
            let mut again = vec![Op::Fork(1, one.len() + 2)];
            append(&mut again, one.to_vec());
            again.push(Op::Go(0));
            append(&mut program, again);
        }
        Some(most) => {
            for _ in least..most {
                let mut maybe = vec![Op::Fork(1, one.len() + 1)];
                append(&mut maybe, one.to_vec());
                append(&mut program, maybe);
            }
        }
    }
    Ok(program)
}

/// The classes with a letter, and whether it means all others.
fn named(c: char) -> Option<(Vec<(char, char)>, bool)> {
    let ranges = match c.to_ascii_lowercase() {
        'd' => vec![('0', '9')],
        'w' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        's' => vec![('\t', '\n'), ('\u{c}', '\r'), (' ', ' ')],
        _ => return None,
    };
    Some((ranges, c.is_ascii_uppercase()))
}

fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut from = '\0';
    let mut others = Vec::new();
    for &(start, end) in ranges {
        if let Some(before) =
            char::from_u32((start as u32).wrapping_sub(1)).filter(|it| from <= *it)
        {
            others.push((from, before));
        }
        from = char::from_u32(end as u32 + 1).unwrap_or(char::MAX);
    }
    others.push((from, char::MAX));
    others
}

/// A character after a backslash that stands for one.
fn single(c: char) -> Result<char, String> {
    Ok(match c {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'f' => '\u{c}',
        'v' => '\u{b}',
        'a' => '\u{7}',
        _ if c.is_ascii_alphanumeric() => return Err(format!("invalid escape sequence: \\{c}")),
        _ => c,
    })
}
