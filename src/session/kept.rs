//! What is kept in local storage: the settings, and what people decided about each flow.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::audit::{Intent, Record};
use crate::model::AccountPattern;

/// What holds for all flows.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who should stand behind every flow that has no intention of its own.
    pub accounts: Vec<AccountPattern>,
    /// The sign-in account alone decides.
    pub sign_in_alone: bool,
}

/// Everything kept, as local storage holds it: `settings`, and a record for each flow under its [`flow_key`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The settings.
    pub settings: Settings,
    records: BTreeMap<String, Record>,
}

/// The key of a flow's record.
#[must_use]
pub fn flow_key(environment: &str, flow: &str) -> String {
    format!("flow:{}/{}", environment.to_ascii_lowercase(), flow.to_ascii_lowercase())
}

impl Kept {
    /// Reads local storage's items. What isn't ours, or isn't readable, is left alone.
    #[must_use]
    pub fn from_items(items: &Value) -> Self {
        let mut kept = Self::default();
        for (key, value) in items.as_object().into_iter().flatten() {
            if key == "settings" {
                kept.settings = serde_json::from_value(value.clone()).unwrap_or_default();
            } else if key.starts_with("flow:")
                && let Ok(record) = serde_json::from_value(value.clone())
            {
                kept.records.insert(key.clone(), record);
            }
        }
        kept
    }

    /// The record of a flow; an empty one where nothing was decided yet.
    #[must_use]
    pub fn record(&self, key: &str) -> Record {
        self.records.get(key).cloned().unwrap_or_default()
    }

    /// Who should stand behind a flow: its own intention, else the one for all flows.
    #[must_use]
    pub fn intent(&self, key: &str) -> Intent {
        let own = self.records.get(key).and_then(|record| record.accounts.clone());
        Intent { accounts: own.unwrap_or_else(|| self.settings.accounts.clone()), sign_in_alone: self.settings.sign_in_alone }
    }

    pub(super) fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) -> (String, Value) {
        change(&mut self.settings);
        ("settings".to_owned(), serde_json::to_value(&self.settings).unwrap_or_default())
    }

    pub(super) fn change_record(&mut self, key: &str, change: impl FnOnce(&mut Record)) -> (String, Value) {
        let record = self.records.entry(key.to_owned()).or_default();
        change(record);
        (key.to_owned(), serde_json::to_value(record).unwrap_or_default())
    }
}
