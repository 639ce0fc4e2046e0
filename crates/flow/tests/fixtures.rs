//! Every fixture is read as `expected.json` says, natively and in WebAssembly.

use coalmine_flow::{Parsed, Severity, format, parse, place_of};
use serde_json::{Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const EXPECTED: &str = include_str!("../../../tests/fixtures/flowzap/expected.json");

macro_rules! fixtures {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../tests/fixtures/flowzap/", $name)))),*]
    };
}

const FIXTURES: &[(&str, &str)] = fixtures![
    "arrow-in-label.fz"
    "brace-hash-in-label.fz"
    "colon-equals-mixups.fz"
    "crlf.fz"
    "deep-indent-tabs.fz"
    "duplicate-id.fz"
    "edge-outside-lane.fz"
    "empty-file.fz"
    "empty-lane.fz"
    "escaped-quote.fz"
    "handle-case-and-bad-dir.fz"
    "id-gap.fz"
    "lane-id-with-space.fz"
    "loop-unknown-node.fz"
    "missing-close-then-lane.fz"
    "missing-lane-prefix.fz"
    "self-and-parallel-edges.fz"
    "slash-comments.fz"
    "taskbox-pipes.fz"
    "unicode-labels.fz"
    "unknown-attribute.fz"
    "unknown-shape.fz"
    "unknown-target.fz"
    "unterminated-lane.fz"
    "wrong-lane-prefix.fz"
];

#[test]
fn every_fixture_is_read_as_expected() {
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let expected = expected.as_object().unwrap();
    assert_eq!(expected.len(), FIXTURES.len());
    for (name, text) in FIXTURES {
        let Parsed { stats, .. } = parse(text);
        let found = json!({
            "lanes": stats.lanes,
            "nodes": stats.nodes,
            "edges": stats.edges,
            "cross": stats.cross_lane_edges,
            "loops": stats.loops,
            "errors": codes(text, Severity::Error),
            "warnings": codes(text, Severity::Warning),
            "infos": codes(text, Severity::Info),
        });
        assert_eq!(Some(&found), expected.get(*name), "{name}");
    }
}

#[test]
fn every_fixture_is_printed_byte_for_byte() {
    for (name, text) in FIXTURES {
        assert_eq!(parse(text).syntax.print(), *text, "{name}");
    }
}

#[test]
fn formatting_a_fixture_twice_changes_nothing_more() {
    for (name, text) in FIXTURES {
        let once = format(text);
        assert_eq!(format(&once), once, "{name}");
    }
}

#[test]
fn an_escaped_quote_is_part_of_the_label() {
    let (_, text) = FIXTURES
        .iter()
        .find(|(name, _)| *name == "escaped-quote.fz")
        .unwrap();
    let diagram = parse(text).diagram;
    assert_eq!(diagram.nodes[0].label, "say \"go\"");
    assert_eq!(diagram.edges[0].label.as_deref(), Some("a \"b\""));
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn no_fixture_is_forgotten() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/flowzap");
    let files = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "fz"))
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let listed: Vec<&str> = FIXTURES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, listed);
}

fn codes(text: &str, severity: Severity) -> Vec<String> {
    let diagnostics = parse(text).diagnostics;
    diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == severity)
        .map(|diagnostic| {
            let line = place_of(text, diagnostic.span.start).line;
            std::format!("{}@{line}", diagnostic.code)
        })
        .collect()
}
