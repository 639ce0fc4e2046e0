//! The language of conditions, beyond what the vectors hold: each row a result, a condition and what it comes to.

use coalmine_controller::argo::{
    Phase, Release,
    condition::{Elements, Setting, Value, assess, evaluate, holds},
};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NOW: Setting = Setting {
    release: Release::V1_10,
    // 2026-08-29.
    now: 1_788_000_000_000_000_000,
};

fn rows() -> Value {
    let row = |name: &str, value: f64, ok: bool| {
        Value::Map(
            [
                ("name".to_owned(), Value::Text(name.to_owned())),
                ("value".to_owned(), Value::Float(value)),
                ("ok".to_owned(), Value::Bool(ok)),
            ]
            .into(),
        )
    };
    Value::List(
        Elements::Any,
        vec![row("a", 1.0, true), row("b", 2.5, false)],
    )
}

/// What a condition says of a result: true, false, or that it is a mistake.
fn said(condition: &str, result: &Value, setting: Setting) -> &'static str {
    match holds(condition, result, setting) {
        Ok(true) => "true",
        Ok(false) => "false",
        Err(_) => "mistake",
    }
}

#[test]
fn conditions_say_what_upstreams_library_says() {
    let (three, number) = (Value::floats([1.0, 2.0, 3.0]), Value::Float(5.4));
    let text = Value::Text(" a,b ".to_owned());
    for (result, condition, expected) in [
        (&three, "one(result, # == 1)", "true"),
        (&three, "none(result, # > 5)", "true"),
        (&three, "len(filter(result, # > 1)) == 2", "true"),
        (&three, "map(result, # * 2)[2] == 6", "true"),
        (&three, "min(result) > 0 && median(result) == 2", "true"),
        (&three, "count(result, {# > 1}) == 2", "true"),
        (&three, "let x = result[0]; x > 0 and x < 2", "true"),
        (&three, "result[0] > 0.5 // all is well", "true"),
        (&three, "sum(result[0:2]) == 3", "true"),
        (&three, "result | filter(# > 1) | len() == 2", "true"),
        (&three, "reduce(result, #acc + #, 0) == 6", "true"),
        (&three, "all(result, # > #index)", "true"),
        (&three, "first(result) == 1 and last(result) == 3", "true"),
        (&three, "2 in result and 4 not in result", "true"),
        (&three, "result[-4] == 1", "mistake"),
        (&three, "result['a'] == 1", "mistake"),
        (&three, "result.a == 1", "mistake"),
        (&three, "all(result, # + 1)", "mistake"),
        (&three, "result == 3", "mistake"),
        (&three, "len(result) == 3 ? result[0] == 1 : false", "true"),
        (&three, "if len(result) > 2 { true } else { false }", "true"),
        (&number, "0 < result < 10", "true"),
        (&number, "ceil(result) == 6 && floor(result) == 5", "true"),
        (&number, "round(result) == 5 && abs(-result) == 5.4", "true"),
        (&number, "string(result) == '5.4'", "true"),
        (&number, "type(result) == 'float'", "true"),
        (&number, "int(result) % 2 == 1", "true"),
        (&number, "2 ** 3 ** 2 == 512", "true"),
        (&number, "-2 ** 2 == -4", "true"),
        (&number, "1e3 == 1_000 && 0x10 == 16 && .5 < 1", "true"),
        (&number, "asInt(result) == 5", "true"),
        (&number, "isNaN(1) || isInf(2)", "false"),
        (&number, "result ?? 1 == 1", "mistake"),
        (&number, "(result ?? 1) > 1", "true"),
        (&number, "len(result) > 0", "mistake"),
        (&number, "true || nobody()", "mistake"),
        (&number, "result > {{args.limit}}", "mistake"),
        (&number, "result =  5", "mistake"),
        (&number, "now() > date('2026-01-01')", "true"),
        (&number, "duration('1h').Minutes() == 60", "true"),
        (&number, "(now() - duration('24h')).Year() == 2026", "true"),
        (&number, "all(1..1000000, # > 0)", "mistake"),
        (&text, "trim(result) == 'a,b'", "true"),
        (&text, "split(trim(result), ',')[1] == \"b\"", "true"),
        (
            &text,
            "upper(result) contains 'A' and not (result endsWith 'x')",
            "true",
        ),
        (&text, "result matches '[ab],[ab]'", "true"),
        (&text, "result not matches '*'", "mistake"),
        (&text, "len('h\u{e9}llo') == 5", "true"),
        (&text, "result in ['x', ' a,b ']", "true"),
        (&text, "'a' < 'b'", "true"),
        (&text, "result[0] == 'a'", "mistake"),
    ] {
        assert_eq!(said(condition, result, NOW), expected, "{condition}");
    }
}

#[test]
fn decoded_json_is_looked_into() {
    let rows = rows();
    for (condition, expected) in [
        ("any(result, .ok)", "true"),
        ("all(result, {.value < 5})", "true"),
        ("sum(result, .value) == 3.5", "true"),
        ("map(result, .name) == ['a', 'b']", "true"),
        ("filter(result, not .ok)[0].name == 'b'", "true"),
        ("result[0]['value'] == 1", "true"),
        ("result[0].nothing == nil", "true"),
        ("result[0].nothing < 1", "mistake"),
        ("result[0].nothing.more == 1", "mistake"),
        ("result[0]?.nothing?.more == nil", "true"),
        ("'ok' in result[0]", "true"),
        ("asFloat(result[1].value) > 2", "true"),
        ("asFloat(result[1].name) > 2", "mistake"),
        ("isNaN(result[0].value)", "false"),
        ("max(map(result, .value)) == 2.5", "true"),
        ("result[0].ok", "true"),
        ("result[0].name", "mistake"),
    ] {
        assert_eq!(said(condition, &rows, NOW), expected, "{condition}");
    }
}

#[test]
fn what_is_not_there_is_nil_and_an_empty_list_is_not() {
    let (nil, empty) = (Value::Nil, Value::floats([]));
    for (result, condition, expected) in [
        (&nil, "default(result, 0) < 5", "true"),
        (&nil, "result == nil && isNil(result)", "true"),
        (&nil, "result < 5", "mistake"),
        (&nil, "(result ?? 7) == 7", "true"),
        (&empty, "isNil(result)", "false"),
        (&empty, "default(result, 0) < 5", "mistake"),
        (&empty, "sum(result) == 0 && mean(result) == 0", "true"),
        (&empty, "none(result, # > 1)", "true"),
        (&empty, "max(result) < 4", "mistake"),
    ] {
        assert_eq!(said(condition, result, NOW), expected, "{condition}");
    }
}

#[test]
fn an_older_release_knows_less() {
    let older = Setting {
        release: Release::V1_9,
        ..NOW
    };
    let three = Value::floats([1.0, 2.0, 3.0]);
    for condition in [
        "max(result) == 3",
        "min(result) == 1",
        "if true { true } else { false }",
        "1 < result[1] < 3",
    ] {
        assert_eq!(said(condition, &three, NOW), "true", "{condition}");
        assert_eq!(said(condition, &three, older), "mistake", "{condition}");
    }
    assert_eq!(said("max(1, 2.5) == 2.5", &three, older), "true");
}

#[test]
fn work_and_depth_are_bounded() {
    let deep = "(".repeat(5_000) + &")".repeat(5_000);
    let long = "1".to_owned() + &"+1".repeat(9_000) + " > 0";
    let nots = "!".repeat(10_000) + "true";
    let chains = (0..100).fold("1".to_owned(), |inner, _| {
        format!("(1 < {inner} < 3) ? 1 : 2")
    });
    let members = "result".to_owned() + &".a".repeat(9_000);
    let squares = "all(1..400, all(1..400, all(1..400, # > 0)))".to_owned();
    for condition in [
        deep,
        long,
        nots,
        chains,
        members,
        squares,
        "a".repeat(30_000),
    ] {
        let (phase, told) = assess(Some(&condition), None, &Value::Float(1.0), NOW);
        assert_eq!(phase, Phase::Error, "{told:?}");
    }
}

#[test]
fn every_beginning_and_every_piece_of_a_condition_is_a_value_or_a_mistake() {
    let whole = "let x = filter(result, {.v >= -1.5e3})[0:2]; \
        x?.a?.[1] not in [1, 'b', \"c\\n\"] ? {k: x | map(#.y ** 2)}.k : \
        date('2020-01-02') - now() < duration('1h') || x matches '^(a|b)+$' // end";
    for start in 0..whole.len() {
        for end in start..whole.len() {
            if let Some(piece) = whole.get(start..end) {
                let _ = evaluate(piece, &rows(), NOW);
            }
        }
    }
}
