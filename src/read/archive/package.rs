//! Export packages. Beside each flow's `definition.json` stands `connectionsMap.json`: reference → resource; the package's `manifest.json` tells of each
//! resource the name that people see, which for a connection is the account's address (seen so in 79 public packages, November 2026).

use super::unpack::{Entry, Unpack};
use crate::model::{Account, Connection, Flow, Gap, Health, Reading};
use crate::read::error::ReadError;
use crate::read::json::{self, Json, string};

/// Whether the entry is a flow of a package: `…/Microsoft.Flow/flows/<id>/definition.json`.
pub(super) fn is_flow(entry: &Entry) -> bool {
    matches!(entry.parts().as_slice(), [.., "microsoft.flow", "flows", _, "definition.json"])
}

/// Gives a flow what its package tells beside it, and returns the connections it tells of. What can't be read there is a gap of the flow.
pub(super) fn dress(unpack: &mut Unpack, entries: &[Entry], flow: &Entry, reading: &mut Reading<Flow>) -> Vec<Connection> {
    let folder = flow.folder();
    let root = folder.rfind("microsoft.flow/flows/").and_then(|start| folder.get(..start)).unwrap_or_default();
    let mut beside = |place: String| read(unpack, entries, &place, &mut reading.gaps);
    let Some(manifest) = beside(format!("{root}manifest.json")) else { return Vec::new() };
    let [connections, apis] = ["connectionsMap.json", "apisMap.json"].map(|name| beside(format!("{folder}{name}")).unwrap_or_default());
    let [manifest, connections, apis] = [&manifest, &connections, &apis].map(|text| json::value(text).unwrap_or_default());
    let told = |map: &Json, key: &str| {
        let resource = manifest.get("resources")?.get(string(map, key)?)?;
        string(resource.get("details")?, "displayName").map(str::to_owned)
    };
    let mut found: Vec<Connection> = Vec::new();
    for reference in &mut reading.found.references {
        if reference.connector_name.is_none() {
            reference.connector_name = told(&apis, &reference.key);
        }
        let (Some(id), Some(label)) = (&reference.connection, told(&connections, &reference.key)) else { continue };
        if found.iter().any(|known| known.id.eq_ignore_ascii_case(id)) {
            continue;
        }
        found.push(Connection {
            id: id.clone(),
            connector: reference.connector.clone(),
            sign_in: Account::from_label(&label),
            label: Some(label),
            owner: None,
            health: Health::Unknown,
            expires: None,
            created: None,
        });
    }
    found
}

/// The text of a document that can be read.
fn read(unpack: &mut Unpack, entries: &[Entry], place: &str, gaps: &mut Vec<Gap>) -> Option<String> {
    let entry = entries.iter().find(|entry| entry.is_at(place))?;
    let said = |error: ReadError| Gap { place: entry.place.clone(), what: error.to_string() };
    let text = unpack.bytes(entry).and_then(|bytes| {
        let text = json::text(&bytes)?;
        json::value(&text)?;
        Ok(text.into_owned())
    });
    text.map_err(|error| gaps.push(said(error))).ok()
}
