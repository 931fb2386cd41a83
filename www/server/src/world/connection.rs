//! A stored sign-in.

use serde_json::{Value, json};

use super::person::{Person, TENANT};

/// What the services tell of a connection, as far as that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Tells {
    /// All.
    #[default]
    All,
    /// Of the owner only the id.
    OwnerIdOnly,
    /// No account, but a name that is one.
    NoAccount,
    /// No status.
    NoStatus,
}

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
    pub tells: Tells,
}

impl Connection {
    /// A connection signed in as its owner. Its id is made when a scenario takes it in.
    pub const fn new(connector: &'static str, person: Person) -> Self {
        Self { id: String::new(), connector, sign_in: person, owner: person, works: true, label: None, visible: true, tells: Tells::All }
    }

    /// A row of the service's lists.
    pub fn row(&self) -> Value {
        let api = format!("/providers/Microsoft.PowerApps/apis/{}", self.connector);
        let status = if self.works {
            json!({ "status": "Connected" })
        } else {
            json!({ "status": "Error", "target": "token", "error": { "code": "Unauthenticated", "message": "Failed to refresh access token." } })
        };
        let account = self.label.is_none().then_some(self.sign_in.mail);
        let mut row = json!({
            "name": self.id, "id": format!("{api}/connections/{}", self.id), "type": "Microsoft.PowerApps/apis/connections",
            "properties": {
                "apiId": api, "displayName": self.label.unwrap_or(self.sign_in.mail), "statuses": [status],
                "createdBy": { "id": self.owner.id, "displayName": self.owner.name, "email": self.owner.mail, "type": "User", "tenantId": TENANT, "userPrincipalName": self.owner.mail },
                "createdTime": "2026-03-02T09:12:44Z", "lastModifiedTime": "2026-11-20T07:40:12Z", "expirationTime": "2026-11-20T08:40:12Z",
                "accountName": account, "environment": { "name": format!("Default-{TENANT}") }, "authenticatedUser": account.map(|name| json!({ "tenantId": TENANT, "objectId": self.sign_in.id, "name": name })),
            },
        });
        let properties = &mut row["properties"];
        match self.tells {
            Tells::All => {}
            Tells::OwnerIdOnly => properties["createdBy"] = json!({ "id": self.owner.id }),
            Tells::NoAccount => {
                properties["accountName"] = Value::Null;
                properties["authenticatedUser"] = Value::Null;
            }
            Tells::NoStatus => properties["statuses"] = json!([]),
        }
        row
    }
}
