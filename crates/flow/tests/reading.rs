//! What a text means: labels, quotes, line ends, and how far one error reaches.

use coalmine_flow::{NodeId, Severity, Shape, parse, place_of};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn a_text_of_another_language_gets_one_diagnostic() {
    for (text, language) in [
        (
            "graph TD\n  A[Start] --> B{Ok?}\n  B -->|Yes| C\n",
            "Mermaid",
        ),
        (
            "\u{feff}\n```mermaid\nflowchart LR\nA-->B\n```\n",
            "Mermaid",
        ),
        ("@startuml\nA -> B: hi\n@enduml\n", "PlantUML"),
        ("digraph G {\n  a -> b;\n}\n", "Graphviz"),
        ("{\n  \"lanes\": []\n}\n", "JSON"),
        ("apiVersion: argoproj.io/v1alpha1\nkind: Rollout\n", "YAML"),
        ("<?xml version=\"1.0\"?>\n<definitions/>\n", "XML"),
    ] {
        let parsed = parse(text);
        let [only] = parsed.diagnostics.as_slice() else {
            panic!("{text}: {:?}", parsed.diagnostics);
        };
        assert_eq!(only.code, "foreign-syntax", "{text}");
        assert!(only.message.contains(language), "{text}: {}", only.message);
        assert!(parsed.diagram.nodes.is_empty());
    }
}

#[test]
fn a_lane_may_be_called_like_a_keyword_of_another_language() {
    for name in ["graph", "loop", "digraph", "strict", "label", "n1"] {
        let text = std::format!("{name} {{ # Name\nn1: circle label:\"x\"\nloop [y] n1 n1\n}}\n");
        let parsed = parse(&text);
        assert_eq!(parsed.diagram.lanes[0].id, name);
        assert_eq!(parsed.stats.loops, 1);
        assert!(parsed.is_sound(), "{name}: {:?}", parsed.diagnostics);
    }
}

#[test]
fn a_lane_label_may_stand_on_the_next_line() {
    for text in [
        "a {\n# The Label\n}\n",
        "a {\n\n  # The Label  \n}\n",
        "a { #\n# The Label\n}\n",
        "a{#The Label\n}",
    ] {
        let parsed = parse(text);
        assert_eq!(parsed.diagram.lanes[0].label, "The Label", "{text}");
        assert_eq!(parsed.diagnostics, [], "{text}");
    }
    assert_eq!(parse("a {\n}\n").diagram.lanes[0].label, "a");
}

#[test]
fn quotes_and_backslashes_in_labels_are_read_as_they_were_meant() {
    for (inner, label) in [
        (r#"say \"go\""#, r#"say "go""#),
        (r"C:\temp", r"C:\temp"),
        (r"C:\\", r"C:\"),
        (r"C:\", r"C:\"),
        (r"a\\b", r"a\b"),
        ("a -> b { # c } // d [e]", "a -> b { # c } // d [e]"),
        ("", ""),
    ] {
        let text = std::format!("a {{\nn1: circle label:\"{inner}\"\n}}\n");
        let parsed = parse(&text);
        assert_eq!(parsed.diagram.nodes[0].label, label, "{inner}");
        assert!(parsed.is_sound(), "{inner}");
    }
}

#[test]
fn lines_end_in_three_ways() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["\u{feff}a {", "n1: circle label:\"x\"", "hexagon", "}"].join(end);
        let parsed = parse(&text);
        assert_eq!(parsed.syntax.print(), text);
        assert_eq!(parsed.diagram.nodes[0].id, NodeId(1));
        assert_eq!(parsed.syntax.lines().len(), 4);
        let error = parsed
            .diagnostics
            .iter()
            .find(|d| d.code == "unknown-statement")
            .unwrap();
        let place = place_of(&text, error.span.start);
        assert_eq!((place.line, place.column), (3, 1));
    }
}

#[test]
fn columns_count_characters() {
    let text = "é🚀x";
    let columns: Vec<u32> = [0, 1, 2, 5, 6, 7, 99]
        .map(|at| place_of(text, at).column)
        .into();
    assert_eq!(columns, [1, 1, 2, 2, 3, 4, 4]);
}

#[test]
fn a_node_with_an_error_stays_so_that_its_edges_cause_none() {
    let parsed = parse(
        "a {\nn1: hexagon label:\"x\"\nn2: task label:\"y\"\nn1.handle(top) -> n2.handle(top)\n}\n",
    );
    assert_eq!(parsed.diagram.nodes[0].shape, Shape::Rectangle);
    assert_eq!(parsed.diagram.nodes[1].shape, Shape::Taskbox);
    assert_eq!(parsed.diagram.edges.len(), 1);
    assert!(!parsed.is_sound());
}

#[test]
fn findings_beyond_two_hundred_are_only_counted_and_errors_are_never_crowded_out() {
    let warnings = "n1 -> n1\n".repeat(300);
    let errors = "what\n".repeat(300);
    let text = std::format!("a {{\nn1: circle label:\"x\"\n{warnings}{errors}}}\n");
    let diagnostics = parse(&text).diagnostics;
    let of = |severity| {
        diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .count()
    };
    assert_eq!(of(Severity::Error), 121);
    assert_eq!(of(Severity::Warning), 60);
    let last = diagnostics.last().unwrap();
    assert_eq!(
        (last.code.as_str(), last.message.as_str()),
        ("more", "and 720 more")
    );
}

#[test]
fn long_texts_of_any_kind_are_read_in_linear_time() {
    for piece in [
        "\"",
        "\\\"",
        "{",
        "}",
        "[",
        "loop [",
        "n1: circle ",
        "n1 -> ",
        "#",
        "// ",
        ".",
        "a:\"x\" ",
        "x \"y\" ",
        "n1: circle label:\"x\"\n",
        "n7.handle(right) -> n8.handle(left)\n",
        "a { # A\n",
        "-",
        "\r",
        "é",
        "loop [\"]",
    ] {
        let text = std::format!("a {{\nn1: circle {}", piece.repeat(50_000 / piece.len()));
        assert_eq!(parse(&text).syntax.print(), text);
    }
}

#[test]
fn an_edge_with_an_error_is_left_out_and_still_counted() {
    for line in [
        "n1.handle(middle) -> n2.handle(left)",
        "n1.handle(right) -> n9.handle(left)",
        "n1.handle(right) -> b.n2.handle(left)",
        "n1.handle(right) <- n2.handle(left)",
        "n1.handle(right) -> n2.handle(left) junk",
        "n1.handle(right) ->",
    ] {
        let text = std::format!(
            "a {{\nn1: circle label:\"x\"\nn2: circle label:\"y\"\n{line}\n\
             n2.handle(right) -> n1.handle(left)\n}}\n"
        );
        let parsed = parse(&text);
        assert!(!parsed.is_sound(), "{line}");
        assert_eq!(parsed.stats.edges, 2, "{line}");
        let [edge] = parsed.diagram.edges.as_slice() else {
            panic!("{line}: {:?}", parsed.diagram.edges);
        };
        assert_eq!(edge.from, NodeId(2), "{line}");
    }
}
