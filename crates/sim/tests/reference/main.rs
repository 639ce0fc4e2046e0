//! The reference is what it claims to be: its counts, latencies, queues, clients and faults follow the laws that are
//! known exactly, and the aggregated engine follows the reference.
//!
//! Every test of chance has a fixed seed and fails by chance once in a thousand, unless it says otherwise.

mod agree;
mod arrivals;
mod check;
mod clients;
mod faults;
mod feedback;
mod latency;
mod queues;
