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

/// A file's text.
///
/// # Errors
/// In words, if the browser cannot read it, or it is a picture or something else that is not text.
pub async fn read(file: &File) -> Result<String, String> {
    let name = file.name();
    let buffer = JsFuture::from(file.array_buffer())
        .await
        .map_err(|_| format!("{name} could not be read; choose it again"))?;
    String::from_utf8(Uint8Array::new(&buffer).to_vec()).map_err(|error| {
        let place = error.utf8_error().valid_up_to();
        format!(
            "{name} is not a text file (byte {place} is not UTF-8); open a .coalmine.toml or a .fz"
        )
    })
}

/// Hands a text over as a file of this name.
///
/// # Errors
/// In words, if the browser refuses to.
pub fn save(name: &str, text: &str) -> Result<(), String> {
    offer(name, text).map_err(|_| format!("the browser did not take {name}"))
}

fn offer(name: &str, text: &str) -> Result<(), JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
