//! The same account many times: connections of one account and one connector, and which of them the flow uses.

use serde::Serialize;

use super::{Audit, Directory, Known};
use crate::model::{Account, Connection};

/// Several connections that sign in to one connector with one account. In the designer's list they all look the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Holding<'a> {
    /// The connector.
    pub connector: &'a str,
    /// The account.
    pub account: Account,
    /// How many there are.
    pub connections: usize,
    /// Those that an operation of this flow runs on, with how many operations do.
    pub used: Vec<(&'a Connection, usize)>,
}

/// Accounts that hold more than one connection to a connector of this flow; the largest first.
#[must_use]
pub fn holdings<'a>(audit: &Audit, known: &Known<'a>) -> Vec<Holding<'a>> {
    let directory = Directory::new(known.connections, known.flow_owners);
    let mut holdings: Vec<Holding> = Vec::new();
    for connection in known.connections {
        let (Some(connector), Some(account)) = (connection.connector.as_deref(), connection.sign_in.as_ref()) else { continue };
        let is_of_flow = audit.operations.iter().any(|judged| judged.connector.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(connector)));
        if !is_of_flow {
            continue;
        }
        let account = directory.complete(account);
        let count = audit.operations.iter().filter(|judged| judged.connection.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&connection.id))).count();
        let used = (count > 0).then_some((connection, count));
        match holdings.iter_mut().find(|holding| holding.connector.eq_ignore_ascii_case(connector) && holding.account.is_same(&account)) {
            Some(holding) => {
                holding.connections += 1;
                holding.used.extend(used);
            }
            None => holdings.push(Holding { connector, account, connections: 1, used: used.into_iter().collect() }),
        }
    }
    holdings.retain(|holding| holding.connections > 1);
    holdings.sort_by_key(|holding| std::cmp::Reverse(holding.connections));
    holdings
}
