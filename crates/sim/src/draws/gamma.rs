//! Gamma deviates: what makes arrivals burstier than Poisson.

use super::Stream;

/// A gamma deviate with mean one and this variance; one where the variance is nothing.
///
/// Marsaglia and Tsang's method ("A simple method for generating gamma variables", 2000), with their boost for shapes
/// below one.
pub(crate) fn gamma_of_mean_one(stream: &mut Stream, variance: f64) -> f64 {
    if !variance.is_finite() || variance <= 0.0 {
        return 1.0;
    }
    let shape = 1.0 / variance;
    if shape < 1.0 {
        let boosted = standard(stream, shape + 1.0);
        return boosted * libm::exp(libm::log(stream.open_unit()) / shape) * variance;
    }
    standard(stream, shape) * variance
}

/// A gamma deviate of scale one; the shape is at least one.
fn standard(stream: &mut Stream, shape: f64) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = stream.normal();
        let root = 1.0 + c * x;
        if root <= 0.0 {
            continue;
        }
        let v = root * root * root;
        if libm::log(stream.open_unit()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
            return d * v;
        }
    }
}
