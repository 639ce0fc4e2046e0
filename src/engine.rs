//! The worker's port: bytes in, bytes out. The only place that knows of workers; everything that the bytes mean is
//! decided elsewhere.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// What a worker runs: its loader, where trunk puts it beside the page, and its name in the browser's tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// One rollout, told as it happens.
    Run,
    /// Pieces of studies.
    Lab,
}

impl Script {
    const fn loader(self) -> &'static str {
        match self {
            Self::Run => "worker_loader.js",
            Self::Lab => "lab_loader.js",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Run => "coalmine engine",
            Self::Lab => "coalmine lab",
        }
    }
}

/// What comes out of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// A message.
    Bytes(Vec<u8>),
    /// It could not be loaded, or broke down.
    Broken(String),
}

/// A running worker. Dropping it ends the worker.
pub struct Engine {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Engine {
    /// Starts a worker; `hear` gets everything that comes out of it.
    ///
    /// # Errors
    /// In words, if the browser refuses to start one.
    pub fn start(script: Script, hear: impl Fn(Heard) + Clone + 'static) -> Result<Self, String> {
        let worker = spawn(script).map_err(|error| said(&error))?;
        let heard = hear.clone();
        let on_message = Closure::new(move |event: MessageEvent| {
            if let Ok(bytes) = event.data().dyn_into::<Uint8Array>() {
                heard(Heard::Bytes(bytes.to_vec()));
            }
        });
        let on_error = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            hear(Heard::Broken(event.message()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Sends a message; its buffer is handed over, not copied.
    ///
    /// # Errors
    /// In words, if the browser refuses to.
    pub fn send(&self, bytes: &[u8]) -> Result<(), String> {
        let array = Uint8Array::from(bytes);
        let transfer = Array::of1(&array.buffer());
        self.worker
            .post_message_with_transfer(&array, &transfer)
            .map_err(|error| said(&error))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn spawn(script: Script) -> Result<Worker, JsValue> {
    let base = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.base_uri().ok().flatten())
        .ok_or_else(|| JsValue::from_str("the page has no address"))?;
    let url = web_sys::Url::new_with_base(script.loader(), &base)?;
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(script.name());
    Worker::new_with_options(&url.href(), &options)
}

fn said(error: &JsValue) -> String {
    error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()))
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "the browser gave no reason".to_owned())
}
