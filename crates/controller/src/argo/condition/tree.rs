//! A condition as it was read.

use super::value::Value;
use alloc::{boxed::Box, string::String, vec::Vec};

/// A piece of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// A constant.
    Constant(Value),
    /// A name: of what was measured, or of a variable.
    Name(String),
    /// What a closure looks at: `#`, or `#acc` and `#index`.
    Current(Current),
    /// `-x`, `+x`, `!x`.
    Unary(Unary, Box<Node>),
    /// `x + y` and all its like.
    Binary(Binary, Box<Node>, Box<Node>),
    /// `x ? y : z`.
    Choice(Box<[Node; 3]>),
    /// `x.name`, `x[y]`.
    Member(Box<Node>, Box<Node>),
    /// `x?.name`: nothing more of the chain is looked at where `x` is nil.
    Optional(Box<Node>, Box<Node>),
    /// A chain of members: where it breaks off, it is nil.
    Chain(Box<Node>),
    /// `x[from:to]`.
    Slice(Box<Node>, Option<Box<Node>>, Option<Box<Node>>),
    /// `[x, y]`.
    List(Vec<Node>),
    /// `{x: y}`.
    Map(Vec<(Node, Node)>),
    /// `f(x, y)`.
    Call(String, Vec<Node>),
    /// `x.f(y)`.
    Method(Box<Node>, String, Vec<Node>),
    /// `{# > 1}` or a bare expression where a closure is wanted.
    Closure(Box<Node>),
    /// `let x = y; z`.
    Let(String, Box<Node>, Box<Node>),
}

/// What a closure looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Current {
    /// The element.
    Element,
    /// What was gathered so far.
    Gathered,
    /// Its place.
    Index,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unary {
    Not,
    Minus,
    Plus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Binary {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
    In,
    Matches,
    Contains,
    StartsWith,
    EndsWith,
    Range,
    Plus,
    Minus,
    Times,
    Over,
    Modulo,
    Power,
    Coalesce,
}

impl Binary {
    /// The operator with this spelling.
    pub(super) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "||" | "or" => Self::Or,
            "&&" | "and" => Self::And,
            "==" => Self::Equal,
            "!=" => Self::NotEqual,
            "<" => Self::Less,
            "<=" => Self::LessOrEqual,
            ">" => Self::More,
            ">=" => Self::MoreOrEqual,
            "in" => Self::In,
            "matches" => Self::Matches,
            "contains" => Self::Contains,
            "startsWith" => Self::StartsWith,
            "endsWith" => Self::EndsWith,
            ".." => Self::Range,
            "+" => Self::Plus,
            "-" => Self::Minus,
            "*" => Self::Times,
            "/" => Self::Over,
            "%" => Self::Modulo,
            "**" | "^" => Self::Power,
            "??" => Self::Coalesce,
            _ => return None,
        })
    }

    /// How it is written.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::More => ">",
            Self::MoreOrEqual => ">=",
            Self::In => "in",
            Self::Matches => "matches",
            Self::Contains => "contains",
            Self::StartsWith => "startsWith",
            Self::EndsWith => "endsWith",
            Self::Range => "..",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
            Self::Modulo => "%",
            Self::Power => "**",
            Self::Coalesce => "??",
        }
    }

    /// How tightly it binds.
    pub(super) const fn precedence(self) -> u32 {
        match self {
            Self::Or => 10,
            Self::And => 15,
            Self::Equal
            | Self::NotEqual
            | Self::Less
            | Self::LessOrEqual
            | Self::More
            | Self::MoreOrEqual
            | Self::In
            | Self::Matches
            | Self::Contains
            | Self::StartsWith
            | Self::EndsWith => 20,
            Self::Range => 25,
            Self::Plus | Self::Minus => 30,
            Self::Times | Self::Over | Self::Modulo => 60,
            Self::Power => 100,
            Self::Coalesce => 500,
        }
    }

    /// Whether it compares sizes; such comparisons may be chained.
    pub(super) const fn compares(self) -> bool {
        matches!(
            self,
            Self::Less | Self::LessOrEqual | Self::More | Self::MoreOrEqual
        )
    }

    /// Whether `not` may stand before it.
    pub(super) const fn may_be_negated(self) -> bool {
        matches!(
            self,
            Self::In | Self::Matches | Self::Contains | Self::StartsWith | Self::EndsWith
        )
    }
}

impl Node {
    /// How many pieces it has.
    pub(super) fn size(&self) -> usize {
        let all = |nodes: &[Self]| nodes.iter().map(Self::size).sum::<usize>();
        let maybe = |node: &Option<Box<Self>>| node.as_ref().map_or(0, |node| node.size());
        1 + match self {
            Self::Constant(_) | Self::Name(_) | Self::Current(_) => 0,
            Self::Unary(_, of) | Self::Chain(of) | Self::Closure(of) => of.size(),
            Self::Binary(_, one, other)
            | Self::Member(one, other)
            | Self::Optional(one, other)
            | Self::Let(_, one, other) => one.size() + other.size(),
            Self::Choice(nodes) => all(nodes.as_slice()),
            Self::Slice(of, from, to) => of.size() + maybe(from) + maybe(to),
            Self::List(nodes) | Self::Call(_, nodes) => all(nodes),
            Self::Map(pairs) => pairs
                .iter()
                .map(|(key, value)| key.size() + value.size())
                .sum(),
            Self::Method(of, _, nodes) => of.size() + all(nodes),
        }
    }
}
