//! The page of Coalmine.

fn main() {}
