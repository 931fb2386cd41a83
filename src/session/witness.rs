//! What a bug report may hold of what the page loaded: addresses without ids, and the answers' shapes without values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{portal, read};

/// As many kinds of answers as a person reads through before sending a report.
const MOST_KINDS: usize = 24;

/// One kind of answer: all from one address but for the ids in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kind {
    /// How many came.
    pub times: u32,
    /// Whether a reader knew what it was.
    pub recognised: bool,
    /// The shape of the first; none where it is no JSON.
    pub shape: Option<Value>,
}

/// The kinds of answers by method, address without ids, and status.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// The kinds.
    pub kinds: BTreeMap<String, Kind>,
}

impl Witness {
    pub(super) fn saw(&mut self, method: &str, address: &str, status: u16, body: &[u8], is_recognised: impl FnOnce() -> bool) {
        let method = if method.chars().all(|c| c.is_ascii_alphabetic()) { method.to_ascii_uppercase() } else { "{method}".to_owned() };
        let name = format!("{method} {} {status}", portal::template(address));
        if self.kinds.len() >= MOST_KINDS && !self.kinds.contains_key(&name) {
            return;
        }
        let kind = self.kinds.entry(name).or_insert_with(|| Kind { shape: read::shape(body), ..Kind::default() });
        // A save or a poll comes often: beyond this the number says nothing more, and the state would change each time.
        kind.times = (kind.times + 1).min(9);
        // Reading costs: once known is enough.
        kind.recognised = kind.recognised || is_recognised();
    }

    /// Kinds of answers on flow addresses that no reader knew.
    #[must_use]
    pub fn strange(&self) -> Vec<&str> {
        self.kinds.iter().filter(|(_, kind)| !kind.recognised).map(|(name, _)| name.as_str()).collect()
    }
}
