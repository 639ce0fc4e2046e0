//! The worker's side of the port. The host runs in slices, and between two of them the browser delivers what the page
//! has sent, so that an abandoned run ends within one slice.

use coalmine_wire::{BUILD, Host, LaunchFlow, Pace, ToWorker, decode, encode};
use js_sys::{Array, Uint8Array};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure, throw_str};
use web_sys::{DedicatedWorkerGlobalScope, MessageChannel, MessageEvent, MessagePort};

/// Instants in a slice: a few milliseconds of work, and about ten minutes of the world.
const SLICE: u32 = 160;

/// The host and the two ways out of this thread.
struct Engine {
    host: Host<LaunchFlow>,
    scope: DedicatedWorkerGlobalScope,
    /// A message put in here comes back once the browser has delivered what waits.
    turn: MessagePort,
    /// Whether one is under way.
    is_turning: bool,
}

impl Engine {
    fn hear(&mut self, event: &MessageEvent) {
        // Bytes of another build: the page knows of it by the greeting, and asks for a reload.
        if let Ok(bytes) = event.data().dyn_into::<Uint8Array>()
            && let Ok(message) = decode::<ToWorker>(&bytes.to_vec())
        {
            self.host.handle(message);
        }
        self.send();
        self.turn();
    }

    fn slice(&mut self) {
        self.is_turning = false;
        let pace = self.host.step(SLICE);
        self.send();
        match pace {
            Pace::Busy => self.turn(),
            Pace::Waiting | Pace::Idle => {}
        }
    }

    fn send(&mut self) {
        while let Some(message) = self.host.poll() {
            let bytes = Uint8Array::from(encode(&message).as_slice());
            let transfer = Array::of1(&bytes.buffer());
            self.scope
                .post_message_with_transfer(&bytes, &transfer)
                .unwrap_or_else(|_| throw_str("a fresh buffer can be handed over"));
        }
    }

    fn turn(&mut self) {
        if !self.is_turning {
            self.is_turning = true;
            self.turn
                .post_message(&JsValue::NULL)
                .unwrap_or_else(|_| throw_str("something can be said to a port of one's own"));
        }
    }
}

/// Greets the page and listens to it from now on.
pub(crate) fn open() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let channel = MessageChannel::new()
        .unwrap_or_else(|_| throw_str("every browser with workers has channels"));
    let engine = Rc::new(RefCell::new(Engine {
        host: Host::new(LaunchFlow, BUILD),
        scope: scope.clone(),
        turn: channel.port1(),
        is_turning: false,
    }));
    let slicer = Rc::clone(&engine);
    let on_turn = Closure::<dyn FnMut()>::new(move || slicer.borrow_mut().slice());
    channel
        .port2()
        .set_onmessage(Some(on_turn.as_ref().unchecked_ref()));
    // These live as long as the worker.
    on_turn.forget();
    let hearer = Rc::clone(&engine);
    let on_message =
        Closure::<dyn FnMut(MessageEvent)>::new(move |event| hearer.borrow_mut().hear(&event));
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    engine.borrow_mut().send();
}
