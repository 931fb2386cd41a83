//! Update: what each version left in the browser's storage is read, or cleanly set aside. `tests/fixtures/states/<version>/` holds what it stored:
//! `session.json` (a document's session), `local.json` (what is kept on disk), `sweep.json` (a sweep, which stays there too), and `says.json`, what is to be
//! understood of them. Before 0.1.0 there were no sweeps.
//!
//! The folder of the version in Cargo.toml is made by playing: `BLESS=1` writes it anew. Once a version is released its folder stays as it is, and a
//! changed shape shows here: then `STATE_VERSION` is to be counted up, or a sweep's `VERSION`.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic where they fail")]

use std::fs;
use std::path::{Path, PathBuf};

use connection_lens::audit::Intent;
use connection_lens::model::AccountPattern;
use connection_lens::protocol::{Asked, Event, SweepEvent};
use connection_lens::session::{Kept, Session, flow_key};
use connection_lens::sweep::{Answer, Phase, Question, Sight, Sweep, sweep_key};
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

/// The flows of an environment: of Ana's, of the service's, one that may not be read, one with a connection that only its own list shows.
const FLOWS: [&str; 4] = [FLOW, "bbbbbbbb-0000-4000-8000-000000000002", "cccccccc-0000-4000-8000-000000000003", "dddddddd-0000-4000-8000-000000000004"];

/// Who is signed in.
const ANA: &str = "8323f7fe-e8a4-46c4-b5ea-f4864887d160";

/// A flow of the sweep, as it runs on a connection.
fn on(flow: &str, connection: &str) -> Value {
    let send = json!({ "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "k", "apiId": API } } });
    let bare = json!({ "type": "OpenApiConnection", "inputs": {} });
    let mut references = json!({ "k": { "connectionName": connection, "id": API, "displayName": "Office 365 Outlook" } });
    if connection == "bob" {
        references["left"] = json!({ "connectionName": "ana", "id": API });
    }
    json!({ "name": flow, "properties": { "displayName": "Invoice approval", "connectionReferences": references,
        "definition": { "triggers": {}, "actions": { "Send_it": send, "Odd": 7, "Ask": bare } } } })
}

/// What the service answers a sweep, and with which status. In the second round the first flow is repaired.
fn swept(what: Asked, flow: &str, round: usize) -> (u16, Value) {
    let connection = |id: &str, who: &str, of: Value| json!({ "name": id, "properties": { "apiId": API, "displayName": who, "statuses": [{ "status": "Connected" }], "createdBy": of } });
    let ana = connection("ana", "ana.kovac@contoso.com", json!({ "id": ANA, "displayName": "Ana Kovač", "email": "ana.kovac@contoso.com" }));
    let svc = connection("svc", "svc-flows@contoso.com", json!({ "email": "svc-flows@contoso.com" }));
    let row = |id: &str| json!({ "name": id, "properties": { "displayName": "Any", "state": if id == FLOW { "Started" } else { "Stopped" }, "lastModifiedTime": "2026-11-20T08:00:00Z" } });
    match what {
        Asked::Connections => (200, json!({ "value": [ana, svc] })),
        Asked::FlowConnections => (200, json!([ana, connection("bob", "bob@contoso.com", Value::Null)])),
        Asked::Flows => (200, json!({ "value": FLOWS.map(row) })),
        Asked::SharedFlows => (500, json!({})),
        Asked::Flow => match FLOWS.iter().position(|id| *id == flow) {
            Some(0) if round == 0 => (200, on(flow, "ana")),
            Some(0 | 1) => (200, on(flow, "svc")),
            Some(2) => (403, json!({ "error": { "code": "ConnectionAuthorizationFailed", "message": "no" } })),
            _ => (200, on(flow, "bob")),
        },
    }
}

/// A second sweep, half done after a first one, with something of everything that is stored. Tells its key, and what lies there.
fn played_sweep() -> (String, Map<String, Value>) {
    let key = sweep_key(ENVIRONMENT, ANA);
    let (mut sweep, mut items, mut at) = (Sweep::default(), Map::new(), 1_000.0);
    for round in 0..2 {
        let [environment, host, account, tenant] = [ENVIRONMENT, "make.powerautomate.com", ANA, "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9"].map(str::to_owned);
        let mut outcome = sweep.feed(&key, &SweepEvent::Start { environment, host, account, tenant, at }, Some("doc:1"), b"");
        loop {
            items.extend(outcome.keep);
            assert!(outcome.delete.is_empty());
            at += 1_000.0;
            let (event, body) = match outcome.asks.first() {
                None if sweep.head.phase == Phase::Counted => (SweepEvent::Go { at }, Value::Null),
                None => break,
                // The last flow's own list isn't answered any more.
                Some(ask) if round == 1 && ask.what == Asked::FlowConnections => break,
                Some(ask) => {
                    let (status, body) = swept(ask.what, &ask.flow, round);
                    (SweepEvent::Swept { number: ask.number.expect("a number"), status, at, retry_after: None, more: false, cut: false }, body)
                }
            };
            outcome = sweep.feed(&key, &event, Some("doc:1"), body.to_string().as_bytes());
        }
    }
    // Somebody opens a flow and finds Ana in it.
    let (mut session, mut kept) = (Session::default(), Kept::default());
    let address = format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{}", FLOWS[1]);
    session.feed(&Event::Shown { address, at }, b"", &mut kept);
    let address = format!("https://{HOST}/powerautomate/flows/{}", FLOWS[1]);
    let event = Event::Captured { method: "GET".to_owned(), address, status: 200, at, asked: false, retry_after: None };
    session.feed(&event, on(FLOWS[1], "ana").to_string().as_bytes(), &mut kept);
    items.extend(sweep.look(&key, &session, at).expect("news").keep);
    (key, items)
}

/// What is understood of a sweep.
fn says_of(sweep: Option<&Sweep>) -> Value {
    let Some(sweep) = sweep else { return json!("set aside") };
    let sight = Sight::new(sweep, &|_| Intent::default());
    let ana = Question::Account(AccountPattern::new("ana.kovac@contoso.com").expect("a pattern"));
    let totals = Answer::new(sweep, &sight, &ana).totals;
    json!({ "flows": totals.flows, "read": totals.read, "uses": totals.uses, "left over": totals.left, "unreadable": totals.unreadable, "changes": totals.changes })
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

/// The sweep that a version stored, with its key; none where it had no sweeps.
fn sweep_in(folder: &Path) -> Option<(String, Map<String, Value>)> {
    let file = folder.join("sweep.json");
    let Value::Object(items) = file.exists().then(|| read(&file))? else { return None };
    let key = items.keys().find(|key| key.matches(':').count() == 1)?.clone();
    Some((key, items))
}

#[test]
fn what_each_version_stored_is_read_or_set_aside() {
    let mut versions = Vec::new();
    for version in fs::read_dir(folder()).expect("kept samples").flatten().map(|entry| entry.path()).filter(|path| path.is_dir()) {
        let session = session_in(&version);
        let local = read(&version.join("local.json"));
        let mut said = says(session.as_ref(), &local);
        if let Some((key, items)) = sweep_in(&version) {
            let sweep = Sweep::restored(&key, &items);
            said["sweep"] = says_of(sweep.as_ref());
            if let Some(sweep) = sweep {
                let parts = json!({ &key: sweep.head, format!("{key}:0"): sweep.entries(), format!("{key}:c0"): sweep.table().rows() });
                assert_eq!(parts, Value::Object(items), "{}: nothing of it is lost", version.display());
            }
        }
        assert_eq!(said, read(&version.join("says.json")), "{}", version.display());
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
    let (key, items) = played_sweep();
    let (stored, local, sweep) = (serde_json::from_str::<Value>(&session.stored()).expect("JSON"), Value::Object(local), Value::Object(items.clone()));
    let version = folder().join(env!("CARGO_PKG_VERSION"));
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(&version).expect("a place for it");
        let mut said = says(Some(&session), &local);
        said["sweep"] = says_of(Sweep::restored(&key, &items).as_ref());
        for (name, value) in [("session.json", &stored), ("local.json", &local), ("sweep.json", &sweep), ("says.json", &said)] {
            fs::write(version.join(name), format!("{value:#}\n")).expect("a place for it");
        }
    }
    assert_eq!(stored, read(&version.join("session.json")), "its shape has changed: has it been released, count STATE_VERSION up");
    assert_eq!(local, read(&version.join("local.json")));
    assert_eq!(sweep, read(&version.join("sweep.json")), "its shape has changed: has it been released, count a sweep's VERSION up");
}

#[test]
fn a_sweep_of_another_version_is_set_aside() {
    let (key, items) = played_sweep();
    assert!(Sweep::restored(&key, &items).is_some());
    for version in [json!(0), json!(2), json!("1"), json!(null)] {
        let mut items = items.clone();
        items[&key]["version"] = version;
        assert_eq!(Sweep::restored(&key, &items), None);
    }
    for gone in items.keys() {
        let mut items = items.clone();
        items.remove(gone);
        assert_eq!(Sweep::restored(&key, &items), None, "{gone}");
    }
    assert_eq!(Sweep::restored("sweep:other", &items), None);
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
