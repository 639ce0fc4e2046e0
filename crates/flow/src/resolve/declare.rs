//! The first pass: lanes and nodes. It comes first because an edge may name a node that is declared later.

use super::Scope;
use crate::{
    Diagram, Lane, LaneIx, Node, TextSpan,
    label::{tidy, unescape},
    reports::{Finding, Reports},
    syntax::{
        Attribute, Form, Key, NodeForm, Quoting, Statement, Syntax, Value, excerpt, hash_label,
    },
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn declare<'a>(syntax: &'a Syntax, reports: &mut Reports) -> Scope<'a> {
    let mut scope = Scope {
        text: syntax.text(),
        diagram: Diagram::default(),
        nodes: BTreeMap::new(),
        lanes: BTreeMap::new(),
        lost: BTreeSet::new(),
        references: Vec::new(),
        degrees: Vec::new(),
    };
    let mut open: Option<LaneIx> = None;
    for (at, statement) in syntax.statements().iter().enumerate() {
        match &statement.form {
            Form::Lane(_) => {
                if open.is_some() {
                    report_missing_close(statement, syntax, reports);
                }
                open = Some(lane(&mut scope, syntax, at, reports));
            }
            Form::Close => {
                if open.take().is_none() {
                    reports.error("stray-close", statement.span, || {
                        Finding::new("this `}` closes no lane").fix("remove it", statement.span, "")
                    });
                }
            }
            Form::Node(form) => node(&mut scope, statement, form, open, reports),
            Form::Edge(_) | Form::Loop(_) => scope.references.push((at, open)),
            Form::Comment => reports.info("slash-comment", statement.span, || {
                Finding::new("FlowZap drops `//` comments when it writes the code again")
            }),
            Form::Hash => {
                let is_label = at
                    .checked_sub(1)
                    .is_some_and(|header| moved_label(syntax, header).is_some());
                if !is_label {
                    report_stray_label(statement, reports);
                }
            }
            Form::Opaque => {}
        }
    }
    if open.is_some() {
        report_unterminated(syntax, reports);
    }
    scope
        .degrees
        .resize_with(scope.diagram.nodes.len(), Default::default);
    scope
}

/// The label of a lane that stands on a line of its own, directly behind the header.
pub(crate) fn moved_label(syntax: &Syntax, header: usize) -> Option<TextSpan> {
    let statements = syntax.statements();
    let is_unnamed =
        matches!(&statements.get(header)?.form, Form::Lane(lane) if lane.label.is_none());
    let next = statements.get(header + 1)?;
    match next.form {
        Form::Hash if is_unnamed => hash_label(syntax.text(), next.span),
        _ => None,
    }
}

fn lane(scope: &mut Scope<'_>, syntax: &Syntax, at: usize, reports: &mut Reports) -> LaneIx {
    let statement = &syntax.statements()[at];
    let (id_span, own_label) = match &statement.form {
        Form::Lane(form) => (form.id, form.label),
        _ => (TextSpan::at(statement.span.start), None),
    };
    let id = tidy(id_span.of(scope.text)).to_string();
    let label_span = own_label.or_else(|| moved_label(syntax, at));
    let label = label_span.map_or_else(|| id.clone(), |span| span.of(scope.text).to_string());
    let ix = LaneIx(super::count(scope.diagram.lanes.len()));
    if let Some(twin) = scope
        .lanes
        .get(&id)
        .and_then(|first| scope.diagram.lane(*first))
    {
        reports.warn("dup-lane", id_span, || {
            let line = crate::place_of(scope.text, twin.span.start).line;
            Finding::new(format!(
                "there is a lane `{}` already, in line {line}",
                excerpt(&id)
            ))
            .suggest("give each lane a name of its own")
        });
    } else {
        scope.lanes.insert(id.clone(), ix);
    }
    scope.diagram.lanes.push(Lane {
        id,
        label,
        span: statement.span,
        label_span,
    });
    ix
}

fn node(
    scope: &mut Scope<'_>,
    statement: &Statement,
    form: &NodeForm,
    open: Option<LaneIx>,
    reports: &mut Reports,
) {
    let name = form.name.span.of(scope.text);
    let last_lane = scope.diagram.lanes.len().checked_sub(1);
    if open.is_none() {
        reports.error("node-outside-lane", statement.span, || {
            Finding::new("a node belongs into a lane")
                .suggest("move the line between the braces of a lane")
        });
    }
    let lane = open.or_else(|| last_lane.map(|at| LaneIx(super::count(at))));
    let (Some(id), Some(lane)) = (form.name.id, lane) else {
        scope.lost.insert(name);
        return;
    };
    if let Some(twin) = scope.nodes.get(&id.0) {
        let first = scope.diagram.nodes[*twin].span;
        let text = scope.text;
        let used = &scope.nodes;
        reports.error("dup-node", form.name.span, || {
            let place = crate::place_of(text, first.start);
            let free = (1..=u32::MAX)
                .find(|id| !used.contains_key(id))
                .unwrap_or(id.0);
            Finding::new(format!(
                "there is a node `{id}` already, in line {}; ids are unique over all lanes",
                place.line
            ))
            .suggest(format!("give it an id that is free, such as n{free}"))
        });
        return;
    }
    let attribute = |key| first(&form.attributes, key).map(|value| said(scope.text, value));
    let label = first(&form.attributes, Key::Label);
    let node = Node {
        id,
        lane,
        shape: form.shape,
        label: attribute(Key::Label).unwrap_or_default(),
        owner: attribute(Key::Owner),
        description: attribute(Key::Description),
        system: attribute(Key::System),
        span: statement.span,
        label_span: label.map(|value| value.inner),
        shape_span: form.shape_span,
    };
    scope.nodes.insert(id.0, scope.diagram.nodes.len());
    scope.diagram.nodes.push(node);
}

/// The value of a key; of several, the first.
pub(super) fn first(attributes: &[Attribute], key: Key) -> Option<Value> {
    attributes
        .iter()
        .find(|attribute| attribute.key == Some(key))
        .map(|attribute| attribute.value)
}

/// What a value says.
pub(super) fn said(text: &str, value: Value) -> String {
    let inner = value.inner.of(text);
    match value.quoting {
        Quoting::Quoted | Quoting::Unclosed => unescape(inner).into_owned(),
        Quoting::Bare => inner.to_string(),
    }
}

fn report_missing_close(header: &Statement, syntax: &Syntax, reports: &mut Reports) {
    reports.error("missing-close", header.span, || {
        let place = TextSpan::at(header.span.start);
        let brace = format!("}}{}", syntax.usual_line_end());
        Finding::new("the lane before this one has no closing `}`").fix("write `}`", place, brace)
    });
}

fn report_unterminated(syntax: &Syntax, reports: &mut Reports) {
    let text = syntax.text();
    let end = TextSpan::at(u32::try_from(text.len()).unwrap_or(u32::MAX));
    reports.error("unterminated-lane", end, || {
        let line_end = syntax.usual_line_end();
        let brace = if text.ends_with(['\n', '\r']) {
            format!("}}{line_end}")
        } else {
            format!("{line_end}}}{line_end}")
        };
        Finding::new("the last lane has no closing `}`").fix("write `}`", end, brace)
    });
}

fn report_stray_label(statement: &Statement, reports: &mut Reports) {
    reports.warn("stray-label", statement.span, || {
        Finding::new("`#` names a lane, directly behind its `{`; here it says nothing")
            .suggest("start a comment with `//`, or remove it")
    });
}
