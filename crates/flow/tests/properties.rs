//! What holds for every text, tried on many: nothing is lost, nothing panics, formatting keeps the meaning.
#![cfg(not(target_arch = "wasm32"))]

use coalmine_flow::{
    Diagram, LaneIx, Loop, NodeId, Severity, Shape, Side, apply, edit, format, parse, place_of,
};
use proptest::{collection::vec, prelude::*, sample::select};

/// Pieces that make texts which nearly are FlowZap Code.
const PIECES: &[&str] = &[
    "a",
    "b",
    "Lane",
    "n1",
    "n2",
    "n3",
    "N2",
    "n01",
    "n9",
    "n99999999999",
    "loop",
    "Loop",
    "circle",
    "rectangle",
    "Diamond",
    "rect",
    "taskbox",
    "label",
    "owner",
    "prio",
    "handle",
    "Handle",
    "left",
    "RIGHT",
    "top",
    "middle",
    ":",
    "=",
    ".",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "#",
    "# A",
    "//",
    "// c",
    "->",
    "-->",
    "=>",
    "→",
    "<-",
    "-",
    " ",
    "  ",
    "\t",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "\"x\"",
    "\"a -> b\"",
    "\\",
    "\\\"",
    "\\\\",
    "\u{feff}",
    "é",
    "🚀",
    "“x”",
    "'x'",
    ",",
    "%",
    "\u{a0}",
    "\0",
    "n1: circle label:\"x\"",
    "n2: rectangle",
    "n3: diamond label=y",
    "a {",
    "b { # B",
    "}\n",
    "n1.handle(right) -> n2.handle(left)",
    "n2 -> b.n3 [label=\"x\"]",
    "[label:\"C:\\\"]",
    "loop [x] n1 n2",
    "```",
];

fn near_code() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// Whole lines: what people really write, well or badly.
fn lines() -> impl Strategy<Value = String> {
    let line = vec(select(PIECES), 0..8).prop_map(|pieces| pieces.join(" "));
    let body = (
        vec(line, 0..8),
        select(&["\n", "\r\n", "\n  ", "\n\t", "\r"][..]),
    );
    vec(body, 1..4).prop_map(|lanes| {
        let lanes = lanes
            .into_iter()
            .enumerate()
            .map(|(at, (lines, end))| std::format!("lane{at} {{{end}{}{end}}}\n", lines.join(end)));
        lanes.collect()
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        near_code(),
        lines(),
        any::<String>(),
        vec(any::<char>(), 0..40).prop_map(String::from_iter),
    ]
}

/// A diagram without its places.
#[derive(Debug, PartialEq)]
struct Meaning {
    lanes: Vec<(String, String)>,
    nodes: Vec<(NodeId, LaneIx, Shape, [Option<String>; 4])>,
    edges: Vec<(NodeId, Side, NodeId, Side, Option<String>)>,
    loops: Vec<(String, Vec<NodeId>)>,
}

fn meaning(diagram: Diagram) -> Meaning {
    let loops = diagram.loops.into_iter();
    Meaning {
        lanes: diagram
            .lanes
            .into_iter()
            .map(|lane| (lane.id, lane.label))
            .collect(),
        nodes: diagram
            .nodes
            .into_iter()
            .map(|n| {
                (
                    n.id,
                    n.lane,
                    n.shape,
                    [Some(n.label), n.owner, n.description, n.system],
                )
            })
            .collect(),
        edges: diagram
            .edges
            .into_iter()
            .map(|e| (e.from, e.from_side, e.to, e.to_side, e.label))
            .collect(),
        loops: loops
            .map(
                |Loop {
                     condition, nodes, ..
                 }| (condition, nodes),
            )
            .collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn printing_gives_back_every_byte(text in any_text()) {
        let syntax = parse(&text).syntax;
        prop_assert_eq!(syntax.print(), text.clone());
        let mut at = 0;
        for token in syntax.tokens() {
            prop_assert_eq!(token.span.start, at);
            prop_assert!(token.span.start < token.span.end);
            at = token.span.end;
        }
        let lines: String = syntax
            .lines()
            .iter()
            .flat_map(|line| [line.span.of(&text), line.end.of(&text)])
            .collect();
        prop_assert_eq!(lines, text);
    }

    #[test]
    fn formatting_keeps_the_meaning_and_needs_no_second_pass(text in any_text()) {
        let once = format(&text);
        prop_assert_eq!(meaning(parse(&once).diagram), meaning(parse(&text).diagram), "{}", once);
        prop_assert_eq!(format(&once), once);
    }

    #[test]
    fn every_finding_lies_in_the_text_and_so_does_its_patch(text in any_text()) {
        let parsed = parse(&text);
        for diagnostic in &parsed.diagnostics {
            let spans = diagnostic.fix.iter().map(|fix| fix.span).chain([diagnostic.span]);
            for span in spans {
                prop_assert!(span.start <= span.end);
                prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
            if let Some(fix) = &diagnostic.fix {
                let undone = apply(&apply(&text, fix), &edit::inverse(&text, fix));
                prop_assert_eq!(&undone, &text);
            }
        }
    }

    #[test]
    fn references_of_a_diagram_always_resolve(text in any_text()) {
        let diagram = parse(&text).diagram;
        for node in &diagram.nodes {
            prop_assert!(diagram.lane(node.lane).is_some());
            prop_assert_eq!(diagram.node(node.id), Some(node));
        }
        for edge in &diagram.edges {
            prop_assert!(diagram.node(edge.from).is_some() && diagram.node(edge.to).is_some());
        }
    }

    #[test]
    fn a_new_label_is_read_back(label in "[^\n\r]{0,20}|[\"\\\\ a]{0,8}", text in any_text()) {
        let parsed = parse(&text);
        for node in &parsed.diagram.nodes {
            let fix = edit::set_label(&text, &parsed.diagram, node.id, &label).unwrap();
            let edited = apply(&text, &fix);
            prop_assert_eq!(apply(&edited, &edit::inverse(&text, &fix)), text.clone());
            if parsed.diagnostics.iter().all(|d| d.severity != Severity::Error) {
                let read = parse(&edited).diagram;
                prop_assert_eq!(&read.node(node.id).unwrap().label, &label, "{}", edited);
            }
        }
    }

    #[test]
    fn every_offset_has_a_place(text in any_text(), offset in 0..200_u32) {
        let place = place_of(&text, offset);
        prop_assert!(1 <= place.line && 1 <= place.column);
        prop_assert!(place <= place_of(&text, offset + 1));
    }
}
