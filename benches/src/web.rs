//! The door for Node: this is measured, and never shipped.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::Bench;

/// [`Bench`], held by JavaScript.
#[wasm_bindgen]
pub struct Reader(Option<Bench>);

#[wasm_bindgen]
impl Reader {
    /// As [`Bench::new`].
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(connections: &[u8], intended: &str) -> Self {
        Self(Bench::new(connections, intended).ok())
    }

    /// As [`Bench::audit`]; empty where it can't be read.
    #[must_use]
    pub fn audit(&self, flow: &[u8]) -> String {
        self.0.as_ref().and_then(|bench| bench.audit(flow).ok()).unwrap_or_default()
    }
}
