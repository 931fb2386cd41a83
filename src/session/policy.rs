//! What an organisation says by policy (`storage.managed`): intended accounts per environment and connector, whether they are locked, and whether the extension may
//! ask Power Automate for what its page didn't load. `extension/managed.schema.json` describes it. Chromium drops what doesn't conform to that, and it never comes
//! here; Firefox holds it against nothing. So it is read with care.

use serde_json::Value;

use crate::audit::{Lock, Rule};
use crate::model::AccountPattern;

/// The policy as read. Where something in it can't be read, the strictest reading holds, and the panel says so.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policy {
    /// The organisation's rules.
    pub rules: Vec<Rule>,
    /// How much it leaves to the person.
    pub lock: Lock,
    /// Whether the sign-in account alone decides; none: the person says.
    pub sign_in_alone: Option<bool>,
    /// Whether requests of our own are allowed; none: the person says.
    pub extra_requests: Option<bool>,
    /// The places in it that could not be read.
    pub faults: Vec<String>,
}

impl Policy {
    /// Reads what the browser holds; anything but an object with something in it is no policy.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        let mut policy = Self::default();
        let Some(entries) = value.as_object() else { return policy };
        let mut faults = Vec::new();
        let mut locked = false;
        for (key, value) in entries {
            match (key.as_str(), value) {
                ("intended", Value::Array(rules)) => {
                    for (index, rule) in rules.iter().enumerate() {
                        policy.rules.extend(read_rule(rule, &format!("intended[{index}]"), &mut faults));
                    }
                }
                ("locked", Value::Bool(on)) => locked = *on,
                ("signInAlone", Value::Bool(on)) => policy.sign_in_alone = Some(*on),
                ("extraRequests", Value::Bool(on)) => policy.extra_requests = Some(*on),
                _ => faults.push(key.chars().take(80).collect()),
            }
        }
        if locked {
            policy.lock = Lock::WhereItSpeaks;
        }
        if !faults.is_empty() {
            policy = Self { lock: Lock::Everything, sign_in_alone: Some(false), extra_requests: Some(false), faults, ..policy };
        }
        policy
    }

    /// Whether it says anything.
    #[must_use]
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }
}

/// A rule, as far as it can be read. One whose reach can't be read is left out: it must not hold for more than was meant.
fn read_rule(value: &Value, place: &str, faults: &mut Vec<String>) -> Option<Rule> {
    let Some(entries) = value.as_object() else {
        faults.push(place.to_owned());
        return None;
    };
    let mut rule = Rule::default();
    let mut holds = true;
    for (key, value) in entries {
        match (key.as_str(), value) {
            ("accounts", Value::Array(accounts)) => {
                for (index, account) in accounts.iter().enumerate() {
                    match account.as_str().and_then(AccountPattern::new) {
                        Some(pattern) => rule.accounts.push(pattern),
                        None => faults.push(format!("{place}.accounts[{index}]")),
                    }
                }
            }
            ("environment", Value::String(id)) if !id.trim().is_empty() => rule.environment = Some(id.trim().to_owned()),
            ("connector", Value::String(id)) if !id.trim().is_empty() => rule.connector = Some(id.trim().to_owned()),
            ("signInAlone", Value::Bool(on)) => rule.sign_in_alone = Some(*on),
            (key, _) => {
                faults.push(format!("{place}.{}", key.chars().take(80).collect::<String>()));
                holds = false;
            }
        }
    }
    if rule.accounts.is_empty() {
        faults.push(format!("{place}.accounts"));
        holds = false;
    }
    holds.then_some(rule)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_policy() {
        let policy = Policy::read(&json!({
            "intended": [{ "accounts": ["svc@c.com"] }, { "accounts": ["mail@c.com"], "connector": "shared_office365", "environment": "e", "signInAlone": true }],
            "locked": true,
            "extraRequests": false,
        }));
        assert_eq!((policy.rules.len(), policy.lock, policy.extra_requests, policy.sign_in_alone), (2, Lock::WhereItSpeaks, Some(false), None));
        assert_eq!(policy.rules[1].sign_in_alone, Some(true));
        assert!(policy.faults.is_empty() && policy.is_set());
    }

    #[test]
    fn no_policy() {
        for nothing in [json!(null), json!({}), json!([]), json!("x")] {
            assert!(!Policy::read(&nothing).is_set(), "{nothing}");
        }
    }

    #[test]
    fn what_can_not_be_read_makes_it_strict() {
        let check = |value: Value, rules: usize, faults: &[&str]| {
            let policy = Policy::read(&value);
            assert_eq!(policy.faults, faults, "{value}");
            assert_eq!((policy.rules.len(), policy.lock, policy.extra_requests), (rules, Lock::Everything, Some(false)), "{value}");
        };
        check(json!({ "intended": "svc@c.com", "extraRequests": true }), 0, &["intended"]);
        check(json!({ "intended": [{ "accounts": ["svc@c.com"] }, "x"] }), 1, &["intended[1]"]);
        check(json!({ "intended": [{ "accounts": ["svc@c.com"], "environment": 7 }] }), 0, &["intended[0].environment"]);
        check(json!({ "intended": [{ "accounts": ["svc@c.com", "*"] }] }), 1, &["intended[0].accounts[1]"]);
        check(json!({ "intended": [{ "accounts": [] }] }), 0, &["intended[0].accounts"]);
        check(json!({ "lokced": true }), 0, &["lokced"]);
        check(json!({ "locked": "yes" }), 0, &["locked"]);
    }
}
