//! Every message that crosses from one context to another. `tests/fixtures/messages/` holds a sample of each that Rust and JavaScript both read.
//!
//! ```text
//! page.js ─ port ─▶ content.js ─ Event ─▶ background (session) ─ Outcome ─▶ content.js ─ Ask, Reveal ─▶ page.js
//!                                panel ─ Event ─▶ background ─ storage ─▶ panel
//! ```

mod sweep;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use sweep::{SweepEvent, SweepOutcome};

use crate::audit::StepId;
use crate::model::AccountPattern;
use crate::paint::Paint;

/// The version of every message. Both ends ship together; another version means that the extension was updated under an open tab.
pub const VERSION: u32 = 1;

/// The longest answer that is read, in bytes. The largest flow file seen among 1,214 was 350 kB; an answer with swagger documents has megabytes.
pub const MOST_BYTES: usize = 16 * 1024 * 1024;

/// The longest event, in bytes of its JSON text, without the answer that travels beside it. The background lets 32,768 UTF-16 units pass, of three bytes at
/// most; the longest that a person makes is a note.
pub const MOST_OF_EVENT: usize = 3 * 32_768;

/// Why a parcel isn't taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It holds no event of this version.
    Event,
    /// The event, or the answer beside it, is longer than anything that is read.
    Size,
}

/// Checks a parcel: an event as JSON text, and the bytes that travel beside it.
///
/// # Errors
/// Where the text is no event, or anything is too long. Lengths are looked at first: what is too long costs nothing.
pub fn parcel(event: &str, body: &[u8]) -> Result<Event, Unfit> {
    if event.len() > MOST_OF_EVENT || body.len() > MOST_BYTES {
        return Err(Unfit::Size);
    }
    serde_json::from_str(event).map_err(|_| Unfit::Event)
}

/// What happened: in a document with Power Automate in it, or in the panel that looks at it. Times are milliseconds since 1970.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The document is shown, or its address changed without a load.
    Shown {
        /// The document's address.
        address: String,
        /// When.
        at: f64,
    },
    /// The document went out of sight for good or into the back/forward cache.
    Hidden {},
    /// Power Automate got an answer; its text travels beside the event.
    Captured {
        /// The request's method.
        method: String,
        /// The request's address.
        address: String,
        /// The answer's status.
        status: u16,
        /// When it came.
        at: f64,
        /// True when it answers a GET of ours.
        #[serde(default)]
        asked: bool,
        /// Seconds of a `Retry-After` header, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<f64>,
    },
    /// Who is signed in: object id and tenant id, the two claims that are read from the page's own token. The token itself never crosses.
    SignedIn {
        /// The account's object id.
        account: String,
        /// Its tenant.
        tenant: String,
    },
    /// The designer's store holds something new; its slices travel beside the event as JSON text.
    Designer {
        /// The document's address when they were read.
        address: String,
        /// When.
        at: f64,
    },
    /// The designer is gone from the page.
    DesignerGone {},
    /// How many of the marked operations the page shows or lists.
    Found {
        /// Found so far.
        count: usize,
    },
    /// How many rows of the flow's connections pane could be told apart and are marked.
    Rows {
        /// Marked now.
        count: usize,
    },
    /// A GET of ours could not be made, or got no answer at all.
    Unanswered {
        /// Which.
        ask: Asked,
        /// About which flow: the page may show another by now. Empty: about the one in sight.
        #[serde(default)]
        flow: String,
        /// `no_token` (the page hasn't used one for that service yet), `offline`, `too_large`, `timeout`.
        why: String,
    },
    /// An operation could not be revealed.
    NotRevealed {
        /// The designer's id of it.
        node: String,
    },
    /// Somebody says who should stand behind the flow, or behind every flow.
    Intend {
        /// The accounts; none takes the intention back.
        accounts: Vec<AccountPattern>,
        /// For which flows.
        scope: Scope,
        /// When.
        #[serde(default)]
        at: f64,
    },
    /// Whether the sign-in account alone decides.
    SignInAlone {
        /// Yes or no.
        on: bool,
    },
    /// Mismatches shall stand out, or no longer.
    Highlight {
        /// Yes or no; none: the other way.
        on: Option<bool>,
    },
    /// Every operation shall carry its label, or no longer.
    Owners {
        /// Yes or no; none: the other way.
        on: Option<bool>,
    },
    /// Show the next or the previous operation that is to change.
    Step {
        /// Forward or back.
        forward: bool,
    },
    /// Show this operation on the designer.
    Reveal {
        /// The designer's id of it.
        node: String,
    },
    /// A step is ticked by hand, or unticked.
    Tick {
        /// Which.
        step: StepId,
        /// Yes or no.
        on: bool,
        /// When.
        at: f64,
    },
    /// An item is ticked by hand, or unticked.
    TickItem {
        /// The item's id.
        item: String,
        /// Yes or no.
        on: bool,
        /// When.
        at: f64,
    },
    /// An item stays as it is, or no longer.
    Dismiss {
        /// The item's id.
        item: String,
        /// The reason in the person's words; none takes the dismissal back.
        reason: Option<String>,
        /// When.
        at: f64,
    },
    /// A note on an item or a step.
    Note {
        /// The item's id.
        item: String,
        /// The note; none or nothing but blanks takes it away.
        text: Option<String>,
        /// When.
        at: f64,
    },
    /// The newest decision about the flow is taken back.
    Undo {
        /// The time of that decision: said twice, it is taken back once.
        of: f64,
    },
    /// The checklist starts over; the state of now becomes the first look.
    Reset {
        /// When.
        at: f64,
    },
    /// Read again what can be read.
    Refresh {
        /// When.
        at: f64,
    },
    /// Nothing happened, but whoever asks wants the present picture (after a restart of the worker, or a change of settings).
    Look {},
}

/// How far an intention reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// This flow.
    Flow,
    /// Every flow of the environment that has no intention of its own.
    Environment,
    /// Every flow that has no intention of its own.
    Everywhere,
}

/// The closed set of GETs that the page may be asked for. Ids cross, never addresses: the page's side builds the address and refuses anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// The flow itself.
    Flow,
    /// The flow's picker list.
    FlowConnections,
    /// The environment's connections, only where the page has used that service's token already.
    Connections,
    /// A sweep's: the flows that the person owns, and all others that the service lists without being asked for more.
    Flows,
    /// A sweep's: the flows that others share with the person.
    SharedFlows,
}

/// A GET to make with the page's own token.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// What for.
    pub what: Asked,
    /// The environment's id.
    pub environment: String,
    /// The flow's id.
    pub flow: String,
    /// How long to wait first, in milliseconds: the page may load it by itself, and a service that asked for patience gets it.
    pub after: u32,
    /// A sweep's: by what its answer is known. Such an ask is one request, whatever the page loads by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// A sweep's: which page of a list, from 0. Where the page before it ended, only the page's script knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl Ask {
    /// For a document's own flow.
    #[must_use]
    pub const fn new(what: Asked, environment: String, flow: String, after: u32) -> Self {
        Self { what, environment, flow, after, number: None, page: None }
    }
}

/// An operation to bring into view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reveal {
    /// The designer's id of it.
    pub node: String,
    /// The ids of what encloses it, outermost first.
    pub path: Vec<String>,
    /// Its name as people see it, for the designer's own search.
    pub title: String,
}

/// What follows from an event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The version of this message.
    pub version: u32,
    /// The new picture, if it changed or was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paint: Option<Paint>,
    /// GETs to make.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Ask>,
    /// An operation to bring into view.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reveal: Option<Reveal>,
    /// The toolbar's number; empty: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// Whether the session changed and is to be stored.
    pub changed: bool,
    /// What to keep in local storage, by its key there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keep: BTreeMap<String, Value>,
}
