//! Argo Rollouts' controller: the vectors that others computed, and whole runs.

mod conditions;
mod runs;
mod scripts;
mod stage;
mod steps;
mod vectors;
