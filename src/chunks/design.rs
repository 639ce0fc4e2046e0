//! The split point of the designer.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro adds the way to fail: the code may not come"
)]

use super::Loaded;
use crate::{
    design::Design,
    state::{notice::Notice, session::Session},
};
use leptos::{prelude::*, wasm_split::wasm_split};

/// The designer.
#[wasm_split(design, fallible, wasm_split_path = ::leptos::wasm_split)]
pub fn view(session: Session, on_notice: Callback<Notice>) -> Loaded {
    Ok(view! { <Design session on_notice /> }.into_any())
}
