//! A made-up environment: who is signed in, which flows and connections there are, and what may be seen of them.

mod connection;
mod listing;
mod person;
mod reference;
pub(crate) mod uses;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher as _};

use serde_json::{Value, json};

pub(crate) use self::connection::{Connection, Tells};
pub(crate) use self::listing::Wanted;
pub(crate) use self::person::{ANA, BEN, CLEO, DORA, EMIL, FACILITIES, GONE, Person, SERVICE, TENANT};
pub(crate) use self::reference::Reference;
use crate::cloud::Cloud;
use crate::estate::{Estate, Planted, Reads};
use crate::place::Place;

/// What the signed-in person may do with the flows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Access {
    /// Everything.
    #[default]
    Owner,
    /// Look and run.
    RunOnly,
    /// Nothing.
    None,
}

/// The environment.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub environment: String,
    pub me: Person,
    pub access: Access,
    /// The flows; of a large environment those that somebody has changed, or made.
    pub flows: Vec<Value>,
    pub connections: Vec<Connection>,
    pub references: Vec<Reference>,
    pub owners: Vec<Value>,
    /// Where the scenario begins, and with which flow. The flow may be gone.
    pub place: Place,
    pub main: String,
    /// By flow: what hangs on it, in the order in which it came. Saving never takes anything off.
    attached: BTreeMap<String, Vec<String>>,
    /// By flow: a draft that isn't published.
    drafts: BTreeMap<String, Value>,
    /// A large environment, whose flows are made when somebody asks.
    estate: Option<Estate>,
    /// Flows of it that were deleted.
    deleted: BTreeSet<usize>,
}

impl World {
    /// A world in which everything that flows refer to hangs on them.
    pub fn new(flows: Vec<Value>, connections: Vec<Connection>, references: Vec<Reference>) -> Self {
        let owners = [ANA, BEN].map(|person| owner(person, if person == ANA { "Owner" } else { "CanEdit" }));
        let main = flows.first().map(id_of).unwrap_or_default();
        let mut world = Self {
            environment: format!("Default-{TENANT}"),
            me: ANA,
            access: Access::default(),
            flows,
            connections,
            references,
            owners: owners.into(),
            place: Place::default(),
            main,
            attached: BTreeMap::new(),
            drafts: BTreeMap::new(),
            estate: None,
            deleted: BTreeSet::new(),
        };
        for id in world.flows.iter().map(id_of).collect::<Vec<_>>() {
            world.attach(&id);
        }
        world
    }

    /// The world of a large environment.
    pub fn large(estate: Estate) -> Self {
        let mut world = Self::new(Vec::new(), estate.connections().to_vec(), estate.references());
        world.main = estate.planted(0).id;
        world.estate = Some(estate);
        world
    }

    /// What was planted in a large environment's flows, in their order.
    pub fn planted(&self) -> Vec<Planted> {
        self.estate.iter().flat_map(|estate| (0..estate.size()).map(|number| estate.planted(number))).collect()
    }

    /// Who is signed in, as the pages are told.
    pub fn user(&self) -> Value {
        json!({ "displayName": self.me.name, "mail": self.me.mail, "objectId": self.me.id, "tenantId": TENANT })
    }

    /// The environment's own host: its id without dashes, a dot before the last two characters.
    pub fn host(&self, cloud: Cloud) -> String {
        let bare: String = self.environment.to_ascii_lowercase().chars().filter(|c| *c != '-').collect();
        let (start, end) = bare.split_at(bare.len().saturating_sub(2));
        format!("{start}.{end}.environment.{}", cloud.platform())
    }

    /// A flow by its id, or by its row's in Dataverse: addresses within solutions may hold either.
    pub fn flow(&self, id: &str) -> Option<Cow<'_, Value>> {
        let known = self.flows.iter().find(|flow| is(flow, id)).map(Cow::Borrowed);
        known.or_else(|| {
            let estate = self.estate.as_ref()?;
            let number = estate.number(id).filter(|number| !self.deleted.contains(number))?;
            (estate.planted(number).reads != Reads::Gone).then(|| Cow::Owned(estate.flow(number)))
        })
    }

    /// A flow by its place among all.
    pub fn nth(&self, at: usize) -> Option<Cow<'_, Value>> {
        match &self.estate {
            Some(estate) if at < estate.size() => Some(self.flow(&estate.planted(at).id).unwrap_or_else(|| Cow::Owned(estate.flow(at)))),
            Some(estate) => self.flows.get(at - estate.size()).map(Cow::Borrowed),
            None => self.flows.get(at).map(Cow::Borrowed),
        }
    }

    /// What the signed-in person may do with a flow.
    pub fn access_to(&self, id: &str) -> Access {
        let planted = self.estate.as_ref().and_then(|estate| Some(estate.planted(estate.number(id)?)));
        if planted.is_some_and(|planted| planted.reads == Reads::Forbidden) { Access::None } else { self.access }
    }

    /// Writes a flow of a large environment down, before something is done with it; where it stands then.
    fn written(&mut self, id: &str) -> Option<usize> {
        let known = self.flows.iter().position(|flow| is(flow, id));
        known.or_else(|| {
            let flow = self.flow(id)?.into_owned();
            let id = id_of(&flow);
            self.flows.push(flow);
            self.attach(&id);
            Some(self.flows.len() - 1)
        })
    }

    /// The flow's draft, where there is one.
    pub fn draft(&self, id: &str) -> Option<&Value> {
        self.drafts.get(&id_of(&*self.flow(id)?))
    }

    /// Saves what was sent of a flow; the flow as it is then.
    pub fn save(&mut self, id: &str, sent: &Value, as_draft: bool) -> Option<Value> {
        let at = self.written(id)?;
        let flow = self.flows.get_mut(at)?;
        let id = id_of(flow);
        let target = if as_draft { self.drafts.entry(id.clone()).or_insert_with(|| flow.clone()) } else { flow };
        for field in ["displayName", "definition", "connectionReferences", "state"] {
            if let (Some(value), Some(properties)) = (sent["properties"].get(field), target["properties"].as_object_mut()) {
                properties.insert(field.to_owned(), value.clone());
            }
        }
        let saved = target.clone();
        if !as_draft {
            self.drafts.remove(&id);
            self.attach(&id);
        }
        Some(saved)
    }

    /// Makes the draft the flow.
    pub fn publish(&mut self, id: &str) -> Option<Value> {
        match self.draft(id).cloned() {
            Some(draft) => self.save(id, &draft, false),
            None => self.flow(id).map(Cow::into_owned),
        }
    }

    /// A new flow; it gets its id here.
    pub fn create(&mut self, sent: &Value) -> Value {
        let id = guid(&self.flows.len());
        let mut flow = json!({ "name": id, "id": format!("/providers/Microsoft.ProcessSimple/environments/{}/flows/{id}", self.environment), "type": "Microsoft.ProcessSimple/environments/flows" });
        flow["properties"] = sent["properties"].clone();
        flow["properties"]["state"] = json!("Started");
        flow["properties"]["userType"] = json!("Owner");
        flow["properties"]["environment"] = json!({ "name": self.environment });
        flow["properties"]["creator"] = json!({ "tenantId": TENANT, "objectId": self.me.id, "userId": self.me.id, "userType": "ActiveDirectory" });
        self.flows.push(flow.clone());
        self.attach(&id);
        flow
    }

    /// Deletes a flow; whether it was there.
    pub fn delete(&mut self, id: &str) -> bool {
        let before = self.flows.len();
        self.flows.retain(|flow| !is(flow, id));
        let planted = self.estate.as_ref().and_then(|estate| estate.number(id));
        planted.is_some_and(|number| self.deleted.insert(number)) || self.flows.len() < before
    }

    /// What hangs on a flow, as connection ids.
    pub fn attached(&self, id: &str) -> Vec<String> {
        let Some(flow) = self.flow(id) else { return Vec::new() };
        self.attached.get(&id_of(&flow)).cloned().unwrap_or_else(|| self.named(&flow))
    }

    /// What a flow's references name.
    fn named(&self, flow: &Value) -> Vec<String> {
        let references = flow["properties"]["connectionReferences"].as_object().into_iter().flat_map(serde_json::Map::values);
        references.filter_map(|reference| self.behind(reference)).collect()
    }

    fn attach(&mut self, id: &str) {
        let Some(named) = self.flow(id).map(|flow| self.named(&flow)) else { return };
        let attached = self.attached.entry(id.to_owned()).or_default();
        for connection in named {
            if !attached.contains(&connection) {
                attached.push(connection);
            }
        }
    }

    /// Hangs a connection on a flow that no reference names: what is left of an earlier version.
    pub fn leave(&mut self, flow: &str, connection: &str) {
        self.attached.entry(flow.to_owned()).or_default().push(connection.to_owned());
    }

    /// The connection behind a flow's reference, in a solution by way of the row.
    pub fn behind(&self, reference: &Value) -> Option<String> {
        let logical = reference["connectionReferenceLogicalName"].as_str();
        let row = logical.and_then(|logical| self.references.iter().find(|row| row.logical_name == logical));
        match row {
            Some(row) => row.connection.clone(),
            None => reference["connectionName"].as_str().map(str::to_owned),
        }
    }

    /// Takes a connection off a flow. Operations that use it are left without one: the flow is broken then, as in life.
    pub fn detach(&mut self, id: &str, connection: &str) -> bool {
        let Some(flow) = self.written(id).and_then(|at| self.flows.get_mut(at)) else { return false };
        let id = id_of(flow);
        let used = uses::keys(&flow["properties"]["definition"]);
        if let Some(references) = flow["properties"]["connectionReferences"].as_object_mut() {
            references.retain(|key, reference| used.contains(key) || reference["connectionName"] != connection);
            for reference in references.values_mut().filter(|reference| reference["connectionName"] == connection) {
                reference["connectionName"] = Value::Null;
            }
        }
        let logical: Vec<&str> = flow["properties"]["connectionReferences"]
            .as_object()
            .into_iter()
            .flat_map(serde_json::Map::values)
            .filter_map(|reference| reference["connectionReferenceLogicalName"].as_str())
            .collect();
        for row in self.references.iter_mut().filter(|row| logical.contains(&row.logical_name.as_str())) {
            row.connection.take_if(|known| known == connection);
        }
        let Some(attached) = self.attached.get_mut(&id) else { return false };
        let before = attached.len();
        attached.retain(|known| known != connection);
        attached.len() < before
    }

    /// What the signed-in person holds.
    pub fn own_rows(&self) -> Vec<Value> {
        self.connections.iter().filter(|connection| connection.owner == self.me).map(Connection::row).collect()
    }

    /// The list behind a flow's picker: what the person holds, and what the flow embeds of others and may be seen.
    pub fn picker_rows(&self, flow: &str) -> Vec<Value> {
        let attached = self.attached(flow);
        let shown =
            |connection: &&Connection| connection.owner == self.me || connection.owner == SERVICE || connection.visible && attached.contains(&connection.id);
        self.connections.iter().filter(shown).map(Connection::row).collect()
    }

    /// What hangs on a flow and may be seen. Whose connection isn't visible is told by its id alone.
    pub fn attached_rows(&self, flow: &str) -> Vec<Value> {
        let attached = self.attached(flow);
        let row = |id: &String| {
            self.connections.iter().find(|connection| connection.id == *id && (connection.visible || connection.owner == self.me)).map(Connection::row)
        };
        attached.iter().filter_map(row).collect()
    }
}

/// A row of a flow's owners: a role and an id, no name.
pub(crate) fn owner(person: Person, role: &str) -> Value {
    json!({ "name": person.id, "properties": { "roleName": role, "permissionType": "Principal", "principal": { "id": person.id, "type": "User" } } })
}

fn id_of(flow: &Value) -> String {
    flow["name"].as_str().unwrap_or_default().to_owned()
}

fn is(flow: &Value, id: &str) -> bool {
    [&flow["name"], &flow["properties"]["workflowEntityId"]].iter().any(|name| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(id)))
}

/// An id that is the same at each start.
pub(crate) fn guid(of: &impl std::hash::Hash) -> String {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    let (a, b) = (hasher.finish(), hasher.finish().rotate_left(29));
    format!("{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}", a >> 32, a >> 16 & 0xffff, a & 0xfff, b >> 48 & 0xfff, b & 0xffff_ffff_ffff)
}
