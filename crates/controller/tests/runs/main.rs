//! The controller on a stage: every sentence of what a diagram means when it runs, held by a script.

mod analyses;
mod bounds;
mod gates;
mod operator;
mod properties;
mod seed;
mod stage;
mod stops;
