//! Evaluates a condition, with a bound on the work.

mod functions;
mod lists;
mod operators;

use super::{
    Mistake,
    clock::Civil,
    tree::{Binary, Current, Node, Unary},
    value::{Elements, Value},
};
use crate::argo::Release;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use operators::{binary, equal, is_in};

/// What a condition is evaluated with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Given<'a> {
    pub(super) result: &'a Value,
    pub(super) release: Release,
    /// Nanoseconds since 1970.
    pub(super) now: i64,
}

/// No evaluation makes or looks at more values.
const MOST: usize = 200_000;

/// Evaluates a condition.
pub(super) fn evaluate(node: &Node, given: Given<'_>) -> Result<Value, Mistake> {
    let mut evaluator = Evaluator {
        given,
        left: MOST,
        variables: Vec::new(),
        frames: Vec::new(),
    };
    evaluator.value(node)
}

struct Evaluator<'a> {
    given: Given<'a>,
    /// Work that may still be done.
    left: usize,
    variables: Vec<(String, Value)>,
    frames: Vec<Frame>,
}

/// What a closure looks at.
struct Frame {
    element: Value,
    gathered: Value,
    index: i64,
}

impl Evaluator<'_> {
    /// Counts work.
    fn spend(&mut self, work: usize) -> Result<(), Mistake> {
        let left = self.left.checked_sub(work);
        self.left = left.ok_or_else(|| Mistake::new("the condition takes too much work"))?;
        Ok(())
    }

    fn value(&mut self, node: &Node) -> Result<Value, Mistake> {
        self.spend(1)?;
        match node {
            Node::Constant(value) => self.copy(value),
            Node::Name(name) => self.name(name),
            Node::Current(current) => self.current(*current),
            Node::Unary(sign, of) => unary(*sign, &self.value(of)?),
            Node::Binary(operator, one, other) => self.binary(*operator, one, other),
            Node::Choice(nodes) => {
                let [condition, yes, no] = nodes.as_ref();
                if truth(&self.value(condition)?)? {
                    self.value(yes)
                } else {
                    self.value(no)
                }
            }
            Node::Member(base, property) => {
                // A chain that broke off stays so.
                let Some(base) = self.link(base)? else {
                    return Err(Mistake::new("cannot fetch from <nil>"));
                };
                self.member(&base, property)
            }
            Node::Optional(..) => Ok(self.link(node)?.unwrap_or(Value::Nil)),
            Node::Chain(of) => Ok(self.link(of)?.unwrap_or(Value::Nil)),
            Node::Slice(of, from, to) => self.slice(of, from.as_deref(), to.as_deref()),
            Node::List(nodes) => {
                let values: Result<Vec<Value>, Mistake> =
                    nodes.iter().map(|node| self.value(node)).collect();
                Ok(Value::List(Elements::Any, values?))
            }
            Node::Map(pairs) => {
                let mut values = alloc::collections::BTreeMap::new();
                for (key, value) in pairs {
                    let key = match self.value(key)? {
                        Value::Text(key) => key,
                        other => other.to_string(),
                    };
                    values.insert(key, self.value(value)?);
                }
                Ok(Value::Map(values))
            }
            Node::Call(name, arguments) => self.call(name, arguments),
            Node::Method(of, name, _) => method(&self.value(of)?, name),
            Node::Closure(of) => self.value(of),
            Node::Let(name, value, then) => {
                let value = self.value(value)?;
                self.variables.push((name.clone(), value));
                let found = self.value(then);
                self.variables.pop();
                found
            }
        }
    }

    /// A link of a chain of members; nothing where the chain breaks off before it.
    fn link(&mut self, node: &Node) -> Result<Option<Value>, Mistake> {
        self.spend(1)?;
        let (base, property, optional) = match node {
            Node::Member(base, property) => (base, property, false),
            Node::Optional(base, property) => (base, property, true),
            other => return self.value(other).map(Some),
        };
        match self.link(base)? {
            None => Ok(None),
            Some(base) if optional && base.is_nil() => Ok(None),
            Some(base) => self.member(&base, property).map(Some),
        }
    }

    fn copy(&mut self, value: &Value) -> Result<Value, Mistake> {
        self.spend(value.size())?;
        Ok(value.clone())
    }

    fn name(&mut self, name: &str) -> Result<Value, Mistake> {
        let own = self.variables.iter().rev().find(|(own, _)| own == name);
        let value = match own {
            Some((_, value)) => value.clone(),
            None if name == "result" => self.given.result.clone(),
            None => return Err(Mistake(format!("unknown name {name}"))),
        };
        self.spend(value.size())?;
        Ok(value)
    }

    fn current(&mut self, current: Current) -> Result<Value, Mistake> {
        let frame = self.frames.last();
        let frame = frame.ok_or_else(|| Mistake::new("nothing is looked at here"))?;
        let value = match current {
            Current::Element => frame.element.clone(),
            Current::Gathered => frame.gathered.clone(),
            Current::Index => Value::Int(frame.index),
        };
        self.spend(value.size())?;
        Ok(value)
    }

    /// Some operators look at their second side only where they need it.
    fn binary(&mut self, operator: Binary, one: &Node, other: &Node) -> Result<Value, Mistake> {
        let left = match operator {
            // A chain that breaks off on the left is nil.
            Binary::Coalesce => self.link(one)?.unwrap_or(Value::Nil),
            _ => self.value(one)?,
        };
        match operator {
            Binary::And if !truth(&left)? => return Ok(Value::Bool(false)),
            Binary::Or if truth(&left)? => return Ok(Value::Bool(true)),
            Binary::And | Binary::Or => return Ok(Value::Bool(truth(&self.value(other)?)?)),
            Binary::Coalesce if !left.is_nil() => return Ok(left),
            Binary::Coalesce => return self.value(other),
            _ => {}
        }
        let right = self.value(other)?;
        let negate = |value: bool, negated: bool| Ok(Value::Bool(value != negated));
        self.spend(1 + left.size().min(right.size()))?;
        match operator {
            Binary::Equal => negate(equal(&left, &right), false),
            Binary::NotEqual => negate(equal(&left, &right), true),
            Binary::In => {
                self.spend(right.size())?;
                Ok(Value::Bool(is_in(&left, &right)?))
            }
            Binary::Range => self.range(&left, &right),
            Binary::Matches => {
                self.spend(left.size() * 16)?;
                operators::matches(&left, &right)
            }
            _ => binary(operator, &left, &right),
        }
    }

    fn range(&mut self, from: &Value, to: &Value) -> Result<Value, Mistake> {
        let (Value::Int(from), Value::Int(to)) = (from, to) else {
            return Err(operators::mismatched(Binary::Range, from, to));
        };
        let length = to.saturating_sub(*from).saturating_add(1);
        self.spend(usize::try_from(length).unwrap_or(0))?;
        let values = (*from..=*to).map(Value::Int).collect();
        Ok(Value::List(Elements::Ints, values))
    }

    fn member(&mut self, base: &Value, property: &Node) -> Result<Value, Mistake> {
        let property = self.value(property)?;
        match (base, &property) {
            (Value::Map(values), Value::Text(name)) => {
                Ok(values.get(name).cloned().unwrap_or(Value::Nil))
            }
            (Value::List(_, values), _) => {
                let index = index_of(&property, values.len())?;
                values.get(index).cloned().ok_or_else(|| {
                    let length = values.len();
                    Mistake(format!(
                        "index out of range: {property} (array length is {length})"
                    ))
                })
            }
            _ => {
                let name = base.type_name();
                Err(Mistake(format!("cannot fetch {property} from {name}")))
            }
        }
    }

    fn slice(
        &mut self,
        of: &Node,
        from: Option<&Node>,
        to: Option<&Node>,
    ) -> Result<Value, Mistake> {
        let base = self.value(of)?;
        let length = match &base {
            Value::List(_, values) => values.len(),
            Value::Text(text) => text.len(),
            other => return Err(Mistake(format!("cannot slice {}", other.type_name()))),
        };
        let bound = |value: Option<Value>, without: usize| match value {
            None => Ok(without),
            Some(Value::Int(index)) => {
                let signed = i64::try_from(length).unwrap_or(i64::MAX);
                let at = if index < 0 {
                    index.saturating_add(signed)
                } else {
                    index
                };
                Ok(usize::try_from(at.clamp(0, signed)).unwrap_or(0))
            }
            Some(other) => Err(Mistake(format!("invalid slice index {other}"))),
        };
        let from = from.map(|node| self.value(node)).transpose()?;
        let to = to.map(|node| self.value(node)).transpose()?;
        let to = bound(to, length)?;
        let from = bound(from, 0)?.min(to);
        Ok(match base {
            Value::List(elements, values) => {
                Value::List(elements, values.into_iter().take(to).skip(from).collect())
            }
            Value::Text(text) => Value::Text(text.get(from..to).unwrap_or_default().into()),
            other => other,
        })
    }
}

/// Where in a list: from its end where the number is negative.
fn index_of(index: &Value, length: usize) -> Result<usize, Mistake> {
    let index = match index {
        Value::Int(index) => *index,
        Value::Float(index) => operators::truncated(*index),
        other => return Err(Mistake(format!("invalid index {other}"))),
    };
    let signed = i64::try_from(length).unwrap_or(i64::MAX);
    let at = if index < 0 {
        index.saturating_add(signed)
    } else {
        index
    };
    Ok(usize::try_from(at).unwrap_or(usize::MAX))
}

fn truth(value: &Value) -> Result<bool, Mistake> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        other => {
            let name = other.type_name();
            Err(Mistake(format!("expected bool, but got {name}")))
        }
    }
}

fn unary(sign: Unary, value: &Value) -> Result<Value, Mistake> {
    match (sign, value) {
        (Unary::Not, value) => Ok(Value::Bool(!truth(value)?)),
        (Unary::Minus, Value::Int(value)) => Ok(Value::Int(value.wrapping_neg())),
        (Unary::Minus, Value::Float(value)) => Ok(Value::Float(-value)),
        (Unary::Plus, Value::Int(_) | Value::Float(_)) => Ok(value.clone()),
        (Unary::Minus | Unary::Plus, other) => {
            let name = other.type_name();
            Err(Mistake(format!("invalid operation: sign before {name}")))
        }
    }
}

/// Parts of an instant, or a length in another unit.
fn method(of: &Value, name: &str) -> Result<Value, Mistake> {
    if let Value::Length(nanos) = of {
        let count = match name {
            "Nanoseconds" => *nanos,
            "Microseconds" => nanos / 1_000,
            "Milliseconds" => nanos / 1_000_000,
            "Seconds" => return Ok(operators::in_units(*nanos, 1_000_000_000)),
            "Minutes" => return Ok(operators::in_units(*nanos, 60_000_000_000)),
            "Hours" => return Ok(operators::in_units(*nanos, 3_600_000_000_000)),
            other => return Err(Mistake(format!("unknown method {other}"))),
        };
        return Ok(Value::Int(count));
    }
    let Value::Instant(instant) = of else {
        let kind = of.type_name();
        return Err(Mistake(format!("type {kind} has no method {name}")));
    };
    let civil = Civil::of(*instant);
    let new_year = Civil {
        month: 1,
        day: 1,
        ..civil
    };
    Ok(Value::Int(match name {
        "Unix" => instant.div_euclid(1_000_000_000),
        "UnixMilli" => instant.div_euclid(1_000_000),
        "UnixNano" => *instant,
        "Year" => civil.year,
        "Month" => civil.month,
        "Day" => civil.day,
        "Hour" => civil.hour,
        "Minute" => civil.minute,
        "Second" => civil.second,
        "YearDay" => civil.days() - new_year.days() + 1,
        // The first of January 1970 was a Thursday.
        "Weekday" => (civil.days() + 4).rem_euclid(7),
        other => return Err(Mistake(format!("unknown method {other}"))),
    }))
}
