//! Reads a condition: operators by how tightly they bind, as upstream's parser does.

mod primary;

use super::{
    Mistake,
    lex::{Word, words},
    tree::{Binary, Node, Unary},
    value::Value,
};
use crate::argo::Release;
use alloc::{boxed::Box, format, string::String, vec::Vec};

/// Nothing is nested deeper.
const DEEPEST: usize = 60;

/// No condition has more pieces.
const LONGEST: usize = 500;

/// Reads a condition.
pub(super) fn parse(text: &str, release: Release) -> Result<Node, Mistake> {
    let mut parser = Parser {
        words: words(text)?,
        at: 0,
        depth: 0,
        pieces: 0,
        closures: 0,
        release,
    };
    let node = parser.expression(0)?;
    match parser.peek() {
        Word::End => Ok(node),
        other => Err(unexpected(other)),
    }
}

struct Parser {
    words: Vec<Word>,
    at: usize,
    depth: usize,
    pieces: usize,
    /// How many closures surround what is read.
    closures: usize,
    release: Release,
}

fn unexpected(word: &Word) -> Mistake {
    match word {
        Word::End => Mistake::new("unexpected token EOF"),
        other => Mistake(format!("unexpected token {other:?}")),
    }
}

impl Parser {
    fn peek(&self) -> &Word {
        self.words.get(self.at).unwrap_or(&Word::End)
    }

    fn peek_after(&self) -> &Word {
        self.words.get(self.at + 1).unwrap_or(&Word::End)
    }

    fn next(&mut self) -> Word {
        let word = self.peek().clone();
        self.at += 1;
        word
    }

    fn is_operator(&self, sign: &str) -> bool {
        matches!(self.peek(), Word::Operator(found) if *found == sign)
    }

    fn is_bracket(&self, bracket: char) -> bool {
        matches!(self.peek(), Word::Bracket(found) if *found == bracket)
    }

    /// Passes this sign where it comes next.
    fn take(&mut self, sign: &str) -> bool {
        let comes = self.is_operator(sign);
        self.at += usize::from(comes);
        comes
    }

    fn take_bracket(&mut self, bracket: char) -> bool {
        let comes = self.is_bracket(bracket);
        self.at += usize::from(comes);
        comes
    }

    fn expect(&mut self, sign: &str) -> Result<(), Mistake> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(unexpected(self.peek()))
        }
    }

    fn expect_bracket(&mut self, bracket: char) -> Result<(), Mistake> {
        if self.take_bracket(bracket) {
            Ok(())
        } else {
            Err(unexpected(self.peek()))
        }
    }

    fn name(&mut self) -> Result<String, Mistake> {
        match self.next() {
            Word::Name(name) => Ok(name),
            other => Err(unexpected(&other)),
        }
    }

    /// An expression whose operators bind at least so tightly.
    fn expression(&mut self, precedence: u32) -> Result<Node, Mistake> {
        self.depth += 1;
        self.count(1)?;
        if DEEPEST < self.depth {
            return Err(Mistake::new("the condition is nested too deeply"));
        }
        let node = self.expression_at(precedence);
        self.depth -= 1;
        node
    }

    fn expression_at(&mut self, precedence: u32) -> Result<Node, Mistake> {
        if precedence == 0 && self.take("let") {
            return self.variable();
        }
        if precedence == 0
            && self.is_operator("if")
            && self.release != Release::V1_8
            && self.release != Release::V1_9
        {
            return self.if_else();
        }
        let mut left = self.primary()?;
        let mut last = None;
        loop {
            // A pipe binds least of all, and operators may follow it.
            if precedence == 0 && self.take("|") {
                left = self.pipe(left)?;
                continue;
            }
            let Some((operator, negated)) = self.operator(precedence)? else {
                break;
            };
            if last == Some(Binary::Coalesce) && operator != Binary::Coalesce {
                return Err(Mistake::new(
                    "operator (??) cannot be mixed with others without brackets",
                ));
            }
            left = self.binary(left, operator, negated)?;
            last = Some(operator);
        }
        if precedence == 0 {
            left = self.choice(left)?;
        }
        Ok(left)
    }

    /// The operator that comes next, if it binds tightly enough; it is passed then.
    fn operator(&mut self, precedence: u32) -> Result<Option<(Binary, bool)>, Mistake> {
        let Word::Operator(sign) = self.peek() else {
            return Ok(None);
        };
        if *sign == "not" {
            let negated = match self.peek_after() {
                Word::Operator(sign) => Binary::of(sign).filter(|it| it.may_be_negated()),
                _ => None,
            };
            let operator = negated.ok_or_else(|| unexpected(self.peek_after()))?;
            if operator.precedence() < precedence {
                return Ok(None);
            }
            self.at += 2;
            return Ok(Some((operator, true)));
        }
        let operator = Binary::of(sign).filter(|it| precedence <= it.precedence());
        self.at += usize::from(operator.is_some());
        Ok(operator.map(|operator| (operator, false)))
    }

    fn binary(&mut self, left: Node, operator: Binary, negated: bool) -> Result<Node, Mistake> {
        let tighter = match operator {
            Binary::Power => operator.precedence(),
            _ => operator.precedence() + 1,
        };
        self.count(1)?;
        let right = self.expression(tighter)?;
        if operator.compares() && self.release == Release::V1_10 {
            return self.comparisons(left, operator, right);
        }
        let node = Node::Binary(operator, Box::new(left), Box::new(right));
        Ok(if negated {
            Node::Unary(Unary::Not, Box::new(node))
        } else {
            node
        })
    }

    /// `1 < x < 5`: each with the next.
    fn comparisons(&mut self, left: Node, operator: Binary, right: Node) -> Result<Node, Mistake> {
        let (mut left, mut operator, mut right) = (left, operator, right);
        let mut before: Option<Node> = None;
        loop {
            let next = match self.peek() {
                Word::Operator(sign) => Binary::of(sign).filter(|it| it.compares()),
                _ => None,
            };
            let again = match next {
                Some(_) => Some(self.copy(&right)?),
                None => None,
            };
            let one = Node::Binary(operator, Box::new(left), Box::new(right));
            let all = match before {
                Some(before) => Node::Binary(Binary::And, Box::new(before), Box::new(one)),
                None => one,
            };
            let (Some(next), Some(again)) = (next, again) else {
                return Ok(all);
            };
            self.at += 1;
            (left, operator) = (again, next);
            right = self.expression(next.precedence() + 1)?;
            before = Some(all);
        }
    }

    /// A copy that counts like what is read.
    fn copy(&mut self, node: &Node) -> Result<Node, Mistake> {
        self.count(node.size())?;
        Ok(node.clone())
    }

    /// So many more pieces: nothing is longer than [`LONGEST`], so that no one who walks the tree gets lost in it.
    fn count(&mut self, pieces: usize) -> Result<(), Mistake> {
        self.pieces += pieces;
        if LONGEST < self.pieces {
            return Err(Mistake::new("the condition is too long"));
        }
        Ok(())
    }

    /// `x | f(y)` is `f(x, y)`.
    fn pipe(&mut self, left: Node) -> Result<Node, Mistake> {
        self.count(1)?;
        let name = self.name()?;
        let call = self.call(name, Some(left))?;
        self.members(call)
    }

    fn choice(&mut self, mut node: Node) -> Result<Node, Mistake> {
        while self.take("?") {
            self.count(1)?;
            let (yes, no) = if self.take(":") {
                (self.copy(&node)?, self.expression(0)?)
            } else {
                let yes = self.expression(0)?;
                self.expect(":")?;
                (yes, self.expression(0)?)
            };
            node = Node::Choice(Box::new([node, yes, no]));
        }
        Ok(node)
    }

    fn variable(&mut self) -> Result<Node, Mistake> {
        let name = self.name()?;
        self.expect("=")?;
        let value = self.expression(0)?;
        self.expect(";")?;
        let then = self.expression(0)?;
        Ok(Node::Let(name, Box::new(value), Box::new(then)))
    }

    fn if_else(&mut self) -> Result<Node, Mistake> {
        self.expect("if")?;
        let condition = self.expression(0)?;
        self.expect_bracket('{')?;
        let yes = self.expression(0)?;
        self.expect_bracket('}')?;
        self.expect("else")?;
        let no = if self.is_operator("if") {
            self.expression(0)?
        } else {
            self.expect_bracket('{')?;
            let no = self.expression(0)?;
            self.expect_bracket('}')?;
            no
        };
        Ok(Node::Choice(Box::new([condition, yes, no])))
    }
}

fn constant(value: Value) -> Node {
    Node::Constant(value)
}
