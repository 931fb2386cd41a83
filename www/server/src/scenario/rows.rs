//! Connections of every kind that services were seen to tell.

use serde_json::json;

use super::definition::{Steps, call};
use super::store::{MAKER, References, Store};
use crate::world::{ANA, BEN, Connection, SERVICE, Tells};

pub(super) fn rows() -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let long = "shared-sharepointonl-6f1d2c3b-4a59-4e68-8d77-96a5b4c3d2e1".to_owned();
    let kinds = [
        ("Owner_by_id_only", Connection { tells: Tells::OwnerIdOnly, ..Connection::new("shared_office365", BEN) }),
        ("No_account_but_a_name", Connection { tells: Tells::NoAccount, ..Connection::new("shared_teams", SERVICE) }),
        ("No_status", Connection { tells: Tells::NoStatus, ..Connection::new("shared_planner", SERVICE) }),
        ("Not_a_person", Connection { label: Some("MSFT Dynamics"), ..Connection::new("shared_commondataserviceforapps", SERVICE) }),
        ("A_database", Connection { label: Some("sql.contoso.com"), ..Connection::new("shared_sql", ANA) }),
        ("Long_id", Connection { id: long, ..Connection::new("shared_sharepointonline", SERVICE) }),
        ("Signed_in_as_another", Connection { owner: BEN, ..Connection::new("shared_onedriveforbusiness", SERVICE) }),
        ("Broken", Connection { works: false, ..Connection::new("shared_excelonlinebusiness", SERVICE) }),
    ];
    let mut steps: Steps = Vec::new();
    for (name, connection) in kinds {
        let connector = connection.connector;
        let key = references.embedded(connector, &store.add(connection));
        steps.push((name.to_owned(), call(connector, "Do", &key)));
    }
    // Plumbing: no person chose them.
    for connector in ["shared_logicflows", "shared_powerflows", "shared_pqogenericconnector"] {
        store.connection(connector, ANA);
    }
    store.flow("Connections of every kind", ("manual", json!({ "type": "Request", "kind": "Button", "inputs": {} })), steps, &references, MAKER);
    super::small::others(&mut store);
    store
}
