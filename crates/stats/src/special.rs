//! Special functions and the few numerical methods that laws and tests need, through `libm` alone.

mod beta;
mod gamma;
mod point;
mod solve;

pub use beta::{beta_i, beta_i_quantile, ln_beta};
pub use gamma::{gamma_p, gamma_q};
pub(crate) use point::{binomial_point, poisson_point};
pub(crate) use solve::smallest;

/// Terms of a series or steps of a fraction after which it is taken as it stands. Those here settle after a multiple
/// of the square root of their largest argument.
const STEPS: u32 = 1_000_000;

/// A step that changes a value by less than this, relatively, is the last one: no less, or rounding would go on forever.
const SETTLED: f64 = 2.0 * f64::EPSILON;

/// What stands for zero in a continued fraction, so that nothing divides by it.
const TINY: f64 = 1e-300;

/// A continued fraction `1 / (b0 + a1/(b1 + a2/(b2 + ...)))` in the general form of Lentz, as modified by Thompson and
/// Barnett: `b0` is its first denominator and `next` gives the numerator and the denominator of each level from one.
fn continued_fraction(b0: f64, next: impl Fn(f64) -> (f64, f64)) -> f64 {
    let apart = |x: f64| if libm::fabs(x) < TINY { TINY } else { x };
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / apart(b0);
    let mut value = d;
    for level in 1..STEPS {
        let (a, b) = next(f64::from(level));
        d = 1.0 / apart(a * d + b);
        c = apart(b + a / c);
        let step = c * d;
        value *= step;
        if libm::fabs(step - 1.0) <= SETTLED {
            break;
        }
    }
    value
}
