//! Flows as somebody makes them who means harm: names, notes, accounts and expressions that would be markup, scripts, styles or prototypes anywhere
//! that didn't take them for text. Generated from a seed, the same each time.

use serde_json::{Map, Value, json};

use crate::lot::Lot;

/// Whatever tries to be more than text. Everything that reaches the outside names this host.
const HARM: [&str; 34] = [
    "<img src=x onerror=canary()>",
    "<script>canary()</script>",
    "<svg onload=canary()><animate onbegin=canary() attributeName=x>",
    "<iframe srcdoc=\"<script>parent.canary()</script>\">",
    "<a href=\"javascript:canary()\">x</a>",
    "javascript:canary()",
    "data:text/html,<script>canary()</script>",
    "\" onmouseover=\"canary()\" x=\"",
    "' onfocus='canary()' autofocus='",
    "</style><script>canary()</script>",
    "</title></textarea><img src=https://harm.example/a>",
    "<link rel=stylesheet href=https://harm.example/b>",
    "<meta http-equiv=refresh content=\"0;url=https://harm.example/c\">",
    "\"]{} * { display: none !important } [x=\"",
    "}*{background:url(https://harm.example/d)}",
    "'; } @import url(https://harm.example/e); a{content:'",
    "\\\"); content: url(https://harm.example/f); --x: (\"",
    "attr(data-x url, url(https://harm.example/g))",
    "*/ @font-face{font-family:x;src:url(https://harm.example/h)} /*",
    "expression(canary())",
    "${canary()}",
    "{{constructor.constructor('canary()')()}}",
    "@{eval('canary()')}",
    "=HYPERLINK(\"https://harm.example/i\")",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "\u{202e}txet desrever\u{202c}",
    "\u{2066}\u{2067}\u{2068}isolated\u{2069}",
    "\u{0}null\u{7}bell\u{1b}[31mred",
    "\u{feff}\u{200b}\u{200d}\u{fffd}\u{2028}\u{2029}",
    "$1 $2 $& __MSG_ext_name__ %s {0}",
    "\u{1f469}\u{200d}\u{1f4bb}\u{0301}\u{0301}\u{0301}\u{0301}\u{0301}",
];

/// A piece of text: harm by itself, in the middle of something, twice, or very long.
fn text(lot: &mut Lot) -> String {
    let harm = lot.one(&HARM).to_owned();
    match lot.below(6) {
        0 => format!("Send mail {harm}"),
        1 => format!("{harm}{}", lot.one(&HARM)),
        2 => harm.repeat(1 + lot.below(40)),
        3 => format!("{harm} {}", "long ".repeat(lot.below(400))),
        _ => harm,
    }
}

/// The longest names that are read, in bytes: longer ones make a flow that is refused, with a sentence.
const LONGEST_NAME: usize = 512;

/// A name of an operation or a reference: text that is no longer than the longest that is read.
fn name(lot: &mut Lot) -> String {
    let mut name = text(lot);
    let end = (0..=LONGEST_NAME.min(name.len())).rev().find(|end| name.is_char_boundary(*end));
    name.truncate(end.unwrap_or_default());
    name
}

/// A flow, and what its picker lists.
pub struct Hostile {
    /// Its id.
    pub id: String,
    /// Its operations' names.
    pub names: Vec<String>,
    /// The flow as its service tells it.
    pub flow: String,
    /// The list of connections.
    pub connections: String,
    /// Its designer's store: the same names, as a page in which harm is done would hold them.
    pub store: Value,
}

/// The flow of a number.
pub fn hostile(lot: &mut Lot, number: usize) -> Hostile {
    let id = format!("0a0b0c0d-0000-4000-8000-{number:012x}");
    let connectors = ["shared_office365", "shared_sql", "shared_teams", "shared_<b>x</b>"];
    let mut rows = Vec::new();
    let mut references = Map::new();
    for at in 0..4 {
        let key = if at == 3 { name(lot) } else { format!("shared_{at}_{}", lot.one(&HARM)) };
        let (connection, connector) = (format!("{number:028x}{at:04x}"), lot.one(&connectors));
        let api = format!("/providers/Microsoft.PowerApps/apis/{connector}");
        references.insert(
            key,
            json!({ "connectionName": connection, "source": lot.one(&["Embedded", "Invoker", "Embedded", "<b>"]), "id": api, "displayName": text(lot), "iconUri": "https://harm.example/icon.png", "brandColor": "red;background:url(https://harm.example/colour)" }),
        );
        rows.push(json!({ "name": connection, "id": format!("{api}/connections/{connection}"), "properties": {
            "apiId": api, "displayName": text(lot), "statuses": [{ "status": lot.one(&["Connected", "Error", "<b>"]), "error": { "code": text(lot), "message": text(lot) } }],
            "createdBy": { "id": text(lot), "displayName": text(lot), "email": text(lot), "userPrincipalName": text(lot) },
            "accountName": text(lot), "authenticatedUser": { "name": format!("{}@harm.example", text(lot)) },
        } }));
    }
    let keys: Vec<String> = references.keys().cloned().collect();
    let (mut actions, mut names, mut mapping, mut nodes, mut operations) = (Map::new(), Vec::new(), Map::new(), Map::new(), Map::new());
    for at in 0..6 {
        // One name is a prototype's own, so that it is met with each key of its kind.
        let name = if at == 0 { lot.one(&["__proto__", "constructor", "toString", "valueOf", "isPrototypeOf"]).to_owned() } else { name(lot) };
        let key = keys.get(lot.below(keys.len())).cloned().unwrap_or_default();
        actions.insert(name.clone(), json!({ "type": "OpenApiConnection", "description": text(lot), "runAfter": {}, "inputs": {
            "host": { "connectionName": key, "apiId": references[&key]["id"], "operationId": text(lot) }, "parameters": { "body": text(lot), text(lot): format!("@{{{}}}", text(lot)) },
        } }));
        if !names.contains(&name) {
            names.push(name.clone());
        }
        mapping.insert(name.clone(), json!(key));
        nodes.insert(name.clone(), json!({ "graphId": "root" }));
        operations.insert(name, json!({ "type": "OpenApiConnection", "connectorId": references[&key]["id"], "operationId": text(lot) }));
    }
    let designer = references.iter().map(|(key, reference)| {
        let path = format!("{}/connections/{}", reference["id"].as_str().unwrap_or_default(), reference["connectionName"].as_str().unwrap_or_default());
        (key.clone(), json!({ "api": { "id": reference["id"] }, "connection": { "id": path }, "connectionName": reference["connectionName"] }))
    });
    let store = json!({
        "connections": { "connectionReferences": designer.collect::<Map<_, _>>(), "connectionsMapping": mapping },
        "workflow": { "nodesMetadata": nodes, "idReplacements": { names.last().cloned().unwrap_or_default(): name(lot) }, "collapsedGraphIds": {}, "isDirty": true },
        "operations": { "operationInfo": operations },
    });
    let flow = json!({ "name": id, "properties": {
        "displayName": text(lot), "description": text(lot), "state": text(lot), "userType": "Owner",
        "definition": { "triggers": { name(lot): { "type": "Request", "kind": "Button", "description": text(lot) } }, "actions": actions },
        "connectionReferences": references, "creator": { "objectId": text(lot), "tenantId": text(lot) }, "environment": { "name": text(lot) },
    } });
    Hostile { id, names, flow: flow.to_string(), connections: Value::Array(rows).to_string(), store }
}

/// Where a name can stand in a flow that makes it one that isn't read, because the name is longer than any.
pub const PLACES: [&str; 4] = ["action", "trigger", "case", "reference"];

impl Hostile {
    /// The flow with a name in one of these places that is longer than the longest that is read.
    pub fn with_long_name(&self, place: &str) -> Value {
        let long = HARM[0].repeat(LONGEST_NAME / HARM[0].len() + 1);
        let mut flow: Value = serde_json::from_str(&self.flow).unwrap_or_default();
        let properties = &mut flow["properties"];
        match place {
            "action" => properties["definition"]["actions"][long] = json!({ "type": "Compose", "inputs": 1 }),
            "trigger" => properties["definition"]["triggers"][long] = json!({ "type": "Request", "kind": "Button" }),
            "case" => properties["definition"]["actions"]["Switch"] = json!({ "type": "Switch", "cases": { long: { "case": "x", "actions": {} } } }),
            _ => properties["connectionReferences"][long] = json!({ "connectionName": "0".repeat(32), "id": "/providers/Microsoft.PowerApps/apis/shared_sql" }),
        }
        flow
    }

    /// Its designer's store with an operation more, of such a name.
    pub fn store_with_long_name(&self) -> Value {
        let long = HARM[0].repeat(LONGEST_NAME / HARM[0].len() + 1);
        let mut store = self.store.clone();
        store["connections"]["connectionsMapping"][&long] = Value::Null;
        store["workflow"]["nodesMetadata"][long] = json!({ "graphId": "root" });
        store
    }
}
