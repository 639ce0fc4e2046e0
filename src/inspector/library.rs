//! The failure library: all failures that have a name, and stories told of them, on a sheet to choose from.

pub mod card;
pub mod catalogue;
pub mod dialog;
pub mod found;
pub mod shape;
pub mod sheet;
pub mod tools;

pub use dialog::Library;
