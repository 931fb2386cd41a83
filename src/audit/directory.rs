//! Everybody that the answers named, each person once: an object id seen here and a mail address seen there become one account.

use std::collections::HashMap;

use crate::model::{Account, Connection};

/// As many identities as one person is known by: mail, UPN, object id, guest UPNs of a few tenants. More are many people with one id, and the newest stay.
const MOST_IDENTITIES: usize = 16;

/// The accounts seen, merged by shared identities.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    /// In the order in which they were met; empty where somebody turned out to be somebody else.
    people: Vec<Account>,
    /// By each identity in the form that compares: where they stand. Looked up for every operation, so never searched.
    at: HashMap<String, usize>,
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

    /// What was met last goes first: its spelling, its identities. The name that was known stays.
    fn meet(&mut self, account: Option<&Account>) {
        let Some(account) = account.filter(|account| account.is_known()) else { return };
        let mut same: Vec<usize> = account.canonical().filter_map(|identity| self.at.get(&identity).copied()).collect();
        same.sort_unstable();
        same.dedup();
        let home = same.first().copied().unwrap_or(self.people.len());
        let mut merged = account.clone();
        for place in same {
            let Some(known) = self.people.get_mut(place).map(std::mem::take) else { continue };
            for identity in known.identities {
                if place != home {
                    self.at.extend(Account::from_label(&identity).iter().flat_map(Account::canonical).map(|identity| (identity, home)));
                }
                if merged.identities.len() < MOST_IDENTITIES && !merged.identities.iter().any(|other| other.eq_ignore_ascii_case(&identity)) {
                    merged.identities.push(identity);
                }
            }
            merged.display_name = known.display_name.or(merged.display_name);
        }
        self.at.extend(account.canonical().map(|identity| (identity, home)));
        match self.people.get_mut(home) {
            Some(place) => *place = merged,
            None => self.people.push(merged),
        }
    }

    /// A number for everybody that was met: equal for the same person.
    #[must_use]
    pub fn number(&self, account: &Account) -> Option<usize> {
        account.canonical().find_map(|identity| self.at.get(&identity).copied())
    }

    /// The account with everything known of it.
    #[must_use]
    pub fn complete(&self, account: &Account) -> Account {
        self.number(account).and_then(|place| self.people.get(place)).unwrap_or(account).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(identities: &[&str]) -> Account {
        identities.iter().fold(Account::default(), |account, identity| account.also(Some(identity)))
    }

    #[test]
    fn a_chain_of_identities_is_one_person() {
        let people = [known(&["ana@c.com"]), known(&["8323f7fe-e8a4-46c4-b5ea-f4864887d160"]), known(&["bob@c.com"])];
        let link = known(&["8323F7FE-e8a4-46c4-b5ea-f4864887d160", "ANA@c.com"]);
        let directory = Directory::new([], people.iter().chain([&link]));
        assert_eq!(directory.number(&people[0]), directory.number(&people[1]));
        assert_ne!(directory.number(&people[0]), directory.number(&people[2]));
        assert_eq!(directory.complete(&people[0]).identities, link.identities, "the newest spelling, each identity once");
        let guest = known(&["ana_c.com#EXT#@d.com"]);
        assert_eq!(directory.complete(&guest).identities, link.identities);
    }

    #[test]
    fn many_people_under_one_id_stay_readable() {
        let id = "00000000-0000-0000-0000-000000000000";
        let people: Vec<Account> = (0..5_000).map(|n| known(&[id, &format!("p{n}@c.com")])).collect();
        let directory = Directory::new([], &people);
        assert_eq!(directory.complete(&people[7]).identities.len(), MOST_IDENTITIES);
    }
}
