//! Everybody that the answers named, each person once: an object id seen here and a mail address seen there become one account.

use crate::model::{Account, Connection};

/// The accounts seen, merged by shared identities.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    people: Vec<Account>,
}

impl Directory {
    /// Everybody behind the connections, and others that were named (a flow's creator).
    #[must_use]
    pub fn new<'a>(connections: impl IntoIterator<Item = &'a Connection>, others: impl IntoIterator<Item = &'a Account>) -> Self {
        let mut directory = Self::default();
        for connection in connections {
            directory.meet(connection.sign_in.as_ref());
            directory.meet(connection.owner.as_ref());
        }
        for other in others {
            directory.meet(Some(other));
        }
        directory
    }

    fn meet(&mut self, account: Option<&Account>) {
        let Some(account) = account.filter(|account| account.is_known()) else { return };
        let (same, others): (Vec<_>, Vec<_>) = self.people.drain(..).partition(|known| known.is_same(account));
        self.people = others;
        let merged = same.into_iter().fold(account.clone(), |merged, known| {
            let display_name = known.display_name.clone().or(merged.display_name.clone());
            let merged = known.identities.iter().fold(merged, |merged, identity| merged.also(Some(identity)));
            Account { display_name, ..merged }
        });
        self.people.push(merged);
    }

    /// The account with everything known of it.
    #[must_use]
    pub fn complete(&self, account: &Account) -> Account {
        self.people.iter().find(|known| known.is_same(account)).unwrap_or(account).clone()
    }
}
