//! What the background stored, read for one tab.

use std::collections::BTreeMap;

use js_sys::{Array, Object, Reflect};
use serde_json::{Map, Value};
use wasm_bindgen::{JsCast, JsValue};

use super::chrome;
use super::places::is_sweep;
use crate::session::{Kept, Session};

/// A tab's documents, and what is kept.
#[derive(Default)]
pub struct Store {
    /// The tab's documents by their key.
    pub documents: BTreeMap<String, Session>,
    /// What is kept in local storage, and in a private window beside it.
    pub kept: Kept,
    items: Map<String, Value>,
    /// What was decided in a private window goes before what is kept on disk.
    privately: Map<String, Value>,
    policy: Map<String, Value>,
    /// What was decided in a private window stands beside the sessions, and never on disk.
    is_private: bool,
}

/// What changed while it was read is read again, so often at most: somebody may write without a pause.
pub const MOST_READINGS: usize = 5;

/// Where the background keeps what was decided in private windows.
const PRIVATE: &str = "private";

/// Where the core looks for the policy.
const MANAGED: &str = "managed";

fn is_of(key: &str, tab: i32) -> bool {
    key.strip_prefix("doc:").and_then(|rest| rest.split_once(':')).is_some_and(|(of, _)| of == tab.to_string())
}

pub(super) fn entries(object: &JsValue) -> Vec<(String, JsValue)> {
    let Some(object) = object.dyn_ref::<Object>() else { return Vec::new() };
    let pair = |entry: JsValue| {
        let pair: Array = entry.dyn_into().ok()?;
        Some((pair.get(0).as_string()?, pair.get(1)))
    };
    Object::entries(object).iter().filter_map(pair).collect()
}

pub(super) fn json(value: &JsValue) -> Option<Value> {
    if value.is_undefined() { None } else { serde_wasm_bindgen::from_value(value.clone()).ok() }
}

impl Store {
    /// Of no tab, or one of which nothing could be read.
    pub fn empty(is_private: bool) -> Self {
        Self { is_private, ..Self::default() }
    }

    /// Reads everything for a tab.
    pub async fn read(tab: i32, is_private: bool) -> Result<Self, JsValue> {
        let mut store = Self::empty(is_private);
        for (key, value) in entries(&chrome::read_local(&JsValue::NULL).await?) {
            if !is_sweep(&key) {
                store.items.extend(json(&value).map(|value| (key, value)));
            }
        }
        for (key, value) in entries(&chrome::read_session(&JsValue::NULL).await?) {
            store.take_document(tab, &key, &value);
            store.take_private(&key, &value);
        }
        let managed = chrome::read_managed(&JsValue::NULL).await.unwrap_or(JsValue::NULL);
        store.policy.extend(entries(&managed).into_iter().filter_map(|(key, value)| Some((key, json(&value)?))));
        store.judge_kept();
        Ok(store)
    }

    /// Whether what is decided here must not be written to disk.
    pub const fn is_private(&self) -> bool {
        self.is_private
    }

    /// The policy stands under a key of its own; nothing in local storage can pass for it.
    fn judge_kept(&mut self) {
        let mut items = self.items.clone();
        items.extend(self.privately.clone());
        items.insert(MANAGED.to_owned(), Value::Object(self.policy.clone()));
        self.kept = Kept::from_items(&Value::Object(items));
    }

    fn take_private(&mut self, key: &str, value: &JsValue) -> bool {
        let matters = self.is_private && key == PRIVATE;
        if matters {
            self.privately = json(value).and_then(|items| items.as_object().cloned()).unwrap_or_default();
        }
        matters
    }

    fn take_document(&mut self, tab: i32, key: &str, value: &JsValue) -> bool {
        if !is_of(key, tab) {
            return false;
        }
        match value.as_string().as_deref().and_then(Session::restored) {
            Some(session) => self.documents.insert(key.to_owned(), session),
            None => self.documents.remove(key),
        };
        true
    }

    /// Takes over what changed in an area; tells whether that matters for the tab.
    pub fn take(&mut self, tab: i32, changes: &JsValue, area: &str) -> bool {
        let new_value = |change: &JsValue| Reflect::get(change, &"newValue".into()).unwrap_or(JsValue::UNDEFINED);
        let (mut documents, mut kept) = (false, false);
        for (key, change) in entries(changes) {
            let value = new_value(&change);
            match area {
                "session" => {
                    documents |= self.take_document(tab, &key, &value);
                    kept |= self.take_private(&key, &value);
                }
                "local" if is_sweep(&key) => {}
                "local" => {
                    match json(&value) {
                        Some(value) => self.items.insert(key, value),
                        None => self.items.shift_remove(&key),
                    };
                    kept = true;
                }
                "managed" => {
                    match json(&value) {
                        Some(value) => self.policy.insert(key, value),
                        None => self.policy.shift_remove(&key),
                    };
                    kept = true;
                }
                _ => {}
            }
        }
        if kept {
            self.judge_kept();
        }
        documents || kept
    }
}

/// Keeps what was decided in the panel itself, as the background does: on disk, or beside the sessions where the window is private.
pub async fn keep(items: &JsValue, is_private: bool) -> Result<(), JsValue> {
    if !is_private {
        return chrome::write_local(items).await.map(drop);
    }
    let known = Reflect::get(&chrome::read_session(&PRIVATE.into()).await?, &PRIVATE.into())?;
    let all = Object::new();
    for (key, value) in entries(&known).into_iter().chain(entries(items)) {
        Reflect::set(&all, &key.into(), &value)?;
    }
    let beside = Object::new();
    Reflect::set(&beside, &PRIVATE.into(), &all)?;
    chrome::write_session(&beside).await.map(drop)
}
