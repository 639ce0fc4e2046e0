//! Coalmine's page: views and signals over the engine, which runs in a worker. No model code lives here.

// A view is one type that nests as deep as its elements do.
#![recursion_limit = "512"]

pub mod app;
pub mod charts;
pub mod chunks;
pub mod code_pane;
pub mod design;
pub mod diagram;
pub mod engine;
pub mod events;
pub mod exchange;
pub mod files;
pub mod format;
pub mod header;
pub mod inspector;
pub mod lab;
pub mod notices;
pub mod now;
pub mod playback;
pub mod player;
pub mod state;
pub mod storage;
pub mod traffic;
pub mod verdict;

pub use app::App;

/// Replaces the skeleton that `index.html` painted by the living page.
pub fn start() {
    app::mount();
}
