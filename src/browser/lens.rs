//! What `background.js` calls: it carries, the core decides.
//!
//! Small things cross as text; the answers' bodies cross as bytes, because long strings cost four times as much.

use std::collections::HashMap;

use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::Refused;
use crate::protocol::{Unfit, parcel};
use crate::session::{Kept, Session};
use crate::sweep::Sweep;

/// The core, as the background holds it: one session for each document, the sweeps, and what is kept in local storage.
#[wasm_bindgen]
#[derive(Default)]
pub struct Lens {
    pub(super) sessions: HashMap<String, Session>,
    pub(super) sweeps: HashMap<String, Sweep>,
    pub(super) kept: Kept,
}

#[wasm_bindgen]
impl Lens {
    /// A core that knows nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes in everything that local storage holds.
    ///
    /// # Errors
    /// Where it isn't JSON.
    pub fn local(&mut self, items: &str) -> Result<(), Refused> {
        let items: Value = serde_json::from_str(items).map_err(|_| Refused::new("items", "the stored items are no JSON"))?;
        self.kept = Kept::from_items(&items);
        Ok(())
    }

    /// Whether the document's session is in memory.
    #[must_use]
    pub fn holds(&self, key: &str) -> bool {
        self.sessions.contains_key(key)
    }

    /// Takes back a document's session after a restart; whether it was one. One of another version is set aside: the document is read anew.
    pub fn restore(&mut self, key: String, state: &str) -> bool {
        let session = Session::restored(state);
        let is_one = session.is_some();
        self.sessions.insert(key, session.unwrap_or_default());
        is_one
    }

    /// A document's session as text, to be stored; empty where there is none.
    #[must_use]
    pub fn state(&self, key: &str) -> String {
        self.sessions.get(key).map(Session::as_fed).unwrap_or_default().to_owned()
    }

    /// Forgets a document.
    pub fn forget(&mut self, key: &str) {
        self.sessions.remove(key);
    }

    /// Feeds an event, with the text that travels beside it, and tells what follows as JSON.
    ///
    /// # Errors
    /// Where the event isn't one, or the text is longer than anything that is read.
    pub fn feed(&mut self, key: String, event: &str, body: &[u8]) -> Result<String, Refused> {
        let event = parcel(event, body).map_err(|unfit| match unfit {
            Unfit::Event => Refused::new("event", "the message is no event of this version"),
            Unfit::Size => Refused::new("size", "the message is longer than anything that is read"),
        })?;
        let session = self.sessions.entry(key).or_default();
        let outcome = session.feed(&event, body, &mut self.kept);
        serde_json::to_string(&outcome).map_err(|_| Refused::new("outcome", "the outcome could not be written"))
    }
}
