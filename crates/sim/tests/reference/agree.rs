//! The two engines against each other.
