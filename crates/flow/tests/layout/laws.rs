//! What holds for every layout, whatever the diagram.

use coalmine_flow::{Diagram, Layout, Node, NodeBox, Point, Rect, Side, layout};

/// Lays a diagram out and holds it against all laws.
pub(crate) fn obey(diagram: &Diagram) -> Layout {
    let drawn = layout(diagram);
    assert_eq!(
        drawn,
        layout(diagram),
        "the same diagram gets the same layout"
    );
    assert_eq!(drawn.lanes.len(), diagram.lanes.len());
    assert_eq!(drawn.nodes.len(), diagram.nodes.len());
    assert_eq!(drawn.edges.len(), diagram.edges.len());
    nodes_stand_apart_in_their_lanes(diagram, &drawn);
    edges_leave_and_arrive_where_they_say(diagram, &drawn);
    edges_keep_off_nodes(diagram, &drawn);
    edges_do_not_lie_on_each_other(&drawn);
    labels_cover_nothing_else(&drawn);
    drawn
}

fn nodes_stand_apart_in_their_lanes(diagram: &Diagram, drawn: &Layout) {
    for (place, (node, stated)) in drawn.nodes.iter().zip(&diagram.nodes).enumerate() {
        let lane = &drawn.lanes[stated.lane.0 as usize];
        let inside = lane.header.right() <= node.rect.x
            && lane.rect.y <= node.rect.y
            && node.rect.right() <= lane.rect.right()
            && node.rect.bottom() <= lane.rect.bottom();
        assert!(inside, "{} stands in its lane", node.id);
        for other in &drawn.nodes[place + 1..] {
            assert!(!node.rect.meets(&other.rect), "{} {}", node.id, other.id);
        }
    }
}

/// Whether a point lies on that side of a node; on a circle or a diamond, at or behind it.
fn is_at(node: &NodeBox, side: Side, point: Point) -> bool {
    let (rect, centre) = (node.rect, node.rect.centre());
    let within_x = rect.x < point.x && point.x < rect.right();
    let within_y = rect.y < point.y && point.y < rect.bottom();
    match side {
        Side::Left => within_y && rect.x <= point.x && point.x <= centre.x,
        Side::Right => within_y && centre.x <= point.x && point.x <= rect.right(),
        Side::Top => within_x && rect.y <= point.y && point.y <= centre.y,
        Side::Bottom => within_x && centre.y <= point.y && point.y <= rect.bottom(),
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

/// How far a piece runs straight out of a side.
fn outward(side: Side, from: Point, to: Point) -> f64 {
    match side {
        Side::Left if same(from.y, to.y) => from.x - to.x,
        Side::Right if same(from.y, to.y) => to.x - from.x,
        Side::Top if same(from.x, to.x) => from.y - to.y,
        Side::Bottom if same(from.x, to.x) => to.y - from.y,
        Side::Left | Side::Right | Side::Top | Side::Bottom => f64::NAN,
    }
}

fn box_of<'a>(diagram: &Diagram, drawn: &'a Layout, wanted: impl Fn(&Node) -> bool) -> &'a NodeBox {
    let place = diagram.nodes.iter().position(wanted);
    &drawn.nodes[place.expect("the edge's node exists")]
}

fn edges_leave_and_arrive_where_they_say(diagram: &Diagram, drawn: &Layout) {
    for (edge, stated) in drawn.edges.iter().zip(&diagram.edges) {
        let points = &edge.points;
        assert!(points.len() >= 2, "edge {} has a way", edge.id.0);
        for pair in points.windows(2) {
            let straight = same(pair[0].x, pair[1].x) != same(pair[0].y, pair[1].y);
            assert!(
                straight,
                "edge {} is level or upright: {points:?}",
                edge.id.0
            );
        }
        let (first, last) = (points[0], points[points.len() - 1]);
        let from = box_of(diagram, drawn, |node| node.id == stated.from);
        let to = box_of(diagram, drawn, |node| node.id == stated.to);
        assert!(
            is_at(from, stated.from_side, first),
            "edge {} leaves: {points:?}",
            edge.id.0
        );
        assert!(
            is_at(to, stated.to_side, last),
            "edge {} arrives: {points:?}",
            edge.id.0
        );
        let out = outward(stated.from_side, first, points[1]);
        let back = outward(stated.to_side, last, points[points.len() - 2]);
        assert!(
            out >= 8.0 && back >= 8.0,
            "edge {} is square: {points:?}",
            edge.id.0
        );
    }
}

fn spanned(a: Point, b: Point) -> Rect {
    Rect {
        x: a.x.min(b.x),
        y: a.y.min(b.y),
        width: (a.x - b.x).abs(),
        height: (a.y - b.y).abs(),
    }
}

fn edges_keep_off_nodes(diagram: &Diagram, drawn: &Layout) {
    for (edge, stated) in drawn.edges.iter().zip(&diagram.edges) {
        let last = edge.points.len() - 2;
        for (piece, pair) in edge.points.windows(2).enumerate() {
            let span = spanned(pair[0], pair[1]);
            for node in &drawn.nodes {
                let own = (piece == 0 && node.id == stated.from)
                    || (piece == last && node.id == stated.to);
                assert!(
                    own || !span.meets(&node.rect),
                    "edge {} runs through {}",
                    edge.id.0,
                    node.id
                );
            }
        }
    }
}

/// Where a piece lies on its line, and from where to where it reaches.
fn line_of(pair: &[Point]) -> (bool, f64, f64, f64) {
    let span = spanned(pair[0], pair[1]);
    if same(pair[0].y, pair[1].y) {
        (true, span.y, span.x, span.right())
    } else {
        (false, span.x, span.y, span.bottom())
    }
}

fn edges_do_not_lie_on_each_other(drawn: &Layout) {
    let pieces: Vec<_> = drawn
        .edges
        .iter()
        .flat_map(|edge| {
            edge.points
                .windows(2)
                .map(move |pair| (edge.id, line_of(pair)))
        })
        .collect();
    for (place, (edge, (level, line, low, high))) in pieces.iter().enumerate() {
        for (other, (other_level, other_line, other_low, other_high)) in &pieces[place + 1..] {
            let common = high.min(*other_high) - low.max(*other_low);
            let same = level == other_level && (line - other_line).abs() < 0.001;
            assert!(
                !(same && common > 0.001),
                "edges {} and {} share {common} px at {line}",
                edge.0,
                other.0
            );
        }
    }
}

fn labels_cover_nothing_else(drawn: &Layout) {
    let chips: Vec<_> = drawn
        .edges
        .iter()
        .filter_map(|edge| edge.label.as_ref().map(|label| (edge, label.rect)))
        .collect();
    let all = Rect {
        x: 0.0,
        y: 0.0,
        width: drawn.width,
        height: drawn.height,
    };
    for (place, (edge, chip)) in chips.iter().enumerate() {
        let centre = chip.centre();
        let on_edge = edge.points.windows(2).any(|pair| {
            let span = spanned(pair[0], pair[1]);
            let near = |a: f64, low: f64, high: f64| low - 0.01 <= a && a <= high + 0.01;
            near(centre.x, span.x, span.right()) && near(centre.y, span.y, span.bottom())
        });
        assert!(on_edge, "the label of edge {} is on it", edge.id.0);
        let inside = chip.x >= 0.0 && chip.y >= 0.0 && chip.right() <= all.right();
        assert!(inside && chip.bottom() <= all.bottom());
        for node in &drawn.nodes {
            assert!(
                !chip.meets(&node.rect),
                "label {} on {}",
                edge.id.0,
                node.id
            );
        }
        for (other, other_chip) in &chips[place + 1..] {
            assert!(
                !chip.meets(other_chip),
                "labels {} {}",
                edge.id.0,
                other.id.0
            );
        }
    }
}
