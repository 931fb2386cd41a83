//! A sweep over files: nothing is asked of anybody, and every flow is told by the file that it stands in.

use super::entry::{Entry, Reach, Trouble};
use super::parts::Sweep;
use crate::model::{Connection, Flow, Reading};
use crate::protocol::Asked;

impl Sweep {
    /// Lists of connections that were given: whatever they don't hold, nobody here knows.
    pub fn know(&mut self, connections: Vec<Connection>) {
        self.table.take(connections);
        if let Some(list) = self.head.list(Asked::Connections) {
            list.done = true;
        }
    }

    /// Adds a flow, or that there is none to be read. `connections`: what its own package tells of them; a list that was given knows more.
    pub fn add(&mut self, file: String, flow: Result<&Reading<Flow>, String>, connections: Vec<Connection>) {
        let unknown = connections
            .into_iter()
            .filter(|connection| !self.table.rows().iter().any(|row| row.seen && row.connection.id.eq_ignore_ascii_case(&connection.id)));
        let unknown: Vec<Connection> = unknown.collect();
        self.table.take(unknown);
        let index = self.entries.len();
        self.at.insert(file.to_ascii_lowercase(), index);
        self.entries.push(Entry { id: file, reach: Reach::Done, ..Entry::default() });
        match flow {
            Ok(reading) => self.fill(index, &reading.found, reading.gaps.len(), 0.0),
            Err(what) => {
                if let Some(entry) = self.entries.get_mut(index) {
                    entry.trouble = Some(Trouble { status: 0, code: Some(what) });
                }
            }
        }
    }

    /// Nothing more comes.
    pub fn end(&mut self, now: f64) {
        self.head.phase = super::Phase::Done;
        self.head.ended = Some(now);
    }
}
