//! Changes of a diagram: the text follows, to the byte where nothing was changed, and every change can be taken back.

use coalmine_flow::{
    Diagram, EdgeId, LaneIx, NodeId, Shape, Side,
    edit::{Change, Refusal, change, next_id},
    parse,
};
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const TEXT: &str = "// ours\na { # First\n  n1: circle label:\"Start\" // begin\n  n2: rectangle  label:\"Work\"\n  \
                    n1.handle(right)  -> n2.handle(left) // odd  spacing\n  n2.handle(bottom) -> b.n3.handle(top) [label=\"On\"]\n\
                    }\n\nb {\n  n3: circle label:\"End\"\n  loop [again] n2 n3\n}";

fn check(changes: &[Change], expected: &Expect) {
    let mut text = TEXT.to_owned();
    for it in changes {
        let parsed = parse(&text);
        let patches = change(&parsed, it).expect("it can be changed");
        let changed = patches.apply(&text);
        assert_eq!(patches.inverse(&text).apply(&changed), text, "{it:?}");
        assert!(parse(&changed).is_sound(), "{it:?}: {changed}");
        text = changed;
    }
    expected.assert_eq(&text);
}

#[test]
fn nodes_and_edges_are_added_where_their_like_stand() {
    check(
        &[
            Change::AddNode {
                lane: LaneIx(0),
                shape: Shape::Diamond,
                label: "Say \"go\"?".to_owned(),
            },
            Change::Connect {
                from: (NodeId(2), Side::Right),
                to: (NodeId(4), Side::Left),
                label: None,
            },
            Change::AddOnEdge {
                edge: EdgeId(1),
                shape: Shape::Rectangle,
                label: "Between".to_owned(),
            },
        ],
        &expect![[r#"
            // ours
            a { # First
              n1: circle label:"Start" // begin
              n2: rectangle  label:"Work"
              n4: diamond label:"Say \"go\"?"
              n5: rectangle label:"Between"
              n1.handle(right)  -> n2.handle(left) // odd  spacing
              n2.handle(bottom) -> n5.handle(top) [label="On"]
              n5.handle(bottom) -> b.n3.handle(top)
              n2.handle(right) -> n4.handle(left)
            }

            b {
              n3: circle label:"End"
              loop [again] n2 n3
            }"#]],
    );
}

#[test]
fn what_is_removed_takes_its_edges_along_and_leaves_comments() {
    check(
        &[Change::RemoveNodes(vec![NodeId(2)])],
        &expect![[r#"
            // ours
            a { # First
              n1: circle label:"Start" // begin
              // odd  spacing
            }

            b {
              n3: circle label:"End"
              loop [again] n3
            }"#]],
    );
}

#[test]
fn a_node_moves_with_the_edges_that_begin_there() {
    check(
        &[Change::MoveNode(NodeId(2), LaneIx(1))],
        &expect![[r#"
            // ours
            a { # First
              n1: circle label:"Start" // begin
              n1.handle(right) -> b.n2.handle(left) // odd  spacing
            }

            b {
              n3: circle label:"End"
              n2: rectangle  label:"Work"
              n2.handle(bottom) -> n3.handle(top) [label="On"]
              loop [again] n2 n3
            }"#]],
    );
}

#[test]
fn lanes_come_go_and_change_places() {
    check(
        &[
            Change::AddLane("Third lane".to_owned()),
            Change::RenameLane(LaneIx(1), "Second".to_owned()),
            Change::MoveLane(LaneIx(2), Some(LaneIx(0))),
            Change::RemoveLane(LaneIx(2)),
        ],
        &expect![[r#"
            // ours
            Thirdlane { # Third lane
            }
            a { # First
              n1: circle label:"Start" // begin
              n2: rectangle  label:"Work"
              n1.handle(right)  -> n2.handle(left) // odd  spacing
            }

        "#]],
    );
}

#[test]
fn copies_have_ids_of_their_own_and_the_edges_between_them() {
    check(
        &[Change::Duplicate(vec![NodeId(1), NodeId(2)])],
        &expect![[r#"
            // ours
            a { # First
              n1: circle label:"Start" // begin
              n2: rectangle  label:"Work"
              n4: circle label:"Start"
              n5: rectangle  label:"Work"
              n1.handle(right)  -> n2.handle(left) // odd  spacing
              n2.handle(bottom) -> b.n3.handle(top) [label="On"]
              n4.handle(right) -> n5.handle(left)
            }

            b {
              n3: circle label:"End"
              loop [again] n2 n3
            }"#]],
    );
}

#[test]
fn what_cannot_be_changed_is_refused() {
    let parsed = parse(TEXT);
    let gone = NodeId(9);
    for it in [
        Change::RemoveNodes(vec![gone]),
        Change::SetLabel(gone, String::new()),
        Change::MoveNode(NodeId(1), LaneIx(7)),
        Change::RemoveEdge(EdgeId(9)),
        Change::MoveLane(LaneIx(0), Some(LaneIx(9))),
    ] {
        assert_eq!(change(&parsed, &it), Err(Refusal::Gone), "{it:?}");
    }
    let one = parse("a {\n}\n");
    assert_eq!(
        change(&one, &Change::RemoveLane(LaneIx(0))),
        Err(Refusal::LastLane)
    );
    let broken = parse("a {\nn1: circle label:\"x\"\nn1.handle(right) -> n7.handle(left)\n}\n");
    assert_eq!(
        change(&broken, &Change::RemoveEdge(EdgeId(0))),
        Err(Refusal::Unsound)
    );
}

#[test]
fn one_line_texts_and_other_line_ends_are_kept() {
    for (text, expected) in [
        ("a { }", "a {\nn1: circle label:\"x\"\n }"),
        ("a {\r\n}\r\n", "a {\r\nn1: circle label:\"x\"\r\n}\r\n"),
        ("a { # A\n\n}", "a { # A\nn1: circle label:\"x\"\n\n}"),
    ] {
        let add = Change::AddNode {
            lane: LaneIx(0),
            shape: Shape::Circle,
            label: "x".to_owned(),
        };
        let patches = change(&parse(text), &add).expect("there is a lane");
        assert_eq!(patches.apply(text), expected);
    }
}

/// What a diagram says, without places: lanes, nodes by lane, edges.
type Said = (
    Vec<(String, String)>,
    Vec<(NodeId, LaneIx, Shape, String)>,
    Vec<(NodeId, Side, NodeId, Side, Option<String>)>,
);

fn said(diagram: &Diagram) -> Said {
    let mut nodes: Vec<_> = diagram
        .nodes
        .iter()
        .map(|it| (it.id, it.lane, it.shape, it.label.clone()))
        .collect();
    nodes.sort();
    let mut edges: Vec<_> = diagram
        .edges
        .iter()
        .map(|it| (it.from, it.from_side, it.to, it.to_side, it.label.clone()))
        .collect();
    edges.sort();
    let lanes = diagram.lanes.iter();
    let lanes = lanes.map(|it| (it.id.clone(), it.label.clone())).collect();
    (lanes, nodes, edges)
}

/// The same change on the model: what the text must say afterwards.
fn expected(diagram: &Diagram, it: &Change) -> Said {
    let (mut lanes, mut nodes, mut edges) = said(diagram);
    let lane_of = |id: NodeId| diagram.node(id).map(|node| node.lane);
    let next = next_id(diagram);
    let some = |label: &Option<String>| label.clone().filter(|label| !label.is_empty());
    match it {
        Change::AddNode { lane, shape, label } => nodes.push((next, *lane, *shape, label.clone())),
        Change::AddOnEdge { edge, shape, label } => {
            let stated = diagram.edge(*edge).expect("it was chosen");
            let opposite = match stated.from_side {
                Side::Left => Side::Right,
                Side::Right => Side::Left,
                Side::Top => Side::Bottom,
                Side::Bottom => Side::Top,
            };
            let whole = (
                stated.from,
                stated.from_side,
                stated.to,
                stated.to_side,
                stated.label.clone(),
            );
            let at = edges
                .iter()
                .position(|it| *it == whole)
                .expect("it is there");
            edges.remove(at);
            edges.push((
                stated.from,
                stated.from_side,
                next,
                opposite,
                stated.label.clone(),
            ));
            edges.push((next, stated.from_side, stated.to, stated.to_side, None));
            let lane = lane_of(stated.from).expect("it has a lane");
            nodes.push((next, lane, *shape, label.clone()));
        }
        Change::SetLabel(id, label) => {
            for node in nodes.iter_mut().filter(|node| node.0 == *id) {
                node.3.clone_from(label);
            }
        }
        Change::SetShape(id, shape) => {
            for node in nodes.iter_mut().filter(|node| node.0 == *id) {
                node.2 = *shape;
            }
        }
        Change::RemoveNodes(gone) => {
            nodes.retain(|node| !gone.contains(&node.0));
            edges.retain(|edge| !gone.contains(&edge.0) && !gone.contains(&edge.2));
        }
        Change::Duplicate(again) => {
            let copy = |id: NodeId| {
                let place = again.iter().position(|it| *it == id)?;
                Some(NodeId(next.0 + u32::try_from(place).expect("few nodes")))
            };
            let copies: Vec<_> = nodes
                .iter()
                .filter_map(|node| Some((copy(node.0)?, node.1, node.2, node.3.clone())))
                .collect();
            nodes.extend(copies);
            let between: Vec<_> = edges
                .iter()
                .filter_map(|edge| {
                    Some((copy(edge.0)?, edge.1, copy(edge.2)?, edge.3, edge.4.clone()))
                })
                .collect();
            edges.extend(between);
        }
        Change::MoveNode(id, lane) => {
            for node in nodes.iter_mut().filter(|node| node.0 == *id) {
                node.1 = *lane;
            }
        }
        Change::Connect { from, to, label } => {
            edges.push((from.0, from.1, to.0, to.1, some(label)));
        }
        Change::SetEdge {
            edge,
            from,
            to,
            label,
        } => {
            let stated = diagram.edge(*edge).expect("it was chosen");
            let whole = (
                stated.from,
                stated.from_side,
                stated.to,
                stated.to_side,
                stated.label.clone(),
            );
            let at = edges
                .iter()
                .position(|it| *it == whole)
                .expect("it is there");
            edges[at] = (from.0, from.1, to.0, to.1, some(label));
        }
        Change::RemoveEdge(edge) => {
            let stated = diagram.edge(*edge).expect("it was chosen");
            let whole = (
                stated.from,
                stated.from_side,
                stated.to,
                stated.to_side,
                stated.label.clone(),
            );
            let at = edges
                .iter()
                .position(|it| *it == whole)
                .expect("it is there");
            edges.remove(at);
        }
        // The id of a new lane is the text's own affair.
        Change::AddLane(label) => lanes.push((String::new(), label.clone())),
        Change::RenameLane(lane, label) => lanes[lane.0 as usize].1.clone_from(label),
        Change::RemoveLane(_) | Change::MoveLane(..) => return said(diagram),
    }
    nodes.sort();
    edges.sort();
    (lanes, nodes, edges)
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;
    use proptest::{collection::vec, prelude::*, sample::Index};

    /// A change, by places in lists that are not known yet.
    #[derive(Clone, Debug)]
    struct Drawn {
        kind: u8,
        picks: [Index; 4],
        label: String,
    }

    fn drawn() -> impl Strategy<Value = Drawn> {
        let label = prop_oneof![
            "[A-Za-z ]{1,12}",
            "[ -~]{0,8}",
            "\"|\\\\|é 🚀|x -> y|\\{ # 5|%"
        ];
        (0..14_u8, any::<[Index; 4]>(), label).prop_map(|(kind, picks, label)| Drawn {
            kind,
            picks,
            label,
        })
    }

    fn shape(index: Index) -> Shape {
        [
            Shape::Circle,
            Shape::Rectangle,
            Shape::Diamond,
            Shape::Taskbox,
        ][index.index(4)]
    }

    fn side(index: Index) -> Side {
        [Side::Left, Side::Right, Side::Top, Side::Bottom][index.index(4)]
    }

    /// What is drawn on this diagram; nothing where it has no node or edge to draw on.
    fn realised(drawn: &Drawn, diagram: &Diagram) -> Option<Change> {
        let [a, b, c, d] = drawn.picks;
        let lanes = diagram.lanes.len();
        let lane = |index: Index| LaneIx(u32::try_from(index.index(lanes)).unwrap());
        let node = |index: Index| {
            let nodes = &diagram.nodes;
            (!nodes.is_empty()).then(|| nodes[index.index(nodes.len())].id)
        };
        let edge = |index: Index| {
            let count = diagram.edges.len();
            (count > 0).then(|| EdgeId(u32::try_from(index.index(count)).unwrap()))
        };
        let label = drawn.label.trim().to_owned();
        let words = Some(label.clone()).filter(|_| d.index(2) == 0);
        // Names of lanes are words on one line.
        let name = format!(
            "Lane x{}",
            label.replace(|c: char| !c.is_ascii_alphanumeric(), "")
        );
        Some(match drawn.kind {
            0 | 1 => Change::AddNode {
                lane: lane(a),
                shape: shape(b),
                label,
            },
            2 => Change::AddOnEdge {
                edge: edge(a)?,
                shape: shape(b),
                label,
            },
            3 => Change::SetLabel(node(a)?, label),
            4 => Change::SetShape(node(a)?, shape(b)),
            5 => Change::RemoveNodes(vec![node(a)?]),
            6 => {
                let (one, other) = (node(a)?, node(b)?);
                Change::Duplicate(if one == other {
                    vec![one]
                } else {
                    vec![one, other]
                })
            }
            7 => Change::MoveNode(node(a)?, lane(b)),
            8 | 9 => Change::Connect {
                from: (node(a)?, side(c)),
                to: (node(b)?, side(d)),
                label: words,
            },
            10 => Change::SetEdge {
                edge: edge(a)?,
                from: (node(b)?, side(c)),
                to: (node(c)?, side(d)),
                label: words,
            },
            11 => Change::RemoveEdge(edge(a)?),
            12 => Change::AddLane(name).only_if(lanes < 6)?,
            _ => Change::RenameLane(lane(a), name),
        })
    }

    trait OnlyIf: Sized {
        fn only_if(self, it: bool) -> Option<Self> {
            it.then_some(self)
        }
    }

    impl OnlyIf for Change {}

    fn without_ids(said: Said) -> Said {
        let lanes = said.0.into_iter().map(|(_, label)| (String::new(), label));
        (lanes.collect(), said.1, said.2)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        /// Twenty changes a case: ten thousand in all.
        #[test]
        fn text_and_drawing_never_disagree(all in vec(drawn(), 20)) {
            let mut text = TEXT.to_owned();
            for drawn in &all {
                let parsed = parse(&text);
                let Some(it) = realised(drawn, &parsed.diagram) else { continue };
                let patches = change(&parsed, &it).expect("everything in it is there");
                let changed = patches.apply(&text);
                prop_assert_eq!(patches.inverse(&text).apply(&changed), text.clone(), "{:?}", it);
                let after = parse(&changed);
                prop_assert!(after.is_sound(), "{:?}\n{}\n{:?}", it, changed, after.diagnostics);
                let (now, wanted) = (said(&after.diagram), expected(&parsed.diagram, &it));
                prop_assert_eq!(without_ids(now), without_ids(wanted), "{:?}\n{}", it, changed);
                text = changed;
            }
            // What nobody touched is there to the byte.
            prop_assert!(text.starts_with("// ours\n"));
        }

        #[test]
        fn lanes_can_be_moved_and_removed_and_brought_back(
            all in vec(drawn(), 6), picks in any::<[Index; 2]>(), removes in any::<bool>()
        ) {
            let mut text = TEXT.to_owned();
            for drawn in &all {
                let parsed = parse(&text);
                if let Some(it) = realised(drawn, &parsed.diagram) {
                    text = change(&parsed, &it).expect("everything is there").apply(&text);
                }
            }
            let parsed = parse(&text);
            let count = parsed.diagram.lanes.len();
            let [lane, other] = picks.map(|pick| LaneIx(u32::try_from(pick.index(count)).unwrap()));
            let it = if removes { Change::RemoveLane(lane) } else { Change::MoveLane(lane, Some(other)) };
            let patches = change(&parsed, &it).expect("there are two lanes at least");
            let changed = patches.apply(&text);
            prop_assert_eq!(patches.inverse(&text).apply(&changed), text.clone());
            let after = parse(&changed);
            prop_assert!(after.is_sound(), "{:?}\n{}\n{:?}", it, changed, after.diagnostics);
            if removes {
                prop_assert_eq!(after.diagram.lanes.len(), count - 1);
                prop_assert!(parsed.diagram.nodes.iter().filter(|node| node.lane != lane).count() == after.diagram.nodes.len());
            } else {
                let edges = |diagram: &Diagram| said(diagram).2;
                prop_assert_eq!(edges(&after.diagram), edges(&parsed.diagram));
                prop_assert_eq!(after.diagram.lanes.len(), count);
            }
        }
    }
}
