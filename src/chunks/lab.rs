//! The split point of the lab.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro adds the way to fail: the code may not come"
)]

use super::Loaded;
use crate::{
    lab::Lab,
    state::{notice::Notice, session::Session},
};
use leptos::{prelude::*, wasm_split::wasm_split};

/// The lab.
#[wasm_split(lab, fallible, wasm_split_path = ::leptos::wasm_split)]
pub fn view(session: Session, on_notice: Callback<Notice>) -> Loaded {
    Ok(view! { <Lab session on_notice /> }.into_any())
}
