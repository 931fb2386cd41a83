//! Which rule decides for each operation, and why: the more special ones first, those that fit but don't decide with them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Kept, Session};
use crate::audit::{Fitting, Verdict};
use crate::model::connector_name;

/// The operations of one connector, and the rules that fit them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explained {
    /// The connector's id.
    pub connector: Option<String>,
    /// The connector's name as people know it.
    pub connector_name: String,
    /// The operations by their titles.
    pub operations: Vec<String>,
    /// The rules, the one that decides first; none: nobody has said.
    pub rules: Vec<Fitting>,
    /// Whether the organisation doesn't leave it to the person.
    pub locked: bool,
}

/// The rules of the flow that the document shows, by connector; none where it shows no flow.
#[must_use]
pub fn explained(session: &Session, kept: &Kept) -> Option<Vec<Explained>> {
    let sight = session.sight(kept)?;
    let rules = kept.rules(&sight.facts.environment, &sight.facts.id);
    let mut found: BTreeMap<Option<&str>, Explained> = BTreeMap::new();
    for judged in sight.audit.operations.iter().filter(|judged| judged.verdict != Verdict::NoConnection) {
        let connector = judged.connector.as_deref();
        let explained = found.entry(connector).or_insert_with(|| Explained {
            connector: judged.connector.clone(),
            connector_name: connector_name(connector, judged.connector_name.as_deref()),
            operations: Vec::new(),
            rules: rules.fitting(&sight.facts.environment, connector),
            locked: sight.intent.of(connector).locked,
        });
        explained.operations.push(judged.title());
    }
    Some(found.into_values().collect())
}
