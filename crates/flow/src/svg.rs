//! Writes a layout as an SVG file that stands alone: the same picture as on the page.
//!
//! No colour is written here: elements have classes, and the caller's stylesheet gives the classes their colours
//! through custom properties. [`DIAGRAM_STYLE`] does so with the names that the page uses.

use crate::{
    Diagram, Layout, NodeBox, Rect, Shape,
    layout::{
        EdgePath, LANE_LEADING, LANE_TYPE, LaneBox,
        labels::{LABEL_LEADING, LABEL_TYPE},
        sizes::{LEADING, TYPE},
        tidy,
    },
};
use alloc::{format, string::String};
use core::fmt::Write;

/// How round the bends of edges are, in pixels.
const BEND: f64 = 6.0;

/// Rules for the classes in a diagram, with colours from custom properties: `--ground`, `--surface`, `--ink`,
/// `--muted`, `--hairline`.
pub const DIAGRAM_STYLE: &str = include_str!("svg/diagram.css");

/// The diagram as an SVG document. `stylesheet` is set before [`DIAGRAM_STYLE`] and should define its custom properties.
pub fn render_svg(diagram: &Diagram, layout: &Layout, stylesheet: &str) -> String {
    render_svg_with(diagram, layout, stylesheet, "")
}

/// As [`render_svg`], with elements of SVG laid over the diagram: marks of a run, say.
pub fn render_svg_with(
    diagram: &Diagram,
    layout: &Layout,
    stylesheet: &str,
    marks: &str,
) -> String {
    let mut svg = Svg(String::new());
    svg.open(diagram, layout, stylesheet);
    for lane in &layout.lanes {
        svg.band(lane);
    }
    for edge in &layout.edges {
        svg.edge(diagram, edge);
    }
    for lane in &layout.lanes {
        svg.lane(diagram, layout, lane);
    }
    svg.0.push_str(marks);
    svg.0.push_str("</svg>\n");
    svg.0
}

/// A document being written. Writing into a string cannot fail, so results are not looked at.
struct Svg(String);

impl Svg {
    fn put(&mut self, part: core::fmt::Arguments<'_>) {
        self.0.write_fmt(part).expect("a string takes any text");
    }

    fn open(&mut self, diagram: &Diagram, layout: &Layout, stylesheet: &str) {
        let (width, height) = (tidy(layout.width), tidy(layout.height));
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\" role=\"img\" \
             aria-labelledby=\"diagram-title diagram-desc\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\">\n"
        ));
        let mut names = String::new();
        for lane in &diagram.lanes {
            if !names.is_empty() {
                names.push_str(", ");
            }
            names.push_str(&lane.label);
        }
        self.put(format_args!(
            "<title id=\"diagram-title\">{}</title>\n",
            if names.is_empty() {
                String::from("Flow diagram")
            } else {
                format!("Flow diagram: {}", escape_xml(&names))
            }
        ));
        self.put(format_args!(
            "<desc id=\"diagram-desc\">{} lanes, {} nodes, {} edges.</desc>\n",
            diagram.lanes.len(),
            diagram.nodes.len(),
            diagram.edges.len()
        ));
        // `]]>` would end the section, and is split in two.
        let style = format!("{stylesheet}\n{DIAGRAM_STYLE}").replace("]]>", "]]]]><![CDATA[>");
        let style: String = style.chars().filter(|&c| is_xml(c)).collect();
        self.put(format_args!("<style><![CDATA[\n{style}]]></style>\n"));
    }

    fn rect(&mut self, class: &str, rect: &Rect, radius: f64) {
        let (x, y) = (tidy(rect.x), tidy(rect.y));
        let (width, height) = (tidy(rect.width), tidy(rect.height));
        self.put(format_args!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>"
        ));
    }

    fn text(&mut self, class: &str, x: f64, y: f64, line: &str) {
        let (x, y) = (tidy(x), tidy(y));
        self.put(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>",
            escape_xml(line)
        ));
    }

    fn band(&mut self, lane: &LaneBox) {
        let parity = if lane.lane.0.is_multiple_of(2) {
            "even"
        } else {
            "odd"
        };
        self.rect(&format!("lane {parity}"), &lane.rect, 0.0);
        let middle = lane.header.centre().y;
        let rise = (lane.lines.len() as f64 - 1.0) / 2.0 * LANE_LEADING;
        for (place, line) in lane.lines.iter().enumerate() {
            let y = middle - rise + place as f64 * LANE_LEADING + LANE_TYPE * 0.36;
            self.text("lane-name", lane.header.x + 12.0, y, line);
        }
        self.0.push('\n');
    }

    fn lane(&mut self, diagram: &Diagram, layout: &Layout, lane: &LaneBox) {
        let label = diagram
            .lanes
            .get(lane.lane.0 as usize)
            .map_or("", |stated| stated.label.as_str());
        self.put(format_args!(
            "<g class=\"lane-nodes\" data-lane=\"{}\" role=\"group\" aria-label=\"{}\">\n",
            lane.lane.0,
            escape_xml(label)
        ));
        let last = lane.lane.0 as usize + 1 == layout.lanes.len();
        for (node, stated) in layout.nodes.iter().zip(&diagram.nodes) {
            if stated.lane == lane.lane || (last && stated.lane.0 > lane.lane.0) {
                self.node(node, &stated.label);
            }
        }
        self.0.push_str("</g>\n");
    }

    fn node(&mut self, node: &NodeBox, label: &str) {
        let class = match node.shape {
            Shape::Circle => "node mark",
            Shape::Rectangle => "node step",
            Shape::Diamond => "node gate",
            Shape::Taskbox => "node task",
        };
        self.put(format_args!(
            "<g class=\"{class}\" data-node=\"{}\"><title>{}</title>",
            node.id,
            escape_xml(label)
        ));
        let centre = node.rect.centre();
        let (x, y) = (tidy(centre.x), tidy(centre.y));
        let (half_x, half_y) = (node.rect.width / 2.0, node.rect.height / 2.0);
        match node.shape {
            Shape::Circle => self.put(format_args!(
                "<circle class=\"outline\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>",
                tidy(half_x)
            )),
            Shape::Rectangle | Shape::Taskbox => self.rect("outline", &node.rect, 6.0),
            Shape::Diamond => {
                let (left, right) = (tidy(centre.x - half_x), tidy(centre.x + half_x));
                let (top, bottom) = (tidy(centre.y - half_y), tidy(centre.y + half_y));
                self.put(format_args!(
                    "<path class=\"outline\" d=\"M{left} {y}L{x} {top}L{right} {y}L{x} {bottom}Z\"/>"
                ));
            }
        }
        let rows = node.lines.len() as f64 + if node.note.is_some() { 1.0 } else { 0.0 };
        let first = centre.y - (rows - 1.0) / 2.0 * LEADING + TYPE * 0.35;
        let mut line_y = first;
        for line in &node.lines {
            self.text("label", centre.x, line_y, line);
            line_y += LEADING;
        }
        if let Some(note) = &node.note {
            self.text("note", centre.x, line_y, note);
        }
        self.0.push_str("</g>\n");
    }

    fn edge(&mut self, diagram: &Diagram, edge: &EdgePath) {
        let Some(stated) = diagram.edge(edge.id) else {
            return;
        };
        self.put(format_args!(
            "<g class=\"edge\" data-edge=\"{}\" data-from=\"{}\" data-to=\"{}\">",
            edge.id.0, stated.from, stated.to
        ));
        let (line, arrow) = (edge.path_data(BEND), edge.arrow_data());
        self.put(format_args!(
            "<path class=\"line\" d=\"{line}\"/><path class=\"arrow\" d=\"{arrow}\"/>"
        ));
        if let Some(label) = &edge.label {
            self.rect("chip", &label.rect, 4.0);
            let centre = label.rect.centre();
            let rise = (label.lines.len() as f64 - 1.0) / 2.0 * LABEL_LEADING;
            let mut y = centre.y - rise + LABEL_TYPE * 0.35;
            for text in &label.lines {
                self.text("chip-label", centre.x, y, text);
                y += LABEL_LEADING;
            }
        }
        self.0.push_str("</g>\n");
    }
}

/// What XML may contain at all: most control characters it may not, not even escaped.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// The text as it stands in content and attributes of XML, without what XML cannot hold.
pub fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if is_xml(c) => escaped.push(c),
            _ => escaped.push('\u{fffd}'),
        }
    }
    escaped
}
