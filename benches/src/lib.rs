//! The core as it is measured: bytes of a flow in, an audit as text out. The same natively and in WebAssembly; `reader.js` does the same in JavaScript.

#[cfg(target_arch = "wasm32")]
mod web;

use connection_lens::audit::{Counts, Intent, Judged, Known, Verdict, judge};
use connection_lens::model::{AccountPattern, Connection};
use connection_lens::protocol::Event;
use connection_lens::read::{self, ReadError};
use connection_lens::session::{Kept, Session};
use serde::Serialize;
use serde_json::json;

/// What flows are judged against: read once, as the product does.
pub struct Bench {
    connections: Vec<Connection>,
    intent: Intent,
}

impl Bench {
    /// The environment's connections, as the service answers them, and the intended account.
    ///
    /// # Errors
    /// Where the list isn't one.
    pub fn new(connections: &[u8], intended: &str) -> Result<Self, ReadError> {
        let accounts = AccountPattern::new(intended).into_iter().collect();
        Ok(Self { connections: read::connections(connections)?.found.list, intent: Intent::of_all(accounts, false) })
    }

    /// Reads and judges a flow. What is told of it is little, so that telling isn't what is measured.
    ///
    /// # Errors
    /// Where it isn't one.
    pub fn audit(&self, flow: &[u8]) -> Result<String, ReadError> {
        let reading = read::flow(flow)?;
        let audit = judge(&Known { saved: Some(&reading.found), connections: &self.connections, connections_read: true, ..Known::default() }, &self.intent);
        let Counts { operations, with_connection, as_intended, mismatch, unknown, run_only, .. } = audit.counts;
        let row = |judged: &Judged| (judged.name.clone(), judged.reference.clone(), judged.connection.clone(), word(&judged.verdict));
        let told = Told {
            counts: [operations, with_connection, as_intended, mismatch, unknown, run_only],
            operations: audit.operations.iter().map(row).collect(),
            leftovers: audit.leftovers.iter().map(|leftover| leftover.id.as_str()).collect(),
        };
        Ok(serde_json::to_string(&told).unwrap_or_default())
    }
}

/// What is told of an audit: name, reference, connection and verdict of each operation.
#[derive(Serialize)]
struct Told<'a> {
    counts: [usize; 6],
    operations: Vec<(String, Option<String>, Option<String>, &'static str)>,
    leftovers: Vec<&'a str>,
}

const fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::AsIntended => "as_intended",
        Verdict::Mismatch { .. } => "mismatch",
        Verdict::Unknown { .. } => "unknown",
        Verdict::RunOnly => "run_only",
        Verdict::NoConnection => "no_connection",
    }
}

/// What an answer is fed with: everything that the background does when Power Automate loads a flow.
pub struct Fed {
    events: [String; 2],
    items: String,
}

impl Fed {
    /// For the flow of this id.
    #[must_use]
    pub fn new(environment: &str, flow: &str, intended: &str) -> Self {
        let page = format!("https://make.powerautomate.com/environments/{environment}/flows/{flow}?v3=true");
        let service =
            format!("https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments/{environment}/flows/{flow}?api-version=2016-11-01");
        let events = [
            json!({ "kind": "shown", "address": page, "at": 1.0 }),
            json!({ "kind": "captured", "method": "GET", "address": service, "status": 200, "at": 2.0, "asked": false }),
        ];
        Self { events: events.map(|event| event.to_string()), items: json!({ "settings": { "accounts": [intended] } }).to_string() }
    }

    /// The events as text, and what local storage holds: for the WebAssembly's door.
    #[must_use]
    pub fn told(&self) -> String {
        json!({ "events": self.events, "items": self.items }).to_string()
    }

    /// A new document shows the flow; what follows, as text.
    #[must_use]
    pub fn feed(&self, flow: &[u8]) -> String {
        let mut kept = serde_json::from_str(&self.items).map(|items| Kept::from_items(&items)).unwrap_or_default();
        let mut session = Session::default();
        let mut last = String::new();
        for (event, body) in self.events.iter().zip([&[][..], flow]) {
            if let Ok(event) = serde_json::from_str::<Event>(event) {
                last = serde_json::to_string(&session.feed(&event, body, &mut kept)).unwrap_or_default();
            }
        }
        last
    }
}
