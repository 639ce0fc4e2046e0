//! Changes of a diagram: the text follows, to the byte where nothing was changed, and every change can be taken back.

#[cfg(not(target_arch = "wasm32"))]
mod model;
#[cfg(not(target_arch = "wasm32"))]
mod properties;

use coalmine_flow::{
    EdgeId, LaneIx, NodeId, Shape, Side,
    edit::{Change, Refusal, change},
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
        let after = patches.apply(&text);
        assert_eq!(patches.inverse(&text).apply(&after), text, "{it:?}");
        assert!(parse(&after).is_sound(), "{it:?}: {after}");
        text = after;
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
