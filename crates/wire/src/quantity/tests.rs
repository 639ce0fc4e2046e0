//! Quantities as people type them, and as they are shown.

use super::*;
use coalmine_controller::{Limit, Metric, Millis, Quantile, Weight};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[test]
fn durations_are_read_exactly() {
    for (text, millis) in [
        ("1h30m", 5_400_000),
        ("90s", 90_000),
        ("250ms", 250),
        ("1.5m", 90_000),
        ("5 min", 300_000),
        ("3 min 40 s", 220_000),
        (" 1d 2h ", 93_600_000),
        ("0.001s", 1),
        ("0", 0),
        ("0s", 0),
        ("-0s", 0),
        ("1000us", 1),
        ("2\u{202f}s", 2_000),
    ] {
        assert_eq!(parse_duration(text), Ok(Millis(millis)), "{text}");
    }
}

#[test]
fn what_is_no_duration_is_refused_with_its_reason() {
    use QuantityError as Q;
    for (text, error) in [
        ("", Q::NotANumber),
        ("m", Q::NotANumber),
        ("1.2.3s", Q::NotANumber),
        (
            "1e3s",
            Q::UnknownUnit {
                unit: "e".to_owned(),
                units: "ms, s, m, h, d",
            },
        ),
        (
            "5",
            Q::NoUnit {
                units: "ms, s, m, h, d",
            },
        ),
        (
            "5 parsecs",
            Q::UnknownUnit {
                unit: "parsecs".to_owned(),
                units: "ms, s, m, h, d",
            },
        ),
        (
            "5s 2m",
            Q::UnitOrder {
                unit: "m".to_owned(),
            },
        ),
        (
            "5s5s",
            Q::UnitOrder {
                unit: "s".to_owned(),
            },
        ),
        ("-5m", Q::Negative),
        ("0.0001s", Q::TooFine { step: "1ms" }),
        ("0.0000000001s", Q::TooFine { step: "1us" }),
        ("99999999999999999999999s", Q::TooLarge { most: "1000000d" }),
        ("1000001d", Q::TooLarge { most: "1000000d" }),
    ] {
        assert_eq!(parse_duration(text), Err(error), "{text}");
    }
}

#[test]
fn durations_are_written_as_people_write_them() {
    for (millis, code, words) in [
        (0, "0s", "0 s"),
        (250, "250ms", "250 ms"),
        (1_500, "1.5s", "1.5 s"),
        (90_000, "1m30s", "1 min 30 s"),
        (220_000, "3m40s", "3 min 40 s"),
        (300_000, "5m", "5 min"),
        (5_400_000, "1h30m", "1 h 30 min"),
        (86_400_000, "1d", "1 d"),
        (60_250, "1m0.25s", "1 min 0.25 s"),
    ] {
        assert_eq!(encode_duration(Millis(millis)), code);
        let thin = words
            .replace(' ', "\u{202f}")
            .replace("min\u{202f}", "min ")
            .replace("h\u{202f}", "h ");
        assert_eq!(format_duration(Millis(millis)), thin);
    }
    assert_eq!(encode_micros(80_500), "80.5ms");
    assert_eq!(encode_micros(2_000_000), "2s");
    assert_eq!(format_micros(500_000), "500\u{202f}ms");
}

#[test]
fn percentages_need_their_sign() {
    assert_eq!(parse_percent("0.2%"), Ok(Limit(2_000)));
    assert_eq!(parse_percent("25 %"), Ok(Limit(250_000)));
    assert_eq!(parse_percent("+100%"), Ok(Limit(1_000_000)));
    assert_eq!(
        parse_percent("0.2"),
        Err(QuantityError::NoUnit { units: "%" })
    );
    assert_eq!(
        parse_percent("0.00001%"),
        Err(QuantityError::TooFine { step: "0.0001%" })
    );
    assert_eq!(parse_percent("-1%"), Err(QuantityError::Negative));
    assert_eq!(parse_percent("NaN%"), Err(QuantityError::NotANumber));
    assert_eq!(parse_percent("%"), Err(QuantityError::NotANumber));
    assert_eq!(format_percent(Limit(2_000)), "0.2\u{202f}%");
    assert_eq!(encode_percent(Limit(-5_000)), "-0.5%");
}

#[test]
fn a_weight_is_never_above_all_traffic() {
    assert_eq!(
        parse_weight("25%"),
        Ok(Weight::from_basis_points(2_500).unwrap())
    );
    assert_eq!(parse_weight("100%"), Ok(Weight::FULL));
    assert_eq!(
        parse_weight("120%"),
        Err(QuantityError::TooLarge { most: "100%" })
    );
    assert_eq!(
        parse_weight("0.001%"),
        Err(QuantityError::TooFine { step: "0.01%" })
    );
    assert_eq!(
        format_weight(Weight::from_basis_points(50).unwrap()),
        "0.5\u{202f}%"
    );
}

#[test]
fn rates_are_requests_a_second_unless_they_say_otherwise() {
    for (text, milli) in [
        ("200/s", 200_000),
        ("200", 200_000),
        ("12000/min", 200_000),
        ("0.5 / s", 500),
        ("36/h", 10),
        ("0", 0),
    ] {
        assert_eq!(parse_rate(text), Ok(milli), "{text}");
    }
    for text in [
        "inf",
        "NaN/s",
        "-1/s",
        "1/min",
        "1e3/s",
        "200/fortnight",
        "",
    ] {
        assert!(parse_rate(text).is_err(), "{text}");
    }
    assert_eq!(format_rate(200_500), "200.5/s");
}

#[test]
fn each_metric_writes_its_limits_in_its_own_unit() {
    let p99 = Metric::Latency(Quantile(9_900));
    assert_eq!(parse_metric("latency-p99"), Some(p99));
    assert_eq!(
        parse_metric("latency-p99.9"),
        Some(Metric::Latency(Quantile(9_990)))
    );
    for word in [
        "latency-p100",
        "latency-p0",
        "latency-p",
        "latency-p99.999",
        "errors",
    ] {
        assert_eq!(parse_metric(word), None, "{word}");
    }
    assert_eq!(metric_word(p99), "latency-p99");
    assert_eq!(format_metric(p99), "latency p99");
    assert_eq!(parse_limit(p99, "500ms"), Ok(Limit(500_000)));
    assert_eq!(parse_limit(Metric::Cpu, "80%"), Ok(Limit(800_000)));
    assert!(parse_limit(p99, "1%").is_err());
    assert!(parse_limit(Metric::ErrorRate, "1s").is_err());
    assert_eq!(format_limit(p99, Limit(500_000)), "500\u{202f}ms");
    assert_eq!(encode_limit(Metric::ErrorRate, Limit(10_000)), "1%");
}

#[test]
fn counts_stand_in_groups_of_three() {
    for (number, text) in [
        (0, "0"),
        (999, "999"),
        (12_431, "12,431"),
        (1_000_000, "1,000,000"),
    ] {
        assert_eq!(format_count(number), text);
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_back_exactly(number in 0..86_400_000_000_000_000u64) {
            let length = Millis(number / 1_000);
            prop_assert_eq!(parse_duration(&encode_duration(length)), Ok(length));
            prop_assert_eq!(parse_duration(&format_duration(length)), Ok(length));
            prop_assert_eq!(parse_micros(&encode_micros(number)), Ok(number));
            prop_assert_eq!(parse_micros(&format_micros(number)), Ok(number));
            let ratio = Limit(i64::try_from(number).unwrap());
            prop_assert_eq!(parse_percent(&encode_percent(ratio)), Ok(ratio));
            prop_assert_eq!(parse_percent(&format_percent(ratio)), Ok(ratio));
            prop_assert_eq!(parse_rate(&format_rate(number)), Ok(number));
            prop_assert_eq!(parse_decimal(&format_decimal(number, 6), 6), Ok(number));
        }

        #[test]
        fn nothing_that_is_typed_brings_it_down(text in "\\PC{0,24}|[-+0-9.a-z/% µ]{0,24}") {
            let _ = parse_duration(&text);
            let _ = parse_micros(&text);
            let _ = parse_percent(&text);
            let _ = parse_weight(&text);
            let _ = parse_rate(&text);
            let _ = parse_metric(&text);
        }
    }
}
