//! Coalmine's page: views and signals over the engine, which runs in a worker. No model code lives here.

pub mod app;
pub mod charts;
pub mod diagram;
pub mod events;
pub mod format;
pub mod now;
pub mod playback;
pub mod player;
pub mod state;
pub mod traffic;
pub mod verdict;

pub use app::App;

/// Replaces the skeleton that `index.html` painted by the living page.
pub fn start() {
    app::mount();
}
