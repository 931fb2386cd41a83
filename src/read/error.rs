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
    /// More of something than is read.
    TooMany {
        /// Of what.
        of: &'static str,
        /// How many are read.
        most: usize,
    },
    /// A name longer than this, in bytes.
    LongName(usize),
    /// JSON, but no flow.
    NotAFlow(&'static str),
    /// JSON, but no list of connections.
    NotConnections,
    /// JSON, but no list of flows.
    NotFlows,
    /// JSON, but not what the designer's store holds.
    NotADesigner,
    /// JSON, but no list of people.
    NotPeople,
    /// Rows of something else than connection references.
    NotReferences,
    /// Starts as a zip archive and can't be opened.
    NotAnArchive,
    /// More entries in an archive than are looked through.
    TooManyEntries(usize),
    /// An entry that is encrypted.
    Encrypted,
    /// An entry that is packed in a way that isn't known here.
    PackedOtherwise,
    /// An entry that isn't what the archive says of it.
    Damaged,
    /// An entry that would get longer by unpacking than any real file.
    TooTight,
    /// More in an archive than is unpacked, in bytes.
    TooMuch(u64),
    /// No XML.
    NotXml,
}

impl ReadError {
    pub(super) const fn new(kind: Kind) -> Self {
        Self(kind)
    }

    /// Whether it is about how something was packed: what it is was never seen.
    pub(super) const fn is_about_the_archive(&self) -> bool {
        matches!(self.0, Kind::Encrypted | Kind::PackedOtherwise | Kind::Damaged | Kind::TooTight | Kind::TooMuch(_) | Kind::TooLong(_))
    }

    /// Whether it is about size: the document may be what it should be, and is larger than anything that is read.
    #[must_use]
    pub const fn is_about_size(&self) -> bool {
        matches!(self.0, Kind::TooLong(_) | Kind::TooDeep | Kind::TooMany { .. } | Kind::LongName(_))
    }

    /// A stable name of the kind of error, for callers that tell people what to do.
    #[must_use]
    pub const fn kind_name(&self) -> &'static str {
        match self.0 {
            Kind::TooLong(_) => "too_long",
            Kind::NotText => "not_text",
            Kind::NotJson(_) => "not_json",
            Kind::TooDeep => "too_deep",
            Kind::TooMany { .. } => "too_many",
            Kind::LongName(_) => "long_name",
            Kind::NotAFlow(_) => "not_a_flow",
            Kind::NotConnections => "not_connections",
            Kind::NotFlows => "not_flows",
            Kind::NotADesigner => "not_a_designer",
            Kind::NotPeople => "not_people",
            Kind::NotReferences => "not_references",
            Kind::NotAnArchive => "not_an_archive",
            Kind::TooManyEntries(_) => "too_many_entries",
            Kind::Encrypted => "encrypted",
            Kind::PackedOtherwise => "packed_otherwise",
            Kind::Damaged => "damaged",
            Kind::TooTight => "too_tight",
            Kind::TooMuch(_) => "too_much",
            Kind::NotXml => "not_xml",
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
            Kind::TooMany { of, most } => write!(f, "more than {most} {of}, which are the most that are read"),
            Kind::LongName(limit) => write!(f, "a name of more than {limit} bytes in it, longer than any flow's"),
            Kind::NotAFlow(what) => write!(f, "no flow in it: {what}"),
            Kind::NotConnections => f.write_str("no connections in it: neither a list of them nor a single one"),
            Kind::NotFlows => f.write_str("no list of flows in it"),
            Kind::NotADesigner => f.write_str("not what the designer holds: no table of connections in it"),
            Kind::NotReferences => f.write_str("no rows of connection references in it"),
            Kind::NotPeople => f.write_str("no list of owners or users in it"),
            Kind::NotAnArchive => f.write_str("not a whole zip archive: its table of contents can't be read"),
            Kind::TooManyEntries(limit) => write!(f, "an archive of more than {limit} files, which are the most that are looked through"),
            Kind::Encrypted => f.write_str("encrypted: archives with a password aren't read"),
            Kind::PackedOtherwise => f.write_str("packed in a way that isn't read here: only plain and deflated files are"),
            Kind::Damaged => f.write_str("damaged: it doesn't unpack to what the archive says of it"),
            Kind::TooTight => f.write_str("packed more tightly than any real file, so it wasn't unpacked"),
            Kind::TooMuch(limit) => write!(f, "in an archive of more than {} MB, which is the most that is unpacked", limit / 1024 / 1024),
            Kind::NotXml => f.write_str("not XML"),
        }
    }
}

impl std::error::Error for ReadError {}
