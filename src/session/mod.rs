//! One document's state machine: event → state → effects. Sans-IO: the browser shells carry events in and outcomes out,
//! so every order of events and every fault can be played in a native test.
//!
//! The state holds reduced facts, never bodies. Everything said about them (verdicts, paint, checklist) is computed anew,
//! so the panel, which reads the same state, always comes to the same picture as the background.

mod asks;
mod contracts;
mod decide;
mod explained;
mod facts;
mod feed;
mod file;
mod kept;
mod policy;
mod record;
mod settings_file;
mod shed;
mod sight;
mod witness;

use serde::{Deserialize, Serialize};

pub use contracts::{Contract, Holds, contracts, shapes};
pub use explained::{Explained, explained};
pub use facts::{Facts, Live, Pool, Saved, Seen, Trouble};
pub use file::from_file;
pub use kept::{Kept, Settings, flow_key};
pub use policy::Policy;
pub use settings_file::{APPEARANCE, from_settings_file, settings_file};
pub use sight::Sight;
pub use witness::{Kind, Witness};

use crate::model::{Account, Environment};
use crate::portal::Place;
use crate::protocol::Event;

/// The version of the stored state. Another one is set aside, and the page is read anew.
const STATE_VERSION: u32 = 2;

/// Flows remembered per document: back and forward between a few needs no new reading.
const MOST_FLOWS: usize = 4;

/// Environments whose connections are remembered per document: a page shows one.
const MOST_POOLS: usize = 2;

/// The longest state that is stored, in bytes. The browsers' session storage refuses more than 10 MB for all documents together; the largest real flow, of 256
/// operations, makes about 150 KB.
const MOST_STATE: usize = 4 * 1024 * 1024;

/// Events that the background holds back for a document, at most (`background/core.js`).
const MOST_HELD: usize = 20;

/// Everything known in one document (tab, frame, load).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts about a document")]
pub struct Session {
    version: u32,
    /// Whether the document is in sight.
    pub shown: bool,
    /// When it was last shown, in milliseconds since 1970: the panel shows the newest document of a tab.
    pub shown_at: f64,
    /// Where the document is.
    pub place: Option<Place>,
    /// Whether its address changed since it was loaded: then the designer may still hold the flow before.
    moved: bool,
    flows: Vec<Facts>,
    pools: Vec<Pool>,
    signed_in: Option<Account>,
    tenant: Option<String>,
    /// The environments that the page listed, if it did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub environments: Vec<Environment>,
    /// The kinds of answers that the page loaded.
    pub witness: Witness,
    /// Whether mismatches stand out on the designer.
    pub highlight: bool,
    /// Whether every operation carries its label.
    pub owners: bool,
    /// The operation that was last brought into view.
    pub current: Option<String>,
    /// How many of the marked operations the page shows or lists.
    pub found: Option<usize>,
    /// How many rows of the connections pane are marked.
    pub rows: Option<usize>,
    /// The operation that could not be brought into view, if the last attempt failed.
    pub not_revealed: Option<String>,
    /// The text after the last event: to be stored, and to see whether the next one changes anything.
    #[serde(skip)]
    text: Text,
}

/// Beside the facts, and no part of them: two sessions are equal whatever was last told of them.
#[derive(Debug, Clone, Default)]
struct Text(String);

impl PartialEq for Text {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Default for Session {
    fn default() -> Self {
        Self {
            version: STATE_VERSION,
            shown: false,
            shown_at: 0.0,
            place: None,
            moved: false,
            flows: Vec::new(),
            pools: Vec::new(),
            signed_in: None,
            tenant: None,
            environments: Vec::new(),
            witness: Witness::default(),
            highlight: false,
            owners: false,
            current: None,
            found: None,
            rows: None,
            not_revealed: None,
            text: Text::default(),
        }
    }
}

impl Session {
    /// The session that was stored; none where it isn't one of this version. The list of what a page without a flow said is one, too: the background stores
    /// that without asking the core.
    #[must_use]
    pub fn restored(state: &str) -> Option<Self> {
        if state.starts_with('[') {
            return Self::of_held(&serde_json::from_str::<Vec<Event>>(state).ok()?);
        }
        let session = serde_json::from_str::<Self>(state).ok().filter(|session| session.version == STATE_VERSION)?;
        Some(Self { text: Text(state.to_owned()), ..session })
    }

    /// What follows from events that were held back.
    fn of_held(events: &[Event]) -> Option<Self> {
        let is_held = |event: &Event| matches!(event, Event::Shown { .. } | Event::Hidden {} | Event::SignedIn { .. });
        if events.is_empty() || events.len() > MOST_HELD || !events.iter().all(is_held) {
            return None;
        }
        let (mut session, mut kept) = (Self::default(), Kept::default());
        for event in events {
            session.feed(event, &[], &mut kept);
        }
        Some(session)
    }

    /// The session as text to store: reduced facts only.
    #[must_use]
    pub fn stored(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The same after an event, which made the text already.
    #[must_use]
    pub fn as_fed(&self) -> &str {
        &self.text.0
    }
}
