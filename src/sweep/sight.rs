//! What the facts of a sweep say, judged by the same core as a single flow. Nothing of it is stored.

use std::collections::HashMap;

use super::entry::{Held, Use, whole};
use super::parts::Sweep;
use crate::audit::{Audit, Directory, Intent, Known, Leftover, Verdict, judge};
use crate::model::{Account, Connection, Health, connector_name};

/// Something that a flow runs on, or has left over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The connector, as people know it.
    pub connector: String,
    /// Who it acts as, by the place among the people.
    pub sign_in: Option<usize>,
    /// Who made it.
    pub owner: Option<usize>,
    /// How many operations run on it; 0: it is left over.
    pub operations: usize,
    /// Its use's place in the flow's entry.
    pub place: usize,
    /// Whether it doesn't work.
    pub broken: bool,
    /// What is said of its operations.
    pub verdict: Verdict,
}

/// A flow, judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// What its operations run on, then what is left over.
    pub used: Vec<Used>,
    /// Whether a leftover is suggested to be removed.
    pub removable: bool,
    /// Whether what it held in the sweep before isn't as today's rules say; none: that one didn't read it.
    pub before: Option<bool>,
    /// The same of what it held when this sweep read it, where somebody has opened it since.
    pub was: Option<bool>,
}

/// Everything of a sweep, judged.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sight {
    /// Everybody behind a connection, with everything known of them.
    pub people: Vec<Account>,
    /// By a connection's place: sign-in account and owner among the people.
    behind: Vec<[Option<usize>; 2]>,
    /// The flows, in the sweep's order.
    pub flows: Vec<Flow>,
    /// The connections, each with everything known of the people behind it.
    connections: Vec<Connection>,
}

impl Sight {
    /// Judges all of it. `intent` says who should stand behind a flow, by its id.
    #[must_use]
    pub fn new(sweep: &Sweep, intent: &dyn Fn(&str) -> Intent) -> Self {
        let rows = sweep.table().rows();
        let directory = Directory::new(rows.iter().map(|row| &row.connection), []);
        let mut people: Vec<Account> = Vec::new();
        let mut at: HashMap<usize, usize> = HashMap::new();
        let mut number = |account: Option<&Account>| {
            let account = account.filter(|account| account.is_known())?;
            Some(*at.entry(directory.number(account)?).or_insert_with(|| {
                people.push(directory.complete(account));
                people.len() - 1
            }))
        };
        let behind: Vec<[Option<usize>; 2]> = rows.iter().map(|row| [number(row.connection.sign_in.as_ref()), number(row.connection.owner.as_ref())]).collect();
        let whole = |place: Option<usize>| place.and_then(|place| people.get(place)).cloned();
        let connections =
            rows.iter().zip(&behind).map(|(row, [sign_in, owner])| Connection { sign_in: whole(*sign_in), owner: whole(*owner), ..row.connection.clone() });
        let connections = connections.collect();
        let mut sight = Self { people, behind, flows: Vec::new(), connections };
        sight.flows = (0..sweep.entries().len()).map(|index| sight.flow(sweep, index, intent)).collect();
        sight
    }

    /// One flow has changed, and the connections haven't.
    pub fn again(&mut self, sweep: &Sweep, index: usize, intent: &dyn Fn(&str) -> Intent) {
        let flow = self.flow(sweep, index, intent);
        if let Some(known) = self.flows.get_mut(index) {
            *known = flow;
        }
    }

    fn flow(&self, sweep: &Sweep, index: usize, intent: &dyn Fn(&str) -> Intent) -> Flow {
        let Some(entry) = sweep.entries().get(index) else { return Flow::default() };
        let amiss = |held: &Vec<Held>| is_amiss(&self.judged(sweep, &of_held(sweep, held), &intent(&entry.id)));
        let [before, was] = [&entry.before, &entry.was].map(|held| held.as_ref().map(amiss));
        if entry.uses.is_empty() {
            return Flow { before, was, ..Flow::default() };
        }
        let table = sweep.table();
        let audit = self.judged(sweep, &entry.uses, &intent(&entry.id));
        let behind = |place: Option<u32>| {
            place.filter(|place| table.seen(*place).is_some()).and_then(|place| self.behind.get(place as usize)).copied().unwrap_or_default()
        };
        let is_broken = |health: Option<&Health>| matches!(health, Some(Health::Broken(_)));
        let mut used = Vec::with_capacity(entry.uses.len());
        for judged in audit.operations {
            let Some((place, one)) = judged.name.parse().ok().and_then(|place: usize| Some((place, entry.uses.get(place)?))) else { continue };
            let [sign_in, owner] = if judged.verdict == Verdict::RunOnly { [None; 2] } else { behind(one.connection) };
            used.push(Used {
                connector: connector_name(judged.connector.as_deref(), one.connector_name.as_deref()),
                sign_in,
                owner,
                operations: one.operations,
                place,
                broken: is_broken(judged.health.as_ref()),
                verdict: judged.verdict,
            });
        }
        let mut removable = false;
        for leftover in audit.leftovers {
            removable |= leftover.is_removable();
            let place = leftover.reference.as_deref().and_then(|key| key.strip_prefix('r')?.parse().ok());
            let Some((place, one)) = place.and_then(|place: usize| Some((place, entry.uses.get(place)?))) else { continue };
            let [sign_in, owner] = behind(one.connection);
            used.push(Used {
                connector: connector_name(leftover.connector.as_deref(), one.connector_name.as_deref()),
                sign_in,
                owner,
                operations: 0,
                place,
                broken: is_broken(leftover.health.as_ref()),
                verdict: Verdict::NoConnection,
            });
        }
        Flow { used, removable, before, was }
    }

    fn judged(&self, sweep: &Sweep, uses: &[Use], intent: &Intent) -> Audit {
        let table = sweep.table();
        let named = uses.iter().filter_map(|used| used.connection).filter(|place| table.seen(*place).is_some());
        let connections: Vec<Connection> = named.filter_map(|place| self.connections.get(place as usize)).cloned().collect();
        let flow = whole(uses, |place| Some(table.rows().get(place as usize)?.connection.id.clone()));
        let known = Known { saved: Some(&flow), connections: &connections, connections_read: sweep.head.connections_read(), ..Known::default() };
        judge(&known, intent)
    }

    /// Who stands behind a connection.
    pub(super) fn behind(&self, connection: u32) -> [Option<usize>; 2] {
        self.behind.get(connection as usize).copied().unwrap_or_default()
    }
}

/// Whether there is something to change or to remove.
fn is_amiss(audit: &Audit) -> bool {
    audit.operations.iter().any(|operation| matches!(operation.verdict, Verdict::Mismatch { .. })) || audit.leftovers.iter().any(Leftover::is_removable)
}

/// What was held, as uses: a connection in use has one operation.
fn of_held(sweep: &Sweep, held: &[Held]) -> Vec<Use> {
    let connector = |place: u32| sweep.table().rows().get(place as usize)?.connection.connector.clone();
    let used = |Held(place, is_left): &Held| Use {
        connection: Some(*place),
        connector: connector(*place),
        operations: usize::from(!is_left),
        names_reference: true,
        declared: true,
        ..Use::default()
    };
    held.iter().map(used).collect()
}
