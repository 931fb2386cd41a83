//! The organisation's Dataverse, as far as the pages read it: rows of references, flows and people, over `OData`.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::portal::State;
use crate::world::{ANA, BEN, CLEO, SERVICE};

pub(super) fn answer(state: &State, call: &Call, rest: &[&str]) -> Answer {
    if call.method != "GET" {
        return Answer::error(405, "0x80060888", "The method is not allowed.");
    }
    let is_annotated = call.prefer.contains("odata.include-annotations");
    let rest: Vec<&str> =
        rest.iter().flat_map(|part| part.split_once('(').map_or_else(|| vec![*part], |(set, key)| vec![set, key.trim_end_matches(')')])).collect();
    match rest.as_slice() {
        ["connectionreferences"] => {
            let names = quoted(&call.parameter("$filter"));
            let wanted = state.world.references.iter().filter(|row| names.is_empty() || names.contains(&row.logical_name));
            set(call, wanted.map(|row| row.row(is_annotated)).collect())
        }
        ["workflows"] => set(call, state.world.flows.iter().filter_map(workflow).collect()),
        ["workflows", id] => state.world.flow(id).and_then(|flow| workflow(&flow)).map_or_else(missing, |row| Answer::json(&select(call, row))),
        ["systemusers"] => set(call, people()),
        ["systemusers", id] => people().into_iter().find(|row| row["systemuserid"] == *id).map_or_else(missing, |row| Answer::json(&select(call, row))),
        ["WhoAmI"] => Answer::json(&json!({ "UserId": state.world.me.row() })),
        _ => missing(),
    }
}

fn missing() -> Answer {
    Answer::error(404, "0x80040217", "The row does not exist.")
}

fn set(call: &Call, rows: Vec<Value>) -> Answer {
    let rows: Vec<Value> = rows.into_iter().map(|row| select(call, row)).collect();
    Answer::json(&json!({ "@odata.context": format!("https://{}/api/data/v9.2/$metadata", call.host), "value": rows }))
}

/// Only the columns that were asked for, and what is said about them.
fn select(call: &Call, mut row: Value) -> Value {
    let asked = call.parameter("$select");
    if let (false, Some(columns)) = (asked.is_empty(), row.as_object_mut()) {
        columns.retain(|name, _| asked.split(',').any(|wanted| name.split('@').next() == Some(wanted.trim())) || name.ends_with("referenceid"));
    }
    row
}

/// A flow's row: its definition as text, in the shape of a solution's file.
fn workflow(flow: &Value) -> Option<Value> {
    let properties = &flow["properties"];
    let id = properties["workflowEntityId"].as_str()?;
    let references = properties["connectionReferences"].as_object().into_iter().flatten().map(|(key, reference)| {
        let name = reference["id"].as_str().and_then(|id| id.rsplit('/').next());
        let connection = json!({ "connectionReferenceLogicalName": reference["connectionReferenceLogicalName"] });
        (key.clone(), json!({ "runtimeSource": "embedded", "connection": connection, "api": { "name": name } }))
    });
    let references: serde_json::Map<String, Value> = references.collect();
    let data = json!({ "properties": { "connectionReferences": references, "definition": properties["definition"] }, "schemaVersion": "1.0.0.0" });
    Some(json!({
        "workflowid": id, "name": properties["displayName"], "category": 5, "statecode": 1, "statuscode": 2, "ismanaged": false,
        "clientdata": data.to_string(), "_ownerid_value": ANA.row(),
    }))
}

fn people() -> Vec<Value> {
    let row = |person: crate::world::Person| json!({ "systemuserid": person.row(), "fullname": person.name, "domainname": person.mail, "internalemailaddress": person.mail, "azureactivedirectoryobjectid": person.id });
    [ANA, BEN, SERVICE, CLEO].map(row).into()
}

/// What stands between single quotes in a filter.
fn quoted(filter: &str) -> Vec<String> {
    filter.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}
