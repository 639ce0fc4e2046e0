//! The diagram that the project starts with is read without a finding.

use coalmine_flow::{NodeId, Shape, Side, Stats, format, parse};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const SEED: &str = include_str!("../../../examples/canary.fz");

#[test]
fn the_seed_is_three_lanes_twenty_nodes_and_twenty_two_edges() {
    let parsed = parse(SEED);
    assert_eq!(
        parsed.stats,
        Stats {
            lanes: 3,
            nodes: 20,
            edges: 22,
            cross_lane_edges: 5,
            loops: 0
        }
    );
    let diagram = &parsed.diagram;
    assert_eq!(
        (
            diagram.lanes.len(),
            diagram.nodes.len(),
            diagram.edges.len()
        ),
        (3, 20, 22)
    );
    let of = |shape| {
        diagram
            .nodes
            .iter()
            .filter(|node| node.shape == shape)
            .count()
    };
    assert_eq!((of(Shape::Diamond), of(Shape::Circle)), (3, 2));
}

#[test]
fn the_seed_gives_no_finding_and_is_formatted_already() {
    assert_eq!(parse(SEED).diagnostics, []);
    assert_eq!(format(SEED), SEED);
}

#[test]
fn the_seed_keeps_its_sides_labels_and_order() {
    let diagram = parse(SEED).diagram;
    let edge = &diagram.edges[2];
    assert_eq!((edge.from, edge.to), (NodeId(3), NodeId(6)));
    assert_eq!((edge.from_side, edge.to_side), (Side::Bottom, Side::Top));
    assert_eq!(edge.label.as_deref(), Some("Deploy canary"));
    assert_eq!(edge.label_span.unwrap().of(SEED), "Deploy canary");
    assert_eq!(diagram.lanes[1].label, "Canary Controller");
    let node = diagram.node(NodeId(6)).unwrap();
    assert_eq!(node.label, "Deploy to 5% of pods");
    assert_eq!(node.label_span.unwrap().of(SEED), node.label);
    assert_eq!(
        node.span.of(SEED),
        "n6: rectangle label:\"Deploy to 5% of pods\""
    );
    assert_eq!(diagram.lane(node.lane).unwrap().id, "CanaryController");
    let into_complete = diagram.incoming(NodeId(4)).count();
    assert_eq!(into_complete, 3);
}
