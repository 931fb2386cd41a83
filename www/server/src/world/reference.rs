//! A connection reference of a solution: a row in Dataverse, with an owner of its own.

use serde_json::{Value, json};

use super::person::Person;

/// The row.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    pub logical_name: String,
    pub display_name: String,
    pub connector: String,
    /// The connection it points to; none where nobody has chosen one yet.
    pub connection: Option<String>,
    /// Whose row it is: often not whose connection.
    pub owner: Person,
}

impl Reference {
    /// The row as Dataverse tells it; the owner's name only to those who ask for annotations.
    pub fn row(&self, is_annotated: bool) -> Value {
        let mut row = json!({
            "connectionreferenceid": super::guid(&self.logical_name),
            "connectionreferencelogicalname": self.logical_name, "connectionreferencedisplayname": self.display_name,
            "connectorid": format!("/providers/Microsoft.PowerApps/apis/{}", self.connector), "connectionid": self.connection,
            "_ownerid_value": self.owner.row(), "statecode": 0, "statuscode": 1,
        });
        if is_annotated {
            row["_ownerid_value@OData.Community.Display.V1.FormattedValue"] = json!(self.owner.name);
            row["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] = json!("systemuser");
        }
        row
    }
}
