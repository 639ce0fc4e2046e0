//! The worker's side of the port: each message is answered before the next one is heard.

use coalmine_wire::{BUILD, FromLab, LabHost, ToLab, decode, encode};
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, prelude::Closure, throw_str};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// Greets the page and listens to it from now on.
pub(crate) fn open() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let host = RefCell::new(LabHost::default());
    let listener = scope.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        // Bytes of another build: the page knows of it by the greeting, and asks for a reload.
        if let Ok(bytes) = event.data().dyn_into::<Uint8Array>()
            && let Ok(message) = decode::<ToLab>(&bytes.to_vec())
            && let Some(answer) = host.borrow_mut().handle(message)
        {
            send(&scope, &answer);
        }
    });
    listener.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It lives as long as the worker.
    on_message.forget();
    let build = BUILD.to_owned();
    send(&listener, &FromLab::Ready { build });
}

fn send(scope: &DedicatedWorkerGlobalScope, message: &FromLab) {
    let bytes = Uint8Array::from(encode(message).as_slice());
    let transfer = Array::of1(&bytes.buffer());
    scope
        .post_message_with_transfer(&bytes, &transfer)
        .unwrap_or_else(|_| throw_str("a fresh buffer can be handed over"));
}
