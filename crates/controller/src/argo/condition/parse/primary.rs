//! The innermost pieces: constants, names, brackets, calls, members.

use super::{Parser, constant, unexpected};
use crate::argo::condition::{
    Mistake,
    lex::Word,
    tree::{Current, Node, Unary},
    value::Value,
};
use alloc::{boxed::Box, format, string::String, vec::Vec};

/// Functions that take a closure as their second argument.
const WITH_CLOSURE: [&str; 16] = [
    "all",
    "none",
    "any",
    "one",
    "filter",
    "map",
    "count",
    "sum",
    "find",
    "findIndex",
    "findLast",
    "findLastIndex",
    "groupBy",
    "countBy",
    "sortBy",
    "reduce",
];

impl Parser {
    pub(super) fn primary(&mut self) -> Result<Node, Mistake> {
        if let Word::Operator(sign) = *self.peek() {
            let unary = match sign {
                "not" | "!" => Some((Unary::Not, 50)),
                "-" => Some((Unary::Minus, 90)),
                "+" => Some((Unary::Plus, 90)),
                _ => None,
            };
            if let Some((unary, precedence)) = unary {
                self.at += 1;
                let of = self.expression(precedence)?;
                return Ok(Node::Unary(unary, Box::new(of)));
            }
            if 0 < self.closures && (sign == "#" || sign == ".") {
                return self.current(sign);
            }
        }
        let node = match self.next() {
            Word::Bracket('(') => {
                let node = self.expression(0)?;
                self.expect_bracket(')')?;
                node
            }
            Word::Bracket('[') => Node::List(self.arguments(']')?),
            Word::Bracket('{') => self.map()?,
            Word::Int(value) => constant(Value::Int(value)),
            Word::Float(value) => constant(Value::Float(value)),
            Word::Text(text) => constant(Value::Text(text)),
            Word::Name(name) => match name.as_str() {
                "true" => return Ok(constant(Value::Bool(true))),
                "false" => return Ok(constant(Value::Bool(false))),
                "nil" => return Ok(constant(Value::Nil)),
                _ if self.is_bracket('(') => self.call(name, None)?,
                _ => Node::Name(name),
            },
            other => return Err(unexpected(&other)),
        };
        self.members(node)
    }

    /// `#`, `#acc`, `#index`, or `.name` of the element.
    fn current(&mut self, sign: &str) -> Result<Node, Mistake> {
        let mut current = Current::Element;
        if sign == "#" {
            self.at += 1;
            if let Word::Name(name) = self.peek() {
                current = match name.as_str() {
                    "acc" => Current::Gathered,
                    "index" => Current::Index,
                    other => return Err(Mistake(format!("unknown pointer #{other}"))),
                };
                self.at += 1;
            }
        }
        self.members(Node::Current(current))
    }

    /// What follows a value: members, indices, slices, methods.
    pub(super) fn members(&mut self, mut node: Node) -> Result<Node, Mistake> {
        let mut breaks_off = false;
        loop {
            self.count(1)?;
            if self.take(".") {
                node = self.member(node)?;
            } else if self.take("?.") {
                breaks_off = true;
                let property = if self.take_bracket('[') {
                    let property = self.expression(0)?;
                    self.expect_bracket(']')?;
                    property
                } else {
                    constant(Value::Text(self.property()?))
                };
                node = Node::Optional(Box::new(node), Box::new(property));
            } else if self.take_bracket('[') {
                node = self.index(node)?;
            } else if breaks_off {
                return Ok(Node::Chain(Box::new(node)));
            } else {
                return Ok(node);
            }
        }
    }

    fn property(&mut self) -> Result<String, Mistake> {
        match self.next() {
            Word::Name(name) => Ok(name),
            Word::Operator(word) if word.starts_with(char::is_alphabetic) => Ok(word.into()),
            other => Err(unexpected(&other)),
        }
    }

    fn member(&mut self, node: Node) -> Result<Node, Mistake> {
        let name = self.property()?;
        if self.take_bracket('(') {
            let arguments = self.arguments(')')?;
            return Ok(Node::Method(Box::new(node), name, arguments));
        }
        let property = constant(Value::Text(name));
        Ok(Node::Member(Box::new(node), Box::new(property)))
    }

    fn index(&mut self, node: Node) -> Result<Node, Mistake> {
        let node = Box::new(node);
        let from = if self.is_operator(":") {
            None
        } else {
            Some(Box::new(self.expression(0)?))
        };
        if self.take(":") {
            let to = if self.is_bracket(']') {
                None
            } else {
                Some(Box::new(self.expression(0)?))
            };
            self.expect_bracket(']')?;
            return Ok(Node::Slice(node, from, to));
        }
        self.expect_bracket(']')?;
        match from {
            Some(index) => Ok(Node::Member(node, index)),
            None => Err(unexpected(self.peek())),
        }
    }

    /// Values up to a closing bracket; a comma may come last.
    fn arguments(&mut self, closing: char) -> Result<Vec<Node>, Mistake> {
        let mut nodes = Vec::new();
        while !self.take_bracket(closing) {
            if !nodes.is_empty() {
                self.expect(",")?;
                if closing == ']' && self.take_bracket(closing) {
                    break;
                }
            }
            nodes.push(self.expression(0)?);
        }
        Ok(nodes)
    }

    fn map(&mut self) -> Result<Node, Mistake> {
        let mut pairs = Vec::new();
        while !self.take_bracket('}') {
            if !pairs.is_empty() {
                self.expect(",")?;
                if self.take_bracket('}') {
                    break;
                }
            }
            let key = match self.next() {
                Word::Name(name) | Word::Text(name) => constant(Value::Text(name)),
                Word::Int(value) => constant(Value::Text(format!("{value}"))),
                Word::Bracket('(') => {
                    let key = self.expression(0)?;
                    self.expect_bracket(')')?;
                    key
                }
                other => return Err(unexpected(&other)),
            };
            self.expect(":")?;
            pairs.push((key, self.expression(0)?));
        }
        Ok(Node::Map(pairs))
    }

    /// A call of a function, whose bracket comes next; `first` came through a pipe.
    pub(super) fn call(&mut self, name: String, first: Option<Node>) -> Result<Node, Mistake> {
        self.expect_bracket('(')?;
        let with_closure = WITH_CLOSURE.contains(&name.as_str());
        let mut arguments: Vec<Node> = first.into_iter().collect();
        let piped = arguments.len();
        while !self.take_bracket(')') {
            if piped < arguments.len() {
                self.expect(",")?;
                // A comma may come last.
                if self.take_bracket(')') {
                    break;
                }
            }
            arguments.push(if with_closure && arguments.len() == 1 {
                self.closure()?
            } else {
                self.expression(0)?
            });
        }
        Ok(Node::Call(name, arguments))
    }

    fn closure(&mut self) -> Result<Node, Mistake> {
        self.closures += 1;
        let in_braces = self.take_bracket('{');
        let node = self.expression(0)?;
        if in_braces {
            self.expect_bracket('}')?;
        }
        self.closures -= 1;
        Ok(Node::Closure(Box::new(node)))
    }
}
