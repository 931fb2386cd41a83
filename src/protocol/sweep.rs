//! What crosses for a sweep over an environment: from its page, from the document that carries its requests, and back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Ask;

/// What happens to a sweep. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum SweepEvent {
    /// A person wants it, for the first time or anew: the lists are read, and nothing else yet.
    Start {
        /// The environment's id, as its addresses write it.
        environment: String,
        /// The portal's host, for links to the flows.
        host: String,
        /// Object id of whoever is signed in.
        account: String,
        /// Their tenant.
        tenant: String,
        /// When.
        at: f64,
    },
    /// The person has seen how many requests it will be, and wants the flows read.
    Go {
        /// When.
        at: f64,
    },
    /// It shall rest.
    Pause {
        /// When.
        at: f64,
    },
    /// It shall go on.
    Continue {
        /// When.
        at: f64,
    },
    /// It shall end; what was read stays.
    Cancel {
        /// When.
        at: f64,
    },
    /// A document of the environment is there that can carry requests.
    Here {
        /// When.
        at: f64,
    },
    /// The document that carried them is gone.
    Gone {
        /// When.
        at: f64,
    },
    /// The service answered an ask; its text travels beside the event.
    Swept {
        /// The ask's number.
        number: u64,
        /// The answer's status.
        status: u16,
        /// When it came.
        at: f64,
        /// Seconds of a `Retry-After` header, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<f64>,
        /// Whether the list has a next page, and the page's script knows where.
        #[serde(default)]
        more: bool,
        /// Whether the list has a next page at a place where nothing is asked for.
        #[serde(default)]
        cut: bool,
    },
    /// An ask could not be made, or got no answer at all.
    Unswept {
        /// The ask's number.
        number: u64,
        /// `no_token`, `no_page` (which page comes next is no longer known), `offline`, `timeout`, `too_large`.
        why: String,
        /// When.
        at: f64,
    },
    /// The browser could not store what followed: it did not happen.
    Full {
        /// When.
        at: f64,
    },
    /// Time went by: what was asked for and never answered is asked for again.
    Waited {
        /// When.
        at: f64,
    },
}

/// What follows for a sweep.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SweepOutcome {
    /// What to store, by its key.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keep: BTreeMap<String, Value>,
    /// What to delete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub delete: Vec<String>,
    /// Every request that is to be under way: whoever carries them knows by their numbers which are new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Ask>,
    /// The document that carries the requests, by its key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// Whether it waits for a document that could.
    pub wants_carrier: bool,
}
