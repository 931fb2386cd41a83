//! Everybody behind the operations, and whoever else holds connections here: to choose the intended account from.

use std::collections::HashMap;

use serde::Serialize;

use super::{Directory, Intent, Judged, Verdict};
use crate::model::{Account, Connection};

/// An account that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// Who.
    pub account: Account,
    /// Whether it is an intended account.
    pub intended: bool,
    /// How many operations act as it, or count against it as the owner alone.
    pub operations: usize,
    /// How many of those are to change.
    pub mismatches: usize,
    /// How many connections here are signed in as it.
    pub connections: usize,
}

/// The people, most used first, then by name.
pub(super) fn behind(operations: &[Judged], connections: &[Connection], intent: &Intent, directory: &Directory) -> Vec<Person> {
    let mut crowd = Crowd { people: Vec::new(), at: HashMap::new(), intent, directory };
    for judged in operations {
        if let Some(account) = judged.face() {
            let person = crowd.person(account);
            person.operations += 1;
            person.mismatches += usize::from(matches!(judged.verdict, Verdict::Mismatch { .. }));
        }
    }
    for connection in connections {
        if let Some(account) = connection.sign_in.as_ref().or(connection.owner.as_ref()).filter(|account| account.is_known()) {
            crowd.person(account).connections += 1;
        }
    }
    let mut people = crowd.people;
    people.sort_by(|a, b| {
        b.operations.cmp(&a.operations).then(b.connections.cmp(&a.connections)).then_with(|| a.account.short_name().cmp(&b.account.short_name()))
    });
    people
}

/// People as they are met. Looked up for every operation, so never searched.
struct Crowd<'a> {
    people: Vec<Person>,
    /// By the directory's number; who isn't in it by an identity.
    at: HashMap<Result<usize, String>, usize>,
    intent: &'a Intent,
    directory: &'a Directory,
}

impl Crowd<'_> {
    #[expect(clippy::indexing_slicing, reason = "the index was found or pushed a line above")]
    fn person(&mut self, account: &Account) -> &mut Person {
        let key = self.directory.number(account).ok_or_else(|| account.canonical().next().unwrap_or_default());
        let at = *self.at.entry(key).or_insert_with(|| {
            self.people.push(Person {
                account: self.directory.complete(account),
                intended: self.intent.allows_somewhere(account, self.directory),
                operations: 0,
                mismatches: 0,
                connections: 0,
            });
            self.people.len() - 1
        });
        &mut self.people[at]
    }
}
