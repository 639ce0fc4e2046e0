//! The charts: traffic share, error rate, latency, CPU and memory over one time axis.
