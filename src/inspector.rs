//! The left panel: what to break, the policy, the traffic. Every change starts the run anew from the same seed.

pub mod break_it;
pub mod checks;
pub mod fault;
pub mod fault_card;
pub mod fault_choices;
pub mod fault_options;
pub mod fault_row;
pub mod field;
pub mod icon;
pub mod knob;
pub mod knob_field;
pub mod library;
pub mod mix;
pub mod param;
pub mod param_field;
pub mod pick;
pub mod policy;
pub mod starts;
pub mod step_row;
pub mod steps;
pub mod traffic;
pub mod trigger_row;
pub mod typed;
pub mod world;

pub use break_it::BreakIt;
pub use fault::{FaultChoice, describe, name_of};
pub use field::Field;
pub use knob::Knob;
pub use param::Param;
pub use policy::PolicyPanel;
pub use traffic::TrafficPanel;
