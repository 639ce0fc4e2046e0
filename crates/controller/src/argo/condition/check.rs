//! Mistakes of type, found before anything is evaluated: upstream compiles each condition for the type of the result.

mod calls;

use super::{
    Mistake,
    kind::Kind,
    pattern::Pattern,
    tree::{Binary, Current, Node, Unary},
    value::{Elements, Value},
};
use crate::argo::Release;
use alloc::{format, string::String, vec::Vec};

/// Checks a condition; tells its type.
pub(super) fn check(node: &Node, result: Kind, release: Release) -> Result<Kind, Mistake> {
    let mut checker = Checker {
        result,
        release,
        variables: Vec::new(),
        closures: Vec::new(),
    };
    checker.kind(node)
}

struct Checker {
    result: Kind,
    release: Release,
    variables: Vec<(String, Kind)>,
    /// The types of the elements that closures look at.
    closures: Vec<Kind>,
}

impl Checker {
    fn kind(&mut self, node: &Node) -> Result<Kind, Mistake> {
        match node {
            Node::Constant(value) => Ok(Kind::of(value)),
            Node::Name(name) => self.name(name),
            Node::Current(Current::Element) => {
                Ok(self.closures.last().copied().unwrap_or(Kind::Unknown))
            }
            Node::Current(Current::Gathered) => Ok(Kind::Unknown),
            Node::Current(Current::Index) => Ok(Kind::Int),
            Node::Unary(unary, of) => self.unary(*unary, of),
            Node::Binary(operator, one, other) => {
                let (left, right) = (self.kind(one)?, self.kind(other)?);
                binary(*operator, left, right, other)
            }
            Node::Choice(nodes) => self.choice(nodes),
            Node::Member(base, property) | Node::Optional(base, property) => {
                let (base, property) = (self.kind(base)?, self.kind(property)?);
                member(base, property)
            }
            Node::Chain(of) | Node::Closure(of) => self.kind(of),
            Node::Slice(of, from, to) => {
                let base = self.kind(of)?;
                for bound in [from, to].into_iter().flatten() {
                    let kind = self.kind(bound)?;
                    if !kind.may_be(Kind::Int) {
                        return Err(Mistake(format!("non-integer slice index {kind}")));
                    }
                }
                match base {
                    Kind::Unknown | Kind::List(_) | Kind::Text => Ok(base),
                    other => Err(Mistake(format!("cannot slice {other}"))),
                }
            }
            Node::List(nodes) => self.list(nodes),
            Node::Map(pairs) => {
                for (key, value) in pairs {
                    self.kind(key)?;
                    self.kind(value)?;
                }
                Ok(Kind::Map)
            }
            Node::Call(name, arguments) => self.call(name, arguments),
            Node::Method(of, name, arguments) => self.method(of, name, arguments),
            Node::Let(name, value, then) => {
                let kind = self.kind(value)?;
                self.variables.push((name.clone(), kind));
                let kind = self.kind(then);
                self.variables.pop();
                kind
            }
        }
    }

    fn name(&self, name: &str) -> Result<Kind, Mistake> {
        let variables = self.variables.iter().rev();
        if let Some((_, kind)) = variables.into_iter().find(|(own, _)| own == name) {
            return Ok(*kind);
        }
        match name {
            "result" => Ok(self.result),
            _ if calls::is_function_of_the_environment(name) => Ok(Kind::Unknown),
            _ => Err(Mistake(format!("unknown name {name}"))),
        }
    }

    fn unary(&mut self, unary: Unary, of: &Node) -> Result<Kind, Mistake> {
        let kind = self.kind(of)?;
        match unary {
            Unary::Not if kind.may_be(Kind::Bool) => Ok(Kind::Bool),
            Unary::Minus | Unary::Plus if kind.is_number() || kind.is_unknown() => Ok(kind),
            Unary::Not => Err(Mistake(format!(
                "invalid operation: ! (mismatched type {kind})"
            ))),
            Unary::Minus => Err(Mistake(format!(
                "invalid operation: - (mismatched type {kind})"
            ))),
            Unary::Plus => Err(Mistake(format!(
                "invalid operation: + (mismatched type {kind})"
            ))),
        }
    }

    fn choice(&mut self, [condition, yes, no]: &[Node; 3]) -> Result<Kind, Mistake> {
        let condition = self.kind(condition)?;
        if !condition.may_be(Kind::Bool) {
            return Err(Mistake(format!(
                "non-bool expression (type {condition}) used as condition"
            )));
        }
        Ok(match (self.kind(yes)?, self.kind(no)?) {
            (Kind::Nil, kind) | (kind, Kind::Nil) => kind,
            (one, other) if one == other => one,
            _ => Kind::Unknown,
        })
    }

    fn list(&mut self, nodes: &[Node]) -> Result<Kind, Mistake> {
        let mut kinds = nodes.iter().map(|node| self.kind(node));
        let Some(first) = kinds.next().transpose()? else {
            return Ok(Kind::List(Elements::Any));
        };
        let mut common = first;
        for kind in kinds {
            if kind? != common {
                common = Kind::Unknown;
            }
        }
        Ok(common.list_of())
    }
}

/// The type of a member.
fn member(base: Kind, property: Kind) -> Result<Kind, Mistake> {
    match base {
        Kind::Unknown => Ok(Kind::Unknown),
        Kind::Map if property.may_be(Kind::Text) => Ok(Kind::Unknown),
        Kind::List(_) if property.may_be(Kind::Int) => Ok(base.element()),
        Kind::List(_) => Err(Mistake(format!(
            "array elements can only be selected using an integer (got {property})"
        ))),
        Kind::Map => Err(Mistake(format!(
            "cannot use {property} to get an element from {base}"
        ))),
        Kind::Nil
        | Kind::Bool
        | Kind::Int
        | Kind::Int64
        | Kind::Float
        | Kind::Text
        | Kind::Instant
        | Kind::Length => Err(Mistake(format!("type {base} has no members"))),
    }
}

/// The type of what an operator makes of two.
fn binary(operator: Binary, left: Kind, right: Kind, of: &Node) -> Result<Kind, Mistake> {
    let mismatched = || {
        let sign = operator.sign();
        Mistake(format!(
            "invalid operation: {sign} (mismatched types {left} and {right})"
        ))
    };
    let unknown = left.is_unknown() || right.is_unknown();
    let both = |kind: Kind| left.may_be(kind) && right.may_be(kind);
    let number = |kind: Kind| kind.is_number() || kind.is_unknown();
    let numbers = number(left) && number(right);
    let found = match operator {
        Binary::Equal | Binary::NotEqual => left.comparable(right).then_some(Kind::Bool),
        Binary::Or | Binary::And => both(Kind::Bool).then_some(Kind::Bool),
        Binary::Less | Binary::LessOrEqual | Binary::More | Binary::MoreOrEqual => {
            let ordered = numbers || both(Kind::Text) || both(Kind::Instant) || both(Kind::Length);
            ordered.then_some(Kind::Bool)
        }
        Binary::In => may_be_in(left, right).then_some(Kind::Bool),
        Binary::Matches => {
            if let Node::Constant(Value::Text(pattern)) = of {
                Pattern::new(pattern).map_err(Mistake)?;
            }
            both(Kind::Text).then_some(Kind::Bool)
        }
        Binary::Contains | Binary::StartsWith | Binary::EndsWith => {
            both(Kind::Text).then_some(Kind::Bool)
        }
        Binary::Range => both(Kind::Int).then_some(Kind::List(Elements::Ints)),
        Binary::Plus | Binary::Minus | Binary::Times => arithmetic(operator, left, right),
        Binary::Over | Binary::Power => numbers.then_some(Kind::Float),
        Binary::Modulo => both(Kind::Int).then_some(Kind::Int),
        Binary::Coalesce => Some(match (left, right) {
            (Kind::Nil, kind) | (kind, Kind::Nil) => kind,
            (one, other) if one == other => one,
            _ => Kind::Unknown,
        }),
    };
    let found = found.ok_or_else(mismatched)?;
    Ok(match operator {
        Binary::Plus | Binary::Minus | Binary::Times if unknown => Kind::Unknown,
        _ => found,
    })
}

/// Sums, differences and products, of numbers and of times.
fn arithmetic(operator: Binary, left: Kind, right: Kind) -> Option<Kind> {
    let fits = |one: Kind, other: Kind| left.may_be(one) && right.may_be(other);
    let number = |kind: Kind| kind.is_number() || kind.is_unknown();
    if number(left) && number(right) {
        let whole = left != Kind::Float && right != Kind::Float;
        return Some(if whole { Kind::Int } else { Kind::Float });
    }
    match operator {
        Binary::Plus if fits(Kind::Text, Kind::Text) => Some(Kind::Text),
        Binary::Minus if fits(Kind::Instant, Kind::Instant) => Some(Kind::Length),
        Binary::Plus | Binary::Minus if fits(Kind::Instant, Kind::Length) => Some(Kind::Instant),
        Binary::Plus if fits(Kind::Length, Kind::Instant) => Some(Kind::Instant),
        Binary::Plus | Binary::Minus if fits(Kind::Length, Kind::Length) => Some(Kind::Length),
        Binary::Times
            if fits(Kind::Length, Kind::Length)
                || (left == Kind::Length && number(right))
                || (right == Kind::Length && number(left)) =>
        {
            Some(Kind::Length)
        }
        _ => None,
    }
}

/// Whether `in` may hold between two types.
fn may_be_in(left: Kind, right: Kind) -> bool {
    match right {
        Kind::Unknown | Kind::Nil => true,
        Kind::Map => left.may_be(Kind::Text) || left == Kind::Nil,
        Kind::List(_) => left.comparable(right.element()),
        Kind::Bool
        | Kind::Int
        | Kind::Int64
        | Kind::Float
        | Kind::Text
        | Kind::Instant
        | Kind::Length => false,
    }
}
