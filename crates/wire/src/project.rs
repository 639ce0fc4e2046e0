//! A project: the flow, the policy beside it, the scenario, the seed.

use coalmine_controller::Policy;
use coalmine_sim::{Scenario, Seed};
use serde::{Deserialize, Serialize};

/// What a project file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Shown in the header and used as the file's name.
    pub name: String,
    /// FlowZap Code, as written, to the byte.
    pub code: String,
    /// What the drawing has no word for.
    pub policy: Policy,
    /// What it is run against.
    pub scenario: Scenario,
    /// Where all chance comes from.
    pub seed: Seed,
}
