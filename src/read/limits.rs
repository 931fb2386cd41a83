//! How much of a document is read. Beyond it stands a sentence, never a freeze: the rooms after this one pay for each operation, reference and row more than once.
//! The longest document and its depth stand with the JSON reader, an archive's limits with `archive::unpack`.

use super::error::{Kind, ReadError};

/// The most values of a document, those that are left out while reading not counted: each takes some hundred bytes of memory, however short it is in the text. An operation
/// has about fifty, the largest real flow about ten thousand.
pub(super) const MOST_VALUES: usize = 500_000;

/// The most operations of a flow: ten times the largest of 1,214 real flows, which has 256. A stress file of Logic Apps has 1,000.
pub(super) const MOST_OPERATIONS: usize = 2_500;

/// The most references of a flow, or of the designer's store. Real flows have up to 11.
pub(super) const MOST_REFERENCES: usize = 1_000;

/// The most rows of one list: connections, people, rows of Dataverse. Services page their lists long before; an administrator's export of one environment has some thousand.
pub(super) const MOST_ROWS: usize = 5_000;

/// The longest name of an operation, a case, a node or a reference, in bytes. The longest seen has 92; each operation repeats the names of all around it.
pub(super) const LONGEST_NAME: usize = 512;

/// The most that the names around all operations of a flow come to, in bytes: a thousand operations, each nine deep with the longest names seen, have half of it.
pub(super) const MOST_OF_NAMES: usize = 2 * 1024 * 1024;

/// The most operations within one another. The deepest of 1,214 real flows has 9.
pub(super) const MOST_DEPTH: usize = 32;

/// The longest of all other texts that are taken, in bytes: labels, ids, expressions. What is longer says nothing that anybody could read.
pub(super) const LONGEST_TEXT: usize = 2_048;

/// The most gaps that are told; after some hundred nobody reads on.
pub(super) const MOST_GAPS: usize = 200;

/// Whether there are no more than these.
///
/// # Errors
/// Where there are: of what, and how many are read.
pub(super) const fn at_most(count: usize, most: usize, of: &'static str) -> Result<(), ReadError> {
    if count > most { Err(ReadError::new(Kind::TooMany { of, most })) } else { Ok(()) }
}

/// Whether a name is one that people or services give.
///
/// # Errors
/// Where it is longer.
pub(super) const fn short(name: &str) -> Result<(), ReadError> {
    if name.len() > LONGEST_NAME { Err(ReadError::new(Kind::LongName(LONGEST_NAME))) } else { Ok(()) }
}
