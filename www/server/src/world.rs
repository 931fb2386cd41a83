//! A made-up environment: who is signed in, which flows and connections there are, and what may be seen of them.

use serde_json::{Value, json};

use crate::portal::Cloud;
use crate::scenario;

/// The tenant of everybody.
pub(crate) const TENANT: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";

/// Somebody at Contoso.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    pub name: &'static str,
    pub mail: &'static str,
    pub id: &'static str,
}

pub(crate) const ANA: Person = Person { name: "Ana Kovač", mail: "ana.kovac@contoso.com", id: "8323f7fe-e8a4-46c4-b5ea-f4864887d160" };
pub(crate) const BEN: Person = Person { name: "Ben Ortiz", mail: "ben.ortiz@contoso.com", id: "fe36f75e-c103-410b-a18a-2bf6df06ac3a" };
pub(crate) const SERVICE: Person = Person { name: "Flow Service", mail: "svc-flows@contoso.com", id: "c0ffee00-5e7c-4f10-9a0b-5e2f1ce0acc7" };
/// Somebody who has left: no answer names her but by her object id.
pub(crate) const GONE: Person = Person { name: "", mail: "", id: "9d0e1f2a-3b4c-4d5e-8f60-718293a4b5c6" };

/// A connection of the environment.
#[derive(Debug, Clone)]
pub(crate) struct Connection {
    pub id: String,
    pub connector: &'static str,
    pub sign_in: Person,
    pub owner: Person,
    pub works: bool,
    /// What people see of it; none: the sign-in account's address.
    pub label: Option<&'static str>,
    /// Whether the signed-in person may see it where a flow embeds it.
    pub visible: bool,
}

impl Connection {
    /// A row of the service's lists.
    pub fn row(&self) -> Value {
        let api = format!("/providers/Microsoft.PowerApps/apis/{}", self.connector);
        let status = if self.works {
            json!({ "status": "Connected" })
        } else {
            json!({ "status": "Error", "target": "token", "error": { "code": "Unauthenticated", "message": "Failed to refresh access token." } })
        };
        let account = self.label.is_none().then_some(self.sign_in.mail);
        json!({
            "name": self.id, "id": format!("{api}/connections/{}", self.id), "type": "Microsoft.PowerApps/apis/connections",
            "properties": {
                "apiId": api, "displayName": self.label.unwrap_or(self.sign_in.mail), "statuses": [status],
                "createdBy": { "id": self.owner.id, "displayName": self.owner.name, "email": self.owner.mail, "type": "User", "tenantId": TENANT, "userPrincipalName": self.owner.mail },
                "createdTime": "2026-03-02T09:12:44Z", "lastModifiedTime": "2026-11-20T07:40:12Z", "expirationTime": "2026-11-20T08:40:12Z",
                "accountName": account, "authenticatedUser": account.map(|name| json!({ "tenantId": TENANT, "objectId": self.sign_in.id, "name": name })),
            },
        })
    }
}

/// The environment.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub environment: String,
    pub user: Value,
    pub me: Person,
    pub flows: Vec<Value>,
    pub connections: Vec<Connection>,
    pub owners: Vec<Value>,
    /// By flow: connections that it no longer holds, because somebody removed them.
    pub removed: Vec<(String, String)>,
    pub cloud: Cloud,
}

impl World {
    /// The world of a scenario; none where there is no such scenario.
    pub fn of(scenario: &str, cloud: Cloud) -> Option<Self> {
        let (connections, flows) = scenario::build(scenario)?;
        let owners = [ANA, BEN].map(|person| json!({ "name": person.id, "properties": { "roleName": if person == ANA { "Owner" } else { "CanEdit" }, "permissionType": "Principal", "principal": { "id": person.id, "type": "User" } } }));
        Some(Self {
            environment: format!("Default-{TENANT}"),
            user: json!({ "displayName": ANA.name, "mail": ANA.mail, "objectId": ANA.id, "tenantId": TENANT }),
            me: ANA,
            flows,
            connections,
            owners: owners.into(),
            removed: Vec::new(),
            cloud,
        })
    }

    /// The environment's own host: its id without dashes, a dot before the last two characters.
    pub fn host(&self) -> String {
        let bare: String = self.environment.to_ascii_lowercase().chars().filter(|c| *c != '-').collect();
        let (start, end) = bare.split_at(bare.len().saturating_sub(2));
        format!("{start}.{end}.{}", self.cloud.platform())
    }

    /// What the signed-in person holds.
    pub fn own_rows(&self) -> Vec<Value> {
        self.connections.iter().filter(|connection| connection.owner == self.me).map(Connection::row).collect()
    }

    /// The list behind a flow's picker: what the person holds, and what the flow embeds of others and may be seen.
    pub fn picker_rows(&self, flow: usize) -> Vec<Value> {
        let references = self.flows.get(flow).map(|flow| flow["properties"]["connectionReferences"].to_string()).unwrap_or_default();
        let shown =
            |connection: &&Connection| connection.owner == self.me || connection.owner == SERVICE || connection.visible && references.contains(&connection.id);
        self.connections.iter().filter(shown).map(Connection::row).collect()
    }

    /// What the connections pane of a flow lists: every connection that the flow's references point to, in use or not.
    pub fn held_rows(&self, flow: usize) -> Vec<Value> {
        let Some(flow) = self.flows.get(flow) else { return Vec::new() };
        let references = flow["properties"]["connectionReferences"].to_string();
        let is_removed = |id: &str| self.removed.iter().any(|(of, connection)| flow["name"] == of.as_str() && connection == id);
        self.connections.iter().filter(|connection| references.contains(&connection.id) && !is_removed(&connection.id)).map(Connection::row).collect()
    }

    /// Rows of Dataverse for the solution's references: one points to Ana's connection, the others to none.
    pub fn reference_rows(&self) -> Vec<Value> {
        let own = |connector: &str| self.connections.iter().find(|connection| connection.connector == connector && connection.owner == self.me);
        let mut rows = Vec::new();
        for flow in &self.flows {
            for reference in flow["properties"]["connectionReferences"].as_object().into_iter().flat_map(|references| references.values()) {
                let Some(name) = reference["connectionReferenceLogicalName"].as_str() else { continue };
                let connector = reference["id"].as_str().and_then(|id| id.rsplit('/').next()).unwrap_or_default();
                rows.push(json!({
                    "connectionreferencelogicalname": name, "connectorid": reference["id"], "connectionid": own(connector).map(|connection| &connection.id), "statecode": 0,
                    "_ownerid_value": BEN.id, "_ownerid_value@OData.Community.Display.V1.FormattedValue": BEN.name,
                }));
            }
        }
        rows
    }
}
