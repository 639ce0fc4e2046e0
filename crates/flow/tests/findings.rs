//! Sloppy and broken texts: what is found, where, and what the patch makes of the line.

use coalmine_flow::{Severity, apply, parse, place_of};
use expect_test::{Expect, expect};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Reads a text and lists what was found; behind `=>` the text around the patch, once it is applied.
fn check(text: &str, expected: &Expect) {
    let mut found = Vec::new();
    for diagnostic in &parse(text).diagnostics {
        let place = place_of(text, diagnostic.span.start);
        let severity = match diagnostic.severity {
            Severity::Error => 'E',
            Severity::Warning => 'W',
            Severity::Info => 'I',
        };
        let (line, column) = (place.line, place.column);
        let outcome = match (&diagnostic.fix, &diagnostic.suggestion) {
            (Some(fix), _) => {
                let line = place_of(text, fix.span.start).line as usize;
                let mended = apply(text, fix);
                let line = mended.lines().nth(line - 1).unwrap_or_default();
                Some(std::format!("  => {line}"))
            }
            (None, Some(suggestion)) => Some(std::format!("  ?  {suggestion}")),
            (None, None) => None,
        };
        let (code, message) = (&diagnostic.code, &diagnostic.message);
        found.push(std::format!("{severity} {line}:{column} {code}: {message}"));
        found.extend(outcome.map(|outcome| outcome.trim_end().to_string()));
    }
    expected.assert_eq(&(found.join("\n") + "\n"));
}

/// A lane around the lines, with two nodes that are connected.
fn in_lane(lines: &str) -> String {
    std::format!(
        "a {{ # A\nn1: circle label:\"x\"\nn2: circle label:\"y\"\n\
         n1.handle(right) -> n2.handle(left)\n{lines}\n}}\n"
    )
}

#[test]
fn arrows_of_other_languages_are_read_unless_they_point_backwards() {
    check(
        &in_lane(
            "n1.handle(top)-->n2.handle(top)\nn1.handle(top) => n2.handle(top)\n\
             n1.handle(top)→n2.handle(top)\nn1.handle(top) <- n2.handle(top)",
        ),
        &expect![[r"
            W 5:15 odd-arrow: `-->` is read as `->`
              => n1.handle(top)->n2.handle(top)
            W 6:16 odd-arrow: `=>` is read as `->`
              => n1.handle(top) -> n2.handle(top)
            W 7:15 odd-arrow: `→` is read as `->`
              => n1.handle(top)->n2.handle(top)
            E 8:16 bad-arrow: `<-` points backwards; an edge is written from its start to its end
              ?  swap the two ends and write `->`
        "]],
    );
}

#[test]
fn missing_parts_of_an_edge_are_named() {
    check(
        &in_lane(
            "n1 -> n2\nn1.top -> n2.handle\nn1.handle(top) n2.handle(top)\nn1.handle(top) ->\n\
             n1.handle(top -> n2.handle(up)\nn1.handle() -> n2.port(left) [label=\"x\"",
        ),
        &expect![[r#"
            W 5:1 missing-handle: the side is missing; it is read as right
              => n1.handle(right) -> n2
            W 5:7 missing-handle: the side is missing; it is read as left
              => n1 -> n2.handle(left)
            E 6:4 bad-handle: a handle is written with its side in parentheses
              => n1.handle(top) -> n2.handle
            E 6:14 bad-handle: a handle is written with its side in parentheses
              => n1.top -> n2.handle(left)
            E 7:16 missing-arrow: an edge has an arrow between its ends
              => n1.handle(top) -> n2.handle(top)
            E 8:1 incomplete-edge: an edge needs a node to lead to
              ?  write it as in `n1.handle(right) -> n2.handle(left)`
            E 9:14 bad-handle: the handle has no closing `)`
              => n1.handle(top) -> n2.handle(up)
            E 9:28 bad-handle: `up` is no side: there are left, right, top and bottom
              => n1.handle(top -> n2.handle(top)
            E 10:11 bad-handle: the handle names no side: left, right, top or bottom
              => n1.handle(right) -> n2.port(left) [label="x"
            E 10:19 bad-handle: a handle is written `.handle(right)`
              => n1.handle() -> n2.handle(left) [label="x"
            E 10:40 unclosed-bracket: the label has no closing `]`
              => n1.handle() -> n2.port(left) [label="x"]
        "#]],
    );
}

#[test]
fn shapes_are_guessed_from_slips_and_from_other_names() {
    check(
        &in_lane(
            "n3: Circle label:\"x\"\nn4: decision label:\"x\"\nn5: rectangel label:\"x\"\nn6: label:\"x\"",
        ),
        &expect![[r#"
            W 5:1 orphan-node: no edge leads to `n3` or away from it
              ?  connect it, or remove it
            W 5:5 shape-case: shapes are written in small letters
              => n3: circle label:"x"
            W 6:1 orphan-node: no edge leads to `n4` or away from it
              ?  connect it, or remove it
            E 6:5 unknown-shape: `decision` is no shape: there are circle, rectangle, diamond and taskbox
              => n4: diamond label:"x"
            W 7:1 orphan-node: no edge leads to `n5` or away from it
              ?  connect it, or remove it
            E 7:5 unknown-shape: `rectangel` is no shape: there are circle, rectangle, diamond and taskbox
              => n5: rectangle label:"x"
            W 8:1 orphan-node: no edge leads to `n6` or away from it
              ?  connect it, or remove it
            E 8:4 missing-shape: a node needs a shape: circle, rectangle, diamond or taskbox
              => n6: rectangle label:"x"
        "#]],
    );
}

#[test]
fn values_without_the_right_quotes_are_read_where_they_end_clearly() {
    check(
        &in_lane(
            "n3: circle label:Go now owner:\"x\"\nn4: circle label:'Go'\nn5: circle \"Go\"\n\
             n6: circle label:\"Go\nn1.handle(top) -> n2.handle(top) [label=\"Go]\nn7: circle label:\n\
             n8: circle lable:\"x\" label:\"y\" label:\"z\" junk",
        ),
        &expect![[r#"
            W 5:1 orphan-node: no edge leads to `n3` or away from it
              ?  connect it, or remove it
            W 5:18 unquoted-value: a text stands in double quotes
              => n3: circle label:"Go now" owner:"x"
            W 6:1 orphan-node: no edge leads to `n4` or away from it
              ?  connect it, or remove it
            W 6:18 unquoted-value: a text stands in double quotes
              => n4: circle label:"Go"
            W 7:1 orphan-node: no edge leads to `n5` or away from it
              ?  connect it, or remove it
            W 7:12 missing-key: a text without a key is read as the label
              => n5: circle label:"Go"
            W 8:1 orphan-node: no edge leads to `n6` or away from it
              ?  connect it, or remove it
            E 8:18 unclosed-quote: the closing quote is missing
              => n6: circle label:"Go"
            E 9:41 unclosed-quote: the closing quote is missing
              => n1.handle(top) -> n2.handle(top) [label="Go"]
            W 10:1 no-label: `n7` has no label
              ?  add `label:"…"` behind its shape
            W 10:1 orphan-node: no edge leads to `n7` or away from it
              ?  connect it, or remove it
            E 10:12 missing-value: `label` says nothing
              ?  write a text in quotes behind it
            W 11:1 orphan-node: no edge leads to `n8` or away from it
              ?  connect it, or remove it
            W 11:12 unknown-attr: `lable` is no attribute that FlowZap knows: a node may have label, owner, description and system
              => n8: circle label:"x" label:"y" label:"z" junk
            W 11:32 dup-attr: `label` is there twice; the first one counts
              ?  keep one of them
            E 11:42 unexpected-text: `junk` means nothing here
              => n8: circle lable:"x" label:"y" label:"z"
        "#]],
    );
}

#[test]
fn ids_that_are_no_ids_cause_one_error_each() {
    check(
        &in_lane(
            "start: circle label:\"x\"\nstart.handle(right) -> n1.handle(left)\nN3: circle label:\"x\"\n\
             n04: circle label:\"x\"\nn4.handle(right) -> n3.handle(left)\nn99999999999: circle label:\"x\"",
        ),
        &expect![[r#"
            E 5:1 bad-node-id: `start` cannot be a node's id: ids are `n1`, `n2` and so on
              ?  write `n` and a number, here and in the edges that use it
            W 7:1 id-form: `N3` is read as `n3`
              => n3: circle label:"x"
            W 8:1 id-form: `n04` is read as `n4`
              => n4: circle label:"x"
            E 10:1 bad-node-id: `n99999999999` cannot be a node's id: ids are `n1`, `n2` and so on
              ?  write `n` and a number, here and in the edges that use it
        "#]],
    );
}

#[test]
fn an_unknown_id_is_guessed_only_if_one_alone_is_near() {
    check(
        "a { # A\nn12: circle label:\"x\"\nn1: circle label:\"x\"\n\
         n12.handle(right) -> n21.handle(left)\nn1.handle(right) -> n7.handle(left)\n}\n",
        &expect![[r#"
            W 2:1 id-gap: ids count from n1 without gaps, and n2 is missing
              ?  renumber the nodes together with the edges that name them
            E 4:22 unknown-node: there is no node `n21`
              ?  declare it, or write the id you mean: `n12` or `n1`?
            E 5:21 unknown-node: there is no node `n7`
              ?  declare it in a lane, as in `n1: rectangle label:"…"`
        "#]],
    );
}

#[test]
fn the_lane_in_front_of_a_node_is_checked() {
    check(
        "Alpha { # A\nn1: circle label:\"x\"\nAlpha.n1.handle(right) -> Beta.n2.handle(left)\n\
         n1.handle(right) -> Alpha.n2.handle(left)\nn2.handle(right) -> n1.handle(left)\n\
         n1.handle(right) -> x.Beta.n2.handle(left)\nloop [x] Alhpa.n1 n2\n}\n\
         Beta { # B\nn2: circle label:\"x\"\n}\nBeta { # B\n}\n",
        &expect![[r"
            I 3:1 redundant-lane-prefix: a node of the same lane needs no lane in front
              => n1.handle(right) -> Beta.n2.handle(left)
            E 4:21 wrong-lane: `n2` stands in the lane `Beta`, not in `Alpha`
              => n1.handle(right) -> Beta.n2.handle(left)
            I 5:1 edge-in-other-lane: by rule an edge stands in the lane that it starts in
              ?  move the line into the lane `Beta`
            E 6:21 bad-edge-end: `x.Beta.n2` is no node: write its lane, a dot and its id, or only its id
            E 7:10 unknown-lane: there is no lane `Alhpa`
              => loop [x] Alpha.n1 n2
            W 12:1 dup-lane: there is a lane `Beta` already, in line 9
              ?  give each lane a name of its own
        "]],
    );
}

#[test]
fn braces_and_lines_that_are_out_of_place_are_found() {
    check(
        "n1: circle label:\"x\"\n}\na { n2: circle label:\"x\" }\n# stray\nmy lane! {\n\
         n3: circle label:\"x\"\n# stray too\nwhat is this\n}\n{\n",
        &expect![[r#"
            E 1:1 node-outside-lane: a node belongs into a lane
              ?  move the line between the braces of a lane
            E 2:1 stray-close: this `}` closes no lane
              =>
            W 3:5 same-line: FlowZap Code has one statement a line
              => a {
            W 3:5 orphan-node: no edge leads to `n2` or away from it
              ?  connect it, or remove it
            W 3:26 same-line: FlowZap Code has one statement a line
              => a { n2: circle label:"x"
            W 4:1 stray-label: `#` names a lane, directly behind its `{`; here it says nothing
              ?  start a comment with `//`, or remove it
            E 5:1 bad-lane-id: `my lane!` cannot be a lane's name: it is one word of letters and digits
              => mylane {
            W 6:1 orphan-node: no edge leads to `n3` or away from it
              ?  connect it, or remove it
            W 7:1 stray-label: `#` names a lane, directly behind its `{`; here it says nothing
              ?  start a comment with `//`, or remove it
            E 8:1 unknown-statement: `what is this` is no lane, node, edge or loop; it is kept as it is
              ?  a comment is a line that starts with `//`
            E 10:1 missing-lane-id: a lane needs a name in front of its brace
              ?  write a word without spaces, as in `Deployment {`
            E 11:1 unterminated-lane: the last lane has no closing `}`
              => }
        "#]],
    );
}

#[test]
fn loops_are_read_with_what_they_name() {
    check(
        &in_lane("Loop [say \"]\" # 3] n1, n2\nloop n1 n2\nloop [x n1 n2\nloop [x] n1 a.n2 // why"),
        &expect![[r#"
            W 5:1 keyword-case: `loop` is written in small letters
              => loop [say "]" # 3] n1, n2
            E 5:22 unexpected-text: `,` means nothing here
              => Loop [say "]" # 3] n1 n2
            W 6:1 loop-no-condition: the loop does not say when it is left
              ?  write the condition into the brackets, as in `loop [retry 3 times] n1 n2`
            E 7:7 unclosed-bracket: the condition has no closing `]`
              => loop [x] n1 n2
            I 8:18 slash-comment: FlowZap drops `//` comments when it writes the code again
        "#]],
    );
}

#[test]
fn prose_gets_one_diagnostic_and_an_example() {
    check(
        "Dear all,\nplease deploy: soon.\nThanks\n",
        &expect![[r#"
        E 1:1 not-flowzap: there is no lane, node or edge in this text
          ?  start with a lane: `Deployment { # Deployment Pipeline`, then lines such as `n1: circle label:"Start"` and `n1.handle(right) -> n2.handle(left)`, then `}`
    "#]],
    );
}

#[test]
fn code_fences_around_code_are_passed_over() {
    check(
        "```flowzap\na { # A\nn1: circle label:\"x\"\nn1.handle(top) -> n1.handle(left)\n}\n```\n",
        &expect![[r"
        W 1:1 code-fence: this line belongs to the text around the code
          =>
        W 6:1 code-fence: this line belongs to the text around the code
          =>
    "]],
    );
}

#[test]
fn invisible_characters_and_long_labels_are_pointed_out() {
    let long = "x".repeat(51);
    check(
        &std::format!(
            "a {{\nn1: circle label:\"{long}\"\nn1.handle(top) -> n1.handle(top) [label=\"a\u{202e}b\"]\n}}\n"
        ),
        &expect![[r#"
            W 2:19 long-label: the label is longer than 50 characters, about which FlowZap warns
              ?  say it shorter
            W 3:43 invisible-character: an invisible character: U+202E
              => n1.handle(top) -> n1.handle(top) [label="ab"]
        "#]],
    );
}
