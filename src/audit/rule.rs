//! Rules: who should stand behind which operations, from general to special. The most special one that fits decides; the organisation's go first where they are locked.

use serde::{Deserialize, Serialize};

use super::intent::{Choice, Intent, Level, Origin, connector_key};
use crate::model::AccountPattern;
use crate::portal::environment_name;

/// Accounts for an environment, a connector, or a connector in an environment; for every flow where neither is named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rule {
    /// Any of these is as intended.
    pub accounts: Vec<AccountPattern>,
    /// Only in the environment with this id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Only for the connector with this id (`shared_office365`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector: Option<String>,
    /// Whether the sign-in account alone decides; none: as it holds in general.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_alone: Option<bool>,
}

impl Rule {
    /// How far it reaches.
    #[must_use]
    pub const fn level(&self) -> Level {
        match (&self.environment, &self.connector) {
            (None, None) => Level::Everywhere,
            (Some(_), None) => Level::Environment,
            (None, Some(_)) => Level::Connector,
            (Some(_), Some(_)) => Level::ConnectorHere,
        }
    }

    fn fits(&self, environment: &str, connector: Option<&str>) -> bool {
        let here = self.environment.as_deref().is_none_or(|id| environment_name(id.trim()) == environment_name(environment));
        let this = self.connector.as_deref().is_none_or(|id| connector.is_some_and(|other| connector_key(id) == connector_key(other)));
        here && this && !self.accounts.is_empty()
    }
}

/// How much the organisation leaves to the person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lock {
    /// Its rules are proposals: a person's own rule of the same reach, or a more special one, goes before them.
    #[default]
    Open,
    /// Where one of its rules fits, it decides.
    WhereItSpeaks,
    /// Its rules alone decide, also where none fits: what it wrote could not be read whole.
    Everything,
}

/// A rule that fits an operation, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fitting {
    /// Whose it is, and how far it reaches.
    #[serde(flatten)]
    pub origin: Origin,
    /// What it says.
    pub accounts: Vec<AccountPattern>,
    /// Whether it decides, or one before it does.
    pub decides: bool,
    #[serde(skip)]
    sign_in_alone: Option<bool>,
}

/// All rules, those of a flow's own included.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// The person's.
    pub own: &'a [Rule],
    /// What the person said for this flow.
    pub flow: &'a [AccountPattern],
    /// The organisation's.
    pub managed: &'a [Rule],
    /// How much the organisation leaves to the person.
    pub lock: Lock,
    /// Whether the sign-in account alone decides where no rule says otherwise.
    pub sign_in_alone: bool,
}

impl Rules<'_> {
    /// Every rule that fits an operation of this connector, the one that decides first. Without a connector: those for all connectors.
    /// Several of one owner and one reach are one rule with the accounts of all.
    #[must_use]
    pub fn fitting(&self, environment: &str, connector: Option<&str>) -> Vec<Fitting> {
        let mut found: Vec<Fitting> = Vec::new();
        let mut add = |accounts: &[AccountPattern], level, managed, sign_in_alone: Option<bool>| {
            let origin = Origin { level, managed };
            match found.iter_mut().find(|known| known.origin == origin) {
                Some(known) => {
                    known.accounts.extend(accounts.iter().filter(|account| !known.accounts.contains(account)).cloned().collect::<Vec<_>>());
                    known.sign_in_alone = known.sign_in_alone.or(sign_in_alone);
                }
                None => found.push(Fitting { origin, accounts: accounts.to_vec(), decides: false, sign_in_alone }),
            }
        };
        for rule in self.managed.iter().filter(|rule| rule.fits(environment, connector)) {
            add(&rule.accounts, rule.level(), true, rule.sign_in_alone);
        }
        if self.lock != Lock::Everything {
            for rule in self.own.iter().filter(|rule| rule.fits(environment, connector)) {
                add(&rule.accounts, rule.level(), false, rule.sign_in_alone);
            }
            if !self.flow.is_empty() {
                add(self.flow, Level::Flow, false, None);
            }
        }
        let locked = self.lock == Lock::WhereItSpeaks;
        found.sort_by_key(|fitting| std::cmp::Reverse((locked && fitting.origin.managed, fitting.origin.level, !fitting.origin.managed)));
        if let Some(first) = found.first_mut() {
            first.decides = true;
        }
        found
    }

    fn choice(&self, environment: &str, connector: Option<&str>) -> Choice {
        let everything = self.lock == Lock::Everything;
        match self.fitting(environment, connector).into_iter().next() {
            Some(fitting) => Choice {
                accounts: fitting.accounts,
                sign_in_alone: fitting.sign_in_alone.unwrap_or(self.sign_in_alone),
                from: Some(fitting.origin),
                locked: everything || (fitting.origin.managed && self.lock == Lock::WhereItSpeaks),
            },
            None => Choice { sign_in_alone: self.sign_in_alone, locked: everything, ..Choice::default() },
        }
    }

    /// What holds in a flow of this environment.
    #[must_use]
    pub fn intent(&self, environment: &str) -> Intent {
        let base = self.choice(environment, None);
        let named = self.managed.iter().chain(self.own).filter_map(|rule| rule.connector.as_deref());
        let connectors = named.map(|id| (connector_key(id), self.choice(environment, Some(id)))).filter(|(_, choice)| *choice != base).collect();
        Intent { base, connectors }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts(typed: &str) -> Vec<AccountPattern> {
        typed.split_whitespace().filter_map(AccountPattern::new).collect()
    }

    fn rule(typed: &str, environment: Option<&str>, connector: Option<&str>) -> Rule {
        Rule { accounts: accounts(typed), environment: environment.map(str::to_owned), connector: connector.map(str::to_owned), sign_in_alone: None }
    }

    const OUTLOOK: &str = "shared_office365";

    fn decided(rules: &Rules, connector: Option<&str>) -> String {
        let intent = rules.intent("Default-6D3C");
        let choice = intent.of(connector);
        let told: Vec<&str> = choice.accounts.iter().map(AccountPattern::as_str).collect();
        let lock = if choice.locked { " locked" } else { "" };
        match choice.from {
            Some(Origin { level, managed }) => format!("{} {level:?}{}{lock}", told.join("+"), if managed { " managed" } else { "" }),
            None => format!("nobody{lock}"),
        }
    }

    #[test]
    fn the_more_special_rule_decides() {
        let own = [
            rule("all@c.com", None, None),
            rule("here@c.com", Some("default6d3c"), None),
            rule("mail@c.com", None, Some("/providers/Microsoft.PowerApps/apis/Shared_Office365")),
            rule("elsewhere@c.com", Some("other"), Some(OUTLOOK)),
        ];
        let none = Rules { own: &own, flow: &[], managed: &[], lock: Lock::Open, sign_in_alone: false };
        assert_eq!(decided(&none, Some("shared_sql")), "here@c.com Environment");
        assert_eq!(decided(&none, None), "here@c.com Environment");
        assert_eq!(decided(&none, Some(OUTLOOK)), "mail@c.com Connector");
        let flow = accounts("flow@c.com");
        let of_flow = Rules { flow: &flow, ..none };
        assert_eq!(decided(&of_flow, Some(OUTLOOK)), "flow@c.com Flow");
        assert_eq!(decided(&Rules { own: &[], ..none }, Some(OUTLOOK)), "nobody");
        let fitting = of_flow.fitting("default-6d3c", Some(OUTLOOK));
        let levels: Vec<(Level, bool)> = fitting.iter().map(|fitting| (fitting.origin.level, fitting.decides)).collect();
        assert_eq!(levels, [(Level::Flow, true), (Level::Connector, false), (Level::Environment, false), (Level::Everywhere, false)]);
    }

    #[test]
    fn several_of_one_reach_are_one() {
        let own = [rule("a@c.com", None, Some(OUTLOOK)), rule("b@c.com a@c.com", None, Some(OUTLOOK))];
        let rules = Rules { own: &own, flow: &[], managed: &[], lock: Lock::Open, sign_in_alone: false };
        assert_eq!(decided(&rules, Some(OUTLOOK)), "a@c.com+b@c.com Connector");
    }

    #[test]
    fn the_organisation_proposes_or_decides() {
        let managed = [rule("svc@c.com", None, None)];
        let own = [rule("me@c.com", None, None)];
        let flow = accounts("flow@c.com");
        let check = |lock, flow: &[AccountPattern], own: &[Rule], wanted: &str| {
            assert_eq!(decided(&Rules { own, flow, managed: &managed, lock, sign_in_alone: false }, Some(OUTLOOK)), wanted, "{lock:?}");
        };
        check(Lock::Open, &[], &[], "svc@c.com Everywhere managed");
        check(Lock::Open, &[], &own, "me@c.com Everywhere");
        check(Lock::Open, &flow, &own, "flow@c.com Flow");
        check(Lock::WhereItSpeaks, &flow, &own, "svc@c.com Everywhere managed locked");
        check(Lock::Everything, &flow, &own, "svc@c.com Everywhere managed locked");
        let silent = Rules { own: &own, flow: &flow, managed: &[], lock: Lock::Everything, sign_in_alone: false };
        assert_eq!(decided(&silent, None), "nobody locked");
        assert_eq!(decided(&Rules { lock: Lock::WhereItSpeaks, ..silent }, None), "flow@c.com Flow");
    }
}
