//! Choices → documents almost as Power Automate answers them: each field is mostly what it should be, sometimes missing, sometimes anything.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use crate::draw::Draw;

/// Stands where people's own work does: nothing that is read, kept or written may hold it.
pub const CANARY: &str = "canary-in-a-body";

/// A document's first byte if it is to be grown from the rest; whatever else begins a text that is taken as it is.
const GROWN: u8 = 1;

/// The document that the bytes are, or are grown into.
#[must_use]
pub fn document(bytes: &[u8], grow: impl FnOnce(&mut Draw) -> Value) -> Cow<'_, [u8]> {
    match bytes {
        [GROWN, rest @ ..] => Cow::Owned(grow(&mut Draw::new(rest)).to_string().into_bytes()),
        _ if bytes.windows(CANARY.len()).any(|part| part == CANARY.as_bytes()) => Cow::Owned(text(bytes).into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// Bytes as text; what is no text becomes the sign for that. A canary among them is a fuzzer's, which may put it where things are read and kept: only one in
/// a place of ours tells something.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace(CANARY, "another bird")
}

/// Any value at all.
pub fn odd(draw: &mut Draw, depth: usize) -> Value {
    match draw.below(if depth == 0 { 5 } else { 9 }) {
        0 => Value::Null,
        1 => draw.once_in(2).into(),
        2 => json!(draw.pick(&[0.0, -1.0, 1.5, 429.0, 1e300])),
        3 => draw.name().into(),
        4 => draw.who().into(),
        5 => json!([]),
        6 => Value::Array(draw.list(3, |draw| odd(draw, depth - 1))),
        7 => json!({ draw.name(): odd(draw, depth - 1) }),
        _ => Value::Object(draw.list(3, |draw| (draw.pick(&WORDS).to_owned(), odd(draw, depth - 1))).into_iter().collect()),
    }
}

/// The words that readers look for.
const WORDS: [&str; 40] = [
    "properties",
    "definition",
    "triggers",
    "actions",
    "else",
    "cases",
    "default",
    "tools",
    "type",
    "inputs",
    "host",
    "connection",
    "connectionName",
    "connectionReferenceName",
    "referenceName",
    "name",
    "id",
    "api",
    "connectionReferences",
    "installedConnectionReferences",
    "connectionsMapping",
    "value",
    "createdBy",
    "statuses",
    "clientdata",
    "modelConfigurations",
    "authentication",
    "apiId",
    "nextLink",
    "error",
    "code",
    "message",
    "swagger",
    "principal",
    "graphId",
    "parentNodeId",
    "subgraphType",
    "isRoot",
    "displayName",
    "email",
];

/// A field's name, and how what it usually holds is drawn.
type Field<'a> = (&'a str, &'a mut dyn FnMut(&mut Draw) -> Value);

/// An object whose fields are mostly there and mostly what they should be.
fn object(draw: &mut Draw, fields: &mut [Field]) -> Value {
    let mut map = Map::new();
    for (name, usual) in fields {
        match draw.below(16) {
            15 => {}
            14 => drop(map.insert((*name).to_owned(), odd(draw, 2))),
            _ => drop(map.insert((*name).to_owned(), usual(draw))),
        }
    }
    Value::Object(map)
}

fn named(draw: &mut Draw, most: usize, mut one: impl FnMut(&mut Draw) -> Value) -> Value {
    Value::Object(draw.list(most, |draw| (draw.name(), one(draw))).into_iter().collect())
}

fn name(draw: &mut Draw) -> Value {
    draw.name().into()
}

/// How an operation names its reference.
fn inputs(draw: &mut Draw) -> Value {
    let key = draw.name();
    let body = json!({ "text": CANARY });
    match draw.below(9) {
        0 => json!({ "host": { "connectionName": key, "apiId": draw.name() }, "parameters": body }),
        1 => json!({ "host": { "connectionReferenceName": key }, "parameters": body }),
        2 => json!({ "host": { "connection": key }, "body": body }),
        3 => json!({ "host": { "connection": { "referenceName": key } }, "body": body }),
        4 => json!({ "host": { "connection": { "name": key }, "api": { "id": draw.name() } } }),
        5 => json!({ "modelConfigurations": { "model": { "referenceName": key } } }),
        6 => json!({ "connectionReference": { "connectionName": key } }),
        7 => json!({ "host": { "connectionName": key }, "authentication": { "type": "Raw", "value": "@triggerOutputs()['headers']['$ConnectionKey']" } }),
        _ => odd(draw, 3),
    }
}

fn operation(draw: &mut Draw, depth: usize) -> Value {
    let types = ["OpenApiConnection", "If", "Scope", "Switch", "ApiConnection", "openapiconnectionwebhook", "Compose", "Request", ""];
    let mut fields = json!({ "type": draw.pick(&types), "inputs": inputs(draw), "runAfter": {} });
    if depth > 0 && draw.once_in(3) {
        let inner = |draw: &mut Draw| json!({ "actions": operations(draw, depth - 1) });
        let (key, value) = match draw.below(5) {
            0 => ("actions", operations(draw, depth - 1)),
            1 => ("else", inner(draw)),
            2 => ("cases", named(draw, 2, inner)),
            3 => ("default", inner(draw)),
            _ => ("tools", named(draw, 2, inner)),
        };
        fields[key] = value;
    }
    if draw.once_in(16) { odd(draw, 2) } else { fields }
}

fn operations(draw: &mut Draw, depth: usize) -> Value {
    if draw.once_in(32) { odd(draw, 2) } else { named(draw, 5, |draw| operation(draw, depth)) }
}

fn reference(draw: &mut Draw) -> Value {
    let source = draw.pick(&["Embedded", "Invoker", "invoker", ""]);
    match draw.below(6) {
        0 | 1 => json!({ "connectionName": draw.name(), "source": source, "id": draw.name(), "displayName": draw.name() }),
        2 => {
            json!({ "api": { "name": draw.name() }, "connection": { "connectionReferenceLogicalName": draw.name(), "name": draw.name() }, "runtimeSource": source })
        }
        3 => json!({ "api": { "id": draw.name() }, "connection": { "id": draw.name() }, "impersonation": { "source": source } }),
        4 => json!({ "connectionName": draw.name(), "key": draw.name(), "connectionReferenceLogicalName": draw.name() }),
        _ => odd(draw, 3),
    }
}

fn references(draw: &mut Draw) -> Value {
    if draw.once_in(8) { Value::Array(draw.list(4, reference)) } else { named(draw, 5, reference) }
}

/// A flow in one of its shapes.
pub fn flow(draw: &mut Draw) -> Value {
    let definition = |draw: &mut Draw| {
        let triggers = operations(draw, 0);
        json!({ "parameters": { "$connections": { "value": CANARY } }, "triggers": triggers, "actions": operations(draw, 4) })
    };
    let properties = object(
        draw,
        &mut [
            ("displayName", &mut name),
            ("definition", &mut { definition }),
            ("connectionReferences", &mut references),
            ("installedConnectionReferences", &mut |draw| if draw.once_in(2) { references(draw) } else { Value::Null }),
            ("creator", &mut person),
            ("environment", &mut |draw| json!({ "name": draw.name() })),
            ("userType", &mut |draw| draw.pick(&["Owner", "CanEdit", "Run"]).into()),
            ("workflowEntityId", &mut name),
        ],
    );
    match draw.below(6) {
        0 | 1 => json!({ "name": draw.name(), "id": draw.name(), "type": "Microsoft.ProcessSimple/environments/flows", "properties": properties }),
        2 => json!({ "name": draw.name(), "type": "Microsoft.Flow/flows", "properties": properties }),
        3 => json!({ "properties": properties, "schemaVersion": "1.0.0.0" }),
        4 => json!({ "value": [{ "workflowid": draw.name(), "name": draw.name(), "clientdata": json!({ "properties": properties }).to_string() }] }),
        _ => properties,
    }
}

fn person(draw: &mut Draw) -> Value {
    match draw.below(4) {
        0 => draw.who().into(),
        _ => json!({ "id": draw.who(), "email": draw.who(), "userPrincipalName": draw.who(), "displayName": draw.name(), "type": "User" }),
    }
}

fn connection(draw: &mut Draw) -> Value {
    let properties = object(
        draw,
        &mut [
            ("apiId", &mut name),
            ("displayName", &mut |draw| draw.who().into()),
            ("statuses", &mut |draw| json!(draw.list(2, |draw| json!({ "status": draw.pick(&["Connected", "Error", ""]), "error": { "code": draw.name() } })))),
            ("createdBy", &mut person),
            ("accountName", &mut |draw| draw.who().into()),
            ("authenticatedUser", &mut |draw| json!({ "name": draw.who(), "objectId": draw.who() })),
            ("createdTime", &mut name),
        ],
    );
    json!({ "name": draw.name(), "id": format!("/providers/Microsoft.PowerApps/apis/{}/connections/{}", draw.name(), draw.name()), "properties": properties })
}

/// A list of anything, in the ways in which services write lists.
fn listed(draw: &mut Draw, one: fn(&mut Draw) -> Value) -> Value {
    let rows = draw.list(5, |draw| if draw.once_in(16) { odd(draw, 2) } else { one(draw) });
    match draw.below(4) {
        0 | 1 => Value::Array(rows),
        2 => json!({ "value": rows, "nextLink": draw.name() }),
        _ => rows.into_iter().next().unwrap_or_default(),
    }
}

/// A list of connections.
pub fn connections(draw: &mut Draw) -> Value {
    listed(draw, connection)
}

/// A flow's owners and users.
pub fn people(draw: &mut Draw) -> Value {
    listed(draw, |draw| json!({ "properties": { "roleName": draw.pick(&["Owner", "CanEdit", "CanView"]), "principal": person(draw) } }))
}

/// Rows of Dataverse's references.
pub fn rows(draw: &mut Draw) -> Value {
    listed(draw, |draw| {
        json!({ "connectionreferencelogicalname": draw.name(), "connectionid": draw.name(), "connectorid": draw.name(),
            "_ownerid_value@OData.Community.Display.V1.FormattedValue": draw.name() })
    })
}

/// A list of flows, or of environments.
pub fn lists(draw: &mut Draw) -> Value {
    const IDS: [&str; 4] = ["aaaaaaaa-0000-4000-8000-000000000001", "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9", "../x", ""];
    listed(draw, |draw| {
        let id = if draw.once_in(2) { draw.name() } else { draw.pick(&IDS).to_owned() };
        json!({ "name": id, "properties": { "displayName": draw.name(), "state": draw.name(), "lastModifiedTime": draw.name() } })
    })
}

/// A refusal.
pub fn refusal(draw: &mut Draw) -> Value {
    let seconds = draw.pick(&["17", "1e9", "-1", "NaN", "inf", "0.25", "one"]);
    json!({ "error": { "code": draw.name(), "message": format!("Rate limit is exceeded. Try again in {seconds} seconds.") } })
}

/// The designer's store.
pub fn designer(draw: &mut Draw) -> Value {
    let node = |draw: &mut Draw| json!({ "graphId": draw.name(), "parentNodeId": draw.name(), "isRoot": draw.once_in(3), "subgraphType": draw.pick(&[None, None, Some("x")]) });
    let info = |draw: &mut Draw| json!({ "type": draw.pick(&["OpenApiConnection", "If", "Compose"]), "connectorId": draw.name() });
    json!({
        "connections": object(draw, &mut [("connectionsMapping", &mut |draw| named(draw, 5, name)), ("connectionReferences", &mut references)]),
        "workflow": object(draw, &mut [("nodesMetadata", &mut |draw| named(draw, 5, node)), ("idReplacements", &mut |draw| named(draw, 2, name)), ("isDirty", &mut |draw| draw.once_in(2).into())]),
        "operations": object(draw, &mut [("operationInfo", &mut |draw| named(draw, 5, info))]),
    })
}

/// An answer of any kind.
pub fn answer(draw: &mut Draw) -> Value {
    match draw.below(10) {
        0..=3 => flow(draw),
        4 | 5 => connections(draw),
        6 => people(draw),
        7 => rows(draw),
        8 => refusal(draw),
        _ => odd(draw, 4),
    }
}
