//! The lab as its users see it: studies, workers, reports.

mod ensemble;
mod setting;
mod shards;
