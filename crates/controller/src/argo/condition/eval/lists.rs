//! Functions that look at the elements of a list, mostly with a closure.

use super::{
    Evaluator, Frame,
    operators::{self, list},
    truth,
};
use crate::argo::condition::{Mistake, tree::Node, value::Value};
use alloc::{format, vec::Vec};

impl Evaluator<'_> {
    /// Nothing where `name` is no such function.
    pub(super) fn over_a_list(
        &mut self,
        name: &str,
        arguments: &[Node],
    ) -> Result<Option<Value>, Mistake> {
        match name {
            "all" | "none" | "any" | "one" | "filter" | "map" | "count" | "sum" | "find"
            | "findIndex" | "findLast" | "findLastIndex" | "sortBy" | "reduce" => {}
            _ => return Ok(None),
        }
        let [of, rest @ ..] = arguments else {
            return Err(Mistake(format!("not enough arguments to call {name}")));
        };
        let values = match self.value(of)? {
            Value::List(_, values) => values,
            other => {
                let kind = other.type_name();
                return Err(Mistake(format!(
                    "builtin {name} takes only array (got {kind})"
                )));
            }
        };
        self.looked_at(name, values, rest).map(Some)
    }

    fn looked_at(
        &mut self,
        name: &str,
        values: Vec<Value>,
        rest: &[Node],
    ) -> Result<Value, Mistake> {
        let closure = rest.first();
        match name {
            "all" => Ok(Value::Bool(
                self.find(&values, closure, false, false)?.is_none(),
            )),
            "any" => Ok(Value::Bool(
                self.find(&values, closure, true, false)?.is_some(),
            )),
            "none" => Ok(Value::Bool(
                self.find(&values, closure, true, false)?.is_none(),
            )),
            "find" => self.found(&values, closure, false),
            "findLast" => self.found(&values, closure, true),
            "findIndex" => self.found_at(&values, closure, false),
            "findLastIndex" => self.found_at(&values, closure, true),
            "one" => Ok(Value::Bool(self.chosen(&values, closure)?.len() == 1)),
            "count" => {
                let length = self.chosen(&values, closure)?.len();
                Ok(Value::Int(i64::try_from(length).unwrap_or(i64::MAX)))
            }
            "filter" => Ok(list(self.chosen(&values, closure)?)),
            "map" => Ok(list(self.mapped(&values, closure)?)),
            "sum" => {
                let mut total = Value::Int(0);
                for value in self.mapped(&values, closure)? {
                    let so_far = operators::sum(&total, &value);
                    total = so_far.ok_or_else(|| {
                        operators::mismatched(
                            crate::argo::condition::tree::Binary::Plus,
                            &total,
                            &value,
                        )
                    })?;
                }
                Ok(total)
            }
            "sortBy" => self.sorted_by(&values, rest),
            _ => self.reduced(values, rest),
        }
    }

    /// What the closure makes of an element; the element itself where there is none.
    fn of_element(
        &mut self,
        closure: Option<&Node>,
        element: &Value,
        index: usize,
        gathered: Value,
    ) -> Result<Value, Mistake> {
        let element = self.copy(element)?;
        let Some(closure) = closure else {
            return Ok(element);
        };
        self.frames.push(Frame {
            element,
            gathered,
            index: i64::try_from(index).unwrap_or(i64::MAX),
        });
        let found = self.value(closure);
        self.frames.pop();
        found
    }

    fn mapped(&mut self, values: &[Value], closure: Option<&Node>) -> Result<Vec<Value>, Mistake> {
        let mut found = Vec::new();
        for (index, value) in values.iter().enumerate() {
            found.push(self.of_element(closure, value, index, Value::Nil)?);
        }
        Ok(found)
    }

    fn chosen(&mut self, values: &[Value], closure: Option<&Node>) -> Result<Vec<Value>, Mistake> {
        let mut found = Vec::new();
        for (index, value) in values.iter().enumerate() {
            if truth(&self.of_element(closure, value, index, Value::Nil)?)? {
                found.push(value.clone());
            }
        }
        Ok(found)
    }

    /// The place of the first element for which the closure says `wanted`, or of the last.
    fn find(
        &mut self,
        values: &[Value],
        closure: Option<&Node>,
        wanted: bool,
        last: bool,
    ) -> Result<Option<usize>, Mistake> {
        for step in 0..values.len() {
            let index = if last { values.len() - 1 - step } else { step };
            let Some(value) = values.get(index) else {
                continue;
            };
            if truth(&self.of_element(closure, value, index, Value::Nil)?)? == wanted {
                return Ok(Some(index));
            }
        }
        Ok(None)
    }

    fn found(
        &mut self,
        values: &[Value],
        closure: Option<&Node>,
        last: bool,
    ) -> Result<Value, Mistake> {
        let index = self.find(values, closure, true, last)?;
        Ok(index
            .and_then(|index| values.get(index).cloned())
            .unwrap_or(Value::Nil))
    }

    fn found_at(
        &mut self,
        values: &[Value],
        closure: Option<&Node>,
        last: bool,
    ) -> Result<Value, Mistake> {
        let index = self.find(values, closure, true, last)?;
        Ok(match index.and_then(|index| i64::try_from(index).ok()) {
            Some(index) => Value::Int(index),
            None => Value::Nil,
        })
    }

    fn sorted_by(&mut self, values: &[Value], rest: &[Node]) -> Result<Value, Mistake> {
        let keys = self.mapped(values, rest.first())?;
        let descending = match rest.get(1) {
            Some(order) => matches!(self.value(order)?, Value::Text(word) if word == "desc"),
            None => false,
        };
        self.spend(values.len().saturating_mul(16))?;
        // Each with its place behind its key, so that the places can be sorted as the keys are.
        let order = super::functions::sorted(&keys, descending)?;
        let mut left: Vec<Option<(&Value, &Value)>> = keys.iter().zip(values).map(Some).collect();
        let mut found = Vec::new();
        for key in &order {
            self.spend(left.len())?;
            let place = left
                .iter_mut()
                .find(|place| place.is_some_and(|(own, _)| operators::equal(own, key)));
            if let Some((_, value)) = place.and_then(Option::take) {
                found.push(value.clone());
            }
        }
        Ok(list(found))
    }

    fn reduced(&mut self, values: Vec<Value>, rest: &[Node]) -> Result<Value, Mistake> {
        let mut values = values.into_iter().enumerate();
        let mut gathered = match rest.get(1) {
            Some(first) => self.value(first)?,
            None => match values.next() {
                Some((_, first)) => first,
                None => return Err(Mistake::new("reduce of empty array with no initial value")),
            },
        };
        for (index, value) in values {
            gathered = self.of_element(rest.first(), &value, index, gathered)?;
        }
        Ok(gathered)
    }
}
