//! What a document of the portal has to do with a sweep: it can carry one's requests, and what it shows of a flow is news.

use serde::Serialize;

use super::parts::{Sweep, sweep_key};
use super::take::Opened;
use crate::model::{Account, Environment};
use crate::protocol::SweepOutcome;
use crate::session::Session;

/// Where a document is, and who is signed in there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Whereabouts {
    /// The key of the sweep that it belongs to.
    pub key: String,
    /// The environment's id.
    pub environment: String,
    /// The portal's host.
    pub host: String,
    /// Object id of whoever is signed in.
    pub account: String,
    /// Their tenant.
    pub tenant: String,
    /// The name of whoever is signed in, where an answer told it.
    pub name: Option<String>,
}

impl Whereabouts {
    /// Of a document in sight; none while it isn't known who is signed in there, or to which environment it belongs.
    #[must_use]
    pub fn of(session: &Session) -> Option<Self> {
        let place = session.place.as_ref().filter(|_| session.shown)?;
        let (account, tenant) = session.signed_in()?;
        let environment = place.environment.clone().filter(|id| Environment::is_id(id))?;
        let id = account.address()?.to_owned();
        let name = session.known(account).map(|account: Account| account.address().map_or_else(|| account.short_name(), str::to_owned));
        Some(Self { key: sweep_key(&environment, &id), environment, host: place.host.clone(), account: id, tenant: tenant.to_owned(), name })
    }
}

impl Sweep {
    /// A document shows a flow that was swept: what it holds now is taken over. None where nothing is new.
    pub fn look(&mut self, key: &str, session: &Session, at: f64) -> Option<SweepOutcome> {
        let facts = session.facts()?;
        let saved = facts.saved.as_ref().filter(|saved| !saved.old)?;
        let index = self.place(&facts.id).or_else(|| self.place(saved.flow.id.as_deref()?))?;
        let connections = session.connections();
        let opened = Opened { flow: &saved.flow, gaps: saved.gaps.len(), connections, at };
        if !self.opened(index, &opened) {
            return None;
        }
        let (keep, delete) = self.stored(key);
        Some(SweepOutcome { keep, delete, asks: Vec::new(), carrier: self.head.carrier.clone(), wants_carrier: false })
    }
}
