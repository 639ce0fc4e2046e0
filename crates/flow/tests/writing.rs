//! What `fmt` writes, and what edits change.

use coalmine_flow::{NodeId, apply, edit, format, parse};
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

fn check(text: &str, expected: &Expect) {
    let once = format(text);
    expected.assert_eq(&once);
    assert_eq!(format(&once), once);
}

#[test]
fn spacing_and_clear_spellings_become_canonical() {
    check(
        "a{#  The Label  \nN1 :Circle  label = 'Go' \nn02: rectangle \"say \\\"x\\\"\"\n\
         n1.handle( Right )-->n2.Handle(LEFT)  [ label : \"x\" ]\nn1 -> n2\nLOOP [ again ]  n1   n2\n}",
        &expect![[r#"
            a { # The Label
            n1: circle label:"Go"
            n2: rectangle label:"say \"x\""
            n1.handle(right) -> n2.handle(left) [label="x"]
            n1.handle(right) -> n2.handle(left)
            loop [again] n1 n2
            }
        "#]],
    );
}

#[test]
fn the_label_of_a_lane_moves_to_its_header() {
    check(
        "a {\n\n  # The Label\nn1: circle label:\"x\"\n}\n",
        &expect![[r#"
        a { # The Label

        n1: circle label:"x"
        }
    "#]],
    );
}

#[test]
fn the_indentation_of_the_file_is_kept() {
    for unit in ["", "  ", "    ", "\t"] {
        let text = std::format!(
            "a {{ # A\n{unit}n1: circle label:\"x\"\n{unit}// why\n{unit}n1.handle(top) -> n1.handle(left)\n}}\n"
        );
        assert_eq!(format(&text), text);
        let deeper = "\t".to_string() + &text.trim_end().replace('\n', "\n\t") + "\n";
        assert_eq!(format(&deeper), text);
    }
}

#[test]
fn comments_blank_lines_and_what_nobody_understands_stay() {
    check(
        "// top\n\n\na { # A // not a comment\n   what  is this?\nn1: hexagon   label:\"x\"\n\
         n2: circle label:\"x\"   // trailing  \n# stray\n\nn1.handle(middle)  -> n2.handle(left)\n\
         n3: circle   label:\"x\" priority:\"high\"   weight:5\n}   // end\n\n",
        &expect![[r#"
            // top


            a { # A // not a comment
               what  is this?
            n1: hexagon   label:"x"
            n2: circle label:"x" // trailing
            # stray

            n1.handle(middle)  -> n2.handle(left)
            n3: circle label:"x" priority:"high" weight:"5"
            } // end

        "#]],
    );
}

#[test]
fn one_line_becomes_several() {
    check(
        "a { n1: circle label:\"}\" } b { # B\n}",
        &expect![[r#"
        a {
        n1: circle label:"}"
        }
        b { # B
        }
    "#]],
    );
}

#[test]
fn every_line_keeps_its_end() {
    let text = "a {\r\nn1 :circle label:\"x\"\rn2: circle label:\"y\"\n}";
    assert_eq!(
        format(text),
        "a {\r\nn1: circle label:\"x\"\rn2: circle label:\"y\"\n}\r\n"
    );
    assert_eq!(format("\u{feff}a  {\n}\n"), "\u{feff}a {\n}\n");
    assert_eq!(format(""), "");
}

#[test]
fn order_and_ids_are_never_changed() {
    let text = "a {\nn9: circle label:\"x\"\nn2: circle label:\"y\"\n\
                n9.handle(right) -> n2.handle(left)\nn2.handle(right) -> n9.handle(left)\n}\n";
    assert_eq!(format(text), text);
}

#[test]
fn a_label_is_replaced_inside_its_quotes() {
    for (line, label, expected) in [
        (
            "n1: circle label:\"x\" owner:\"y\"",
            "Go",
            "n1: circle label:\"Go\" owner:\"y\"",
        ),
        (
            "n1: circle label:\"x\"",
            "say \"go\"\nnow",
            "n1: circle label:\"say \\\"go\\\" now\"",
        ),
        (
            "n1: circle label:\"x\"",
            "C:\\",
            "n1: circle label:\"C:\\\\\"",
        ),
        (
            "n1: taskbox owner:\"y\"",
            "Go",
            "n1: taskbox label:\"Go\" owner:\"y\"",
        ),
        (
            "n1: circle label:x owner:\"y\"",
            "Go on",
            "n1: circle label:\"Go on\" owner:\"y\"",
        ),
        ("n1: circle label:'x'", "Go", "n1: circle label:\"Go\""),
        ("n1: circle label:\"x", "Go", "n1: circle label:\"Go\""),
    ] {
        let text = std::format!("a {{\r\n{line}\r\n}}\r\n");
        let fix = edit::set_label(&text, &parse(&text).diagram, NodeId(1), label).unwrap();
        let edited = apply(&text, &fix);
        assert_eq!(edited, std::format!("a {{\r\n{expected}\r\n}}\r\n"));
        assert_eq!(apply(&edited, &edit::inverse(&text, &fix)), text);
    }
}

#[test]
fn edits_that_do_not_belong_to_a_text_do_nothing() {
    let text = "a {\nn1: circle label:\"x\"\n}\n";
    let diagram = parse(text).diagram;
    assert_eq!(edit::set_label(text, &diagram, NodeId(2), "y"), None);
    assert_eq!(edit::set_label("a", &diagram, NodeId(1), "y"), None);
    let fix = edit::set_label(text, &diagram, NodeId(1), "y").unwrap();
    assert_eq!(apply("a", &fix), "a");
}
