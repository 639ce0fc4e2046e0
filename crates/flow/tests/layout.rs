//! Layouts of known and of random diagrams.

#[path = "layout/laws.rs"]
mod laws;

use coalmine_flow::{DIAGRAM_STYLE, Diagram, Layout, NodeId, layout, parse, render_svg};
use laws::obey;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SEED: &str = include_str!("../../../examples/canary.fz");

fn seed() -> (Diagram, Layout) {
    let diagram = parse(SEED).diagram;
    let drawn = obey(&diagram);
    (diagram, drawn)
}

fn bends(drawn: &Layout) -> usize {
    drawn.edges.iter().map(|edge| edge.points.len() - 2).sum()
}

fn middle(drawn: &Layout, id: u32) -> (f64, f64) {
    let node = drawn.nodes.iter().find(|node| node.id == NodeId(id));
    let centre = node.expect("the seed has it").rect.centre();
    (centre.x, centre.y)
}

#[test]
fn the_seed_is_about_twice_as_wide_as_high_and_fits_a_panel() {
    let (_, drawn) = seed();
    assert!(
        drawn.width <= 1200.0 && drawn.height <= 540.0,
        "{} {}",
        drawn.width,
        drawn.height
    );
    let shape = drawn.width / drawn.height;
    assert!((1.9..2.6).contains(&shape), "{shape}");
}

#[test]
fn the_seeds_chains_are_straight_and_every_label_is_whole() {
    let (diagram, drawn) = seed();
    let y = |id| middle(&drawn, id).1;
    for chain in [
        vec![1, 2, 3, 4, 5],
        vec![6, 7, 8, 9, 10, 12, 13, 14],
        vec![15, 16, 17, 18, 19],
    ] {
        assert!(
            chain.iter().all(|&id| (y(id) - y(chain[0])).abs() < 0.01),
            "{chain:?}"
        );
    }
    for (edge, stated) in drawn.edges.iter().zip(&diagram.edges) {
        let shown = edge.label.as_ref().map(|label| label.lines.join(" "));
        assert_eq!(shown, stated.label);
    }
    for (node, stated) in drawn.nodes.iter().zip(&diagram.nodes) {
        assert_eq!(node.lines.join(" "), stated.label);
    }
    assert!(bends(&drawn) <= 24, "{} bends", bends(&drawn));
}

#[test]
fn the_three_ends_of_the_seed_arrive_apart_and_evenly() {
    let (diagram, drawn) = seed();
    let arrivals: Vec<f64> = drawn
        .edges
        .iter()
        .zip(&diagram.edges)
        .filter(|(_, stated)| stated.to == NodeId(4))
        .filter_map(|(edge, _)| edge.points.last().map(|point| point.x))
        .collect();
    let centre = middle(&drawn, 4).0;
    let mut sorted = arrivals.clone();
    sorted.sort_by(f64::total_cmp);
    assert_eq!(sorted, [centre - 12.0, centre, centre + 12.0]);
}

#[test]
fn every_fixture_obeys_the_laws() {
    for text in [
        include_str!("../../../tests/fixtures/flowzap/arrow-in-label.fz"),
        include_str!("../../../tests/fixtures/flowzap/brace-hash-in-label.fz"),
        include_str!("../../../tests/fixtures/flowzap/edge-outside-lane.fz"),
        include_str!("../../../tests/fixtures/flowzap/empty-file.fz"),
        include_str!("../../../tests/fixtures/flowzap/empty-lane.fz"),
        include_str!("../../../tests/fixtures/flowzap/self-and-parallel-edges.fz"),
        include_str!("../../../tests/fixtures/flowzap/taskbox-pipes.fz"),
        include_str!("../../../tests/fixtures/flowzap/unicode-labels.fz"),
        include_str!("../../../tests/fixtures/flowzap/unknown-target.fz"),
    ] {
        obey(&parse(text).diagram);
    }
}

#[test]
fn an_edge_from_a_side_to_the_same_side_goes_round() {
    for side in ["left", "right", "top", "bottom"] {
        for other in ["left", "right", "top", "bottom"] {
            let text = format!(
                "A {{ # A\nn1: diamond label:\"again?\"\nn2: circle label:\"x\"\nn3: rectangle label:\"y\"\n\
                 n2.handle(right) -> n1.handle(left)\nn1.handle(right) -> n3.handle(left)\n\
                 n1.handle({side}) -> n1.handle({other}) [label=\"again\"]\n\
                 n1.handle({side}) -> n1.handle({other})\n}}\n"
            );
            obey(&parse(&text).diagram);
        }
    }
}

#[test]
fn a_label_that_is_too_long_is_cut_in_the_picture() {
    let long = "word ".repeat(60);
    let text = format!(
        "A {{ # {long}\nn1: rectangle label:\"{long}\"\nn2: circle label:\"{long}\"\n\
         n3: diamond label:\"{long}\"\nn4: rectangle label:\"{}\"\n\
         n1.handle(right) -> n2.handle(left) [label=\"{long}\"]\n}}\n",
        "x".repeat(300)
    );
    let drawn = obey(&parse(&text).diagram);
    for node in &drawn.nodes {
        assert!(
            node.rect.width <= 160.0 && node.lines.len() <= 3,
            "{node:?}"
        );
        assert!(
            node.lines.iter().any(|line| line.ends_with('…')),
            "{node:?}"
        );
    }
}

#[test]
fn bends_are_rounded_and_the_line_ends_within_its_arrowhead() {
    let (_, drawn) = seed();
    let data = drawn.edges[2].path_data(6.0);
    assert_eq!(data.matches('Q').count(), 2, "{data}");
    assert!(data.starts_with('M') && !data.contains("NaN"), "{data}");
    let straight = drawn.edges[0].path_data(6.0);
    let tip = drawn.edges[0].points[1];
    assert!(
        straight.ends_with(&format!("L{} {}", tip.x - 5.0, tip.y)),
        "{straight}"
    );
    let arrow = drawn.edges[0].arrow_data();
    assert!(
        arrow.starts_with(&format!("M{} {}L", tip.x, tip.y)),
        "{arrow}"
    );
}

#[test]
fn the_svg_names_lanes_nodes_and_edges_and_states_no_colour() {
    let (diagram, drawn) = seed();
    let svg = render_svg(&diagram, &drawn, ":root { --ink: black; }");
    for wanted in [
        "role=\"img\"",
        "<title id=\"diagram-title\">",
        "data-node=\"n6\"",
        "data-edge=\"21\"",
        "class=\"node gate\"",
        "aria-label=\"Canary Controller\"",
        "--ink: black;",
    ] {
        assert!(svg.contains(wanted), "{wanted}");
    }
    let body = &svg[svg.find("</style>").expect("there is a style")..];
    assert!(!body.contains('#') && !body.contains("fill=") && !body.contains("style="));
    assert!(!DIAGRAM_STYLE.contains('#'));
}

#[test]
fn what_xml_cannot_hold_does_not_reach_the_svg() {
    let mut diagram = parse(SEED).diagram;
    diagram.nodes[0].label = "<b> & \u{1} \u{ffff} \"'".into();
    diagram.lanes[0].label = "a<b>\u{b}\"".into();
    diagram.edges[2].label = Some("]]> <x>".into());
    let svg = render_svg(&diagram, &layout(&diagram), "a{}]]>\u{0}");
    assert!(!svg.contains("<b>") && !svg.contains("<x>"));
    assert!(svg.contains("&lt;b&gt; &amp; \u{fffd}"));
    let style = svg.find("</style>").expect("there is a style");
    assert!(!svg[style..].contains("]]>") && !svg[..style].contains("a{}]]>\n"));
    assert!(
        svg.chars()
            .all(|c| c == '\n' || (' '..'\u{fffe}').contains(&c))
    );
}

#[cfg(not(target_arch = "wasm32"))]
mod random {
    use super::laws::obey;
    use coalmine_flow::{Diagram, Edge, Lane, LaneIx, Node, NodeId, Shape, Side, parse};
    use proptest::{
        collection::vec, option, prelude::Strategy, prop_oneof, proptest, sample::select,
    };

    fn side() -> impl Strategy<Value = Side> {
        select(vec![Side::Left, Side::Right, Side::Top, Side::Bottom])
    }

    fn shape() -> impl Strategy<Value = Shape> {
        select(vec![
            Shape::Circle,
            Shape::Rectangle,
            Shape::Diamond,
            Shape::Taskbox,
        ])
    }

    type RawEdge = (usize, usize, Side, Side, Option<String>);

    fn build(lanes: usize, nodes: Vec<(usize, Shape, String)>, edges: Vec<RawEdge>) -> Diagram {
        let id = |at: usize| NodeId(u32::try_from(at + 1).expect("few nodes"));
        let count = nodes.len();
        let pattern = parse("A { # A\nn1: circle\nn1.handle(left) -> n1.handle(left)\n}\n").diagram;
        let (a_lane, a_node, an_edge) = (&pattern.lanes[0], &pattern.nodes[0], &pattern.edges[0]);
        Diagram {
            lanes: (0..lanes)
                .map(|lane| Lane {
                    id: format!("L{lane}"),
                    label: format!("Lane {lane}"),
                    ..a_lane.clone()
                })
                .collect(),
            nodes: nodes
                .into_iter()
                .enumerate()
                .map(|(at, (lane, shape, label))| Node {
                    id: id(at),
                    lane: LaneIx(u32::try_from(lane % lanes).expect("few lanes")),
                    shape,
                    owner: label.get(..3).map(Into::into),
                    label,
                    ..a_node.clone()
                })
                .collect(),
            edges: edges
                .into_iter()
                .filter(|_| count > 0)
                .map(|(from, to, from_side, to_side, label)| Edge {
                    from: id(from % count),
                    from_side,
                    to: id(to % count),
                    to_side,
                    label,
                    ..an_edge.clone()
                })
                .collect(),
            loops: Vec::new(),
        }
    }

    /// Edges as people draw them: mostly onwards, and out of a fitting side.
    fn likely_edge() -> impl Strategy<Value = RawEdge> {
        let sides = select(vec![
            (Side::Right, Side::Left),
            (Side::Right, Side::Left),
            (Side::Bottom, Side::Top),
            (Side::Top, Side::Bottom),
        ]);
        (
            0..60_usize,
            1..5_usize,
            sides,
            option::of("[A-Za-z ]{0,24}"),
        )
            .prop_map(|(from, on, (out, into), label)| (from, from + on, out, into, label))
    }

    fn any_edge() -> impl Strategy<Value = RawEdge> {
        (
            0..60_usize,
            0..60_usize,
            side(),
            side(),
            option::of(".{0,30}"),
        )
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 48, ..Default::default() })]

        #[test]
        fn any_diagram_is_laid_out_by_the_laws(
            lanes in 1..6_usize,
            nodes in vec((0..6_usize, shape(), ".{0,40}"), 0..60),
            edges in vec(prop_oneof![likely_edge(), any_edge()], 0..80),
        ) {
            obey(&build(lanes, nodes, edges));
        }
    }
}
