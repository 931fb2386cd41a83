//! Zip archives as the portal exports them: packages and solutions → the flows in them, each read like a file of its own.
//!
//! 1. `unpack`: bytes → entries, bounded.
//! 2. `package`: what an export package's manifest tells of its connections.
//! 3. `solution`: what a solution calls its flows.

mod package;
mod solution;
mod unpack;

use std::collections::HashMap;

use super::error::{Kind, ReadError};
use super::flow;
use crate::model::{Connection, Flow, Gap, Reading, ReferenceRow};
use solution::Workflow;
use unpack::{Entry, Unpack};

/// A flow of an archive.
#[derive(Debug)]
pub struct Packed {
    /// Where it stands in the archive, with forward slashes.
    pub place: String,
    /// The flow, or why it could not be read.
    pub flow: Result<Reading<Flow>, ReadError>,
    /// What an export package itself tells of its connections: their labels, and whose they are where a label names an account.
    pub connections: Vec<Connection>,
}

/// Whether the bytes start as a zip archive does.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Reads the flows of an archive, in its order: an export package's `Microsoft.Flow/flows/<id>/definition.json`, a solution's `Workflows/*.json`,
/// wherever they stand in it. Where there is neither, every JSON file in it that is a flow.
///
/// # Errors
/// Where the archive can't be opened, is larger or has more entries than is read, or holds no flow. What is wrong with one flow is said in its place.
pub fn archive(bytes: &[u8]) -> Result<Vec<Packed>, ReadError> {
    let mut unpack = Unpack::new(bytes)?;
    let entries = unpack.entries();
    let usual: Vec<&Entry> = entries.iter().filter(|entry| package::is_flow(entry) || solution::is_flow(entry)).collect();
    if usual.is_empty() {
        return loose(&mut unpack, &entries);
    }
    let mut solutions = Solutions { read: HashMap::new(), entries: &entries };
    let mut found = Vec::with_capacity(usual.len());
    for entry in usual {
        let mut packed = one(&mut unpack, entry);
        if let Ok(reading) = &mut packed.flow {
            if package::is_flow(entry) {
                packed.connections = package::dress(&mut unpack, &entries, entry, reading);
            } else {
                solutions.name(&mut unpack, entry, reading);
            }
        }
        found.push(packed);
    }
    Ok(found)
}

/// The connection references that a solution brings, whether a flow of it uses them or not; none where the archive is no solution.
///
/// # Errors
/// Where the archive can't be opened, or the file that lists them can't be read.
pub fn solution_references(bytes: &[u8]) -> Result<Vec<ReferenceRow>, ReadError> {
    let mut unpack = Unpack::new(bytes)?;
    let mut found = Vec::new();
    for entry in unpack.entries().iter().filter(|entry| solution::lists_references(entry)) {
        found.extend(solution::references(&unpack.bytes(entry)?)?);
    }
    Ok(found)
}

fn one(unpack: &mut Unpack, entry: &Entry) -> Packed {
    let flow = unpack.bytes(entry).and_then(|bytes| flow(&bytes));
    Packed { place: entry.place.clone(), flow, connections: Vec::new() }
}

/// JSON files that somebody put into an archive by themselves.
fn loose(unpack: &mut Unpack, entries: &[Entry]) -> Result<Vec<Packed>, ReadError> {
    let files = entries.iter().filter(|entry| entry.ends_with(".json"));
    let found: Vec<Packed> = files.map(|entry| one(unpack, entry)).collect();
    // Other JSON in it is no flow that couldn't be read; what could not even be unpacked may be one.
    let is_flow = |packed: &Packed| packed.flow.as_ref().err().is_none_or(ReadError::is_about_the_archive);
    let found: Vec<Packed> = found.into_iter().filter(is_flow).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let nested = entries.iter().any(|entry| entry.ends_with(".zip"));
    Err(ReadError::new(Kind::NotAFlow(if nested {
        "the archive holds another archive; unpack it and give that one"
    } else {
        "the archive is neither an export package nor a solution, and no JSON file in it is a flow"
    })))
}

/// What solutions call their flows, read once for each file that says so.
struct Solutions<'a> {
    entries: &'a [Entry],
    read: HashMap<usize, Result<Vec<Workflow>, ReadError>>,
}

impl Solutions<'_> {
    /// Gives a flow its name and the id of its row. A file with the names that can't be read is a gap of the flow.
    fn name(&mut self, unpack: &mut Unpack, entry: &Entry, reading: &mut Reading<Flow>) {
        for names in solution::names_of(self.entries, entry) {
            let workflows = self.read.entry(names.index).or_insert_with(|| unpack.bytes(names).and_then(|bytes| solution::workflows(&bytes)));
            match workflows {
                Ok(workflows) => {
                    if let Some(workflow) = workflows.iter().find(|workflow| entry.ends_with(&workflow.file)) {
                        reading.found.display_name.clone_from(&workflow.name);
                        reading.found.workflow_id.clone_from(&workflow.id);
                        return;
                    }
                }
                Err(error) => reading.gaps.push(Gap { place: names.place.clone(), what: error.to_string() }),
            }
        }
        reading.found.display_name = reading.found.display_name.take().or_else(|| solution::name_in_place(&entry.place));
    }
}
