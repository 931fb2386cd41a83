//! Strange input is data: what a reader could not make sense of, and where.

use serde::{Deserialize, Serialize};

/// One thing a reader met and could not use. The rest of the document was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Where in the document: keys from the outside in, joined by `/` (a JSON pointer without its first slash).
    pub place: String,
    /// What was found there: lower case, no full stop, never a value from the document.
    pub what: String,
}

/// What a reader returns: what it could read, and the gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// What was read.
    pub found: T,
    /// What could not be read, in the order in which it was met.
    pub gaps: Vec<Gap>,
}
