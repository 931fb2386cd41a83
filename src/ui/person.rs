//! People as they are shown everywhere: intended accounts square, everybody else round, the unknown dashed.

use super::node::{Element, Node, Tag, el, name};
use super::{Attr, Icon};
use crate::audit::{Judged, Verdict};
use crate::model::Account;
use crate::words::Text;

/// How somebody stands to what is intended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Isn't an intended account.
    Mismatch,
    /// Is one, and acts.
    Intended,
    /// Nobody knows.
    Unknown,
    /// Whoever runs the flow.
    RunOnly,
    /// Nothing is said about it here.
    Plain,
    /// An intended account, where nothing is said about operations.
    Chosen,
}

impl Manner {
    /// Its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Mismatch => "mismatch",
            Self::Intended => "intended",
            Self::Unknown => "unknown",
            Self::RunOnly => "run-only",
            Self::Plain => "plain",
            Self::Chosen => "chosen",
        }
    }

    /// The sign that says the same without a colour.
    #[must_use]
    pub const fn sign(self) -> Option<Icon> {
        match self {
            Self::Mismatch => Some(Icon::Change),
            Self::Intended => Some(Icon::Check),
            Self::Unknown => Some(Icon::Question),
            Self::RunOnly => Some(Icon::RunOnly),
            Self::Plain | Self::Chosen => None,
        }
    }

    /// How an operation stands; none where it needs no connection.
    #[must_use]
    pub const fn of(verdict: &Verdict) -> Option<Self> {
        match verdict {
            Verdict::AsIntended => Some(Self::Intended),
            Verdict::Mismatch { .. } => Some(Self::Mismatch),
            Verdict::Unknown { .. } => Some(Self::Unknown),
            Verdict::RunOnly => Some(Self::RunOnly),
            Verdict::NoConnection => None,
        }
    }
}

/// The mark with somebody's initials.
#[must_use]
pub fn avatar(account: Option<&Account>, manner: Manner) -> Element {
    let mark = el(Tag::Span, "avatar").class(true, manner.class()).attr(Attr::Decoration);
    match account.map(Account::initials).filter(|initials| !initials.is_empty()) {
        Some(initials) => mark.with(name(initials)),
        None if manner == Manner::RunOnly => mark.with(Icon::RunOnly),
        None => mark.with(name("?")),
    }
}

/// Who acts in an operation, as a mark.
#[must_use]
pub fn face(judged: &Judged) -> Option<Element> {
    Manner::of(&judged.verdict).map(|manner| avatar(judged.face(), manner))
}

/// Somebody's name, and the address below where it says more.
#[must_use]
pub fn called(account: &Account) -> Element {
    let short = account.short_name();
    let address = account.address().filter(|address| *address != short);
    el(Tag::Span, "who").with(el(Tag::B, "ellipsis").with(name(short))).maybe(address.map(|address| el(Tag::Span, "address ellipsis").with(name(address))))
}

/// Somebody's name, else that nobody is known.
#[must_use]
pub fn short(account: Option<&Account>) -> Node {
    match account.map(Account::short_name).filter(|name| !name.is_empty()) {
        Some(short) => name(short),
        None => Text::new("people_unknown").into(),
    }
}
