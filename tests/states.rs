//! Update: what each version left in the browser's storage is read, or cleanly set aside. `tests/fixtures/states/<version>/` holds what it stored:
//! `session.json` (a document's session), `local.json` (what is kept on disk), and `says.json`, what is to be understood of both.
//!
//! The folder of the version in Cargo.toml is made by playing: `BLESS=1` writes it anew. Once a version is released its folder stays as it is, and a
//! changed shape shows here: then `STATE_VERSION` is to be counted up.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic where they fail")]

use std::fs;
use std::path::{Path, PathBuf};

use connection_lens::protocol::Event;
use connection_lens::session::{Kept, Session, flow_key};
use serde_json::{Map, Value, json};

const ENVIRONMENT: &str = "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
const HOST: &str = "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com";
const FLOW: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const API: &str = "/providers/Microsoft.PowerApps/apis/shared_office365";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/states")
}

fn read(path: &Path) -> Value {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A hand-over half done, with something of everything that is stored.
fn played() -> (Session, Map<String, Value>) {
    let connection = |id: &str, who: &str, status: &str| json!({ "name": id, "id": format!("{API}/connections/{id}"), "properties": { "apiId": API, "displayName": who, "accountName": who, "statuses": [{ "status": status, "error": { "code": "Unauthenticated", "message": "no" } }], "createdBy": { "id": "8323f7fe-e8a4-46c4-b5ea-f4864887d160", "displayName": who, "email": who } } });
    let action = |key: &str| json!({ "type": "OpenApiConnection", "runAfter": {}, "inputs": { "host": { "connectionName": key, "apiId": API, "operationId": "SendEmailV2" } } });
    let flow = json!({ "name": FLOW, "properties": { "displayName": "Invoice approval", "workflowEntityId": "bbbbbbbb-0000-4000-8000-000000000002", "userType": "Owner",
        "definition": { "triggers": { "manual": { "type": "Request" } }, "actions": { "Send": action("a"), "Scope": { "type": "Scope", "actions": { "File": action("s"), "Odd": 7 } } } },
        "connectionReferences": { "a": { "connectionName": "ana", "source": "Embedded", "id": API }, "s": { "connectionName": "svc", "source": "Embedded", "id": API }, "left": { "connectionName": "old", "source": "Embedded", "id": API } } } });
    let picker = json!([
        connection("ana", "ana.kovac@contoso.com", "Connected"),
        connection("svc", "svc-flows@contoso.com", "Error"),
        connection("old", "ana.kovac@contoso.com", "Connected")
    ]);
    let designer = json!({ "connections": { "connectionReferences": {}, "connectionsMapping": { "Send": "a", "File": "s" } }, "workflow": { "nodesMetadata": { "Send": { "graphId": "root" }, "File": { "graphId": "Scope", "parentNodeId": "Scope" } }, "idReplacements": { "Send": "Tell" }, "isDirty": true }, "operations": { "operationInfo": {} } });
    let page = format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}?v3=true");
    let address = |more: &str| format!("https://{HOST}/powerautomate/flows/{FLOW}{more}?api-version=1");
    let captured = |more: &str, status: u16, at: u32| json!({ "kind": "captured", "method": "GET", "address": address(more), "status": status, "at": at, "asked": more == "/users" });
    let events = [
        (json!({ "kind": "shown", "address": page, "at": 1 }), String::new()),
        (json!({ "kind": "signed_in", "account": "8323f7fe-e8a4-46c4-b5ea-f4864887d160", "tenant": "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9" }), String::new()),
        (captured("", 200, 2), flow.to_string()),
        (captured("/connections", 200, 3), picker.to_string()),
        (
            captured("/permissions", 200, 4),
            json!({ "value": [{ "properties": { "roleName": "Owner", "principal": { "id": "8323f7fe-e8a4-46c4-b5ea-f4864887d160", "type": "User" } } }] })
                .to_string(),
        ),
        (json!({ "kind": "designer", "address": page, "at": 5 }), designer.to_string()),
        (json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 6 }), String::new()),
        (json!({ "kind": "intend", "accounts": ["svc-*@contoso.com"], "scope": "flow", "at": 7 }), String::new()),
        (json!({ "kind": "highlight", "on": true }), String::new()),
        (json!({ "kind": "step", "forward": true }), String::new()),
        (json!({ "kind": "found", "count": 2 }), String::new()),
        (json!({ "kind": "tick", "step": "people", "on": true, "at": 8 }), String::new()),
        (json!({ "kind": "dismiss", "item": "group:x", "reason": "stays for now", "at": 9 }), String::new()),
        (captured("/users", 403, 10), json!({ "error": { "code": "ConnectionAuthorizationFailed", "message": "no" } }).to_string()),
        (json!({ "kind": "unanswered", "ask": "connections", "why": "no_token" }), String::new()),
    ];
    let (mut session, mut kept, mut local) = (Session::default(), Kept::default(), Map::new());
    for (event, body) in events {
        let event: Event = serde_json::from_value(event).expect("an event");
        local.extend(session.feed(&event, body.as_bytes(), &mut kept).keep);
    }
    local.insert("bar".to_owned(), json!({ "x": 10, "y": -20, "minimised": false }));
    (session, local)
}

/// What is understood of a session and of what is kept.
fn says(session: Option<&Session>, local: &Value) -> Value {
    let kept = Kept::from_items(local);
    let record = kept.record(&flow_key(ENVIRONMENT, FLOW));
    let sight = session.and_then(|session| session.sight(&kept));
    json!({
        "session": sight.map_or_else(|| json!("set aside"), |sight| {
            let counts = sight.audit.counts;
            json!({ "operations": counts.operations, "mismatch": counts.mismatch, "as intended": counts.as_intended, "leftovers": counts.leftovers })
        }),
        "everywhere": kept.settings.accounts,
        "this flow": kept.intent(ENVIRONMENT, FLOW).base.accounts,
        "ticks": record.ticks.len(),
        "dismissals": record.dismissals.values().map(|dismissal| dismissal.reason.clone()).collect::<Vec<_>>(),
    })
}

fn session_in(folder: &Path) -> Option<Session> {
    Session::restored(&read(&folder.join("session.json")).to_string())
}

#[test]
fn what_each_version_stored_is_read_or_set_aside() {
    let mut versions = Vec::new();
    for version in fs::read_dir(folder()).expect("kept samples").flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let session = session_in(&version);
        let local = read(&version.join("local.json"));
        assert_eq!(says(session.as_ref(), &local), read(&version.join("says.json")), "{}", version.display());
        if let Some(session) = session {
            assert_eq!(
                serde_json::from_str::<Value>(&session.stored()).expect("JSON"),
                read(&version.join("session.json")),
                "{}: nothing of it is lost",
                version.display()
            );
        }
        versions.push(version);
    }
    assert!(versions.len() >= 2, "{versions:?}");
    println!("trust: 5 states of {} versions: each read or set aside", versions.len());
}

#[test]
fn the_sample_of_this_version_is_what_it_stores() {
    let (session, local) = played();
    let (stored, local) = (serde_json::from_str::<Value>(&session.stored()).expect("JSON"), Value::Object(local));
    let version = folder().join(env!("CARGO_PKG_VERSION"));
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(&version).expect("a place for it");
        for (name, value) in [("session.json", &stored), ("local.json", &local), ("says.json", &says(Some(&session), &local))] {
            fs::write(version.join(name), format!("{value:#}\n")).expect("a place for it");
        }
    }
    assert_eq!(stored, read(&version.join("session.json")), "its shape has changed: has it been released, count STATE_VERSION up");
    assert_eq!(local, read(&version.join("local.json")));
}

#[test]
fn what_a_page_without_a_flow_said_is_a_state() {
    let said = json!([
        { "kind": "shown", "address": format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/home"), "at": 1 },
        { "kind": "signed_in", "account": "5f2c1a34-9a77-4e0e-8d7c-3a3f9e1b2c4d", "tenant": "6f2c1a34-9a77-4e0e-8d7c-3a3f9e1b2c4d" },
    ]);
    let (mut session, mut kept) = (Session::default(), Kept::default());
    for event in said.as_array().into_iter().flatten() {
        session.feed(&serde_json::from_value(event.clone()).expect("an event"), &[], &mut kept);
    }
    assert_eq!(Session::restored(&said.to_string()), Some(session));
    let hidden = json!({ "kind": "hidden" });
    assert!(Session::restored(&json!(vec![&hidden; 20]).to_string()).is_some());
    for none in [json!(vec![&hidden; 21]), json!([{ "kind": "highlight", "on": true }]), json!([7])] {
        assert!(Session::restored(&none.to_string()).is_none(), "{none}");
    }
}

/// Whatever else may lie there: another program's, half written, of a version to come.
#[test]
fn what_is_no_state_is_none() {
    let stored = played().0.stored();
    let newer = stored.replacen("\"version\":", "\"version\":9", 1);
    let half = stored.get(..stored.len() / 2).expect("half of it");
    for text in ["", "null", "7", "[]", "{}", "{\"version\":2}", newer.as_str(), half] {
        assert!(Session::restored(text).is_none(), "{}", text.chars().take(60).collect::<String>());
    }
    for local in [
        json!(null),
        json!([]),
        json!({ "settings": 7 }),
        json!({ "settings": { "accounts": 7 } }),
        json!({ "flow:x": [] }),
        json!({ "bar": "x", "other": {} }),
    ] {
        let kept = Kept::from_items(&local);
        assert!(kept.settings.accounts.is_empty() && kept.may_ask(), "{local}");
    }
}
