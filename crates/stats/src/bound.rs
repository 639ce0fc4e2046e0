//! Comparisons of measured values with bounds: the only float arithmetic that a controller needs, kept out of it.
//!
//! Bounds are integers in millionths, so that a policy compares and prints exactly; values are floats because they
//! were measured. A value that is not a number is on neither side of any bound.

/// `millionths / 1e6`, correctly rounded up to 2^53 millionths (nine billion units) either side of zero.
pub const fn from_millionths(millionths: i64) -> f64 {
    millionths as f64 / 1e6
}

/// The bound `reference + millionths / 1e6`, in the unit of `reference`.
pub fn plus_millionths(reference: f64, millionths: i64) -> f64 {
    reference + from_millionths(millionths)
}

/// The bound `reference * (millionths / 1e6)`, in the unit of `reference`.
pub fn times_millionths(reference: f64, millionths: i64) -> f64 {
    reference * from_millionths(millionths)
}

/// Whether `value` lies strictly below `bound`; never, should one of them not be a number.
pub fn is_below(value: f64, bound: f64) -> bool {
    value < bound
}

/// Whether `value` lies strictly above `bound`; never, should one of them not be a number.
pub fn is_above(value: f64, bound: f64) -> bool {
    bound < value
}

/// `value` in a unit of which `per_unit` make one of its own: 100 for percent, 1 000 for milliseconds.
pub fn in_unit(value: f64, per_unit: f64) -> f64 {
    value * per_unit
}

/// `value` in parts of which `10^decimals` make one, rounded to the nearest and away from zero between two; nothing for
/// what is not finite. Beyond what an integer holds it saturates. To be printed without the machinery that floats need.
pub fn in_parts(value: f64, decimals: u32) -> Option<i64> {
    let unit = 10_u64.checked_pow(decimals)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "rounded, and the cast saturates"
    )]
    value
        .is_finite()
        .then(|| libm::round(value * unit as f64) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn bits(value: f64) -> u64 {
        value.to_bits()
    }

    #[test]
    fn a_limit_is_the_float_that_a_person_would_have_typed() {
        for (millionths, typed) in [
            (10_000, 0.01),
            (500_000, 0.5),
            (1, 0.000_001),
            (-3_300, -0.003_3),
            (i64::pow(2, 53), 9_007_199_254.740_992),
        ] {
            assert_eq!(bits(from_millionths(millionths)), bits(typed));
        }
    }

    #[test]
    fn a_value_on_the_bound_is_on_neither_side() {
        assert!(!is_below(0.01, from_millionths(10_000)));
        assert!(!is_above(0.01, from_millionths(10_000)));
        assert!(is_below(0.009_999, from_millionths(10_000)));
        assert!(is_above(0.010_001, from_millionths(10_000)));
    }

    #[test]
    fn what_is_not_a_number_is_on_neither_side() {
        for (value, bound) in [(f64::NAN, 1.0), (1.0, f64::NAN), (f64::NAN, f64::NAN)] {
            assert!(!is_below(value, bound));
            assert!(!is_above(value, bound));
        }
    }

    #[test]
    fn bounds_relative_to_a_reference_add_or_multiply() {
        assert_eq!(bits(plus_millionths(0.25, 500_000)), bits(0.75));
        assert_eq!(bits(times_millionths(0.25, 2_000_000)), bits(0.5));
        assert_eq!(bits(in_unit(0.25, 100.0)), bits(25.0));
    }

    #[test]
    fn parts_are_rounded_to_the_nearest() {
        for (value, decimals, parts) in [
            (4.736, 2, Some(474)),
            (-0.005, 2, Some(-1)),
            (0.0, 6, Some(0)),
            (1e300, 2, Some(i64::MAX)),
            (f64::NAN, 2, None),
            (f64::INFINITY, 2, None),
            (1.0, 40, None),
        ] {
            assert_eq!(in_parts(value, decimals), parts);
        }
    }
}
