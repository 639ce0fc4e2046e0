//! The split points of project files: their reader and their writer are needed when somebody comes back, opens, edits
//! or saves.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the macro adds the way to fail: the code may not come"
)]

use crate::state::{
    document::{self, Kept},
    notice::Notice,
};
use coalmine_wire::{Project, Shared};
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// The work of last time, or the rollout in the link that somebody came by. See [`document::begin`].
#[wasm_split(file, fallible, wasm_split_path = ::leptos::wasm_split)]
pub fn restore(
    project: Option<String>,
    code: Option<String>,
    link: String,
) -> Result<Kept, SplitLoaderError> {
    Ok(document::begin(project.as_deref(), code.as_deref(), &link))
}

/// What a file holds. See [`document::open`].
#[wasm_split(file, fallible, wasm_split_path = ::leptos::wasm_split)]
pub fn open(name: String, bytes: Vec<u8>) -> Result<Result<Project, Notice>, SplitLoaderError> {
    Ok(document::open(&name, bytes))
}

/// What a link holds. See [`document::arrive`].
#[wasm_split(file, fallible, wasm_split_path = ::leptos::wasm_split)]
pub fn shared(link: String) -> Result<Result<Shared, String>, SplitLoaderError> {
    Ok(document::arrive(&link))
}

/// The project as a file's text.
#[wasm_split(
    file,
    fallible,
    wasm_split_path = ::leptos::wasm_split,
    preload(
        /// Loads what reads and writes project files, so that it is there when somebody asks for it.
        preload
    )
)]
pub fn write(project: Project) -> Result<String, SplitLoaderError> {
    Ok(project.to_toml())
}
