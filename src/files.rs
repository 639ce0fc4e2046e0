//! Files in and out of the browser: read one that a person chose, hand one over as a download.

use js_sys::{Array, Uint8Array};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlInputElement, Url};

/// The file that was chosen in a file field; the field is emptied, so that the same file can be chosen again.
pub fn take_chosen(field: &HtmlInputElement) -> Option<File> {
    let file = field.files()?.get(0);
    field.set_value("");
    file
}

/// The ends of the names of files that can be opened.
pub const ACCEPTED: &str = ".toml,.fz,.txt,.svg,.png";

/// What is in a file.
///
/// # Errors
/// In words, if the browser cannot read it.
pub async fn read(file: &File) -> Result<Vec<u8>, String> {
    let name = file.name();
    let bytes = bytes_of(file).await;
    bytes.map_err(|_| format!("{name} could not be read; choose it again"))
}

/// What is in something that the browser holds.
///
/// # Errors
/// In words, if the browser cannot read it.
pub async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, String> {
    let buffer = JsFuture::from(blob.array_buffer()).await;
    let buffer = buffer.map_err(|_| "the browser could not read it; try again".to_owned())?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The text in a file of this name.
///
/// # Errors
/// In words, if it is a picture or something else that is not text.
pub fn text_of(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!(
            "{name} is not a text file (byte {place} is not UTF-8); open a .coalmine.toml, a .fz, or a picture that was saved here"
        )
    })
}

/// Hands a text over as a file of this name.
///
/// # Errors
/// In words, if the browser refuses to.
pub fn save(name: &str, text: &str) -> Result<(), String> {
    save_bytes(name, "text/plain", text.as_bytes())
}

/// Hands bytes of this kind over as a file of this name.
///
/// # Errors
/// In words, if the browser refuses to.
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), String> {
    offer(name, kind, bytes).map_err(|_| format!("the browser did not take {name}"))
}

fn offer(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
