//! What `background/sweeps.js` calls.

use serde_json::{Map, Value};
use wasm_bindgen::prelude::wasm_bindgen;

use super::error::Refused;
use super::lens::Lens;
use crate::protocol::{MOST_BYTES, SweepEvent};
use crate::sweep::{Sweep, Whereabouts, keys_of};

/// The keys under which a sweep is stored, as its head tells them: a JSON list.
///
/// # Errors
/// Where the head isn't JSON.
#[wasm_bindgen]
pub fn sweep_keys(key: &str, head: &str) -> Result<String, Refused> {
    let head: Value = serde_json::from_str(head).map_err(|_| Refused::new("items", "the stored items are no JSON"))?;
    Ok(Value::from(keys_of(key, &head)).to_string())
}

fn written(outcome: &impl serde::Serialize) -> Result<String, Refused> {
    serde_json::to_string(outcome).map_err(|_| Refused::new("outcome", "the outcome could not be written"))
}

#[wasm_bindgen]
impl Lens {
    /// Which sweep a document could carry, as JSON; nothing while that isn't known.
    #[must_use]
    pub fn whereabouts(&self, document: &str) -> Option<String> {
        serde_json::to_string(&Whereabouts::of(self.sessions.get(document)?)?).ok()
    }

    /// Whether the sweep is in memory.
    #[must_use]
    pub fn holds_sweep(&self, key: &str) -> bool {
        self.sweeps.contains_key(key)
    }

    /// Takes back a sweep after a restart, as everything that is stored of it. One of another version is set aside.
    ///
    /// # Errors
    /// Where it isn't JSON.
    pub fn restore_sweep(&mut self, key: String, items: &str) -> Result<(), Refused> {
        let items: Map<String, Value> = serde_json::from_str(items).map_err(|_| Refused::new("items", "the stored items are no JSON"))?;
        let sweep = Sweep::restored(&key, &items).unwrap_or_default();
        self.sweeps.insert(key, sweep);
        Ok(())
    }

    /// Forgets a sweep.
    pub fn forget_sweep(&mut self, key: &str) {
        self.sweeps.remove(key);
    }

    /// Feeds a sweep, and tells what follows as JSON. `from`: the document that it comes from, by its key; empty: none.
    ///
    /// # Errors
    /// Where the event isn't one, the text is longer than anything that is read, or nothing may be asked for at all.
    pub fn feed_sweep(&mut self, key: &str, event: &str, from: &str, body: &[u8]) -> Result<String, Refused> {
        let event: SweepEvent = serde_json::from_str(event).map_err(|_| Refused::new("event", "the message is no event of this version"))?;
        if body.len() > MOST_BYTES {
            return Err(Refused::new("size", "the message is longer than anything that is read"));
        }
        let may_ask = self.kept.may_ask();
        if !may_ask && matches!(event, SweepEvent::Start { .. } | SweepEvent::Go { .. } | SweepEvent::Continue { .. }) {
            return Err(Refused::new("policy", "nothing may be asked for"));
        }
        let sweep = self.sweeps.entry(key.to_owned()).or_default();
        let mut outcome = sweep.feed(key, &event, Some(from).filter(|from| !from.is_empty()), body);
        if !may_ask {
            outcome.asks.clear();
        }
        written(&outcome)
    }

    /// What a document shows of a flow is taken over; nothing where there is no news in it.
    ///
    /// # Errors
    /// Where what follows could not be written.
    pub fn look_sweep(&mut self, key: &str, document: &str, at: f64) -> Result<Option<String>, Refused> {
        let (Some(sweep), Some(session)) = (self.sweeps.get_mut(key), self.sessions.get(document)) else { return Ok(None) };
        sweep.look(key, session, at).map(|outcome| written(&outcome)).transpose()
    }
}
