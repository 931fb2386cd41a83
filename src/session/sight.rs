//! The picture that the facts give: the one thing that paint and panel are made from.

use std::collections::BTreeMap;

use super::facts::environment_key;
use super::{Facts, Kept, Pool, Session, flow_key};
use crate::audit::{Audit, Checklist, Intent, Known, Record, checklist, judge};
use crate::paint::{self, Paint};
use crate::portal::View;

/// The flow that the document shows, judged.
pub struct Sight<'a> {
    /// What was read.
    pub facts: &'a Facts,
    /// The environment's connections.
    pub pool: Option<&'a Pool>,
    /// What the audit was made from.
    pub known: Known<'a>,
    /// Who should stand behind it.
    pub intent: Intent,
    /// Whether the intention is this flow's own.
    pub intent_is_own: bool,
    /// What people decided.
    pub record: Record,
    /// The audit.
    pub audit: Audit,
}

impl Sight<'_> {
    /// The checklist.
    #[must_use]
    pub fn checklist(&self) -> Checklist<'_> {
        checklist(&self.audit, &self.known, &self.intent, &self.record)
    }

    /// Whether something is still on its way: the flow, or its connections, with nothing said yet of why not.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        use crate::protocol::Asked;
        let flow = self.known.saved.is_none() && self.known.designer.is_none() && self.facts.trouble(Asked::Flow).is_none();
        let names_a_connection = self.known.saved.is_some_and(|flow| flow.references.iter().any(|reference| reference.connection.is_some()));
        flow || names_a_connection && !self.known.connections_read && self.facts.trouble(Asked::FlowConnections).is_none()
    }
}

impl Session {
    /// The flow that the document shows, as far as anything is known of it.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        let flow = self.place.as_ref()?.flow.as_deref()?;
        self.flows.iter().find(|facts| facts.is(flow))
    }

    /// The flow that the document shows, judged; none where it shows no flow.
    #[must_use]
    pub fn sight(&self, kept: &Kept) -> Option<Sight<'_>> {
        let facts = self.facts()?;
        let key = environment_key(&facts.environment);
        let pool = self.pools.iter().find(|pool| pool.environment == key);
        let known = Known {
            saved: facts.saved.as_ref().map(|saved| &saved.flow),
            designer: facts.designer(self.moved),
            connections: pool.map_or(&[], |pool| &pool.connections),
            connections_read: facts.picker.is_some() || pool.is_some_and(|pool| pool.seen.is_some()),
            listed: facts.listed.as_deref(),
            picker: facts.picker.as_deref().unwrap_or_default(),
            signed_in: self.signed_in.as_ref(),
            flow_owners: &facts.owners,
        };
        let key = flow_key(&facts.environment, &facts.id);
        let intent = kept.intent(&key);
        let record = kept.record(&key);
        let audit = judge(&known, &intent);
        Some(Sight { facts, pool, known, intent, intent_is_own: record.accounts.is_some(), record, audit })
    }

    /// What to draw on the designer.
    #[must_use]
    pub fn paint(&self, kept: &Kept) -> Paint {
        if let Some(rows) = self.rows_of_pane(kept) {
            return Paint { rows, ..Paint::default() };
        }
        let designing = self.place.as_ref().is_some_and(|place| place.view.is_designer());
        let Some(sight) = self.sight(kept).filter(|_| designing) else {
            return Paint::default();
        };
        let listed = |node: &str| sight.known.designer.is_some_and(|designer| designer.nodes.iter().any(|known| known.id == node));
        let marks = sight.audit.operations.iter().filter_map(|judged| Some((judged.node.clone(), paint::mark(judged, listed(&judged.node))?))).collect();
        let bar = paint::bar(sight.facts.id.clone(), &sight.audit, sight.is_reading(), self.current.as_deref());
        Paint { bar: Some(bar), marks, rows: BTreeMap::new(), highlight: self.highlight, owners: self.owners }
    }

    /// What the rows of the connections pane say; none anywhere but on the details page.
    fn rows_of_pane(&self, kept: &Kept) -> Option<BTreeMap<String, paint::Row>> {
        let place = self.place.as_ref().filter(|place| place.view == View::Details);
        let sight = self.sight(kept).filter(|_| place.is_some())?;
        let saved = sight.facts.saved.as_ref()?;
        Some(paint::rows(&sight.audit, &saved.flow, sight.known.connections, saved.gaps.is_empty() && !saved.old))
    }
}
