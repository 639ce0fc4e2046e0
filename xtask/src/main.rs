//! Everything a developer does: serve, build, test, lint, bench.

fn main() {}
