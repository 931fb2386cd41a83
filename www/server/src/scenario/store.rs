//! What a scenario gathers: connections, references, flows.

use serde_json::{Map, Value, json};

use super::definition::Steps;
use super::flow::{answer, join_solution};
use crate::world::{ANA, Connection, Person, Reference, World, guid};

/// What the connectors are called, and their colours.
const CONNECTORS: [(&str, &str, &str); 11] = [
    ("shared_sharepointonline", "SharePoint", "#036C70"),
    ("shared_office365", "Office 365 Outlook", "#0078D4"),
    ("shared_office365users", "Office 365 Users", "#C4314B"),
    ("shared_teams", "Microsoft Teams", "#4B53BC"),
    ("shared_approvals", "Approvals", "#742774"),
    ("shared_onedriveforbusiness", "OneDrive for Business", "#0078D4"),
    ("shared_excelonlinebusiness", "Excel Online (Business)", "#107C41"),
    ("shared_planner", "Planner", "#077D3F"),
    ("shared_commondataserviceforapps", "Microsoft Dataverse", "#088142"),
    ("shared_sql", "SQL Server", "#BA141A"),
    ("shared_flowpush", "Notifications", "#FF3B30"),
];

/// A scenario in the making.
#[derive(Default)]
pub(super) struct Store {
    connections: Vec<Connection>,
    flows: Vec<Value>,
    references: Vec<Reference>,
}

/// The references of a flow in the making.
#[derive(Default)]
pub(crate) struct References(Map<String, Value>);

impl Store {
    /// A connection signed in as its owner; its id.
    pub fn connection(&mut self, connector: &'static str, person: Person) -> String {
        self.add(Connection::new(connector, person))
    }

    /// Any connection; its id, which is made here.
    pub fn add(&mut self, mut connection: Connection) -> String {
        let number = self.connections.len() as u64 + 1;
        // Looks like a real id, and is the same at each start.
        let id = format!("{:016x}{:016x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15), number.wrapping_mul(0xc2b2_ae3d_27d4_eb4f));
        if connection.id.is_empty() {
            connection.id = id;
        }
        let id = connection.id.clone();
        self.connections.push(connection);
        id
    }

    /// A flow in the shape of the service's answer.
    pub fn flow(&mut self, name: &str, (trigger, first): (&str, Value), steps: Steps, references: &References, creator: &str) {
        let number = self.flows.len() + 1;
        let id = format!("d2642355-a6b8-4662-a418-{number:012x}");
        self.flows.push(answer(&id, name, (trigger, first), steps, references, creator));
    }

    /// Puts the flow that was made last into the solution: Dataverse holds a row of it then.
    pub fn join_solution(&mut self) {
        let Some(flow) = self.flows.last_mut() else { return };
        let row = guid(&flow["name"].as_str().unwrap_or_default());
        join_solution(flow, &row);
    }

    /// A solution's reference: a row with an owner of its own.
    pub fn reference(&mut self, connector: &str, logical_name: &str, owner: Person, connection: Option<String>) {
        let display_name = format!("{} – cases", name_of(connector));
        self.references.push(Reference { logical_name: logical_name.to_owned(), display_name, connector: connector.to_owned(), connection, owner });
    }

    pub fn finished(self) -> World {
        World::new(self.flows, self.connections, self.references)
    }
}

impl References {
    /// Declares a reference; its key.
    pub fn declare(&mut self, connector: &str, connection: Option<&str>, source: &str) -> String {
        let taken = self.0.keys().filter(|key| key.strip_prefix(connector).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))).count();
        let key = if taken == 0 { connector.to_owned() } else { format!("{connector}_{taken}") };
        let (_, name, colour) = CONNECTORS.into_iter().find(|(id, _, _)| *id == connector).unwrap_or(("", connector, "#767676"));
        self.0.insert(
            key.clone(),
            json!({
                "connectionName": connection, "source": source, "id": format!("/providers/Microsoft.PowerApps/apis/{connector}"), "displayName": name,
                "iconUri": "", "brandColor": colour, "tier": "Standard", "apiName": connector.trim_start_matches("shared_"),
            }),
        );
        key
    }

    /// Declares a reference that runs on a connection of the flow's own.
    pub fn embedded(&mut self, connector: &str, connection: &str) -> String {
        self.declare(connector, Some(connection), "Embedded")
    }

    /// As they stand in a flow.
    pub fn json(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The connection that a key points to.
    pub fn connection(&self, key: &str) -> Option<String> {
        self.0.get(key)?.get("connectionName")?.as_str().map(str::to_owned)
    }

    /// Writes each logical name where the connection's id would stand.
    pub fn name_by_logical_names(&mut self) {
        for reference in self.0.values_mut() {
            reference["connectionName"] = reference["connectionReferenceLogicalName"].clone();
        }
    }

    /// A solution's reference: a logical name, and no connection.
    pub fn logical(&mut self, connector: &str, logical_name: &str) -> String {
        let key = self.declare(connector, None, "Embedded");
        self.call(&key, logical_name);
        key
    }

    /// Gives a reference a solution's name.
    pub fn call(&mut self, key: &str, logical_name: &str) {
        if let Some(reference) = self.0.get_mut(key) {
            reference["connectionReferenceLogicalName"] = json!(logical_name);
        }
    }
}

/// A connector that is known here, by its id.
pub(crate) fn connector(id: &str) -> Option<&'static str> {
    CONNECTORS.into_iter().map(|(known, _, _)| known).find(|known| known.eq_ignore_ascii_case(id))
}

/// What a connector is called.
pub(crate) fn name_of(connector: &str) -> &str {
    CONNECTORS.into_iter().find(|(id, _, _)| *id == connector).map_or(connector, |(_, name, _)| name)
}

/// Ana made most flows here.
pub(super) const MAKER: &str = ANA.id;
