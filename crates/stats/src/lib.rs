//! Quantiles as Prometheus has them, and comparisons of measured values with bounds. Knows nothing of rollouts.

#![no_std]

extern crate alloc;
