//! Where a function crosses a level, and where it is least, always after the same steps.

/// The smallest float from `lo` to `hi`, neither of them negative, at which `holds`; `hi` where it holds nowhere.
///
/// What holds must go on to hold above. Non-negative floats sort as their bits do, so that halving the distance of
/// the bits ends after at most 64 steps at any scale.
pub(crate) fn smallest(lo: f64, hi: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let (mut below, mut above) = (lo.to_bits(), hi.to_bits());
    while below < above {
        let middle = below + (above - below) / 2;
        if holds(f64::from_bits(middle)) {
            above = middle;
        } else {
            below = middle + 1;
        }
    }
    f64::from_bits(above)
}

/// Where `f`, smooth and with different signs at `lo` and `hi`, is zero: false position as improved in Illinois, for
/// functions that are too dear to halve an interval sixty times. Ends where `f` is within `near` of zero.
pub(crate) fn root(lo: f64, hi: f64, near: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut a, mut b) = (lo, hi);
    let (mut fa, mut fb) = (f(a), f(b));
    for _ in 0..100 {
        let x = b - fb * (b - a) / (fb - fa);
        let fx = f(x);
        if fx * fb < 0.0 {
            (a, fa) = (b, fb);
        } else {
            fa /= 2.0;
        }
        (b, fb) = (x, fx);
        if libm::fabs(b - a) <= 1e-15 * libm::fabs(b) || libm::fabs(fb) <= near {
            break;
        }
    }
    b
}

/// Where `f`, which falls and then rises from `lo` to `hi`, is least: the golden section.
pub(crate) fn minimum(lo: f64, hi: f64, f: impl Fn(f64) -> f64) -> f64 {
    const SECTION: f64 = 0.618_033_988_749_894_9;
    let (mut lo, mut hi) = (lo, hi);
    let (mut left, mut right) = (hi - SECTION * (hi - lo), lo + SECTION * (hi - lo));
    let (mut at_left, mut at_right) = (f(left), f(right));
    // Sixty sections narrow the interval by 3e-13: beyond the root of the rounding, values no longer differ.
    for _ in 0..60 {
        if at_left < at_right {
            hi = right;
            (right, at_right) = (left, at_left);
            left = hi - SECTION * (hi - lo);
            at_left = f(left);
        } else {
            lo = left;
            (left, at_left) = (right, at_right);
            right = lo + SECTION * (hi - lo);
            at_right = f(right);
        }
    }
    lo + (hi - lo) / 2.0
}
