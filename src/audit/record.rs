//! What people decided about one flow: kept between visits, apart from what the data says. Each decision can be taken back, the newest first.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::{Audit, Directory, Intent, StepId};
use crate::model::{Account, AccountPattern};

/// So many decisions can be taken back.
const MOST_PAST: usize = 20;

/// The decisions about one flow. Times are milliseconds since 1970, as the browser gives them. Items are known by their stable ids (see the checklist).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Who should stand behind this flow; none: the rules decide.
    pub accounts: Option<Vec<AccountPattern>>,
    /// Steps ticked by hand, with the time.
    pub ticks: BTreeMap<StepId, f64>,
    /// Items ticked by hand.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub items: BTreeMap<String, Tick>,
    /// Items that somebody says are to stay as they are.
    pub dismissals: BTreeMap<String, Dismissal>,
    /// Notes on items and steps.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, Note>,
    /// The state when the flow was first judged against an intention.
    pub first_look: Option<FirstLook>,
    /// When the last step was done, and with which figures; none while something is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished: Option<Finished>,
    /// What the flow is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What can be taken back, the newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Past>,
}

/// An item ticked by hand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Tick {
    /// When.
    pub at: f64,
    /// The operations that it covers, by name: one that joins them later isn't covered.
    #[serde(default)]
    pub of: Vec<String>,
}

/// Why something isn't to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Dismissal {
    /// In the person's own words; may be empty.
    pub reason: String,
    /// When.
    pub at: f64,
    /// The operations that it covers, by name: one that joins them later isn't covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<String>,
}

/// A note in the person's own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// The words.
    pub text: String,
    /// When they were last changed.
    pub at: f64,
}

/// The state at the first look.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FirstLook {
    /// Operations to change.
    pub mismatch: usize,
    /// Leftovers that were counted.
    pub leftovers: usize,
    /// When.
    pub at: f64,
    /// Operations with a connection.
    #[serde(default)]
    pub operations: usize,
    /// The operations with a connection, by who acted: compared with any later intention.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acting: Vec<Acting>,
}

/// Somebody, and the operations in whose name they ran.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acting {
    /// The identity to know them by; empty: nobody knows.
    pub who: String,
    /// The operations' names.
    pub names: Vec<String>,
}

impl FirstLook {
    /// How many operations were to change, by what is intended now: for an operation that is still there by its connector, else for any.
    #[must_use]
    pub fn to_change(&self, audit: &Audit, intent: &Intent, directory: &Directory) -> usize {
        if self.acting.is_empty() {
            return self.mismatch;
        }
        let there: HashMap<&str, Option<&str>> = audit.operations.iter().map(|judged| (judged.name.as_str(), judged.connector.as_deref())).collect();
        let wrong = |acting: &Acting| {
            let Some(account) = Account::from_label(&acting.who) else { return 0 };
            let is_wrong = |name: &&String| match there.get(name.as_str()) {
                Some(connector) => !intent.of(*connector).allows(&account, directory),
                None => !intent.allows_somewhere(&account, directory),
            };
            acting.names.iter().filter(is_wrong).count()
        };
        self.acting.iter().map(wrong).sum()
    }
}

/// The state when everything was done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Finished {
    /// When.
    pub at: f64,
    /// Operations as intended.
    pub as_intended: usize,
    /// Items that stay as they are by decision.
    pub dismissed: usize,
}

/// A decision that can be taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// When it was made: by this it is named when it is taken back.
    pub at: f64,
    /// How it was before.
    pub was: Was,
}

/// How it was before a decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the part of the record that changed, with its key and its value before")]
pub enum Was {
    Step(StepId, Option<f64>),
    Item(String, Option<Tick>),
    Dismissal(String, Option<Dismissal>),
    Note(String, Option<Note>),
    Accounts(Option<Vec<AccountPattern>>),
    Everything(Box<Record>),
}

impl Record {
    /// Takes something down, so that it can be taken back.
    fn past(&mut self, at: f64, was: Was) {
        self.past.push(Past { at, was });
        let too_many = self.past.len().saturating_sub(MOST_PAST);
        self.past.drain(..too_many);
    }

    /// Ticks a step by hand, or unticks it.
    pub fn tick_step(&mut self, step: StepId, on: bool, at: f64) {
        let before = self.ticks.get(&step).copied();
        if before.is_some() == on {
            return;
        }
        set(&mut self.ticks, step, on.then_some(at));
        self.past(at, Was::Step(step, before));
    }

    /// Ticks an item by hand, or unticks it.
    pub fn tick_item(&mut self, item: &str, tick: Option<Tick>, at: f64) {
        let before = self.items.get(item).cloned();
        if before.as_ref().map(|tick| &tick.of) == tick.as_ref().map(|tick| &tick.of) {
            return;
        }
        set(&mut self.items, item.to_owned(), tick);
        self.past(at, Was::Item(item.to_owned(), before));
    }

    /// Says that an item stays as it is, or no longer.
    pub fn dismiss(&mut self, item: &str, dismissal: Option<Dismissal>, at: f64) {
        let before = self.dismissals.get(item).cloned();
        let same = |a: &Dismissal, b: &Dismissal| a.reason == b.reason && a.of == b.of;
        if matches!((&before, &dismissal), (None, None)) || matches!((&before, &dismissal), (Some(a), Some(b)) if same(a, b)) {
            return;
        }
        set(&mut self.dismissals, item.to_owned(), dismissal);
        self.past(at, Was::Dismissal(item.to_owned(), before));
    }

    /// Writes a note, or takes it away.
    pub fn note(&mut self, item: &str, text: Option<&str>, at: f64) {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        let before = self.notes.get(item).cloned();
        if before.as_ref().map(|note| note.text.as_str()) == text {
            return;
        }
        set(&mut self.notes, item.to_owned(), text.map(|text| Note { text: text.to_owned(), at }));
        self.past(at, Was::Note(item.to_owned(), before));
    }

    /// Says who should stand behind this flow.
    pub fn intend(&mut self, accounts: Option<Vec<AccountPattern>>, at: f64) {
        if self.accounts == accounts {
            return;
        }
        let before = std::mem::replace(&mut self.accounts, accounts);
        self.past(at, Was::Accounts(before));
    }

    /// Starts over: everything but who should stand behind the flow. The state of now becomes the first look.
    pub fn reset(&mut self, at: f64) {
        if self.past.last().is_some_and(|past| past.at >= at) {
            return;
        }
        let fresh = Self { accounts: self.accounts.clone(), name: self.name.clone(), ..Self::default() };
        let mut before = std::mem::replace(self, fresh);
        self.past = std::mem::take(&mut before.past);
        self.past(at, Was::Everything(Box::new(before)));
    }

    /// Takes the newest decision back, if it is the one made at that time: said twice, it is taken back once.
    pub fn undo(&mut self, of: f64) {
        #[expect(clippy::float_cmp, reason = "the same number, carried to and fro as it is")]
        let Some(past) = self.past.pop_if(|past| past.at == of) else { return };
        match past.was {
            Was::Step(step, before) => set(&mut self.ticks, step, before),
            Was::Item(item, before) => set(&mut self.items, item, before),
            Was::Dismissal(item, before) => set(&mut self.dismissals, item, before),
            Was::Note(item, before) => set(&mut self.notes, item, before),
            Was::Accounts(before) => self.accounts = before,
            Was::Everything(before) => {
                let past = std::mem::take(&mut self.past);
                *self = Self { past, accounts: self.accounts.take(), ..*before };
            }
        }
    }

    /// Whether anything was ticked, dismissed or noted.
    #[must_use]
    pub fn has_decisions(&self) -> bool {
        !(self.ticks.is_empty() && self.items.is_empty() && self.dismissals.is_empty() && self.notes.is_empty())
    }
}

fn set<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
    match value {
        Some(value) => map.insert(key, value),
        None => map.remove(&key),
    };
}
