//! What fuzzing found, each as a test of its own: the input as small as it got, and why it matters.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic where they fail")]

use std::collections::BTreeSet;

use connection_lens::audit::{Choice, Intent, Judged, Known, Record, checklist, judge};
use connection_lens::model::{Account, AccountPattern, Connection, Flow, FlowForm, FlowKind, Health, Operation, OperationKind, Reference, Source};
use connection_lens::protocol::{Ask, Asked, Event, SweepEvent, SweepOutcome, parcel};
use connection_lens::report::{English, Paper};
use connection_lens::session::{Kept, Session, from_file};
use connection_lens::sweep::{Answer, Question, Sight, Sweep, keys_of, sheet};
use connection_lens::{portal, read};
use serde_json::{Map, Value, json};

const FLOW: &str = "aaaaaaaa-0000-4000-8000-000000000001";

/// The key of a sweep.
const SWEEP: &str = "sweep:default-1f2e/ana";

/// `*` alone is refused where somebody types it; a stored setting or a message brought it in by another door, and everybody was intended.
#[test]
fn everybody_is_never_intended() {
    let kept = Kept::from_items(&json!({ "settings": { "accounts": ["*"], "sign_in_alone": true } }));
    assert!(kept.settings.accounts.is_empty());
    assert!(parcel(r#"{"kind":"intend","accounts":["**"],"scope":"everywhere","at":1}"#, b"").is_err());
    assert!(parcel(r#"{"kind":"intend","accounts":["svc-*@c.com"],"scope":"everywhere","at":1}"#, b"").is_ok());
    assert_eq!(AccountPattern::new("* *"), None);
}

/// An environment in an address may be anything; what is asked for names ids only. (The page's side refused these; the core should never have asked.)
#[test]
fn only_ids_are_asked_about() {
    for (environment, asks) in [("Default-1f2e", true), ("Default-1f2e]", false), ("..%2F..", false), ("%22", false)] {
        let (mut session, mut kept) = (Session::default(), Kept::default());
        let address = format!("https://make.powerautomate.com/environments/{environment}/flows/{FLOW}");
        let shown = session.feed(&Event::Shown { address, at: 1.0 }, b"", &mut kept);
        let again = session.feed(&Event::Refresh { at: 2.0 }, b"", &mut kept);
        assert_eq!((!shown.asks.is_empty(), !again.asks.is_empty()), (asks, asks), "{environment}");
    }
}

/// A flow from a file whose package tells no connection asked for the environment's: there is no page, and nobody is asked.
#[test]
fn a_file_asks_nobody() {
    let file = json!({ "name": FLOW, "properties": { "environment": { "name": "Default-1f2e" },
        "definition": { "triggers": {}, "actions": { "Send": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "k" } } } } },
        "connectionReferences": { "k": { "connectionName": "c1", "id": "/x" } } } });
    let mut dropped = from_file("flow.json", file.to_string().as_bytes(), 1.0).expect("a flow").remove(0);
    let mut kept = Kept::from_items(&json!({ "settings": { "accounts": ["svc@c.com"] } }));
    for event in [Event::Look {}, Event::Refresh { at: 2.0 }] {
        assert_eq!(dropped.feed(&event, b"", &mut kept).asks, []);
    }
}

/// A path that ended in blanks made a connection whose id was a blank.
#[test]
fn a_connection_has_an_id() {
    let row = json!([{ "id": "/providers/Microsoft.PowerApps/apis/x/connections/ ", "properties": { "apiId": "x" } }]).to_string();
    assert_eq!(read::connections(row.as_bytes()).expect_err("no connection").kind_name(), "not_connections");
}

/// A host in signs that no browser writes was kept as evidence as it stood.
#[test]
fn a_host_is_one_or_the_address_is_none() {
    for address in ["https://%61na.powerapps.com/x", "https://ana kovac/x", "https://make.powerautomate.com\\x/"] {
        assert_eq!(portal::template(address), "{address}", "{address}");
        assert_eq!(portal::place(address), None);
    }
}

/// Beside an id stood something more in one part of an address's path, and it was kept as evidence. (A part of one piece was not.)
#[test]
fn an_id_beside_something_else_is_no_evidence() {
    let id = "aaaaaaaadddd4000beef000000000001".replace(|c: char| c.is_ascii_digit(), "b");
    for part in [format!("{id}.json"), format!("x_{id}")] {
        assert_eq!(portal::template(&format!("https://api.flow.microsoft.com/x/{part}")), "api.flow.microsoft.com/x/{id}", "{part}");
    }
}

/// An address or a list could name a flow by a text of any length; the page's side takes none longer than a GUID, so it was asked for and never answered.
#[test]
fn a_flow_has_an_id_of_a_guids_length() {
    let long = format!("{FLOW}{}", "6".repeat(80));
    let place = portal::place(&format!("https://make.powerautomate.com/environments/Default-1f2e/flows/{long}"));
    assert_eq!(place.and_then(|place| place.flow), None);
    let list = json!([{ "name": long, "properties": {} }]).to_string();
    assert_eq!(read::flow_list(list.as_bytes()).expect_err("no flow").kind_name(), "not_flows");
}

/// Two ids of a connection that differ in case are one; they made two items with one identity, and a tick on either counted for both.
#[test]
fn an_item_has_an_identity_of_its_own() {
    let reference = |key: &str, connection: &str| Reference {
        key: key.to_owned(),
        connector: Some("shared_x".to_owned()),
        source: Source::Embedded,
        source_as_written: None,
        connection: Some(connection.to_owned()),
        logical_name: None,
        connector_name: None,
        owner: None,
        installed: false,
    };
    let operation = |name: &str, key: &str| Operation {
        name: name.to_owned(),
        kind: OperationKind::Action,
        type_name: "OpenApiConnection".to_owned(),
        path: Vec::new(),
        branch: String::new(),
        reference: Some(key.to_owned()),
        connector: None,
        invoker: false,
    };
    let flow = Flow {
        form: FlowForm::Api,
        kind: FlowKind::Cloud,
        id: None,
        workflow_id: None,
        environment: None,
        tenant: None,
        display_name: None,
        creator: None,
        role: None,
        modified: None,
        operations: vec![operation("one", "a"), operation("other", "b")],
        references: vec![reference("a", "c1"), reference("b", "C1")],
        declares_references: true,
    };
    let connection = Connection {
        id: "c1".to_owned(),
        connector: None,
        label: None,
        sign_in: Account::from_label("ana@c.com"),
        owner: None,
        health: Health::Connected,
        expires: None,
        created: None,
    };
    let connections = [connection];
    let known = Known { saved: Some(&flow), connections: &connections, connections_read: true, ..Known::default() };
    let accounts = AccountPattern::new("svc@c.com").into_iter().collect();
    let intent = Intent { base: Choice { accounts, ..Choice::default() }, ..Intent::default() };
    let (audit, record) = (judge(&known, &intent), Record::default());
    let checklist = checklist(&audit, &known, &intent, &record);
    assert_eq!(checklist.groups.iter().map(|group| (group.id.as_str(), group.operations.len())).collect::<Vec<_>>(), [("reassign:c1/shared_x", 2)]);
}

fn start(environment: &str, at: f64) -> SweepEvent {
    let text = |text: &str| text.to_owned();
    SweepEvent::Start { environment: text(environment), host: text("make.powerautomate.com"), account: text("ana"), tenant: text("t"), at }
}

/// An answer to the first of the asks.
fn answer(sweep: &mut Sweep, asks: &[Ask], body: &Value) -> SweepOutcome {
    let number = asks[0].number.expect("a number");
    let event = SweepEvent::Swept { number, status: 200, at: 2.0, retry_after: None, more: false, cut: false };
    sweep.feed(SWEEP, &event, Some("doc:1"), body.to_string().as_bytes())
}

/// What follows is stored, and nothing lies there that the head doesn't tell of.
fn store(items: &mut Map<String, Value>, outcome: &SweepOutcome) {
    items.extend(outcome.keep.clone());
    for key in &outcome.delete {
        assert!(items.remove(key).is_some(), "{key} was stored");
    }
    let keys: BTreeSet<String> = keys_of(SWEEP, &items[SWEEP]).into_iter().collect();
    assert_eq!(items.keys().cloned().collect::<BTreeSet<_>>(), keys);
}

/// A service with one flow on one connection answers everything that is asked for, until nothing is; tells what was stored.
fn answered(sweep: &mut Sweep, mut outcome: SweepOutcome) -> Map<String, Value> {
    let mut items: Map<String, Value> = outcome.keep.clone().into_iter().collect();
    while let Some(ask) = outcome.asks.first() {
        let body = match ask.what {
            Asked::Flows => json!([{ "name": FLOW, "properties": { "displayName": "Invoices" } }]),
            Asked::SharedFlows => json!([]),
            Asked::Flow => json!({ "name": FLOW, "properties": { "displayName": "Invoices",
                "definition": { "triggers": {}, "actions": { "Send": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "k" } } } } },
                "connectionReferences": { "k": { "connectionName": "c1", "id": "/x/apis/shared_x" } } } }),
            Asked::Connections | Asked::FlowConnections => {
                json!([{ "name": "c1", "properties": { "apiId": "shared_x", "statuses": [], "accountName": "ana@c.com" } }])
            }
        };
        outcome = answer(sweep, &outcome.asks, &body);
        items.extend(outcome.keep.clone());
    }
    items
}

/// A sweep to its end, and everything that is stored of it.
fn swept() -> (Sweep, Map<String, Value>) {
    let mut sweep = Sweep::default();
    let outcome = sweep.feed(SWEEP, &start("Default-1f2e", 1.0), Some("doc:1"), b"");
    let mut items = answered(&mut sweep, outcome);
    let outcome = sweep.feed(SWEEP, &SweepEvent::Go { at: 2.0 }, Some("doc:1"), b"");
    items.extend(answered(&mut sweep, outcome));
    assert_eq!(Sweep::restored(SWEEP, &items).as_ref(), Some(&sweep), "what was stored is read back");
    (sweep, items)
}

/// A stored sweep's head tells how many flows and connections lie beside it; room was made for so many before anybody looked.
#[test]
fn a_sweeps_head_makes_no_room_for_what_is_not_there() {
    let (_, items) = swept();
    for count in ["flows", "connections"] {
        for wrong in [2, 51, u64::from(u32::MAX), u64::MAX] {
            let mut items = items.clone();
            items[SWEEP][count] = wrong.into();
            assert_eq!(Sweep::restored(SWEEP, &items), None, "{wrong} {count}");
        }
    }
}

/// A part's number comes from a key, and the places of its rows are reckoned from it.
#[test]
fn a_part_beyond_all_flows_is_none() {
    let (mut sweep, mut items) = swept();
    let rows = items[&format!("{SWEEP}:0")].clone();
    for part in [1, usize::MAX / 50, usize::MAX / 50 + 1, usize::MAX] {
        let key = format!("{SWEEP}:{part}");
        items.insert(key.clone(), rows.clone());
        assert_eq!(sweep.renewed(SWEEP, &[key].into(), &items), None, "{part}");
    }
    assert_eq!(sweep.renewed(SWEEP, &[format!("{SWEEP}:0")].into(), &items), Some(Vec::new()));
}

/// Nothing is stored that is no sweep of ours: somebody else's counts were added up until they turned over, and a link led to a stranger's host.
#[test]
fn a_stored_sweep_is_one_that_could_have_been_stored() {
    let (_, items) = swept();
    let part = format!("{SWEEP}:0");
    let changed = |key: &str, pointer: &str, value: Value| {
        let mut items = items.clone();
        *items[key].pointer_mut(pointer).expect("a place") = value;
        Sweep::restored(SWEEP, &items)
    };
    assert!(changed(SWEEP, "/environment", json!("Default-2")).is_some());
    for (key, pointer, value) in [
        (SWEEP, "/environment", json!("../x")),
        (SWEEP, "/host", json!("evil.example")),
        (SWEEP, "/number", json!(u64::MAX)),
        (SWEEP, "/requests", json!(u64::MAX)),
        (SWEEP, "/under_way", json!([{ "number": u64::MAX, "task": { "f": 0 }, "slot": 0.0 }])),
        (SWEEP, "/under_way", json!([{ "number": 1, "task": { "p": 1 }, "slot": 0.0 }])),
        (SWEEP, "/under_way", json!([{ "number": 1, "task": { "l": ["flow", 0] }, "slot": 0.0 }])),
        (SWEEP, "/under_way", json!([{ "number": 1, "task": { "f": 0 }, "slot": 0.0 }, { "number": 2, "task": { "f": 0 }, "slot": 0.0 }])),
        (SWEEP, "/under_way", json!([{ "number": 1, "task": { "f": 0 }, "slot": 0.0 }, { "number": 1, "task": { "p": 0 }, "slot": 0.0 }])),
        (SWEEP, "/under_way", json!(vec![json!({ "number": 1, "task": { "f": 0 }, "slot": 0.0 }); 3])),
        (&part, "/0/id", json!("../x")),
        (&part, "/0/u/0/n", json!(u64::from(u32::MAX))),
    ] {
        assert_eq!(changed(key, pointer, value), None, "{pointer}");
    }
    let mut twice = items.clone();
    twice[SWEEP]["flows"] = json!(2);
    let row = twice[&part][0].clone();
    twice[&part].as_array_mut().expect("rows").push(row);
    assert_eq!(Sweep::restored(SWEEP, &twice), None, "a flow stands there once");
}

/// What a sweep asks about came from an event as it was; the page's side refuses what is no id.
#[test]
fn a_sweep_is_over_an_environment_of_a_portal() {
    for environment in ["../x", "", "Default-1f2e]"] {
        let outcome = Sweep::default().feed(SWEEP, &start(environment, 1.0), Some("doc:1"), b"");
        assert_eq!(outcome, SweepOutcome::default(), "{environment}");
    }
}

/// Requests are numbered on from the time of the start; a time after all calendars left no number over.
#[test]
fn a_request_has_a_number_that_scripts_can_count_to() {
    for at in [-1.0, 1e300] {
        let outcome = Sweep::default().feed(SWEEP, &start("Default-1f2e", at), Some("doc:1"), b"");
        assert!(outcome.asks.iter().all(|ask| ask.number.is_some_and(|number| number < 1 << 53)), "{:?}", outcome.asks);
    }
}

fn flows(numbers: std::ops::Range<usize>) -> Value {
    numbers.map(|number| json!({ "name": format!("aaaaaaaa-0000-4000-8000-{number:012}"), "properties": {} })).collect()
}

fn connections(count: usize) -> Value {
    (0..count).map(|number| json!({ "name": format!("c{number}"), "properties": { "apiId": "shared_x", "statuses": [] } })).collect()
}

/// Parts of the sweep before stayed in the storage for ever: of its connections, and of flows that moved together.
#[test]
fn nothing_of_a_sweep_stays_where_nobody_looks_for_it() {
    let (mut sweep, mut items) = (Sweep::default(), Map::new());
    for (at, listed) in [(1.0, flows(0..50)), (2.0, flows(50..51))] {
        let mut outcome = sweep.feed(SWEEP, &start("Default-1f2e", at), Some("doc:1"), b"");
        store(&mut items, &outcome);
        while let Some(ask) = outcome.asks.first() {
            let body = match ask.what {
                Asked::Flows => listed.clone(),
                Asked::Connections => connections(60),
                _ => json!([]),
            };
            outcome = answer(&mut sweep, &outcome.asks, &body);
            store(&mut items, &outcome);
        }
    }
    assert_eq!(sweep.entries().len(), 1);
}

/// A flow that somebody opened named a connection that nobody had met; its place was counted and not stored, and the whole sweep could not be read back.
#[test]
fn a_connection_of_an_opened_flow_is_stored() {
    let (mut sweep, mut items) = swept();
    let (mut session, mut kept) = (Session::default(), Kept::default());
    session.feed(&Event::Shown { address: format!("https://make.powerautomate.com/environments/Default-1f2e/flows/{FLOW}"), at: 3.0 }, b"", &mut kept);
    let body = json!({ "name": FLOW, "properties": {
        "definition": { "triggers": {}, "actions": { "Send": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "k" } } } } },
        "connectionReferences": { "k": { "connectionName": "nobodys", "id": "/x/apis/shared_x" } } } });
    let address = format!("https://default1f2e.f9.environment.api.powerplatform.com/powerautomate/flows/{FLOW}");
    let event = Event::Captured { method: "GET".into(), address, status: 200, at: 3.0, asked: false, retry_after: None };
    session.feed(&event, body.to_string().as_bytes(), &mut kept);
    let outcome = sweep.look(SWEEP, &session, 4.0).expect("news");
    store(&mut items, &outcome);
    assert_eq!(Sweep::restored(SWEEP, &items), Some(sweep));
}

/// Whoever follows what is stored, and looks only now and then, found a flow by the place that another one had been in.
#[test]
fn flows_that_have_moved_are_found_anew() {
    let (mut sweep, mut items) = (Sweep::default(), Map::new());
    let mut page = None;
    for (at, listed) in [(1.0, flows(0..1)), (2.0, flows(1..2))] {
        let mut outcome = sweep.feed(SWEEP, &start("Default-1f2e", at), Some("doc:1"), b"");
        store(&mut items, &outcome);
        while let Some(what) = outcome.asks.first().map(|ask| ask.what) {
            let body = match what {
                Asked::Flows => listed.clone(),
                Asked::Connections => connections(1),
                _ => json!([]),
            };
            outcome = answer(&mut sweep, &outcome.asks, &body);
            store(&mut items, &outcome);
            if what == Asked::Connections {
                page = Sweep::restored(SWEEP, &items);
            }
        }
    }
    let mut page = page.expect("the second sweep, of which the connections are read");
    assert_eq!(page.entries().len(), sweep.entries().len());
    assert_eq!(page.renewed(SWEEP, &[SWEEP.to_owned(), format!("{SWEEP}:0")].into(), &items), None);
}

/// An ask that was to wait for ten minutes was told as one of a minute, and made after it: a page hears of each once.
#[test]
fn a_service_is_left_alone_for_as_long_as_it_says() {
    let mut sweep = Sweep::default();
    let asks = sweep.feed(SWEEP, &start("Default-1f2e", 1.0), Some("doc:1"), b"").asks;
    let busy = |seconds: f64| SweepEvent::Swept {
        number: asks[0].number.expect("a number"),
        status: 429,
        at: 2.0,
        retry_after: Some(seconds),
        more: false,
        cut: false,
    };
    for (seconds, wait) in [(7.0, 7_000), (600.0, 600_000), (1e9, 3_600_000)] {
        let next = sweep.clone().feed(SWEEP, &busy(seconds), Some("doc:1"), b"{}").asks;
        assert_eq!(next.last().map(|ask| ask.after), Some(wait));
    }
}

/// While a clock was a century ahead something was asked for; when it was right again, nothing could be for so long.
#[test]
fn a_clock_that_was_wrong_holds_nothing_up() {
    let mut sweep = Sweep::default();
    sweep.feed(SWEEP, &start("Default-1f2e", 4e12), Some("doc:1"), b"");
    let now = 1.8e12;
    sweep.feed(SWEEP, &SweepEvent::Waited { at: now }, None, b"");
    sweep.feed(SWEEP, &start("Default-1f2e", now), Some("doc:1"), b"");
    let asks = sweep.feed(SWEEP, &SweepEvent::Waited { at: now + 3_600_000.0 }, None, b"").asks;
    assert_eq!(asks.iter().map(|ask| ask.after).collect::<Vec<_>>(), [0, 0]);
}

/// What stands out in a sentence of ours is no part of a pattern that has the same signs.
#[test]
fn a_papers_title_has_the_account_as_it_was_typed() {
    let (sweep, _) = swept();
    let question = Question::Account(AccountPattern::new("svc-**@c.com").expect("a pattern"));
    let sight = Sight::new(&sweep, &|_| Intent::default());
    let answer = Answer::new(&sweep, &sight, &question);
    let paper = sheet(&sweep, &sight, &question, &answer, None, &|_, _| None).write(Paper::Html, &English);
    assert!(paper.contains("<h1>Where svc-**@c.com still is</h1>"), "{paper}");
    assert!(paper.contains("0 of 1 flows still use svc-**@c.com"), "{paper}");
}

/// An operation without a name left its line of a Markdown table out, and what encloses it stood there as if it were the name.
#[test]
fn an_operation_without_a_name_is_a_dash() {
    let actions = json!({ "Send_it": { "type": "Scope", "actions": { "": { "type": "Wait" }, "_ _": { "type": "Wait" } } } });
    let flow = json!({ "properties": { "definition": { "triggers": {}, "actions": actions } } }).to_string();
    let flow = read::flow(flow.as_bytes()).expect("a flow").found;
    let audit = judge(&Known { saved: Some(&flow), ..Known::default() }, &Intent::default());
    let shown: Vec<String> = audit.operations.iter().map(Judged::title).collect();
    assert_eq!(shown, ["Send it", "–", "–"]);
}
