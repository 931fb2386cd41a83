//! What keeps a document from being read at all.

use std::fmt;

/// Nothing of the kind that was asked for could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Longer than the limit, in bytes.
    TooLong(usize),
    /// Neither UTF-8 nor UTF-16.
    NotText,
    /// No JSON; the line where it stopped making sense.
    NotJson(usize),
    /// Nested deeper than is read.
    TooDeep,
    /// JSON, but no flow.
    NotAFlow(&'static str),
    /// JSON, but no list of connections.
    NotConnections,
    /// JSON, but not what the designer's store holds.
    NotADesigner,
    /// JSON, but no list of people.
    NotPeople,
    /// Rows of something else than connection references.
    NotReferences,
}

impl ReadError {
    pub(super) const fn new(kind: Kind) -> Self {
        Self(kind)
    }

    /// A stable name of the kind of error, for callers that tell people what to do.
    #[must_use]
    pub const fn kind_name(&self) -> &'static str {
        match self.0 {
            Kind::TooLong(_) => "too_long",
            Kind::NotText => "not_text",
            Kind::NotJson(_) => "not_json",
            Kind::TooDeep => "too_deep",
            Kind::NotAFlow(_) => "not_a_flow",
            Kind::NotConnections => "not_connections",
            Kind::NotADesigner => "not_a_designer",
            Kind::NotPeople => "not_people",
            Kind::NotReferences => "not_references",
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::TooLong(limit) => write!(f, "longer than {} MB, which is the most that is read", limit / 1024 / 1024),
            Kind::NotText => f.write_str("neither UTF-8 nor UTF-16 text"),
            Kind::NotJson(line) => write!(f, "not JSON: it stops making sense on line {line}"),
            Kind::TooDeep => f.write_str("nested deeper than any flow"),
            Kind::NotAFlow(what) => write!(f, "no flow in it: {what}"),
            Kind::NotConnections => f.write_str("no connections in it: neither a list of them nor a single one"),
            Kind::NotADesigner => f.write_str("not what the designer holds: no table of connections in it"),
            Kind::NotReferences => f.write_str("no rows of connection references in it"),
            Kind::NotPeople => f.write_str("no list of owners or users in it"),
        }
    }
}

impl std::error::Error for ReadError {}
