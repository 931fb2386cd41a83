//! The connections that a sweep met, each once: flows name them by their place here.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::model::{Connection, Health};

/// A connection, and whether an answer of this sweep showed it. Another one is known by its id only, or from the sweep before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The connection.
    #[serde(flatten)]
    pub connection: Connection,
    /// Whether this sweep has seen it.
    pub seen: bool,
}

/// All of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    rows: Vec<Row>,
    /// By the id in lower case.
    at: HashMap<String, u32>,
}

#[expect(clippy::cast_possible_truncation, reason = "a sweep meets fewer connections than a u32 counts: flows and their references are bounded")]
pub(super) const fn place(index: usize) -> u32 {
    index as u32
}

impl Table {
    /// What was stored.
    pub(super) fn new(rows: Vec<Row>) -> Self {
        let at = rows.iter().enumerate().map(|(index, row)| (row.connection.id.to_ascii_lowercase(), place(index))).collect();
        Self { rows, at }
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The connection in a place, if this sweep has seen it.
    #[must_use]
    pub fn seen(&self, place: u32) -> Option<&Connection> {
        self.rows.get(place as usize).filter(|row| row.seen).map(|row| &row.connection)
    }

    /// The place of a connection that a flow names; a new one where nothing is known of it yet.
    pub(super) fn place(&mut self, id: &str) -> u32 {
        let next = place(self.rows.len());
        let at = *self.at.entry(id.to_ascii_lowercase()).or_insert(next);
        if at == next {
            let connection = Connection {
                id: id.to_owned(),
                connector: None,
                label: None,
                sign_in: None,
                owner: None,
                health: Health::Unknown,
                expires: None,
                created: None,
            };
            self.rows.push(Row { connection, seen: false });
        }
        at
    }

    /// Takes in what an answer showed; tells the places that changed.
    pub(super) fn take(&mut self, connections: Vec<Connection>) -> Vec<u32> {
        let mut changed = Vec::new();
        for connection in connections {
            // Nobody asks here when it was made or runs out.
            let row = Row { connection: Connection { expires: None, created: None, ..connection }, seen: true };
            let at = self.place(&row.connection.id);
            if let Some(known) = self.rows.get_mut(at as usize).filter(|known| **known != row) {
                *known = row;
                changed.push(at);
            }
        }
        changed
    }

    /// A new sweep begins: only what the one before held is kept, and not as seen. Tells where each place has gone.
    pub(super) fn begin(&mut self, held: impl Fn(u32) -> bool) -> HashMap<u32, u32> {
        let mut moved = HashMap::new();
        let mut rows = Vec::new();
        for (index, row) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            if held(place(index)) {
                moved.insert(place(index), place(rows.len()));
                rows.push(Row { seen: false, ..row });
            }
        }
        *self = Self::new(rows);
        moved
    }
}
