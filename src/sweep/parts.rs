//! The whole of a sweep, and the parts in which it is stored: small ones, so that a step writes little.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::entry::Entry;
use super::head::Head;
use super::table::{Row, Table};
use crate::portal::environment_name;

/// Rows in a part.
const ROWS: usize = 50;

/// The key of a sweep: one for each environment and account.
#[must_use]
pub fn sweep_key(environment: &str, account: &str) -> String {
    format!("sweep:{}/{}", environment_name(environment), account.to_ascii_lowercase())
}

/// The keys under which the parts of a sweep are stored, as its head tells them; the head's own is the first.
#[must_use]
pub fn keys_of(key: &str, head: &Value) -> Vec<String> {
    let count = |of: &str| head.get(of).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok()).unwrap_or_default().min(1_000_000);
    let flows = (0..count("flows").div_ceil(ROWS)).map(|part| Part::Flows(part).key(key));
    let connections = (0..count("connections").div_ceil(ROWS)).map(|part| Part::Connections(part).key(key));
    std::iter::once(key.to_owned()).chain(flows).chain(connections).collect()
}

/// A part that is stored by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Flows(usize),
    Connections(usize),
}

impl Part {
    fn key(self, key: &str) -> String {
        match self {
            Self::Flows(part) => format!("{key}:{part}"),
            Self::Connections(part) => format!("{key}:c{part}"),
        }
    }

    /// Its rows, of so many in all; none where it doesn't lie there with as many as belong into it.
    fn rows<'a, T: Deserialize<'a>>(self, key: &str, items: &'a Map<String, Value>, all: usize) -> Option<Vec<T>> {
        let (Self::Flows(part) | Self::Connections(part)) = self;
        let wanted = all.checked_sub(part.checked_mul(ROWS)?)?.min(ROWS);
        let rows: Vec<T> = Deserialize::deserialize(items.get(&self.key(key))?).ok()?;
        (rows.len() == wanted).then_some(rows)
    }
}

/// A sweep over an environment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sweep {
    /// What is true of it as a whole.
    pub head: Head,
    pub(super) entries: Vec<Entry>,
    pub(super) table: Table,
    /// By the flow's id in lower case.
    pub(super) at: HashMap<String, usize>,
    changed: BTreeSet<Part>,
}

impl Sweep {
    /// What was stored under these keys; none where it is no sweep of this version, or not all of it.
    #[must_use]
    pub fn restored(key: &str, items: &Map<String, Value>) -> Option<Self> {
        let head = Head::stored(items.get(key)?)?;
        // Room is made for what lies there, never for what the head says of it.
        let mut entries: Vec<Entry> = Vec::new();
        for part in 0..head.flows.div_ceil(ROWS) {
            entries.extend(Part::Flows(part).rows::<Entry>(key, items, head.flows)?);
        }
        let mut rows: Vec<Row> = Vec::new();
        for part in 0..head.connections.div_ceil(ROWS) {
            rows.extend(Part::Connections(part).rows::<Row>(key, items, head.connections)?);
        }
        let at: HashMap<String, usize> = entries.iter().enumerate().map(|(index, entry)| (entry.id.to_ascii_lowercase(), index)).collect();
        let are_ours = at.len() == entries.len() && entries.iter().all(Entry::is_ours);
        are_ours.then(|| Self { head, entries, table: Table::new(rows), at, changed: BTreeSet::new() })
    }

    /// Takes over what was stored anew under some of its keys. Tells which flows that are; none where it has to be restored as a whole.
    pub fn renewed(&mut self, key: &str, changed: &BTreeSet<String>, items: &Map<String, Value>) -> Option<Vec<usize>> {
        let head = Head::stored(items.get(key)?)?;
        let connections = format!("{key}:c");
        let is_alike = (head.flows, head.connections, head.began) == (self.entries.len(), self.table.rows().len(), self.head.began);
        // What stands behind the connections is told of all flows.
        if !is_alike || head.connections_read() != self.head.connections_read() || changed.iter().any(|changed| changed.starts_with(&connections)) {
            return None;
        }
        let mut flows = Vec::new();
        for part in changed.iter().filter_map(|changed| changed.strip_prefix(key)?.strip_prefix(':')?.parse::<usize>().ok()) {
            let entries: Vec<Entry> = Part::Flows(part).rows(key, items, head.flows)?;
            for (index, entry) in entries.into_iter().enumerate().map(|(index, entry)| (part * ROWS + index, entry)) {
                // Where the flows have moved, their places are found anew.
                let known = self.entries.get_mut(index).filter(|known| known.id == entry.id && entry.is_ours())?;
                if *known != entry {
                    *known = entry;
                    flows.push(index);
                }
            }
        }
        self.head = head;
        Some(flows)
    }

    /// What changed since it was stored last, by its key, with the head, which always does; and the keys of parts that are no more.
    pub(super) fn stored(&mut self, key: &str) -> (BTreeMap<String, Value>, Vec<String>) {
        let parts = |rows: usize, before: usize| rows.div_ceil(ROWS)..before.div_ceil(ROWS);
        let (flows, connections) = (self.entries.len(), self.table.rows().len());
        let gone = parts(flows, self.head.flows).map(Part::Flows).chain(parts(connections, self.head.connections).map(Part::Connections));
        let gone: Vec<String> = gone.map(|part| part.key(key)).collect();
        (self.head.flows, self.head.connections) = (flows, connections);
        let mut items = BTreeMap::new();
        for part in std::mem::take(&mut self.changed) {
            let value = match part {
                Part::Flows(part) => self.entries.chunks(ROWS).nth(part).map(serde_json::to_value),
                Part::Connections(part) => self.table.rows().chunks(ROWS).nth(part).map(serde_json::to_value),
            };
            // What was in a part that is no more stands in another one now, or is gone.
            if let Some(value) = value {
                items.insert(part.key(key), value.unwrap_or_default());
            }
        }
        items.insert(key.to_owned(), serde_json::to_value(&self.head).unwrap_or_default());
        (items, gone)
    }

    pub(super) fn changed_flow(&mut self, index: usize) {
        self.changed.insert(Part::Flows(index / ROWS));
    }

    pub(super) fn changed_connection(&mut self, place: u32) {
        self.changed.insert(Part::Connections(place as usize / ROWS));
    }

    /// Everything is to be stored anew.
    pub(super) fn changed_all(&mut self) {
        self.changed.extend((0..self.entries.len().div_ceil(ROWS)).map(Part::Flows));
        self.changed.extend((0..self.table.rows().len().div_ceil(ROWS)).map(Part::Connections));
    }

    /// The flows, in the order in which they were listed.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The connections.
    #[must_use]
    pub const fn table(&self) -> &Table {
        &self.table
    }

    /// A flow's place.
    #[must_use]
    pub fn place(&self, flow: &str) -> Option<usize> {
        self.at.get(&flow.to_ascii_lowercase()).copied()
    }
}
