//! The split point of files in and out.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro adds the way to fail: the code may not come"
)]

use super::Loaded;
use crate::{
    exchange::Exchange,
    state::{notice::Notice, session::Session},
};
use leptos::{prelude::*, wasm_split::wasm_split};

/// Files in and out.
#[wasm_split(exchange, fallible, wasm_split_path = ::leptos::wasm_split)]
pub fn view(session: Session, on_notice: Callback<Notice>) -> Loaded {
    Ok(view! { <Exchange session on_notice /> }.into_any())
}
