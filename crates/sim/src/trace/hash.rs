//! A hash over everything that a run leaves behind, so that equal runs are recognised across machines.

use serde::Serialize;

/// FNV-1a with 64 bits over the canonical form of what is folded in.
///
/// The canonical form is the postcard encoding (1.x, a stable format: little-endian, variable-length integers, floats
/// by their bits), each item preceded by its tag. It is the same on every platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TraceHash(u64);

/// What kind of item is folded in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// An event.
    Event = 1,
    /// A sample.
    Sample = 2,
}

impl TraceHash {
    /// Of nothing yet.
    pub(crate) const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Folds one item in.
    pub(crate) fn fold(&mut self, tag: Tag, item: &impl Serialize) {
        self.byte(tag as u8);
        // Through bytes, as events travel to the page: a writer of its own would be everything once more in the worker.
        let bytes = postcard::to_allocvec(item);
        for byte in bytes.expect("events and samples always serialize") {
            self.byte(byte);
        }
    }

    /// The hash.
    pub(crate) const fn value(self) -> u64 {
        self.0
    }

    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
}
