//! The engine in a Web Worker: moves bytes between the page and the host, nothing else.

fn main() {}
