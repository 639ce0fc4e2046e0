//! What is going on right now: weight, gate, checks with their numbers.
