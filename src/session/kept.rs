//! What is kept in local storage (the settings, and what people decided about each flow), and what the organisation says beside it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Policy;
use super::facts::environment_key;
use crate::audit::{Intent, Record, Rule, Rules};
use crate::model::AccountPattern;
use crate::paint::Look;

/// What holds for all flows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Who should stand behind every flow for which no rule says something else.
    pub accounts: Vec<AccountPattern>,
    /// The sign-in account alone decides.
    pub sign_in_alone: bool,
    /// Who should stand behind what in an environment, or behind a connector.
    pub rules: Vec<Rule>,
    /// Whether we may ask Power Automate for what its page didn't load.
    pub extra_requests: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { accounts: Vec::new(), sign_in_alone: false, rules: Vec::new(), extra_requests: true }
    }
}

impl Settings {
    /// Says who should stand behind every flow of an environment; nobody takes it back.
    pub(super) fn intend_in(&mut self, environment: &str, accounts: &[AccountPattern]) {
        let is_it = |rule: &Rule| rule.connector.is_none() && rule.environment.as_deref().is_some_and(|id| environment_key(id) == environment_key(environment));
        let known = self.rules.iter().position(is_it);
        match known.and_then(|index| self.rules.get_mut(index)) {
            Some(rule) => rule.accounts = accounts.to_vec(),
            None => self.rules.push(Rule { accounts: accounts.to_vec(), environment: Some(environment.to_owned()), ..Rule::default() }),
        }
        self.rules.retain(|rule| !rule.accounts.is_empty());
    }
}

/// Everything kept, as local storage holds it: `settings`, `appearance`, and a record for each flow under its [`flow_key`]. Beside it, under `managed`, the policy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Kept {
    /// The settings.
    pub settings: Settings,
    /// What the organisation says.
    pub policy: Policy,
    /// How marks and bar are to look.
    pub look: Look,
    /// The person's rules, with what holds everywhere as the first.
    rules: Vec<Rule>,
    records: BTreeMap<String, Record>,
}

/// The key of a flow's record.
#[must_use]
pub fn flow_key(environment: &str, flow: &str) -> String {
    format!("flow:{}/{}", environment.to_ascii_lowercase(), flow.to_ascii_lowercase())
}

impl Kept {
    /// Reads local storage's items, with the policy under `managed`. What isn't ours, or isn't readable, is left alone.
    #[must_use]
    pub fn from_items(items: &Value) -> Self {
        let mut kept = Self::default();
        for (key, value) in items.as_object().into_iter().flatten() {
            if key == "settings" {
                kept.settings = serde_json::from_value(value.clone()).unwrap_or_default();
            } else if key == "appearance" {
                kept.look = serde_json::from_value(value.clone()).unwrap_or_default();
            } else if key == "managed" {
                kept.policy = Policy::read(value);
            } else if key.starts_with("flow:")
                && let Ok(record) = serde_json::from_value(value.clone())
            {
                kept.records.insert(key.clone(), record);
            }
        }
        kept.sort_rules();
        kept
    }

    fn sort_rules(&mut self) {
        let everywhere = Rule { accounts: self.settings.accounts.clone(), ..Rule::default() };
        self.rules = std::iter::once(everywhere).chain(self.settings.rules.iter().cloned()).collect();
    }

    /// The flows for which somebody said who should stand behind them, by their keys.
    pub(super) fn flows_with_accounts(&self) -> impl Iterator<Item = (&str, &Vec<AccountPattern>)> {
        self.records.iter().filter_map(|(key, record)| Some((key.as_str(), record.accounts.as_ref()?)))
    }

    /// The record of a flow; an empty one where nothing was decided yet.
    #[must_use]
    pub fn record(&self, key: &str) -> Record {
        self.records.get(key).cloned().unwrap_or_default()
    }

    /// Everything that says who should stand behind a flow.
    #[must_use]
    pub fn rules(&self, environment: &str, flow: &str) -> Rules<'_> {
        let own = self.records.get(&flow_key(environment, flow)).and_then(|record| record.accounts.as_deref());
        Rules {
            own: &self.rules,
            flow: own.unwrap_or_default(),
            managed: &self.policy.rules,
            lock: self.policy.lock,
            sign_in_alone: self.policy.sign_in_alone.unwrap_or(self.settings.sign_in_alone),
        }
    }

    /// Who should stand behind a flow.
    #[must_use]
    pub fn intent(&self, environment: &str, flow: &str) -> Intent {
        self.rules(environment, flow).intent(environment)
    }

    /// Whether we may ask Power Automate for what its page didn't load.
    #[must_use]
    pub fn may_ask(&self) -> bool {
        self.policy.extra_requests.unwrap_or(self.settings.extra_requests)
    }

    pub(super) fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) -> (String, Value) {
        change(&mut self.settings);
        self.sort_rules();
        ("settings".to_owned(), serde_json::to_value(&self.settings).unwrap_or_default())
    }

    pub(super) fn change_record(&mut self, key: &str, change: impl FnOnce(&mut Record)) -> (String, Value) {
        let record = self.records.entry(key.to_owned()).or_default();
        change(record);
        (key.to_owned(), serde_json::to_value(record).unwrap_or_default())
    }
}
