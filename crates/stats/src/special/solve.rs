//! Where a function crosses a level, always after the same steps.

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
