//! One case of a file of vectors: what it gives, what it expects, and how near is near enough.

use serde_json::Value;
use std::fmt;

/// Computes what a case gives, and compares it with what the case expects; fails with what the case lacks.
pub(crate) type Check = fn(&mut Case<'_>) -> Result<(), Lack>;

/// Values that were computed as ours are agree to nine digits, whatever the order of the sums.
const RELATIVE: f64 = 1e-9;

/// What rounding alone leaves of a zero.
const ROUNDING: f64 = 1e-15;

/// Something that a check needs and a case does not give.
#[derive(Debug)]
pub(crate) struct Lack(pub(crate) String);

/// What became of all cases of a file.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Cases in which everything agrees.
    pub(crate) passed: usize,
    /// Cases in which something differs, or which cannot be computed.
    pub(crate) failed: usize,
    /// What differs, several to a case.
    pub(crate) differences: Vec<Difference>,
    /// Families that have no check.
    pub(crate) not_offered: Vec<String>,
    /// Cases about what a simulator has nothing of, with the reason; they count neither way.
    pub(crate) not_simulated: Vec<String>,
}

/// Something found that is not what was expected.
#[derive(Debug)]
pub(crate) struct Difference {
    family: String,
    case: String,
    expected: String,
    found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            family,
            case,
            expected,
            found,
        } = self;
        write!(f, "{family}, {case}: {expected}, found {found}")
    }
}

impl Outcome {
    /// Runs every case of `vectors` whose family is among `checks`.
    pub(crate) fn of(vectors: &Value, checks: &[(&str, Check)]) -> Self {
        let mut outcome = Self::default();
        for (family, value) in vectors.as_object().into_iter().flatten() {
            let check = checks.iter().find(|(name, _)| name == family);
            match (check, cases(value)) {
                // What stands beside the families, and families of facts that no one could check.
                (None, None) if !value.is_object() || family == "meta" => {}
                (Some(_), None) => {}
                (None, _) => outcome.not_offered.push(family.clone()),
                (Some((_, check)), Some(cases)) => {
                    for (number, value) in (1..).zip(cases) {
                        outcome.run(family, number, *check, value);
                    }
                }
            }
        }
        outcome
    }

    fn run(&mut self, family: &str, number: usize, check: Check, value: &Value) {
        let mut case = Case {
            value,
            compared: 0,
            differing: Vec::new(),
            not_simulated: None,
        };
        let lack = check(&mut case).err();
        let name = name_of(value, number);
        if let Some(reason) = case.not_simulated {
            self.not_simulated
                .push(format!("{family}, {name}: {reason}"));
            return;
        }
        let mut differing = case.differing;
        if let Some(Lack(lack)) = lack {
            differing.push((lack, "nothing".to_owned()));
        } else if case.compared == 0 {
            let expected = "expected a value to compare".to_owned();
            differing.push((expected, "none that is known".to_owned()));
        }
        if differing.is_empty() {
            self.passed += 1;
            return;
        }
        self.failed += 1;
        self.differences
            .extend(differing.into_iter().map(|(expected, found)| Difference {
                family: family.to_owned(),
                case: name.clone(),
                expected,
                found,
            }));
    }
}

/// How a case is told from the others.
fn name_of(value: &Value, number: usize) -> String {
    let own = ["id", "name", "call"]
        .iter()
        .find_map(|key| value.get(key)?.as_str());
    match own {
        Some(name) => format!("case {number} ({name})"),
        None => format!("case {number}"),
    }
}

/// The cases of a family: it is a list of them or holds one. Nothing for what only explains the file.
fn cases(family: &Value) -> Option<&Vec<Value>> {
    let is_list = |value: &&Vec<Value>| value.iter().any(Value::is_object);
    match family {
        Value::Object(of) => match of.get("cases").and_then(Value::as_array) {
            Some(cases) => Some(cases),
            None => of.values().filter_map(Value::as_array).find(is_list),
        },
        other => other.as_array().filter(is_list),
    }
}

/// One case, and what differs in it so far.
pub(crate) struct Case<'a> {
    value: &'a Value,
    compared: usize,
    /// What was expected and what was found.
    differing: Vec<(String, String)>,
    not_simulated: Option<String>,
}

impl Case<'_> {
    /// The whole case.
    pub(crate) const fn json(&self) -> &Value {
        self.value
    }

    /// The case is about something that a simulator has nothing of.
    pub(crate) fn not_simulated(&mut self, reason: &str) {
        self.not_simulated = Some(reason.to_owned());
    }

    /// Compares with the value called `name`, if the case expects one; numbers by their size.
    pub(crate) fn expect_value(&mut self, name: &str, found: &Value) {
        let Some(expected) = self.value.pointer(&format!("/{name}")) else {
            return;
        };
        let told = format!("{name}: expected {expected}");
        let is_same = same(expected, found);
        self.compared += 1;
        if !is_same {
            self.differing.push((told, found.to_string()));
        }
    }

    /// Looks for the text called `name`, if the case expects one, in what was told.
    pub(crate) fn expect_part(&mut self, name: &str, found: &str) {
        let Some(expected) = self.text(name) else {
            return;
        };
        let told = format!("{name}: expected {expected:?}");
        let has = found.contains(expected);
        self.compared += 1;
        if !has {
            self.differing.push((told, format!("{found:?}")));
        }
    }

    /// Fails where something does not hold.
    pub(crate) fn expect_that(&mut self, what: &str, holds: bool, found: &str) {
        self.compared += 1;
        if !holds {
            self.differing
                .push((format!("expected {what}"), found.to_owned()));
        }
    }
    /// The value called `name`, with a slash between the names of nested ones; nothing where it is null.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        let found = self.value.pointer(&format!("/{name}"));
        found.filter(|value| !value.is_null())
    }

    /// The number called `name`; JSON has no infinities and no NaN, so that the vectors spell them.
    pub(crate) fn number(&self, name: &str) -> Result<f64, Lack> {
        let found = self.value(name).and_then(number);
        found.ok_or_else(|| Lack(format!("expected a number called `{name}`")))
    }

    /// The whole number called `name`, not negative; written with a point or not.
    pub(crate) fn count(&self, name: &str) -> Result<u64, Lack> {
        let found = self.value(name).and_then(count);
        found.ok_or_else(|| Lack(format!("expected a count called `{name}`")))
    }

    /// A count that fits into 32 bits.
    pub(crate) fn small(&self, name: &str) -> Result<u32, Lack> {
        let found = self.count(name)?;
        u32::try_from(found).map_err(|_| Lack(format!("expected fewer than 2^32 in `{name}`")))
    }

    /// The numbers called `name`.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<f64>, Lack> {
        let list = self.value(name).and_then(Value::as_array);
        list.and_then(|list| list.iter().map(number).collect())
            .ok_or_else(|| Lack(format!("expected numbers called `{name}`")))
    }

    /// The text called `name`.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value(name).and_then(Value::as_str)
    }

    /// Compares with the value called `name`, if the case expects one, as computed.
    pub(crate) fn expect(&mut self, name: &str, found: f64) {
        let relative = self.number("relative_tolerance").unwrap_or(RELATIVE);
        // Of a tolerance without a kind, the wider reading counts.
        let given = self.number("tolerance").unwrap_or(0.0);
        self.compare(name, found, |expected| {
            let size = expected.abs();
            ROUNDING.max(relative * size).max(given * size.max(1.0))
        });
    }

    /// Compares with the value called `name`, if the case expects one, to within `tolerance`.
    pub(crate) fn expect_within(&mut self, name: &str, found: f64, tolerance: f64) {
        self.compare(name, found, |_| tolerance);
    }

    /// Compares with the value called `name`, if the case expects one, to within a unit of its last digit: tables
    /// round, and some cut off.
    pub(crate) fn expect_published(&mut self, name: &str, found: f64) {
        self.compare(name, found, |expected| {
            let digits = format!("{expected}");
            let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
            // Written rather than computed, and a little more, so that a whole unit is within.
            format!("1.000001e-{decimals}").parse().unwrap_or(0.0)
        });
    }

    /// Compares with the list called `name`, if the case expects one, value by value.
    pub(crate) fn expect_list(&mut self, name: &str, found: &[f64]) {
        let Some(expected) = self.value(name).and_then(Value::as_array).map(Vec::len) else {
            return;
        };
        if expected != found.len() {
            let told = format!("{name}: expected {expected} values");
            self.differing.push((told, found.len().to_string()));
        }
        for (at, &value) in found.iter().enumerate() {
            self.expect(&format!("{name}/{at}"), value);
        }
    }

    fn compare(&mut self, name: &str, found: f64, tolerance: impl Fn(f64) -> f64) {
        let Some(value) = self.value(name) else {
            return;
        };
        let expected = number(value);
        let is_near =
            expected.is_some_and(|expected| is_near(found, expected, tolerance(expected)));
        let told = format!("{name}: expected {value}");
        self.compared += 1;
        if !is_near {
            self.differing.push((told, found.to_string()));
        }
    }
}

fn is_near(found: f64, expected: f64, tolerance: f64) -> bool {
    (found.is_nan() && expected.is_nan())
        || found.to_bits() == expected.to_bits()
        || (found - expected).abs() <= tolerance
}

/// Whether two values are the same, `1` and `1.0` included.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

/// A number, or one of those that JSON cannot write.
pub(crate) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => match text.trim_start_matches('+') {
            "Inf" | "inf" | "Infinity" => Some(f64::INFINITY),
            "-Inf" | "-inf" | "-Infinity" => Some(f64::NEG_INFINITY),
            "NaN" | "nan" => Some(f64::NAN),
            other => other.parse().ok(),
        },
        other => other.as_f64(),
    }
}

fn count(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        let found = number(value)?;
        let is_count = found.fract() == 0.0 && (0.0..9e15).contains(&found);
        is_count
            .then(|| format!("{found:.0}").parse().ok())
            .flatten()
    })
}
