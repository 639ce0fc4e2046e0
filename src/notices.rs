//! What the page tells about itself: quiet notices, refused files, a missing engine, code that cannot run.

pub mod bar;
pub mod link;
pub mod stale;

pub use bar::NoticeBar;
pub use link::LinkBanner;
pub use stale::StaleBanner;
