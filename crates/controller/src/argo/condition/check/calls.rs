//! Calls: which functions there are, and what they take and give.

use super::Checker;
use crate::argo::{
    Release,
    condition::{
        Mistake,
        kind::Kind,
        tree::Node,
        value::{Elements, Value},
    },
};
use alloc::{format, vec::Vec};

/// Names that the analysis adds to the language.
pub(super) fn is_function_of_the_environment(name: &str) -> bool {
    matches!(
        name,
        "asInt" | "asFloat" | "isNaN" | "isInf" | "isNil" | "default"
    )
}

/// What an argument may be.
#[derive(Clone, Copy)]
enum Takes {
    Anything,
    Number,
    NumberOrText,
    Text,
    Int,
    List,
    Map,
    /// What has a length.
    Sized,
    /// Numbers, or lists of them.
    Numbers,
}

impl Takes {
    fn fits(self, kind: Kind) -> bool {
        kind.is_unknown()
            || match self {
                Self::Anything => true,
                Self::Number => kind.is_number(),
                Self::NumberOrText => kind.is_number() || kind == Kind::Text,
                Self::Text => kind == Kind::Text,
                Self::Int => kind.may_be(Kind::Int),
                Self::List => matches!(kind, Kind::List(_)),
                Self::Map => kind == Kind::Map,
                Self::Sized => matches!(kind, Kind::List(_) | Kind::Map | Kind::Text),
                Self::Numbers => kind.is_number() || matches!(kind, Kind::List(_)),
            }
    }
}

/// What a function takes, how many of that it needs, and what it gives.
struct Signature {
    takes: &'static [Takes],
    needs: usize,
    gives: Gives,
}

#[derive(Clone, Copy)]
enum Gives {
    This(Kind),
    /// The type of the first argument.
    First,
    /// The type of the first argument's elements.
    Element,
}

fn signature(name: &str) -> Option<Signature> {
    use Takes::{Anything, Int, List, Map, Number, NumberOrText, Sized, Text};
    let this =
        |takes: &'static [Takes], needs: usize, kind: Kind| Some((takes, needs, Gives::This(kind)));
    let texts = Kind::List(Elements::Texts);
    let any = Kind::List(Elements::Any);
    let found: Option<(&'static [Takes], usize, Gives)> = match name {
        "len" => this(&[Sized], 1, Kind::Int),
        "type" | "string" => this(&[Anything], 1, Kind::Text),
        "abs" => Some((&[Number], 1, Gives::First)),
        "ceil" | "floor" | "round" => this(&[Number], 1, Kind::Float),
        "int" => this(&[NumberOrText], 1, Kind::Int),
        "float" => this(&[NumberOrText], 1, Kind::Float),
        "upper" | "lower" => this(&[Text], 1, Kind::Text),
        "trim" => this(&[Text, Text], 1, Kind::Text),
        "trimPrefix" | "trimSuffix" => this(&[Text, Text], 2, Kind::Text),
        "split" | "splitAfter" => this(&[Text, Text, Int], 2, texts),
        "replace" => this(&[Text, Text, Text, Int], 3, Kind::Text),
        "get" | "default" => this(&[Anything, Anything], 2, Kind::Unknown),
        "repeat" => this(&[Text, Int], 2, Kind::Text),
        "join" => this(&[List, Text], 1, Kind::Text),
        "indexOf" | "lastIndexOf" => this(&[Text, Text], 2, Kind::Int),
        "hasPrefix" | "hasSuffix" => this(&[Text, Text], 2, Kind::Bool),
        "now" => this(&[], 0, Kind::Instant),
        "duration" => this(&[Text], 1, Kind::Length),
        "date" => this(&[Text, Text, Text], 1, Kind::Instant),
        "first" | "last" => Some((&[List], 1, Gives::Element)),
        "take" => Some((&[List, Int], 2, Gives::First)),
        "keys" | "values" => this(&[Map], 1, any),
        "reverse" | "uniq" | "flatten" => this(&[List], 1, any),
        "sort" => this(&[List, Text], 1, any),
        "asInt" => this(&[Anything], 1, Kind::Int64),
        "asFloat" => this(&[Anything], 1, Kind::Float),
        "isNil" => this(&[Anything], 1, Kind::Bool),
        _ => None,
    };
    found.map(|(takes, needs, gives)| Signature {
        takes,
        needs,
        gives,
    })
}

impl Checker {
    pub(super) fn call(&mut self, name: &str, arguments: &[Node]) -> Result<Kind, Mistake> {
        match name {
            "all" | "none" | "any" | "one" | "filter" | "map" | "count" | "sum" | "find"
            | "findIndex" | "findLast" | "findLastIndex" | "sortBy" | "reduce" => {
                self.over_a_list(name, arguments)
            }
            "max" | "min" | "mean" | "median" => self.of_numbers(name, arguments),
            "isNaN" | "isInf" => self.of_a_float(name, arguments),
            "concat" => {
                for argument in arguments {
                    self.takes(name, Takes::List, argument)?;
                }
                Ok(Kind::List(Elements::Any))
            }
            _ => self.plain(name, arguments),
        }
    }

    fn plain(&mut self, name: &str, arguments: &[Node]) -> Result<Kind, Mistake> {
        let unknown = || Mistake(format!("unknown name {name}"));
        let signature = signature(name).ok_or_else(unknown)?;
        if arguments.len() < signature.needs {
            return Err(Mistake(format!("not enough arguments to call {name}")));
        }
        if signature.takes.len() < arguments.len() {
            return Err(Mistake(format!("too many arguments to call {name}")));
        }
        let mut kinds = Vec::new();
        for (takes, argument) in signature.takes.iter().zip(arguments) {
            kinds.push(self.takes(name, *takes, argument)?);
        }
        let first = kinds.first().copied().unwrap_or(Kind::Unknown);
        Ok(match signature.gives {
            Gives::This(kind) => kind,
            Gives::First => first,
            Gives::Element => first.element(),
        })
    }

    fn takes(&mut self, name: &str, takes: Takes, argument: &Node) -> Result<Kind, Mistake> {
        let kind = self.kind(argument)?;
        if takes.fits(kind) {
            return Ok(kind);
        }
        Err(Mistake(format!(
            "invalid argument for {name} (type {kind})"
        )))
    }

    /// `max`, `min`, `mean` and `median`.
    fn of_numbers(&mut self, name: &str, arguments: &[Node]) -> Result<Kind, Mistake> {
        let Some((first, others)) = arguments.split_first() else {
            return Err(Mistake(format!("not enough arguments to call {name}")));
        };
        let extreme = name == "max" || name == "min";
        let old = matches!(self.release, Release::V1_8 | Release::V1_9);
        let takes = if extreme && old {
            Takes::Number
        } else {
            Takes::Numbers
        };
        let mut kind = self.takes(name, takes, first)?;
        for argument in others {
            let other = self.takes(name, takes, argument)?;
            if other != kind {
                kind = Kind::Unknown;
            }
        }
        Ok(match kind {
            _ if !extreme => Kind::Float,
            Kind::List(_) => Kind::Unknown,
            kind => kind,
        })
    }

    /// `isNaN` and `isInf` take a float; whole numbers only where they are written out.
    fn of_a_float(&mut self, name: &str, arguments: &[Node]) -> Result<Kind, Mistake> {
        let [argument] = arguments else {
            let how = if arguments.is_empty() {
                "not enough"
            } else {
                "too many"
            };
            return Err(Mistake(format!("{how} arguments to call {name}")));
        };
        let kind = self.kind(argument)?;
        if kind.may_be(Kind::Float) || (kind == Kind::Int && is_written_out(argument)) {
            return Ok(Kind::Bool);
        }
        Err(Mistake(format!(
            "cannot use {kind} as argument (type float64) to call {name}"
        )))
    }

    /// Functions that look at the elements of a list, mostly with a closure.
    fn over_a_list(&mut self, name: &str, arguments: &[Node]) -> Result<Kind, Mistake> {
        let Some((list, rest)) = arguments.split_first() else {
            return Err(Mistake(format!("not enough arguments to call {name}")));
        };
        let kind = self.kind(list)?;
        if !kind.may_be_list() {
            return Err(Mistake(format!(
                "builtin {name} takes only array (got {kind})"
            )));
        }
        let most = if name == "reduce" || name == "sortBy" {
            2
        } else {
            1
        };
        if most < rest.len() {
            return Err(Mistake(format!("too many arguments to call {name}")));
        }
        let Some((closure, rest)) = rest.split_first() else {
            return match name {
                "sum" => Ok(kind.element()),
                "count" => Ok(Kind::Int),
                _ => Err(Mistake(format!("not enough arguments to call {name}"))),
            };
        };
        for argument in rest {
            self.kind(argument)?;
        }
        self.closures.push(kind.element());
        let found = self.kind(closure);
        self.closures.pop();
        let found = found?;
        let wants_bool = !matches!(name, "map" | "sum" | "sortBy" | "reduce");
        if wants_bool && !found.may_be(Kind::Bool) {
            return Err(Mistake(format!(
                "predicate should return boolean (got {found})"
            )));
        }
        Ok(match name {
            "all" | "none" | "any" | "one" => Kind::Bool,
            "count" | "findIndex" | "findLastIndex" => Kind::Int,
            "filter" | "sortBy" => Kind::List(Elements::Any),
            "map" => found.list_of(),
            "sum" => found,
            "reduce" => Kind::Unknown,
            _ => kind.element(),
        })
    }

    pub(super) fn method(
        &mut self,
        of: &Node,
        name: &str,
        arguments: &[Node],
    ) -> Result<Kind, Mistake> {
        let base = self.kind(of)?;
        for argument in arguments {
            self.kind(argument)?;
        }
        let found = match (base, name) {
            (
                Kind::Instant,
                "Unix" | "UnixMilli" | "UnixNano" | "Year" | "Day" | "Hour" | "Minute" | "Second"
                | "Month" | "Weekday" | "YearDay",
            )
            | (Kind::Length, "Milliseconds" | "Microseconds" | "Nanoseconds") => Some(Kind::Int),
            (Kind::Length, "Hours" | "Minutes" | "Seconds") => Some(Kind::Float),
            (Kind::Unknown, _) => Some(Kind::Unknown),
            _ => None,
        };
        found.ok_or_else(|| Mistake(format!("type {base} has no method {name}")))
    }
}

/// Whether a number stands there as such, perhaps with a sign.
fn is_written_out(node: &Node) -> bool {
    match node {
        Node::Constant(Value::Int(_)) => true,
        Node::Unary(_, of) => is_written_out(of),
        Node::Binary(_, one, other) => is_written_out(one) && is_written_out(other),
        _ => false,
    }
}
