//! Functions of values.

use super::{
    Evaluator,
    operators::{self, float, is_less, list, truncated},
};
use crate::argo::{
    Release,
    condition::{Mistake, clock, tree::Node, value::Value},
    duration,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

fn bad(name: &str, value: &Value) -> Mistake {
    let kind = value.type_name();
    Mistake(format!("invalid argument for {name} (type {kind})"))
}

impl Evaluator<'_> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Node]) -> Result<Value, Mistake> {
        if let Some(found) = self.over_a_list(name, arguments)? {
            return Ok(found);
        }
        let values: Result<Vec<Value>, Mistake> = arguments
            .iter()
            .map(|argument| self.value(argument))
            .collect();
        let values = values?;
        let work: usize = values.iter().map(Value::size).sum();
        self.spend(work)?;
        match name {
            "isNil" => return Ok(Value::Bool(self.given.result.is_nil())),
            "now" => return Ok(Value::Instant(self.given.now)),
            // The first argument is not looked at, but the whole result.
            "default" => {
                let other = values.into_iter().nth(1).unwrap_or(Value::Nil);
                return if self.given.result.is_nil() {
                    Ok(other)
                } else {
                    self.copy(self.given.result)
                };
            }
            "max" | "min" | "mean" | "median" => return self.of_numbers(name, &values),
            "repeat" => return self.repeat(&values),
            _ => {}
        }
        let found = match values.as_slice() {
            [one] => of_one(name, one)?,
            _ => None,
        };
        match found {
            Some(found) => Ok(found),
            None => of_texts(name, &values)?.map_or_else(|| lists_of(name, &values), Ok),
        }
    }

    fn of_numbers(&mut self, name: &str, values: &[Value]) -> Result<Value, Mistake> {
        let old = matches!(self.given.release, Release::V1_8 | Release::V1_9);
        let extreme = name == "max" || name == "min";
        let mut numbers = Vec::new();
        for value in values {
            match value {
                Value::List(..) if old && extreme => return Err(bad(name, value)),
                Value::List(_, of) => numbers.extend(of.iter().cloned()),
                other => numbers.push(other.clone()),
            }
        }
        // Lists of lists are flattened as well.
        while numbers.iter().any(|value| matches!(value, Value::List(..))) {
            self.spend(numbers.len())?;
            numbers = numbers
                .into_iter()
                .flat_map(|value| match value {
                    Value::List(_, of) => of,
                    other => alloc::vec![other],
                })
                .collect();
        }
        if let ([Value::Nil], true) = (values, extreme) {
            return Ok(Value::Nil);
        }
        let floats: Option<Vec<f64>> = numbers.iter().map(Value::number).collect();
        let Some(floats) = floats else {
            let wrong = numbers.iter().find(|value| value.number().is_none());
            return Err(bad(name, wrong.unwrap_or(&Value::Nil)));
        };
        match name {
            "mean" => return Ok(Value::Float(operators::mean(&floats))),
            "median" => return Ok(Value::Float(operators::median(floats))),
            _ => {}
        }
        let mut found: Option<Value> = None;
        for value in numbers {
            let takes_over = match &found {
                None => true,
                Some(best) if name == "max" => is_less(best, &value)?,
                Some(best) => is_less(&value, best)?,
            };
            if takes_over {
                found = Some(value);
            }
        }
        Ok(found.unwrap_or(Value::Nil))
    }

    fn repeat(&mut self, values: &[Value]) -> Result<Value, Mistake> {
        let [Value::Text(text), Value::Int(times)] = values else {
            return Err(Mistake::new("invalid arguments for repeat"));
        };
        let times = usize::try_from(*times).map_err(|_| Mistake::new("invalid repeat count"))?;
        self.spend(times.saturating_mul(1 + text.len()))?;
        Ok(Value::Text(text.repeat(times)))
    }
}

/// Functions of one value; nothing where `name` is none.
fn of_one(name: &str, value: &Value) -> Result<Option<Value>, Mistake> {
    let found = match (name, value) {
        ("type", value) => Some(Value::Text(type_word(value).into())),
        ("string", value) => Some(Value::Text(value.to_string())),
        ("len", Value::List(_, values)) => Some(count(values.len())),
        ("len", Value::Map(values)) => Some(count(values.len())),
        ("len", Value::Text(text)) => Some(count(text.chars().count())),
        ("abs", Value::Int(value)) => Some(Value::Int(value.wrapping_abs())),
        ("abs", Value::Float(value)) => Some(Value::Float(libm::fabs(*value))),
        ("ceil", value) => value.number().map(|it| Value::Float(libm::ceil(it))),
        ("floor", value) => value.number().map(|it| Value::Float(libm::floor(it))),
        ("round", value) => value.number().map(|it| Value::Float(libm::round(it))),
        ("int" | "asInt", Value::Int(value)) => Some(Value::Int(*value)),
        ("int" | "asInt", Value::Float(value)) => Some(Value::Int(truncated(*value))),
        ("int" | "asInt", Value::Text(text)) => return whole(text).map(Value::Int).map(Some),
        ("float" | "asFloat", Value::Text(text)) => {
            let found = float(text).map(Value::Float);
            return found
                .map(Some)
                .ok_or_else(|| not_parsed("ParseFloat", text));
        }
        ("float" | "asFloat", value) => value.number().map(Value::Float),
        ("isNaN", Value::Float(value)) => Some(Value::Bool(value.is_nan())),
        ("isInf", Value::Float(value)) => Some(Value::Bool(value.is_infinite())),
        // Whole numbers come here only where they are written out.
        ("isNaN" | "isInf", Value::Int(_)) => Some(Value::Bool(false)),
        ("duration", Value::Text(text)) => duration::nanos(text).map(Value::Length),
        (
            "trim" | "upper" | "lower" | "date" | "join" | "first" | "last" | "keys" | "values"
            | "reverse" | "uniq" | "flatten" | "sort" | "concat",
            _,
        ) => return Ok(None),
        _ => None,
    };
    found.map_or_else(|| Err(bad(name, value)), |found| Ok(Some(found)))
}

fn whole(text: &str) -> Result<i64, Mistake> {
    text.parse().map_err(|_| not_parsed("ParseInt", text))
}

/// As Go says it.
fn not_parsed(by: &str, text: &str) -> Mistake {
    Mistake(format!("strconv.{by}: parsing {text:?}: invalid syntax"))
}

fn count(length: usize) -> Value {
    Value::Int(i64::try_from(length).unwrap_or(i64::MAX))
}

const fn type_word(value: &Value) -> &'static str {
    match value {
        Value::Nil => "nil",
        Value::Bool(_) => "bool",
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Text(_) => "string",
        Value::List(..) => "array",
        Value::Map(_) => "map",
        Value::Instant(_) => "time.Time",
        Value::Length(_) => "time.Duration",
    }
}

/// Functions of texts; nothing where `name` is none.
fn of_texts(name: &str, values: &[Value]) -> Result<Option<Value>, Mistake> {
    let text = |value: String| Ok(Some(Value::Text(value)));
    let [Value::Text(first), rest @ ..] = values else {
        return Ok(None);
    };
    let others = operators::texts(rest).unwrap_or_default();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let found = |place: Option<usize>| match place {
        Some(place) => count(place),
        None => Value::Int(-1),
    };
    match (name, others.as_slice()) {
        ("upper", []) => text(first.to_uppercase()),
        ("lower", []) => text(first.to_lowercase()),
        ("trim", []) => text(first.trim().into()),
        ("trim", [signs]) => text(first.trim_matches(|c| signs.contains(c)).into()),
        ("trimPrefix", [part]) => text(first.strip_prefix(part).unwrap_or(first).into()),
        ("trimSuffix", [part]) => text(first.strip_suffix(part).unwrap_or(first).into()),
        ("hasPrefix", [part]) => Ok(Some(Value::Bool(first.starts_with(part)))),
        ("hasSuffix", [part]) => Ok(Some(Value::Bool(first.ends_with(part)))),
        ("indexOf", [part]) => Ok(Some(found(first.find(part)))),
        ("lastIndexOf", [part]) => Ok(Some(found(first.rfind(part)))),
        ("split", [part]) => Ok(Some(Value::texts(first.split(part).map(String::from)))),
        ("splitAfter", [part]) => Ok(Some(Value::texts(
            first.split_inclusive(part).map(String::from),
        ))),
        ("replace", [from, to]) => text(first.replace(from, to)),
        ("date", layout @ ([] | [_] | [_, "UTC" | "GMT"])) => {
            let instant = clock::instant(first, layout.first().copied());
            let instant = instant.ok_or_else(|| Mistake(format!("invalid date {first}")))?;
            Ok(Some(Value::Instant(instant)))
        }
        ("date", [_, zone, ..]) => Err(Mistake(format!("unknown time zone {zone}"))),
        _ => Ok(None),
    }
}

/// Functions of lists and maps.
fn lists_of(name: &str, values: &[Value]) -> Result<Value, Mistake> {
    let wrong = || match values.first() {
        Some(value) => bad(name, value),
        None => Mistake(format!("not enough arguments to call {name}")),
    };
    let found = match (name, values) {
        ("join", [Value::List(_, values), rest @ ..]) => {
            let between = match rest {
                [Value::Text(between)] => between.as_str(),
                _ => "",
            };
            operators::texts(values).map(|texts| Value::Text(texts.join(between)))
        }
        ("first", [Value::List(_, values)]) => Some(values.first().cloned().unwrap_or(Value::Nil)),
        ("last", [Value::List(_, values)]) => Some(values.last().cloned().unwrap_or(Value::Nil)),
        ("get", [Value::Map(values), Value::Text(name)]) => {
            Some(values.get(name).cloned().unwrap_or(Value::Nil))
        }
        ("get", [Value::List(_, values), index]) => {
            let index = super::index_of(index, values.len())?;
            Some(values.get(index).cloned().unwrap_or(Value::Nil))
        }
        ("get", [Value::Nil, _]) => Some(Value::Nil),
        ("take", [Value::List(elements, values), Value::Int(most)]) => {
            let most = usize::try_from(*most).unwrap_or(0);
            Some(Value::List(
                *elements,
                values.iter().take(most).cloned().collect(),
            ))
        }
        ("keys", [Value::Map(values)]) => {
            Some(list(values.keys().cloned().map(Value::Text).collect()))
        }
        ("values", [Value::Map(values)]) => Some(list(values.values().cloned().collect())),
        ("reverse", [Value::List(_, values)]) => Some(list(values.iter().rev().cloned().collect())),
        ("flatten" | "concat", values) => Some(list(flat(values))),
        ("sort", [Value::List(_, values), rest @ ..]) => {
            let descending = matches!(rest, [Value::Text(word)] if word == "desc");
            Some(list(sorted(values, descending)?))
        }
        ("uniq", [Value::List(_, values)]) => {
            let mut once: Vec<Value> = Vec::new();
            for value in values {
                if !once.iter().any(|other| operators::equal(other, value)) {
                    once.push(value.clone());
                }
            }
            Some(list(once))
        }
        _ => None,
    };
    found.ok_or_else(wrong)
}

fn flat(values: &[Value]) -> Vec<Value> {
    let of = |value: &Value| match value {
        Value::List(_, values) => values.clone(),
        other => alloc::vec![other.clone()],
    };
    values.iter().flat_map(of).collect()
}

/// By size, those that are equal in their order.
pub(super) fn sorted(values: &[Value], descending: bool) -> Result<Vec<Value>, Mistake> {
    let mut mistake = None;
    let mut values = values.to_vec();
    values.sort_by(|one, other| {
        let mut less = |one: &Value, other: &Value| match is_less(one, other) {
            Ok(less) => less,
            Err(told) => {
                mistake = Some(told);
                false
            }
        };
        let order = match (less(one, other), less(other, one)) {
            (true, _) => core::cmp::Ordering::Less,
            (false, true) => core::cmp::Ordering::Greater,
            (false, false) => core::cmp::Ordering::Equal,
        };
        if descending { order.reverse() } else { order }
    });
    match mistake {
        None => Ok(values),
        Some(told) => Err(told),
    }
}
