//! Limits: beyond each stands a sentence, and up to each the work is done. `docs/fuzzing.md` holds the figures of larger documents.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::fmt::Write as _;
use std::time::Instant;

use connection_lens::audit::Verdict;
use connection_lens::protocol::{Asked, Event, Outcome, SweepEvent, SweepOutcome};
use connection_lens::session::{Kept, Session};
use connection_lens::sweep::{Phase, Sweep};
use connection_lens::{audit, read};
use serde_json::{Value, json};

const ENVIRONMENT: &str = "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
const HOST: &str = "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com";
const FLOW: &str = "aaaaaaaa-0000-4000-8000-000000000001";

/// The storage of a browser's session takes 10 MB for all documents together.
const MOST_STATE: usize = 4 * 1024 * 1024;

/// Of one flow of a sweep.
const MOST_OF_FLOW: usize = 256 * 1024;

/// A flow of so many operations and references, each operation naming one of them; `more` stands in each operation's inputs.
fn flow(operations: usize, references: usize, more: &str) -> String {
    let mut text = format!(r#"{{"name":"{FLOW}","properties":{{"definition":{{"triggers":{{}},"actions":{{"#);
    for n in 0..operations {
        let comma = if n == 0 { "" } else { "," };
        let key = n % references.max(1);
        let _ = write!(text, r#"{comma}"Step_{n}":{{"type":"OpenApiConnection","inputs":{{"host":{{"connectionName":"key_{key}"}},"parameters":"{more}"}}}}"#);
    }
    text.push_str(r#"}},"connectionReferences":{"#);
    for n in 0..references {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(text, r#"{comma}"key_{n}":{{"connectionName":"c{n}","id":"/providers/Microsoft.PowerApps/apis/shared_x"}}"#);
    }
    text.push_str("}}}");
    text
}

fn connections(of: std::ops::Range<usize>) -> String {
    let row = |n: usize| {
        json!({ "name": format!("c{n}"), "id": format!("/providers/Microsoft.PowerApps/apis/shared_x/connections/c{n}"),
            "properties": { "apiId": "shared_x", "displayName": format!("p{n}@contoso.com"), "statuses": [{ "status": "Connected" }],
                "createdBy": { "email": format!("p{n}@contoso.com"), "displayName": "P" } } })
    };
    Value::Array(of.map(row).collect()).to_string()
}

fn refused(text: &str) -> String {
    read::flow(text.as_bytes()).expect_err("more than is read").to_string()
}

#[test]
fn a_long_document() {
    // Swagger documents and people's own texts make most of an answer; neither is kept.
    let text = flow(1_000, 10, &"x".repeat(5_000)).replacen(r#""name":"#, &format!(r#""swagger":"{}","name":"#, "s".repeat(100_000)), 1);
    assert!(text.len() > 5_000_000);
    let reading = read::flow(text.as_bytes()).expect("a flow");
    assert_eq!((reading.found.operations.len(), reading.gaps.len()), (1_000, 0));
    assert!(serde_json::to_string(&reading.found).expect("written").len() < 400_000);
    let mut long = flow(1, 1, "");
    long.push_str(&" ".repeat(64 * 1024 * 1024));
    assert_eq!(refused(&long), "longer than 64 MB, which is the most that is read");
}

/// In the text a number takes two bytes, in memory a hundred.
#[test]
fn many_small_values() {
    let said = "more than 500000 values, which are the most that are read";
    assert_eq!(refused(&format!("[{}1]", "1,".repeat(600_000))), said);
    assert_eq!(refused(&format!(r#"{{"swagger":[{}1],"x":1}}"#, "1,".repeat(600_000))), "no flow in it: no definition", "what isn't kept isn't counted");
    assert!(read::shape(format!("[{}1]", "[],".repeat(600_000)).as_bytes()).is_none());
}

#[test]
fn a_deep_document() {
    for (open, close) in [("[", "]"), (r#"{"actions":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(refused(&deep), "nested deeper than any flow");
        let packed = json!({ "clientdata": deep }).to_string();
        assert_eq!(refused(&packed), "nested deeper than any flow");
        assert!(read::designer(deep.as_bytes()).is_err() && read::people(deep.as_bytes()).is_err() && read::shape(deep.as_bytes()).is_none());
        assert!(Session::restored(&deep).is_none());
    }
    let nested =
        |levels: usize| format!(r#"{{"definition":{{"actions":{}{{}}{}}}}}"#, r#"{"Scope":{"type":"Scope","actions":"#.repeat(levels), "}}".repeat(levels));
    assert_eq!(read::flow(nested(32).as_bytes()).expect("a flow").found.operations.len(), 32);
    assert_eq!(refused(&nested(33)), "more than 32 operations within one another, which are the most that are read");
}

#[test]
fn many_operations_and_references() {
    assert_eq!(refused(&flow(2_501, 1, "")), "more than 2500 operations, which are the most that are read");
    assert_eq!(refused(&flow(1, 1_001, "")), "more than 1000 connection references, which are the most that are read");
    let nodes: serde_json::Map<String, Value> = (0..2_501).map(|n| (format!("n{n}"), json!({ "graphId": "root" }))).collect();
    let store = json!({ "connections": { "connectionsMapping": {} }, "workflow": { "nodesMetadata": nodes } }).to_string();
    assert_eq!(read::designer(store.as_bytes()).expect_err("too many").to_string(), "more than 2500 operations, which are the most that are read");
}

#[test]
fn long_names() {
    let name = "n".repeat(1_000_000);
    let said = "a name of more than 512 bytes in it, longer than any flow's";
    assert_eq!(refused(&flow(10, 1, "").replace("Step_7", &name)), said);
    assert_eq!(refused(&flow(1, 10, "").replace("key_7", &name)), said);
    let switch = json!({ "definition": { "actions": { "Switch": { "type": "Switch", "cases": { name.as_str(): { "actions": {} } } } } } });
    assert_eq!(refused(&switch.to_string()), said);
    // A label is no name that anything hangs on: it is left out.
    let labelled = connections(0..1).replace("p0@contoso.com", &name);
    let reading = read::connections(labelled.as_bytes()).expect("a connection");
    assert_eq!((reading.found.list[0].label.as_ref(), reading.found.list[0].owner.as_ref()), (None, None));
}

#[test]
fn a_long_list_is_read_in_part_and_says_so() {
    let reading = read::connections(connections(0..5_500).as_bytes()).expect("connections");
    assert_eq!((reading.found.list.len(), reading.found.more), (5_000, true), "the rest is as a page that nobody has seen");
    assert_eq!(reading.gaps[0].what, "more rows than are read");
    let rows = vec![json!(1); 5_500];
    let strange = json!([&connections_row(), &rows].into_iter().flat_map(|part| part.as_slice().to_vec()).collect::<Vec<Value>>());
    assert_eq!(read::connections(strange.to_string().as_bytes()).expect("one connection").gaps.len(), 201, "some hundred gaps are enough");
}

fn connections_row() -> Vec<Value> {
    serde_json::from_str(&connections(0..1)).expect("a list")
}

struct Page {
    session: Session,
    kept: Kept,
}

impl Page {
    fn new() -> Self {
        let kept = Kept::from_items(&json!({ "settings": { "accounts": ["svc@contoso.com"] } }));
        let mut page = Self { session: Session::default(), kept };
        let address = format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}?v3=true");
        page.session.feed(&Event::Shown { address, at: 1.0 }, b"", &mut page.kept);
        page
    }

    fn answer(&mut self, path: &str, body: &str) -> Outcome {
        let address = format!("https://{HOST}/powerautomate/flows/{path}");
        self.feed(&Event::Captured { method: "GET".into(), address, status: 200, at: 2.0, asked: false, retry_after: None }, body)
    }

    fn feed(&mut self, event: &Event, body: &str) -> Outcome {
        let outcome = self.session.feed(event, body.as_bytes(), &mut self.kept);
        let length = self.session.stored().len();
        assert!(length <= MOST_STATE, "the state can be stored: {length}");
        outcome
    }
}

#[test]
fn the_largest_flow_that_is_read_is_judged() {
    let mut page = Page::new();
    let start = Instant::now();
    page.answer(FLOW, &flow(2_500, 1_000, ""));
    page.answer(&format!("{FLOW}/connections"), &connections(0..1_000));
    let sight = page.session.sight(&page.kept).expect("a flow in sight");
    assert_eq!((sight.audit.counts.mismatch, sight.audit.people.len()), (2_500, 1_000));
    assert_eq!(sight.checklist().groups.len(), 1_000);
    assert!(sight.audit.operations.iter().all(|judged| matches!(judged.verdict, Verdict::Mismatch { .. })));
    assert_eq!(audit::holdings(&sight.audit, &sight.known).len(), 0);
    println!("trust: 8 2500 operations on 1000 connections, the most that is read: judged in {:.1} s, unoptimised", start.elapsed().as_secs_f64());
}

#[test]
fn a_flow_that_is_larger_is_told_as_too_large() {
    let mut page = Page::new();
    let outcome = page.answer(FLOW, &flow(2_501, 1, ""));
    let trouble = page.session.facts().and_then(|facts| facts.trouble(Asked::Flow)).expect("a trouble");
    assert_eq!((trouble.status, trouble.code.as_deref()), (0, Some("too_large")));
    assert!(outcome.asks.iter().all(|ask| ask.what != Asked::Flow), "it doesn't get smaller by asking again");
}

/// Every operation repeats the names of all around it: a small document would make a large model.
#[test]
fn names_that_multiply() {
    let around = format!(r#"{{"{}":{{"type":"Scope","actions":"#, "n".repeat(500));
    let inside = (0..400).fold(String::new(), |text, n| text + &format!(r#""{n}":{{"type":"Compose"}},"#));
    let text = format!(r#"{{"definition":{{"actions":{}{{{}}}{}}}}}"#, around.repeat(30), inside.trim_end_matches(','), "}}".repeat(30));
    assert!(text.len() < 30_000);
    assert_eq!(refused(&text), "more than 2097152 bytes of names around operations, which are the most that are read");
}

#[test]
fn what_cannot_be_stored_is_let_go_and_told() {
    let long = "l".repeat(2_000);
    let reference =
        |n: usize| (format!("key_{n}"), json!({ "connectionName": format!("{long}{n}"), "id": format!("{long}{n}"), "displayName": long, "source": long }));
    let references: serde_json::Map<String, Value> = (0..600).map(reference).collect();
    let mut whole: Value = serde_json::from_str(&flow(10, 0, "")).expect("a flow");
    whole["properties"]["connectionReferences"] = Value::Object(references);
    let mut page = Page::new();
    page.answer(FLOW, &whole.to_string());
    let facts = page.session.facts().expect("the flow in sight");
    assert!(facts.saved.is_none());
    assert_eq!(facts.trouble(Asked::Flow).and_then(|trouble| trouble.code.as_deref()), Some("too_large"));
}

#[test]
fn answers_that_come_again_and_again_do_not_pile_up() {
    let mut page = Page::new();
    page.answer(FLOW, &flow(10, 10, ""));
    let mut length = 0;
    for time in 0..8 {
        page.answer(&format!("{FLOW}/connections"), &connections(0..50));
        page.answer(&format!("{FLOW}/owners"), &json!({ "value": [{ "properties": { "roleName": "Owner", "principal": { "id": FLOW } } }] }).to_string());
        let now = page.session.stored().len();
        assert!(time < 3 || now == length, "{now} after {length}");
        length = now;
    }
}

#[test]
fn a_flood_of_strange_answers_stays_bounded() {
    let mut page = Page::new();
    page.answer(FLOW, &flow(10, 10, ""));
    for n in 0..40 {
        let host = HOST.replace("default1f2e", &format!("default{n:04x}"));
        let word: String = n.to_string().chars().map(|digit| char::from(digit as u8 + 49)).collect();
        for (host, path) in [(host.as_str(), "connections".to_owned()), (HOST, word)] {
            let address = format!("https://{host}/powerautomate/flows/{FLOW}/{path}");
            let event = Event::Captured { method: "GET".into(), address, status: 200, at: 2.0, asked: false, retry_after: None };
            page.feed(&event, &connections(n..n + 2));
        }
    }
    for n in 0..2 {
        page.answer(&format!("{FLOW}/connections"), &connections(n * 3_000..n * 3_000 + 3_000));
    }
    assert!(page.session.stored().len() < 3_000_000);
    let facts = page.session.facts().expect("the flow in sight");
    assert!(facts.saved.is_some() && facts.picker.as_ref().is_none_or(|picker| picker.len() <= 5_000));
}

/// A sweep whose lists hold these flows on each of their pages; then every flow is this, if they are to be read. Tells how many requests that were.
fn swept(flows: &[String], pages: u32, flow: Option<&str>) -> (Sweep, usize, SweepOutcome) {
    let rows: Vec<Value> = flows.iter().map(|id| json!({ "name": id, "properties": { "displayName": "Any" } })).collect();
    let list = Value::Array(rows).to_string();
    let start = SweepEvent::Start {
        environment: ENVIRONMENT.into(),
        host: "make.powerautomate.com".into(),
        account: "8323f7fe-e8a4-46c4-b5ea-f4864887d160".into(),
        tenant: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9".into(),
        at: 1.0,
    };
    let (mut sweep, mut requests) = (Sweep::default(), 0);
    let mut outcome = sweep.feed("sweep:k", &start, Some("doc:1"), b"");
    loop {
        if sweep.head.phase == Phase::Counted && flow.is_some() {
            outcome = sweep.feed("sweep:k", &SweepEvent::Go { at: 2.0 }, Some("doc:1"), b"");
        }
        let Some(ask) = outcome.asks.first().cloned() else { return (sweep, requests, outcome) };
        requests += 1;
        let (body, more) = match ask.what {
            Asked::Flow => (flow.unwrap_or_default(), false),
            Asked::Flows => (list.as_str(), ask.page.is_some_and(|page| page + 1 < pages)),
            _ => ("[]", ask.page.is_some_and(|page| page + 1 < pages)),
        };
        let event = SweepEvent::Swept { number: ask.number.expect("a number"), status: 200, at: 2.0, retry_after: None, more, cut: false };
        outcome = sweep.feed("sweep:k", &event, Some("doc:1"), body.as_bytes());
    }
}

#[test]
fn a_sweep_has_so_many_flows_and_says_that_there_are_more() {
    let ids: Vec<String> = (0..5_001).map(|n| format!("aaaaaaaa-0000-4000-8000-{n:012}")).collect();
    for (count, is_whole) in [(5_000, true), (5_001, false)] {
        let (sweep, ..) = swept(&ids[..count], 1, None);
        assert_eq!((sweep.entries().len(), sweep.head.not_whole().next().is_none()), (5_000, is_whole));
    }
}

/// A list may lead from one page to the next and back again.
#[test]
fn a_list_without_an_end_is_left_and_told() {
    let (sweep, requests, _) = swept(&[FLOW.to_owned()], u32::MAX, None);
    assert_eq!((requests, sweep.head.not_whole().count()), (3 * 500, 3));
}

/// Whoever shares a flow with somebody must not be able to fill the place in which all of theirs are kept.
#[test]
fn a_flow_of_which_more_is_to_be_kept_than_of_any_is_told_as_too_large() {
    let kept = |outcome: &SweepOutcome| outcome.keep.values().map(|value| value.to_string().len()).sum::<usize>();
    let (sweep, _, outcome) = swept(&[FLOW.to_owned()], 1, Some(&flow(2_500, 1_000, "")));
    assert_eq!(sweep.entries()[0].uses.len(), 1_000, "the largest flow that is read is swept");
    assert!(kept(&outcome) < MOST_OF_FLOW, "{} bytes", kept(&outcome));
    let long = flow(1_000, 1_000, "").replace("shared_x", &"x".repeat(1_000));
    let (sweep, _, outcome) = swept(&[FLOW.to_owned()], 1, Some(&long));
    let entry = &sweep.entries()[0];
    assert_eq!((entry.uses.len(), sweep.table().rows().len(), entry.at), (0, 0, None));
    assert_eq!(entry.trouble.as_ref().and_then(|trouble| trouble.code.as_deref()), Some("too_large"));
    assert!(kept(&outcome) < 2_000, "{} bytes", kept(&outcome));
}
