//! The same account many times: connections of one account and one connector, and which of them the flow uses.

use std::collections::{HashMap, HashSet};

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
    let mut at: HashMap<(String, Option<usize>), usize> = HashMap::new();
    let of_flow: HashSet<String> = audit.operations.iter().filter_map(|judged| judged.connector.as_deref()).map(str::to_ascii_lowercase).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for id in audit.operations.iter().filter_map(|judged| judged.connection.as_deref()) {
        *counts.entry(id.to_ascii_lowercase()).or_default() += 1;
    }
    for connection in known.connections {
        let (Some(connector), Some(account)) = (connection.connector.as_deref(), connection.sign_in.as_ref()) else { continue };
        let key = connector.to_ascii_lowercase();
        if !of_flow.contains(&key) {
            continue;
        }
        let used = counts.get(&connection.id.to_ascii_lowercase()).map(|count| (connection, *count));
        // Whoever stands behind a connection is in the directory, unless nothing identifies them.
        let key = (key, directory.number(account));
        if let Some(holding) = at.get(&key).and_then(|at| holdings.get_mut(*at)).filter(|_| key.1.is_some()) {
            holding.connections += 1;
            holding.used.extend(used);
        } else {
            at.insert(key, holdings.len());
            holdings.push(Holding { connector, account: directory.complete(account), connections: 1, used: used.into_iter().collect() });
        }
    }
    holdings.retain(|holding| holding.connections > 1);
    holdings.sort_by_key(|holding| std::cmp::Reverse(holding.connections));
    holdings
}
