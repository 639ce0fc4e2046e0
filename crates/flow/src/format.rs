//! Writes a text in canonical spacing: one statement a line, no word changed, no edge moved, nothing dropped.
//!
//! A line with a fault in it, and a line that nobody understands, is left exactly as it is: whoever repairs it should find
//! what they wrote.

mod statement;

use crate::{
    reports::Reports,
    resolve::moved_label,
    syntax::{Form, LaneForm, Line, Statement, StatementKind, Syntax},
};
use alloc::string::{String, ToString};

/// Deeper indentation than this is a slip.
const DEEPEST: usize = 8;

/// The text as `coalmine fmt` writes it: what it means stays the same, and so does a second pass.
pub fn format(text: &str) -> String {
    if u32::try_from(text.len()).is_err() {
        // Offsets have 32 bits: what lies behind them was not read, and must not be lost.
        return text.to_string();
    }
    let syntax = Syntax::read(text, &mut Reports::default());
    let mut writer = Writer {
        syntax: &syntax,
        unit: indentation(&syntax),
        depth: Depth::Outside,
        taken: None,
        out: String::with_capacity(text.len() + text.len() / 8),
    };
    let mut at = 0;
    for line in syntax.lines() {
        writer.line(line, at);
        at += syntax.statements_of(line).len();
    }
    writer.finish()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outside,
    InLane,
}

struct Writer<'a> {
    syntax: &'a Syntax,
    unit: String,
    depth: Depth,
    /// The statement that became the label of the lane before it.
    taken: Option<usize>,
    out: String,
}

impl Writer<'_> {
    /// Writes a line, whose first statement is number `at`.
    fn line(&mut self, line: &Line, at: usize) {
        let text = self.syntax.text();
        let statements = self.syntax.statements_of(line);
        if at == 0 && line.span.start == 0 && text.starts_with('\u{feff}') && is_sound(statements) {
            self.out.push('\u{feff}');
        }
        if !is_sound(statements) {
            self.out.push_str(line.span.of(text));
            for statement in statements {
                self.enter(statement);
            }
        } else if self.taken == Some(at) && !statements.is_empty() {
            return;
        } else {
            for (nth, statement) in statements.iter().enumerate() {
                self.place(statement, nth);
                self.statement(statement, at + nth);
                self.enter(statement);
            }
        }
        self.out.push_str(line.end.of(text));
    }

    /// Goes to where a statement starts: on a line of its own, unless it is a comment behind another one.
    fn place(&mut self, statement: &Statement, nth: usize) {
        let kind = statement.kind();
        match (nth, kind) {
            (0, _) => {}
            (_, StatementKind::Comment | StatementKind::Hash) => {
                self.out.push(' ');
                return;
            }
            _ => self.out.push_str(self.syntax.usual_line_end()),
        }
        let is_inner = !matches!(kind, StatementKind::Lane | StatementKind::Close);
        if is_inner && self.depth == Depth::InLane {
            self.out.push_str(&self.unit);
        }
    }

    fn enter(&mut self, statement: &Statement) {
        match statement.kind() {
            StatementKind::Lane => self.depth = Depth::InLane,
            StatementKind::Close => self.depth = Depth::Outside,
            StatementKind::Node
            | StatementKind::Edge
            | StatementKind::Loop
            | StatementKind::Comment
            | StatementKind::Hash
            | StatementKind::Opaque => {}
        }
    }

    fn statement(&mut self, statement: &Statement, at: usize) {
        let text = self.syntax.text();
        let out = &mut self.out;
        match &statement.form {
            Form::Lane(form) => {
                let moved = moved_label(self.syntax, at);
                self.taken = moved.map(|_| at + 1);
                let form = LaneForm {
                    id: form.id,
                    label: form.label.or(moved),
                };
                statement::lane(out, text, &form);
            }
            Form::Close => out.push('}'),
            Form::Node(form) => statement::node(out, text, form),
            Form::Edge(form) => statement::edge(out, text, form),
            Form::Loop(form) => statement::read_loop(out, text, form),
            Form::Comment | Form::Hash | Form::Opaque => {
                out.push_str(statement.span.of(text).trim_end());
            }
        }
    }

    fn finish(mut self) -> String {
        let is_open = !self.out.is_empty() && self.out != "\u{feff}";
        if is_open && !self.out.ends_with(['\n', '\r']) {
            self.out.push_str(self.syntax.usual_line_end());
        }
        self.out
    }
}

fn is_sound(statements: &[Statement]) -> bool {
    statements.iter().all(|statement| !statement.is_broken)
}

/// What the file indents with: judged by the first line inside a lane, compared with the lane's own line.
fn indentation(syntax: &Syntax) -> String {
    let mut header = Indent::default();
    let mut depth = Depth::Outside;
    for line in syntax.lines() {
        let statements = syntax.statements_of(line);
        // A line that is left as it is sets no measure, or a second pass would measure differently.
        let of_line = if is_sound(statements) {
            Indent::of(syntax, line)
        } else {
            Indent::default()
        };
        let first = statements.first().map(Statement::kind);
        let is_inner = matches!(
            first,
            Some(StatementKind::Node | StatementKind::Edge | StatementKind::Loop)
        );
        if is_inner && depth == Depth::InLane && is_sound(statements) {
            return of_line.within(header);
        }
        for statement in statements {
            match statement.kind() {
                StatementKind::Lane => {
                    depth = Depth::InLane;
                    header = of_line;
                }
                StatementKind::Close => depth = Depth::Outside,
                StatementKind::Node
                | StatementKind::Edge
                | StatementKind::Loop
                | StatementKind::Comment
                | StatementKind::Hash
                | StatementKind::Opaque => {}
            }
        }
    }
    String::new()
}

/// The white space in front of a line.
#[derive(Clone, Copy, Default)]
struct Indent {
    tabs: usize,
    spaces: usize,
}

impl Indent {
    fn of(syntax: &Syntax, line: &Line) -> Self {
        let text = line.span.of(syntax.text());
        let start = text.trim_start_matches('\u{feff}');
        let space = &start[..start.len() - start.trim_start().len()];
        Self {
            tabs: space.matches('\t').count(),
            spaces: space.matches(' ').count(),
        }
    }

    /// By how much this one is deeper than that of the lane around it.
    fn within(self, header: Self) -> String {
        if header.tabs < self.tabs {
            return "\t".to_string();
        }
        " ".repeat(self.spaces.saturating_sub(header.spaces).min(DEEPEST))
    }
}
