//! The binary that the browser loads: it starts the page, nothing else.

fn main() {
    coalmine_app::start();
}
