//! A run as a short film: one SVG file that moves by itself, for a slide or a page without scripts.
//!
//! The film is a function of the run's events, like everything that is shown of a run. A whole run takes some fifteen
//! seconds: waiting is shortened, and moves keep the pace at which an eye can follow. It begins again after the
//! verdict has been there for a while. For people who want no motion it stands still as at its end.

mod clock;
mod foot;
mod marks;
mod way;

use clock::Clock;
use coalmine_controller::{Command, Record, Time, Verdict};
use coalmine_flow::{Diagram, EdgeId, Layout, NodeBox, NodeId, Shape, layout, render_svg_with};
use coalmine_sim::{Event, EventKind, Scenario, Summary};
use marks::Marks;
use way::{Move, moves};

/// The look of what a film adds to the diagram.
const STYLE: &str = include_str!("film/film.css");

/// How an edge looks before and after the token travelled it.
const LINE: (&str, &str) = (
    "stroke:var(--muted);stroke-width:1.5",
    "stroke:var(--accent);stroke-width:2.5",
);
const ARROW: (&str, &str) = ("fill:var(--muted)", "fill:var(--accent)");

/// A finished run, and what it ran through.
#[derive(Clone, Copy, Debug)]
pub struct Take<'a> {
    /// The name of the project.
    pub name: &'a str,
    /// The diagram.
    pub diagram: &'a Diagram,
    /// The world.
    pub scenario: &'a Scenario,
    /// All events of the run.
    pub events: &'a [Event],
    /// How it went.
    pub summary: &'a Summary,
}

/// The film of a run. `stylesheet` defines the custom properties that [`coalmine_flow::DIAGRAM_STYLE`] asks for, and
/// the colours of versions and verdicts.
pub fn film(take: &Take<'_>, stylesheet: &str) -> String {
    let mut layout = layout(take.diagram);
    let moves = moves(take.events, &layout);
    let clock = Clock::new(&moves, take.summary.ended);
    let mut marks = Marks::new(clock.length);
    lines(&mut marks, &moves, &clock);
    nodes(&mut marks, &layout, &moves, &clock, take.events);
    token(&mut marks, &moves, &clock);
    foot::draw(&mut marks, &mut layout, take, &clock);
    let style = [stylesheet, STYLE, &marks.rules].concat();
    render_svg_with(take.diagram, &layout, &style, &marks.elements)
}

/// Edges stay marked once the token has travelled them.
fn lines(marks: &mut Marks, moves: &[Move], clock: &Clock) {
    let mut told = Vec::new();
    for (place, step) in moves.iter().enumerate() {
        let from = clock.of_move(place).0;
        for edge in &step.edges {
            if !told.contains(edge) {
                told.push(*edge);
                let EdgeId(number) = edge;
                let line = format!("[data-edge=\"{number}\"] .line");
                marks.turned(&line, LINE, from);
                let arrow = format!("[data-edge=\"{number}\"] .arrow");
                marks.turned(&arrow, ARROW, from);
            }
        }
    }
}

/// Nodes stay marked once the token has been there: gates by what they found, and the rollback as one.
fn nodes(marks: &mut Marks, layout: &Layout, moves: &[Move], clock: &Clock, events: &[Event]) {
    let rolls_back = events.iter().find_map(|event| match &event.kind {
        EventKind::Asked(_, Command::RollBack) => Some(event.at),
        _ => None,
    });
    let mut told = Vec::new();
    for (place, step) in moves.iter().enumerate() {
        for node in &step.nodes {
            let found = layout.nodes.iter().find(|it| it.id == *node);
            if let Some(area) = found.filter(|_| !told.contains(node)) {
                told.push(*node);
                let class = match rolls_back {
                    Some(at) if at <= step.at => "film-node film-fail",
                    _ => "film-node",
                };
                marks.shown((&outline(area), ""), class, clock.of_move(place).1, None);
            }
        }
    }
    for (at, node, verdict) in decided(events) {
        let class = match verdict {
            Verdict::Pass => "film-node film-pass",
            Verdict::Fail => "film-node film-fail",
            Verdict::Inconclusive => continue,
        };
        if let Some(area) = layout.nodes.iter().find(|it| it.id == node) {
            marks.shown((&outline(area), ""), class, clock.second(at), None);
        }
    }
}

/// What each gate found, when.
fn decided(events: &[Event]) -> impl Iterator<Item = (Time, NodeId, Verdict)> {
    events.iter().filter_map(|event| match &event.kind {
        EventKind::Controller(Record::Decided(it)) => Some((event.at, it.node, it.verdict)),
        _ => None,
    })
}

/// The outline of a node, as a tag's name and its attributes.
fn outline(area: &NodeBox) -> String {
    let (rect, centre) = (&area.rect, area.rect.centre());
    let (x, y) = (centre.x, centre.y);
    match area.shape {
        Shape::Circle => format!(
            "circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"",
            rect.width / 2.0
        ),
        Shape::Rectangle | Shape::Taskbox => format!(
            "rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"6\"",
            rect.x, rect.y, rect.width, rect.height
        ),
        Shape::Diamond => format!(
            "path d=\"M{:.1} {y:.1}L{x:.1} {:.1}L{:.1} {y:.1}L{x:.1} {:.1}Z\"",
            rect.x,
            rect.y,
            rect.right(),
            rect.bottom()
        ),
    }
}

/// The token, corner by corner.
fn token(marks: &mut Marks, moves: &[Move], clock: &Clock) {
    let mut frames = Vec::new();
    for (place, step) in moves.iter().enumerate() {
        let (begins, ends) = clock.of_move(place);
        let whole = step.length().max(1.0);
        let mut gone = 0.0;
        let mut before = None;
        for point in &step.points {
            gone += before.map_or(0.0, |(x, y)| libm::hypot(point.x - x, point.y - y));
            before = Some((point.x, point.y));
            let at = begins + (ends - begins) * (gone / whole);
            let state = format!("transform:translate({:.1}px,{:.1}px)", point.x, point.y);
            // It rests where it stood until it goes.
            if gone == 0.0
                && let Some((_, rest)) = frames.last()
            {
                frames.push((begins, String::clone(rest)));
            }
            frames.push((at, state));
        }
    }
    marks.moved("circle r=\"6\"", "film-token", &frames);
}

#[cfg(test)]
mod tests;
