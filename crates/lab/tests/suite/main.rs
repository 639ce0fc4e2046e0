//! The lab as its users see it: studies, workers, reports.

mod bundle;
mod compare;
mod ensemble;
mod setting;
mod shards;
mod sweep;
