//! What a recording may look like, and what its reader is told otherwise.

use super::{encode_recording, parse_recording};
use coalmine_controller::Time;
use coalmine_flow::place_of;
use coalmine_sim::Rate;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn times_are_seconds_or_durations_and_the_columns_may_have_names() {
    let expected = vec![
        (Time(0), Rate(200_000)),
        (Time(90_500), Rate(1_500)),
        (Time(300_000), Rate(0)),
    ];
    for text in [
        "0,200\n90.5,1.5\n300,0",
        "time,rate\n0s,200/s\n1m30.5s,90/min\n5m,0/s\n",
        "\u{feff}Zeit,Anfragen\r\n 0 , 200 \r\n 90.5 , 1.5/s\r\n300, 0\r\n\r\n",
    ] {
        assert_eq!(parse_recording(text).as_ref(), Ok(&expected), "{text}");
    }
    let text = encode_recording(&expected);
    assert_eq!(parse_recording(&text), Ok(expected), "{text}");
}

#[test]
fn whatever_is_wrong_is_told_with_its_line() {
    let many = "x\n".repeat(50);
    for (text, line, why) in [
        ("", 1, "there is no line with a time and a rate"),
        ("time,rate\n", 1, "there is no line with a time and a rate"),
        (
            "0,200\n\n60,210",
            2,
            "there is a gap: nothing stands on this line",
        ),
        (
            "0,200\n30,\n60,210",
            2,
            "there is a gap: the rate is missing",
        ),
        ("0,200\n,210", 2, "there is a gap: the time is missing"),
        ("0;200", 1, "there is no comma between a time and a rate"),
        (
            "0,200,3",
            1,
            "there are more than two cells, a time and a rate",
        ),
        (
            "0,200\n60,many",
            2,
            "the rate `many`: this is not a plain number",
        ),
        ("zero,200", 1, "the time `zero`: this is not a plain number"),
        ("0,nan", 1, "the rate `nan`: this is not a plain number"),
        ("0,-5", 1, "the rate `-5`: this cannot be below zero"),
        ("-1,5", 1, "the time `-1`: this cannot be below zero"),
        ("0,1e3", 1, "the rate `1e3`: this is not a plain number"),
        (
            "0,1\n60,1\n60,2",
            3,
            "the time 1m is not after 1m, the one before",
        ),
        (
            "0,1\n60,1\n30,2",
            3,
            "the time 30s is not after 1m, the one before",
        ),
        (
            "1700000000,5",
            1,
            "the time is more than 366d after the run began",
        ),
        (
            "0,2000000",
            1,
            "the rate is 2000000/s, and cannot be more than 1000000/s",
        ),
        (&many, 1, "there is no comma between a time and a rate"),
    ] {
        let wrong = parse_recording(text).expect_err(text);
        let first = &wrong[0];
        assert_eq!(first.message, why, "{text}");
        assert_eq!(place_of(text, first.span.start).line, line, "{text}");
        assert!(wrong.len() <= 20, "{text}");
    }
}
