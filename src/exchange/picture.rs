//! A drawing in pixels, made by the browser.

use crate::files;
use js_sys::{Promise, encode_uri_component};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// Pixels of the picture for one of the drawing: sharp on good screens.
const SCALE: f64 = 2.0;
/// No side of a picture is longer, in pixels: browsers make none that is much longer.
const LONGEST: f64 = 8_192.0;

/// A drawing as a PNG.
///
/// # Errors
/// In words, if the browser cannot draw it.
pub async fn png(svg: &str) -> Result<Vec<u8>, String> {
    let made = paint(svg).await;
    let blob = made.map_err(|_| "the browser could not make the picture; try SVG".to_owned())?;
    files::bytes_of(&blob).await
}

async fn paint(svg: &str) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    image.set_src(&format!(
        "data:image/svg+xml,{}",
        String::from(encode_uri_component(svg))
    ));
    JsFuture::from(image.decode()).await?;
    let (width, height) = (
        f64::from(image.natural_width()),
        f64::from(image.natural_height()),
    );
    let scale = SCALE.min(LONGEST / width.max(height).max(1.0));
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    canvas.set_width(pixels(width * scale));
    canvas.set_height(pixels(height * scale));
    let context: CanvasRenderingContext2d = canvas
        .get_context("2d")?
        .ok_or(JsValue::NULL)?
        .unchecked_into();
    context.scale(scale, scale)?;
    context.draw_image_with_html_image_element(&image, 0.0, 0.0)?;
    let made = Promise::new(&mut |take, _| {
        let give = Closure::once_into_js(move |blob: JsValue| take.call1(&JsValue::NULL, &blob));
        // A canvas that gives nothing never calls; the picture then does not come.
        let _ = canvas.to_blob(give.unchecked_ref());
    });
    JsFuture::from(made).await?.dyn_into()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a few thousand pixels at most; the cast saturates"
)]
fn pixels(length: f64) -> u32 {
    length.round() as u32
}
