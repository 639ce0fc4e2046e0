//! Argo Rollouts' controller: the vectors that others computed, and whole runs.

mod runs;
mod stage;
mod vectors;
