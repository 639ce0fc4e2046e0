//! Time and lines, natively and in Node.

/// Seconds since some moment.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
pub(crate) fn seconds() -> f64 {
    use std::{sync::OnceLock, time::Instant};
    static BEGIN: OnceLock<Instant> = OnceLock::new();
    BEGIN.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// Seconds since some moment.
#[cfg(target_arch = "wasm32")]
pub(crate) fn seconds() -> f64 {
    js_sys::Date::now() / 1e3
}

/// Prints a line.
#[cfg(not(target_arch = "wasm32"))]
#[expect(clippy::print_stdout, reason = "a bench tells what it measured")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Prints a line.
#[cfg(target_arch = "wasm32")]
pub(crate) fn say(line: &str) {
    wasm_bindgen_test::console_log!("{line}");
}
