//! The text of a diagram as lines: where a statement can be put, and how one is taken away.

use super::patches::Collector;
use crate::{
    Diagram, Edge, EdgeId, LaneIx, Node, NodeId, Parsed, Side, StatementKind, TextSpan,
    label::escape,
    syntax::{Line, Statement, Syntax},
};
use alloc::{format, string::String};

/// A sound text, to be changed.
pub(super) struct Page<'p> {
    pub(super) diagram: &'p Diagram,
    syntax: &'p Syntax,
}

impl<'p> Page<'p> {
    pub(super) const fn of(parsed: &'p Parsed) -> Self {
        Self {
            diagram: &parsed.diagram,
            syntax: &parsed.syntax,
        }
    }

    pub(super) fn text(&self) -> &'p str {
        self.syntax.text()
    }

    fn statements(&self) -> &'p [Statement] {
        self.syntax.statements()
    }

    /// The statement that begins here.
    pub(super) fn statement_at(&self, start: u32) -> Option<&'p Statement> {
        let statements = self.statements();
        let at = statements
            .binary_search_by_key(&start, |it| it.span.start)
            .ok()?;
        statements.get(at)
    }

    /// The lane that a place of the text lies in.
    pub(super) fn lane_around(&self, offset: u32) -> Option<LaneIx> {
        let found = self.diagram.lanes.iter();
        let place = found.take_while(|lane| lane.span.start <= offset).count();
        let place = u32::try_from(place.checked_sub(1)?).ok()?;
        Some(LaneIx(place))
    }

    /// The statements of a lane, its header first and its brace last.
    pub(super) fn lane_statements(&self, lane: LaneIx) -> &'p [Statement] {
        let Some(header) = self.diagram.lane(lane) else {
            return &[];
        };
        let statements = self.statements();
        let first = statements.partition_point(|it| it.span.start < header.span.start);
        let rest = statements.get(first..).unwrap_or_default();
        let is_close = |it: &Statement| it.kind() == StatementKind::Close;
        let count = rest
            .iter()
            .position(is_close)
            .map_or(rest.len(), |at| at + 1);
        rest.get(..count).unwrap_or_default()
    }

    /// The last statement of this kind in a lane; without one, what stands for it.
    pub(super) fn last_of(&self, lane: LaneIx, kinds: &[StatementKind]) -> Option<&'p Statement> {
        let statements = self.lane_statements(lane);
        let last = statements.iter().rfind(|it| kinds.contains(&it.kind()));
        last.or_else(|| statements.first())
    }

    /// The line on which a statement stands.
    fn line_of(&self, statement: &Statement) -> Option<&'p Line> {
        let lines = self.syntax.lines();
        let behind = lines.partition_point(|line| line.span.start <= statement.span.start);
        lines.get(behind.checked_sub(1)?)
    }

    /// What ends a line.
    pub(super) fn line_end(&self) -> &'p str {
        self.syntax.usual_line_end()
    }

    /// White space before the statements of a lane, as its first one has it.
    pub(super) fn indentation(&self, lane: LaneIx) -> &'p str {
        let inside = |it: &&Statement| {
            matches!(
                it.kind(),
                StatementKind::Node | StatementKind::Edge | StatementKind::Loop
            )
        };
        let own = self.lane_statements(lane).iter().find(inside);
        let any = own.or_else(|| self.statements().iter().find(inside));
        let first = any.and_then(|it| Some((it, self.line_of(it)?)));
        first.map_or("", |(it, line)| {
            let before = TextSpan::new(line.span.start, it.span.start).of(self.text());
            if before.chars().all(|c| c == ' ' || c == '\t') {
                before
            } else {
                ""
            }
        })
    }

    /// Puts a statement on a line of its own behind another one, comments of that one's line included.
    pub(super) fn put_behind(
        &self,
        behind: &Statement,
        lane: LaneIx,
        words: &str,
        into: &mut Collector,
    ) {
        let (end, indentation) = (self.line_end(), self.indentation(lane));
        let Some(row) = self.line_of(behind) else {
            return;
        };
        let on_line = self.syntax.statements_of(row);
        let others = on_line.iter().any(|it| {
            behind.span.start < it.span.start
                && !matches!(it.kind(), StatementKind::Comment | StatementKind::Hash)
        });
        if others {
            let at = TextSpan::at(behind.span.end);
            into.replace(at, format!("{end}{indentation}{words}{end}"));
        } else {
            let at = TextSpan::at(row.span.end);
            into.replace(at, format!("{end}{indentation}{words}"));
        }
    }

    /// Takes a statement away: with its line where it is alone on it, otherwise up to what follows.
    pub(super) fn remove(&self, statement: &Statement, into: &mut Collector) {
        let Some(line) = self.line_of(statement) else {
            return;
        };
        let others = self.syntax.statements_of(line);
        if let [_] = others {
            into.replace(TextSpan::new(line.span.start, line.end.end), String::new());
            return;
        }
        let next = others
            .iter()
            .find(|it| statement.span.start < it.span.start);
        let end = next.map_or(line.span.end, |it| it.span.start);
        into.replace(TextSpan::new(statement.span.start, end), String::new());
    }

    /// The statement of a node.
    pub(super) fn node_statement(&self, node: &Node) -> Option<&'p Statement> {
        self.statement_at(node.span.start)
    }

    /// The statement of an edge.
    pub(super) fn edge_statement(&self, edge: &Edge) -> Option<&'p Statement> {
        self.statement_at(edge.span.start)
    }

    /// The ids of edges that begin or end at a node.
    pub(super) fn edges_of(&self, node: NodeId) -> impl Iterator<Item = (EdgeId, &'p Edge)> {
        (0..)
            .map(EdgeId)
            .zip(&self.diagram.edges)
            .filter(move |(_, edge)| edge.from == node || edge.to == node)
    }

    /// A node as edges in this lane name it. `moved` stands in another lane than the text says.
    pub(super) fn name(
        &self,
        node: NodeId,
        here: LaneIx,
        moved: Option<(NodeId, LaneIx)>,
    ) -> String {
        let stands = match moved {
            Some((it, lane)) if it == node => Some(lane),
            _ => self.diagram.node(node).map(|it| it.lane),
        };
        let lane = stands.filter(|lane| *lane != here);
        match lane.and_then(|lane| self.diagram.lane(lane)) {
            Some(lane) => format!("{}.{node}", lane.id),
            None => format!("{node}"),
        }
    }
}

/// The statement of a node.
pub(super) fn node_words(id: NodeId, shape: &str, label: &str) -> String {
    format!("{id}: {shape} label:\"{}\"", escape(label))
}

/// The statement of an edge between nodes of these names.
pub(super) fn edge_words(
    (from, from_side): (&str, Side),
    (to, to_side): (&str, Side),
    label: Option<&str>,
) -> String {
    let label = label.filter(|label| !label.is_empty());
    let label = label.map_or_else(String::new, |label| {
        format!(" [label=\"{}\"]", escape(label))
    });
    let (from_side, to_side) = (side_word(from_side), side_word(to_side));
    format!("{from}.handle({from_side}) -> {to}.handle({to_side}){label}")
}

const fn side_word(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
        Side::Top => "top",
        Side::Bottom => "bottom",
    }
}
