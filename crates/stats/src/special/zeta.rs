//! Riemann's zeta function right of one, the total of the error that stitched bounds spend over epochs.

/// Terms that are added one by one before the rest is taken as an integral.
const TERMS: u32 = 20;

/// The sum of `n^-s` over all whole `n` from one, for `s` above one (Euler and Maclaurin).
pub(crate) fn zeta(s: f64) -> f64 {
    let head: f64 = (1..TERMS).map(|n| libm::pow(f64::from(n), -s)).sum();
    let n = f64::from(TERMS);
    let last = libm::pow(n, -s);
    let rest = last * n / (s - 1.0) + last / 2.0;
    let third = s * (s + 1.0) * (s + 2.0) / (n * n * n);
    let fifth = third * (s + 3.0) * (s + 4.0) / (n * n);
    head + rest + last * (s / (12.0 * n) - third / 720.0 + fifth / 30_240.0)
}
