//! The command `coalmine`: rollouts on the command line.

fn main() {}
