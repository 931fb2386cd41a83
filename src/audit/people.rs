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
    let mut people: Vec<Person> = Vec::new();
    // Many operations have the very same account: it is compared by all its identities once.
    let mut at: HashMap<&Account, usize> = HashMap::new();
    for judged in operations {
        if let Some(account) = judged.face() {
            let at = *at.entry(account).or_insert_with(|| find(&mut people, account, intent, directory));
            let Some(person) = people.get_mut(at) else { continue };
            person.operations += 1;
            person.mismatches += usize::from(matches!(judged.verdict, Verdict::Mismatch { .. }));
        }
    }
    for connection in connections {
        if let Some(account) = connection.sign_in.as_ref().or(connection.owner.as_ref()).filter(|account| account.is_known()) {
            let at = find(&mut people, account, intent, directory);
            people.get_mut(at).into_iter().for_each(|person| person.connections += 1);
        }
    }
    people.sort_by(|a, b| {
        b.operations.cmp(&a.operations).then(b.connections.cmp(&a.connections)).then_with(|| a.account.short_name().cmp(&b.account.short_name()))
    });
    people
}

/// Where the account stands among the people; it is added where it doesn't yet.
fn find(people: &mut Vec<Person>, account: &Account, intent: &Intent, directory: &Directory) -> usize {
    people.iter().position(|person| person.account.is_same(account)).unwrap_or_else(|| {
        people.push(Person {
            account: directory.complete(account),
            intended: intent.allows_somewhere(account, directory),
            operations: 0,
            mismatches: 0,
            connections: 0,
        });
        people.len() - 1
    })
}
