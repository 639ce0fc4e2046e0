//! The verdict: one sentence, then its numbers.
