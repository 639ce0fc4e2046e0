//! The event log: what happened in sentences, to be filtered, searched, copied, and gone back to.

mod follow;
pub mod log;
mod log_row;
pub mod matches;
pub mod reach;
pub mod row;
pub mod rows;
pub mod toolbar;
pub mod transcript;
pub mod window;
pub mod words;

pub use log::{EventLog, LogInput, LogIntent};
pub use row::{Kind, Row, Severity, event_row};
pub use words::{check_words, fault_words};
