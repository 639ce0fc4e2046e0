//! A worker of the lab: moves bytes between the page and the host, nothing else.

#[cfg(target_arch = "wasm32")]
mod port;

fn main() {
    #[cfg(target_arch = "wasm32")]
    port::open();
}
