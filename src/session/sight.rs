//! The picture that the facts give: the one thing that paint and panel are made from.

use std::collections::{BTreeMap, HashSet};

use super::facts::environment_key;
use super::{Facts, Kept, Pool, Session, flow_key};
use crate::audit::{Audit, Checklist, Directory, Intent, Judged, Known, Level, Record, checklist, judge, relapses};
use crate::model::{Account, Connection};
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
    /// For how much the person said something that fits here, from special to general.
    pub own_levels: Vec<Level>,
    /// Places in the organisation's policy that could not be read.
    pub faults: Vec<String>,
    /// Whether we may ask for what the page doesn't load.
    pub may_ask: bool,
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

    /// The names of the operations that an item of the checklist stands for; none where it stands for something else.
    #[must_use]
    pub fn operations_of(&self, item: &str) -> Vec<String> {
        let checklist = self.checklist();
        let group = checklist.groups.iter().chain(&checklist.unknown).find(|group| group.id == item);
        group.map(|group| group.operations.iter().map(|judged| judged.name.clone()).collect()).unwrap_or_default()
    }

    /// The operations that came after the first look in a name that was to go.
    #[must_use]
    pub fn relapses(&self) -> Vec<&Judged> {
        relapses(&self.audit, self.record.first_look.as_ref())
    }

    /// Everybody that was named here.
    #[must_use]
    pub fn directory(&self) -> Directory {
        Directory::new(self.known.connections, self.known.flow_owners.iter().chain(self.known.signed_in))
    }

    /// Whether something is still on its way: the flow, or its connections, with nothing said yet of why not.
    #[must_use]
    pub fn is_reading(&self) -> bool {
        use crate::protocol::Asked;
        let flow = self.known.saved.is_none() && self.known.designer.is_none() && self.facts.trouble(Asked::Flow).is_none();
        let names_a_connection = self.known.saved.is_some_and(|flow| flow.references.iter().any(|reference| reference.connection.is_some()));
        self.may_ask && (flow || names_a_connection && !self.known.connections_read && self.facts.trouble(Asked::FlowConnections).is_none())
    }
}

impl Session {
    /// The flow that the document shows, as far as anything is known of it.
    #[must_use]
    pub fn facts(&self) -> Option<&Facts> {
        let flow = self.place.as_ref()?.flow.as_deref()?;
        self.flows.iter().find(|facts| facts.is(flow))
    }

    /// Who is signed in, and their tenant; none while the page has used no token.
    #[must_use]
    pub fn signed_in(&self) -> Option<(&Account, &str)> {
        self.signed_in.as_ref().zip(self.tenant.as_deref())
    }

    /// An account with everything that this document knows of it; none where that is nothing more.
    #[must_use]
    pub fn known(&self, account: &Account) -> Option<Account> {
        let directory = Directory::new(self.pools.iter().flat_map(|pool| &pool.connections), []);
        directory.number(account).map(|_| directory.complete(account))
    }

    /// The connections seen in the environment of the flow that the document shows.
    #[must_use]
    pub fn connections(&self) -> &[Connection] {
        let key = self.facts().map(|facts| environment_key(&facts.environment));
        self.pools.iter().find(|pool| Some(&pool.environment) == key.as_ref()).map_or(&[], |pool| &pool.connections)
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
        let intent = kept.intent(&facts.environment, &facts.id);
        let fitting = kept.rules(&facts.environment, &facts.id).fitting(&facts.environment, None);
        let own_levels = fitting.iter().map(|fitting| fitting.origin).filter(|origin| !origin.managed).map(|origin| origin.level).collect();
        let record = kept.record(&key);
        let audit = judge(&known, &intent);
        Some(Sight { facts, pool, known, own_levels, faults: kept.policy.faults.clone(), may_ask: kept.may_ask(), intent, record, audit })
    }

    /// What to draw on the designer.
    #[must_use]
    pub fn paint(&self, kept: &Kept) -> Paint {
        self.painted(self.sight(kept).as_ref(), kept)
    }

    /// The same, of what is judged already.
    pub(super) fn painted(&self, sight: Option<&Sight>, kept: &Kept) -> Paint {
        let Some((place, sight)) = self.place.as_ref().zip(sight) else { return Paint::default() };
        if let Some(rows) = (place.view == View::Details).then(|| sight.rows()).flatten() {
            return Paint { rows, look: kept.look, ..Paint::default() };
        }
        if !place.view.is_designer() {
            return Paint::default();
        }
        let nodes: HashSet<&str> = sight.known.designer.iter().flat_map(|designer| &designer.nodes).map(|node| node.id.as_str()).collect();
        let listed = |node: &str| nodes.contains(node);
        let marks = sight
            .audit
            .operations
            .iter()
            .filter_map(|judged| Some((judged.node.clone(), paint::mark(judged, listed(&judged.node), kept.look.labels)?)))
            .collect();
        let bar = paint::bar(sight.facts.id.clone(), &sight.audit, &sight.relapses(), sight.is_reading(), self.current.as_deref());
        Paint { bar: Some(bar), marks, rows: BTreeMap::new(), highlight: self.highlight, owners: self.owners, look: kept.look }
    }
}

impl Sight<'_> {
    /// What the rows of the connections pane say, once the flow was read.
    fn rows(&self) -> Option<BTreeMap<String, paint::Row>> {
        let saved = self.facts.saved.as_ref()?;
        Some(paint::rows(&self.audit, &saved.flow, self.known.connections, saved.gaps.is_empty() && !saved.old))
    }
}
