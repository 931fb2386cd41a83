//! The session, played: event orders, faults, and what must never cross between flows.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use connection_lens::audit::{Verdict, Why};
use connection_lens::paint::RowStyle;
use connection_lens::protocol::{Asked, Event, Outcome, Scope};
use connection_lens::session::{Kept, flow_key};
use serde_json::{Value, json};

mod played;
use played::*;

fn names(verdicts: &[(String, Verdict)], wanted: impl Fn(&Verdict) -> bool) -> Vec<&str> {
    verdicts.iter().filter(|(_, verdict)| wanted(verdict)).map(|(name, _)| name.as_str()).collect()
}

#[test]
fn every_order_of_the_same_answers_ends_in_the_same_picture() {
    let steps: [&dyn Fn(&mut Play); 5] = [
        &|play| drop(play.intend(&[SVC], Scope::Everywhere)),
        &|play| drop(play.show(&page(FLOW_A))),
        &|play| drop(play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO))),
        &|play| drop(play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH))),
        &|play| drop(play.designer(FLOW_A, TWO, false)),
    ];
    let mut orders = 0;
    let mut order = [0, 1, 2, 3, 4];
    permute(&mut order, 0, &mut |order| {
        let mut play = Play::default();
        for step in order {
            steps[*step](&mut play);
        }
        assert_eq!(names(&play.verdicts(), |verdict| matches!(verdict, Verdict::Mismatch { .. })), ["Send"], "{order:?}");
        assert_eq!(play.badge_after().as_deref(), Some("1"), "{order:?}");
        orders += 1;
    });
    assert_eq!(orders, 120);
}

fn permute(order: &mut [usize; 5], from: usize, visit: &mut impl FnMut(&[usize; 5])) {
    if from == order.len() {
        return visit(order);
    }
    for index in from..order.len() {
        order.swap(from, index);
        permute(order, from + 1, visit);
        order.swap(from, index);
    }
}

/// A large answer or a silence may be told when another flow is in sight: it is a trouble of the one that it was about.
#[test]
fn what_got_no_answer_is_a_trouble_of_its_own_flow() {
    let mut play = Play::default();
    read(&mut play);
    play.show(&page(FLOW_B));
    for why in ["too_large", "timeout"] {
        play.feed(&Event::Unanswered { ask: Asked::Flow, flow: FLOW_A.to_owned(), why: why.to_owned() }, "");
        assert_eq!(play.session.facts().and_then(|facts| facts.trouble(Asked::Flow)), None, "{why}");
    }
    play.feed(&Event::Unanswered { ask: Asked::Flow, flow: FLOW_B.to_uppercase(), why: "offline".to_owned() }, "");
    let trouble = |play: &Play| play.session.facts().and_then(|facts| facts.trouble(Asked::Flow)).and_then(|trouble| trouble.code.clone());
    assert_eq!(trouble(&play).as_deref(), Some("offline"));
    play.show(&page(FLOW_A));
    assert_eq!(trouble(&play).as_deref(), Some("timeout"));
}

/// After a refused sign-in there is no token until the page uses another. That isn't "the page hasn't used that service yet".
#[test]
fn an_expired_sign_in_stays_the_reason() {
    let mut play = Play::default();
    play.show(&page(FLOW_A));
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    play.answer(&picker_address(FLOW_A), 401, "{}");
    let silence = |why: &str| Event::Unanswered { ask: Asked::FlowConnections, flow: FLOW_A.to_owned(), why: why.to_owned() };
    let trouble = |play: &Play| play.session.facts().and_then(|facts| facts.trouble(Asked::FlowConnections)).map(|trouble| trouble.status);
    let outcome = play.feed(&silence("no_token"), "");
    assert_eq!(trouble(&play), Some(401));
    assert_eq!(outcome.asks.iter().filter(|ask| ask.what == Asked::FlowConnections).count(), 1, "it is asked for again as before: {:?}", outcome.asks);
    play.feed(&silence("offline"), "");
    assert_eq!(trouble(&play), Some(0), "any other news is news");
    play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH));
    assert_eq!(trouble(&play), None);
}

#[test]
fn an_unsaved_change_is_followed_and_the_save_is_read() {
    let mut play = Play::default();
    read(&mut play);
    play.designer(FLOW_A, TWO, false);
    assert_eq!(play.badge_after().as_deref(), Some("1"));
    let outcome = play.designer(FLOW_A, &[("Send", "svc"), ("Post", "svc")], true);
    assert_eq!(outcome.badge.as_deref(), Some(""));
    let back = play.designer(FLOW_A, TWO, false);
    assert_eq!(back.badge.as_deref(), Some("1"), "undo brings the mismatch back");
    play.designer(FLOW_A, &[("Send", "svc"), ("Post", "svc")], true);
    let at = play.time;
    let saved = play.feed(&Event::Captured { method: "PATCH".into(), address: flow_address(FLOW_A), status: 200, at, asked: false, retry_after: None }, "");
    assert_eq!(saved.asks.iter().map(|ask| ask.what).collect::<Vec<_>>(), [Asked::Flow], "a save without a readable answer: the flow is read anew");
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, &[("Send", "svc"), ("Post", "svc")]));
    play.designer(FLOW_A, &[("Send", "svc"), ("Post", "svc")], false);
    assert_eq!(names(&play.verdicts(), |verdict| *verdict == Verdict::AsIntended), ["Send", "Post"]);
}

/// Somebody changes a connection, doesn't save, and goes back to the list: the designer goes after the address has changed.
#[test]
fn what_was_discarded_is_not_shown_as_live() {
    let mut play = Play::default();
    read(&mut play);
    play.designer(FLOW_A, &[("Send", "svc"), ("Post", "svc")], true);
    assert_eq!(names(&play.verdicts(), |verdict| *verdict == Verdict::AsIntended), ["Send", "Post"]);
    play.show("https://make.powerautomate.com/environments/x/home");
    play.feed(&Event::DesignerGone {}, "");
    play.show(&format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW_A}/details"));
    assert_eq!(names(&play.verdicts(), |verdict| matches!(verdict, Verdict::Mismatch { .. })), ["Send"], "the saved flow runs on");
}

/// What the designer has moved away from runs on until somebody saves: its connection is in use.
#[test]
fn a_row_of_the_saved_flow_is_in_use_while_a_change_is_unsaved() {
    let mut play = Play::default();
    read(&mut play);
    play.designer(FLOW_A, &[("Send", "svc"), ("Post", "svc")], true);
    play.show(&format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW_A}/details"));
    let rows = play.session.paint(&play.kept).rows;
    assert!(rows.values().all(|row| row.style == RowStyle::Used), "{rows:?}");
}

/// A document that shows the same flow and knows less takes nothing back by looking.
#[test]
fn who_only_looks_does_not_take_the_end_back() {
    let mut play = Play::default();
    read(&mut play);
    let key = flow_key(ENVIRONMENT, FLOW_A);
    let finished = json!({ "at": 7.0, "as_intended": 2, "dismissed": 0 });
    let mut record = serde_json::to_value(play.kept.record(&key)).expect("a record");
    record["finished"] = finished;
    play.kept = Kept::from_items(&json!({ "settings": play.kept.settings, key.as_str(): record }));
    play.feed(&Event::Look {}, "");
    assert!(play.kept.record(&key).finished.is_some(), "one mismatch is open here");
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    assert!(play.kept.record(&key).finished.is_none(), "what is read anew decides");
}

#[test]
fn one_flows_facts_are_never_shown_on_another() {
    let mut play = Play::default();
    read(&mut play);
    play.designer(FLOW_A, TWO, true);
    play.show(&page(FLOW_B));
    assert_eq!(play.verdicts(), [], "nothing is known of the new flow yet");
    // The store still holds the flow before when its next change is told.
    play.designer(FLOW_B, TWO, true);
    assert_eq!(play.verdicts(), []);
    play.answer(&flow_address(FLOW_B), 200, &flow_body(FLOW_B, &[("Order", "svc"), ("Bill", "svc"), ("Ship", "svc")]));
    assert_eq!(names(&play.verdicts(), |_| true), ["Order", "Bill", "Ship"], "the stale store is told apart by its operations");
    play.show(&page(FLOW_A));
    assert_eq!(names(&play.verdicts(), |_| true), ["Send", "Post"], "back again: still known");
    let elsewhere = play.show("https://make.powerautomate.com/environments/x/home");
    assert!(elsewhere.paint.is_some_and(|paint| paint.bar.is_none() && paint.marks.is_empty()));
    assert_eq!(elsewhere.badge.as_deref(), Some(""));
}

#[test]
fn another_account_starts_from_nothing() {
    let mut play = Play::default();
    read(&mut play);
    let sign_in = |account: &str| Event::SignedIn { account: account.into(), tenant: "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9".into() };
    play.feed(&sign_in(ANA_ID), "");
    assert_eq!(play.verdicts().len(), 2);
    play.feed(&sign_in(FLOW_B), "");
    assert_eq!(play.verdicts().len(), 0);
}

#[test]
fn what_the_page_did_not_load_is_asked_for_a_few_times_and_politely() {
    let mut play = Play::default();
    let shown = play.show(&page(FLOW_A));
    let asked = |outcome: &Outcome| outcome.asks.iter().map(|ask| (ask.what, ask.after)).collect::<Vec<_>>();
    assert_eq!(asked(&shown), [(Asked::Flow, 3000)]);
    let read = play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    assert_eq!(asked(&read), [(Asked::FlowConnections, 3000)]);
    assert_eq!(asked(&play.feed(&Event::Look {}, "")), [], "one at a time");
    let busy =
        play.answer(&picker_address(FLOW_A), 429, r#"{"error":{"code":"RateLimitExceeded","message":"Rate limit is exceeded. Try again in 17 seconds."}}"#);
    assert_eq!(asked(&busy), [(Asked::FlowConnections, 17_000)]);
    let broken = play.answer(&picker_address(FLOW_A), 500, "oops");
    assert_eq!(asked(&broken), [(Asked::FlowConnections, 3000)]);
    let broken = play.answer(&picker_address(FLOW_A), 500, "oops");
    assert_eq!(asked(&broken), [], "three tries, then the person is told");
    let sight = play.session.sight(&play.kept).expect("a flow is shown");
    assert_eq!(sight.facts.trouble(Asked::FlowConnections).map(|trouble| trouble.status), Some(500));
    assert!(!sight.is_reading());
    let again = play.feed(&Event::Refresh { at: 9.0 }, "");
    assert_eq!(asked(&again), [(Asked::Flow, 0), (Asked::FlowConnections, 0)]);
}

#[test]
fn a_refusal_stays_one() {
    let mut play = Play::default();
    play.show(&page(FLOW_A));
    let refused = play.answer(&flow_address(FLOW_A), 403, r#"{"error":{"code":"ConnectionAuthorizationFailed","message":"no"}}"#);
    assert_eq!(refused.asks, []);
    let sight = play.session.sight(&play.kept).expect("the address names a flow");
    assert_eq!(sight.facts.trouble(Asked::Flow).and_then(|trouble| trouble.code.as_deref()), Some("ConnectionAuthorizationFailed"));
}

#[test]
fn a_cold_empty_list_says_nothing() {
    let mut play = Play::default();
    play.intend(&[SVC], Scope::Everywhere);
    play.show(&page(FLOW_A));
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    let cold = play.answer(&picker_address(FLOW_A), 200, "[]");
    assert_eq!(cold.asks.iter().map(|ask| ask.what).collect::<Vec<_>>(), [Asked::FlowConnections]);
    assert!(play.verdicts().iter().all(|(_, verdict)| *verdict == Verdict::Unknown { why: Why::ConnectionsNotRead }));
    play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH));
    assert_eq!(names(&play.verdicts(), |verdict| *verdict == Verdict::AsIntended), ["Post"]);
}

/// Pages are followed up to a limit; a list that goes on beyond it is no reason to begin anew.
#[test]
fn a_list_without_an_end_is_asked_for_once() {
    let environment = format!("https://{HOST}/connectivity/connections?api-version=1");
    let mut play = Play::default();
    play.show(&page(FLOW_A));
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    let unseen = play.answer(&picker_address(FLOW_A), 200, &picker_body(&BOTH[..1]));
    assert_eq!(unseen.asks.iter().map(|ask| ask.what).collect::<Vec<_>>(), [Asked::Connections]);
    let rows: Value = serde_json::from_str(&picker_body(&[("other", ANA)])).expect("rows");
    for _ in 0..10 {
        let page = play.answer(&environment, 200, &json!({"value": rows, "nextLink": format!("{environment}&more")}).to_string());
        assert_eq!(page.asks, []);
    }
    assert_eq!(play.feed(&Event::Look {}, "").asks, []);
}

#[test]
fn broken_answers_are_told_and_nothing_is_lost() {
    let mut play = Play::default();
    read(&mut play);
    let before = play.verdicts();
    for body in ["", "{", "null", "[1,2,3]", "{\"properties\":{}}", "\u{feff}nonsense"] {
        play.answer(&flow_address(FLOW_A), 200, body);
        play.answer(&picker_address(FLOW_A), 200, body);
        assert_eq!(play.verdicts(), before, "{body:?}");
    }
}

#[test]
fn stepping_goes_round_through_what_is_to_change() {
    let mut play = Play::default();
    play.intend(&[SVC], Scope::Everywhere);
    play.show(&page(FLOW_A));
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, &[("One", "ana"), ("Two", "svc"), ("Three", "ana")]));
    play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH));
    let mut walk = |forward| play.feed(&Event::Step { forward }, "").reveal.map(|reveal| reveal.node);
    assert_eq!([walk(true), walk(true), walk(true), walk(false), walk(false)].map(Option::unwrap_or_default), ["One", "Three", "One", "Three", "One"]);
    let bar = play.feed(&Event::Look {}, "").paint.and_then(|paint| paint.bar).expect("a bar");
    assert_eq!((bar.steps.at, bar.steps.of, bar.headline.english().as_str()), (1, 2, "2 to change"));
}

#[test]
fn an_intention_for_one_flow_goes_before_the_default_and_can_be_taken_back() {
    let mut play = Play::default();
    read(&mut play);
    let own = play.intend(&[ANA], Scope::Flow);
    assert_eq!(own.keep.keys().filter(|key| key.starts_with("flow:")).count(), 1);
    assert_eq!(names(&play.verdicts(), |verdict| *verdict == Verdict::AsIntended), ["Send"]);
    play.intend(&[], Scope::Flow);
    assert_eq!(names(&play.verdicts(), |verdict| *verdict == Verdict::AsIntended), ["Post"]);
}

/// A flow of a solution names logical names only; the solution's rows say which connections they stand for, in whichever order both come.
#[test]
fn a_solutions_references_are_resolved_by_their_rows() {
    let flow = json!({"name": FLOW_A, "properties": {"workflowEntityId": FLOW_B, "definition": {"triggers": {"manual": {"type": "Request"}}, "actions": {
        "Send": {"type": "OpenApiConnection", "inputs": {"host": {"connectionName": "shared_office365", "apiId": "/providers/Microsoft.PowerApps/apis/shared_office365"}}}}},
        "connectionReferences": {"shared_office365": {"connectionName": null, "source": "Embedded", "connectionReferenceLogicalName": "cr1_Mail", "id": "/providers/Microsoft.PowerApps/apis/shared_office365"}}}}).to_string();
    let rows = json!({"value": [{"connectionreferencelogicalname": "cr1_mail", "connectionid": "c1", "connectorid": "/providers/Microsoft.PowerApps/apis/shared_office365",
        "_ownerid_value@OData.Community.Display.V1.FormattedValue": "Ben Ortiz"}]}).to_string();
    let rows_address = "https://contoso.crm4.dynamics.com/api/data/v9.2/connectionreferences?$filter=connectionreferencelogicalname eq 'cr1_mail'";
    let steps: [(&str, &str); 3] = [(&flow_address(FLOW_A), &flow), (rows_address, &rows), (&picker_address(FLOW_A), &picker_body(&[("c1", ANA)]))];
    for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0]] {
        let mut play = Play::default();
        play.show(&page(FLOW_A));
        play.intend(&[SVC], Scope::Everywhere);
        for step in order {
            let (address, body) = steps[step];
            play.answer(address, 200, body);
        }
        let sight = play.session.sight(&play.kept).expect("the flow");
        let send = sight.audit.operations.iter().find(|judged| judged.name == "Send").expect("the operation");
        assert!(matches!(send.verdict, Verdict::Mismatch { .. }), "{order:?}: {:?}", send.verdict);
        assert_eq!((send.connection.as_deref(), send.reference_owner.as_deref()), (Some("c1"), Some("Ben Ortiz")));
    }
}

/// The details page says of every connection what uses it, and never "safe" where something could not be read.
#[test]
fn rows_of_the_connections_pane() {
    let details = format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW_A}/details");
    let style = |play: &Play, id: &str| serde_json::to_value(play.session.paint(&play.kept).rows[id].style).expect("a style");
    let mut play = Play::default();
    play.show(&details);
    assert!(play.session.paint(&play.kept).rows.is_empty(), "nothing is known yet");
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, &[("Send", "c1"), ("Reply", "c1")]));
    play.answer(&picker_address(FLOW_A), 200, &picker_body(&[("c1", ANA), ("c2", ANA)]));
    assert_eq!((style(&play, "c1"), style(&play, "c2")), (json!("used"), json!("unused")));
    assert!(play.session.paint(&play.kept).bar.is_none());
    let gap = flow_body(FLOW_A, &[("Send", "c1")]).replace("\"actions\":{", "\"actions\":{\"Odd\":7,");
    play.answer(&flow_address(FLOW_A), 200, &gap);
    assert_eq!((style(&play, "c1"), style(&play, "c2")), (json!("used"), json!("unknown")));
    play.show(&page(FLOW_A));
    assert!(play.session.paint(&play.kept).rows.is_empty(), "the designer has no such rows");
}

/// Every value of every recorded answer becomes a canary; none sings in the report.
#[test]
fn a_report_of_shapes_holds_no_value() {
    fn with_canaries(value: &mut Value, in_dictionary: bool) {
        match value {
            Value::String(text) => *text = format!("canary {text}"),
            Value::Array(rows) => rows.iter_mut().for_each(|row| with_canaries(row, false)),
            Value::Object(fields) => {
                let names_things = |key: &str| ["connectionReferences", "installedConnectionReferences", "actions", "triggers"].contains(&key);
                for (key, mut value) in std::mem::take(fields) {
                    with_canaries(&mut value, names_things(&key));
                    fields.insert(if in_dictionary { format!("canary{key}") } else { key }, value);
                }
            }
            _ => {}
        }
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shapes");
    let mut play = Play::default();
    play.show(&page(FLOW_A));
    let mut told = 0;
    for path in std::fs::read_dir(folder).expect("the shapes").flatten().map(|entry| entry.path()) {
        let Ok(mut body) = serde_json::from_slice::<Value>(&std::fs::read(&path).expect("a file")) else { continue };
        with_canaries(&mut body, false);
        told += 1;
        for place in ["", "/connections", "/users", "/somethingNew", "/canary@contoso.com"] {
            let address = format!("https://{HOST}/powerautomate/flows/{FLOW_A}{place}{told}?canary=canary");
            play.answer(&address, 200, &body.to_string());
        }
    }
    assert!(told > 5);
    let report =
        connection_lens::session::shapes(&play.session, &play.kept, &json!({"extension": "0"}), &json!({".react-flow": 1, "canary": "canary", "<canary>": 7}));
    let report = report.to_string();
    assert!(report.contains("connectionReferences") && report.contains(".react-flow"), "{report}");
    assert!(!report.to_lowercase().contains("canary"), "{report}");
}
