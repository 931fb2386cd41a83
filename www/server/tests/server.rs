//! The server by itself: it refuses the wrong token, keeps what is saved, and fails as told.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic where they fail")]

mod wire;

use std::collections::BTreeSet;
use std::time::Duration;

use practice_portal::{Answers, Cloud, Contract, Fault, Lists, Options, Pane, Place, Portal, Services, Trouble, Unused, scenarios};
use serde_json::{Value, json};
use wire::{ask, get, session, token};

async fn portal(options: Options) -> Portal {
    Portal::start(options).await.expect("it starts")
}

async fn at(scenario: &str) -> Portal {
    portal(Options { scenario: scenario.to_owned(), ..Options::default() }).await
}

/// The flow service's address of the main flow, as the page is told it.
async fn flow_address(portal: &Portal, more: &str) -> String {
    let session = session(portal).await;
    let (service, version) =
        (session["services"]["flow"].as_str().expect("an address").to_owned(), session["services"]["version"].as_str().expect("a version").to_owned());
    format!("{service}/flows/{}{more}?api-version={version}", session["main"].as_str().expect("an id"))
}

#[tokio::test]
async fn every_scenario_starts_with_several_flows() {
    let names: BTreeSet<&str> = scenarios().iter().map(|scenario| scenario.name).collect();
    assert_eq!(names.len(), scenarios().len(), "each name once");
    for scenario in scenarios() {
        let portal = at(scenario.name).await;
        assert!(portal.port() > 0);
        for flow in 0..2 {
            let json = portal.flow_json(flow);
            assert!(json["properties"]["definition"]["triggers"].is_object(), "{} {flow}", scenario.name);
            assert!(portal.flow_url(flow).contains(json["name"].as_str().expect("an id")));
        }
        portal.answer_next("/flows", Fault::Truncate);
    }
    assert!(Portal::start(Options { scenario: "none such".to_owned(), ..Options::default() }).await.is_err());
}

#[tokio::test]
async fn every_place_has_an_address_on_a_host_that_is_served() {
    for cloud in Cloud::ALL {
        let portal = portal(Options { cloud, ..Options::default() }).await;
        for place in Place::ALL {
            let address = portal.address(place);
            let host = address.trim_start_matches("https://").split('/').next().expect("a host").to_owned();
            assert!(practice_portal::HOSTS.contains(&host.as_str()), "{place:?}: {host}");
        }
    }
}

#[tokio::test]
async fn scenarios_are_changed_in_place() {
    let portal = at("half").await;
    let turned = ask(&portal, "POST", "https://make.powerautomate.com/practice/scenario?name=gcc-high", "", "").await.expect("an answer");
    assert_eq!(turned.json()["hosts"]["portal"], "make.high.powerautomate.us");
    assert!(portal.url().starts_with("https://make.high.powerautomate.us/"));
    let back = ask(&portal, "POST", "https://make.powerautomate.com/practice/scenario?name=classic", "", "").await.expect("an answer");
    assert!(back.json()["start"].as_str().is_some_and(|start| start.starts_with("https://make.powerautomate.com/") && start.ends_with("v3=false")));
    let unknown = ask(&portal, "POST", "https://make.powerautomate.com/practice/scenario?name=nonsense", "", "").await.expect("an answer");
    assert_eq!((unknown.status, portal.address(Place::Classic)), (404, portal.url()));
}

#[tokio::test]
async fn a_token_is_good_for_its_service_only() {
    for services in [Services::Environment, Services::Older, Services::Region("emea")] {
        let portal = portal(Options { services, ..Options::default() }).await;
        let told = session(&portal).await;
        let places = [
            ("flow", flow_address(&portal, "").await),
            (
                if services == Services::Environment { "platform" } else { "apps" },
                format!("{}/connections?api-version=1", told["services"]["connections"].as_str().expect("an address")),
            ),
            ("dataverse", format!("{}/WhoAmI", told["services"]["dataverse"].as_str().expect("an address"))),
        ];
        for (own, address) in &places {
            for audience in ["flow", "platform", "apps", "dataverse"] {
                let got = get(&portal, address, &token(&portal, audience).await).await;
                let wanted = if audience == *own { (200, "") } else { (401, "InvalidAuthenticationToken") };
                assert_eq!((got.status, got.code().as_str()), wanted, "{address} with {audience}");
                assert!(got.head.contains("access-control-allow-origin: https://make.powerautomate.com"), "pages may read even a refusal");
            }
            assert_eq!(get(&portal, address, "nonsense").await.status, 401);
        }
    }
}

#[tokio::test]
async fn a_token_of_one_cloud_is_refused_in_another() {
    let portal = at("half").await;
    let address = flow_address(&portal, "").await;
    let sovereign = address.replace("api.powerplatform.com", "api.gov.powerplatform.microsoft.us");
    let token = token(&portal, "flow").await;
    assert_eq!([get(&portal, &address, &token).await.status, get(&portal, &sovereign, &token).await.status], [200, 401]);
    portal.expire_tokens();
    let expired = get(&portal, &address, &token).await;
    assert_eq!((expired.status, expired.code().as_str()), (401, "ExpiredAuthenticationToken"));
}

#[tokio::test]
async fn faults_happen_as_told() {
    let portal = at("half").await;
    let (address, token) = (flow_address(&portal, "/connections").await, token(&portal, "flow").await);
    for (fault, status, is_whole, is_json) in [
        (Fault::Status(401), 401, true, true),
        (Fault::Status(403), 403, true, true),
        (Fault::Status(500), 500, true, true),
        (Fault::RetryLater(7), 429, true, true),
        (Fault::RetryAfter(7), 429, true, true),
        (Fault::Truncate, 200, true, false),
        (Fault::BreakOff, 200, false, false),
        (Fault::Empty, 200, true, true),
        (Fault::Html, 502, true, false),
        (Fault::Delay(Duration::from_millis(1)), 200, true, true),
    ] {
        portal.answer_next("/connections", fault);
        let got = get(&portal, &address, &token).await;
        assert_eq!((got.status, got.is_whole, !got.json().is_null()), (status, is_whole, is_json), "{fault:?}");
        match fault {
            Fault::Empty => assert_eq!(got.json(), json!([])),
            Fault::RetryLater(_) | Fault::RetryAfter(_) => {
                assert!(got.json()["error"]["message"].as_str().is_some_and(|words| words.contains("7 seconds")));
                assert_eq!(got.head.contains("retry-after: 7"), fault == Fault::RetryAfter(7));
            }
            _ => {}
        }
        let after = get(&portal, &address, &token).await;
        assert!(after.status == 200 && after.json()[0].is_object(), "{fault:?} happens once");
    }
    portal.answer_next("/connections", Fault::Silence);
    let waited = tokio::time::timeout(Duration::from_millis(300), ask(&portal, "GET", &address, &token, "")).await;
    assert!(waited.is_err(), "nothing comes");
    portal.trouble(Trouble::always("/connections", Fault::Status(500)));
    for _ in 0..3 {
        assert_eq!(get(&portal, &address, &token).await.status, 500);
    }
    portal.end_troubles();
    assert_eq!(get(&portal, &address, &token).await.status, 200);
}

async fn answers(answers: Answers) -> (Portal, String) {
    let portal = portal(Options { answers, ..Options::default() }).await;
    let token = token(&portal, "flow").await;
    (portal, token)
}

#[tokio::test]
async fn lists_come_in_the_shape_that_was_asked_for() {
    for (lists, picker_is_bare, flows_are_bare) in [(Lists::AsSeen, true, false), (Lists::InValue, false, false), (Lists::Bare, true, true)] {
        let (portal, token) = answers(Answers { lists, ..Answers::default() }).await;
        let service = session(&portal).await["services"]["flow"].as_str().expect("an address").to_owned();
        let picker = get(&portal, &flow_address(&portal, "/connections").await, &token).await.json();
        let flows = get(&portal, &format!("{service}/flows?api-version=1"), &token).await.json();
        assert_eq!((picker.is_array(), flows.is_array()), (picker_is_bare, flows_are_bare), "{lists:?}");
    }
}

#[tokio::test]
async fn pages_lead_to_all_rows() {
    let (whole, whole_token) = answers(Answers::default()).await;
    let wanted = get(&whole, &flow_address(&whole, "/connections").await, &whole_token).await.json();
    let (portal, token) = answers(Answers { page: Some(4), ..Answers::default() }).await;
    let (mut rows, mut next) = (Vec::new(), flow_address(&portal, "/connections").await);
    loop {
        let page = get(&portal, &next, &token).await.json();
        let part = page["value"].as_array().expect("rows").clone();
        assert!(part.len() <= 4);
        rows.extend(part);
        match page["nextLink"].as_str() {
            Some(link) => link.clone_into(&mut next),
            None => break,
        }
    }
    assert_eq!(Value::Array(rows), wanted);
}

#[tokio::test]
async fn cold_lists_warm_up() {
    let (portal, token) = answers(Answers { cold: 2, ..Answers::default() }).await;
    let address = flow_address(&portal, "/connections").await;
    let mut lengths = Vec::new();
    for _ in 0..3 {
        lengths.push(get(&portal, &address, &token).await.json().as_array().map_or(0, Vec::len));
    }
    assert!(lengths[..2] == [0, 0] && lengths[2] > 0, "{lengths:?}");
}

#[tokio::test]
async fn flows_tell_their_references_as_asked() {
    let keys = |references: &Value| references.as_object().map_or(0, serde_json::Map::len);
    for (unused, in_flow, installed) in [(Unused::Kept, 12, 0), (Unused::Installed, 10, 2), (Unused::InPaneOnly, 10, 0)] {
        let (portal, token) = answers(Answers { unused, ..Answers::default() }).await;
        let flow = get(&portal, &flow_address(&portal, "").await, &token).await.json();
        let properties = &flow["properties"];
        assert_eq!((keys(&properties["connectionReferences"]), keys(&properties["installedConnectionReferences"])), (in_flow, installed), "{unused:?}");
    }
    let (portal, token) = answers(Answers { references_as_array: true, swagger: 200_000, ..Answers::default() }).await;
    let got = get(&portal, &flow_address(&portal, "").await, &token).await;
    assert!(got.json()["properties"]["connectionReferences"].as_array().is_some_and(|list| list.len() == 12));
    assert!(got.body.len() > 12 * 200_000, "{}", got.body.len());
}

#[tokio::test]
async fn drafts_become_the_flow_when_published() {
    let (portal, token) = answers(Answers { drafts: true, ..Answers::default() }).await;
    let (address, publish) = (flow_address(&portal, "").await, flow_address(&portal, "/publish").await);
    let draft = format!("{address}&draftFlow=true");
    let name = |flow: Value| flow["properties"]["displayName"].as_str().unwrap_or_default().to_owned();
    let published = portal.flow_json(0)["properties"]["displayName"].as_str().unwrap_or_default().to_owned();
    ask(&portal, "PATCH", &draft, &token, r#"{"properties":{"displayName":"Draft"}}"#).await.expect("an answer");
    let read = (name(get(&portal, &draft, &token).await.json()), name(get(&portal, &address, &token).await.json()));
    assert_eq!(read, ("Draft".to_owned(), published));
    ask(&portal, "POST", &publish, &token, "{}").await.expect("an answer");
    assert_eq!(name(portal.flow_json(0)), "Draft");
}

#[tokio::test]
async fn what_is_taken_off_a_flow_is_gone_and_what_used_it_is_broken() {
    let portal = at("leftovers").await;
    let token = token(&portal, "flow").await;
    let listed = get(&portal, &flow_address(&portal, "/sharedConnections").await, &token).await.json();
    let before = portal.attached(0);
    assert_eq!(listed["value"].as_array().map_or(0, Vec::len), before.len());
    let leftover = before.last().expect("a leftover").clone();
    let used = before.first().expect("one in use").clone();
    for id in [&leftover, &used] {
        let gone = ask(&portal, "DELETE", &flow_address(&portal, &format!("/sharedConnections/{id}")).await, &token, "").await.expect("an answer");
        assert_eq!(gone.status, 204);
    }
    assert_eq!(portal.attached(0).len(), before.len() - 2);
    let references = portal.flow_json(0)["properties"]["connectionReferences"].clone();
    let broken = references.as_object().into_iter().flatten().filter(|(_, reference)| reference["connectionName"].is_null()).count();
    assert_eq!(broken, 1, "a leftover breaks nothing, the other does");
    let again = ask(&portal, "DELETE", &flow_address(&portal, &format!("/sharedConnections/{leftover}")).await, &token, "").await.expect("an answer");
    assert_eq!(again.status, 404);
}

#[tokio::test]
async fn saving_keeps_what_was_attached() {
    let portal = at("half").await;
    let token = token(&portal, "flow").await;
    let before = portal.attached(0);
    let mut properties = portal.flow_json(0)["properties"].clone();
    properties["connectionReferences"]["shared_office365"]["connectionName"] = json!("feedfacefeedfacefeedfacefeedface");
    let body = json!({ "properties": { "connectionReferences": properties["connectionReferences"] } }).to_string();
    assert_eq!(ask(&portal, "PATCH", &flow_address(&portal, "").await, &token, &body).await.expect("an answer").status, 200);
    let after = portal.attached(0);
    assert!(before.iter().all(|id| after.contains(id)) && after.len() == before.len() + 1, "the former connection stays, as a leftover");
}

#[tokio::test]
async fn a_new_connection_may_be_signed_in_as_somebody_else() {
    let portal = at("half").await;
    let apps = session(&portal).await["services"]["apps"].as_str().expect("an address").to_owned();
    let token = token(&portal, "apps").await;
    let address = format!("{apps}/apis/shared_office365/connections/0123456789abcdef0123456789abcdef?api-version=2016-11-01");
    let made = ask(&portal, "PUT", &address, &token, r#"{"properties":{"account":"svc-flows@contoso.com"}}"#).await.expect("an answer");
    let read = get(&portal, &address, &token).await.json();
    assert_eq!((made.status, &made.json()), (201, &read));
    let properties = &read["properties"];
    assert_eq!((&properties["createdBy"]["email"], &properties["accountName"]), (&json!("ana.kovac@contoso.com"), &json!("svc-flows@contoso.com")));
    assert_eq!(ask(&portal, "DELETE", &address, &token, "").await.expect("an answer").status, 204);
    assert_eq!(get(&portal, &address, &token).await.code(), "ConnectionNotFound");
}

#[tokio::test]
async fn flows_are_made_and_deleted() {
    let portal = at("half").await;
    let token = token(&portal, "flow").await;
    let service = session(&portal).await["services"]["flow"].as_str().expect("an address").to_owned();
    let made = ask(&portal, "POST", &format!("{service}/flows?api-version=1"), &token, r#"{"properties":{"displayName":"New"}}"#).await.expect("an answer");
    let address = format!("{service}/flows/{}?api-version=1", made.json()["name"].as_str().expect("an id"));
    assert_eq!((made.status, get(&portal, &address, &token).await.status), (201, 200));
    assert_eq!(ask(&portal, "DELETE", &address, &token, "").await.expect("an answer").status, 204);
    let gone = get(&portal, &address, &token).await;
    assert_eq!((gone.status, gone.code().as_str()), (404, "FlowNotFound"));
}

#[tokio::test]
async fn who_has_no_part_in_a_flow_is_told_little() {
    for (scenario, flow, owners, save) in [("half", 200, 200, 200), ("readonly", 200, 403, 403), ("forbidden", 403, 403, 403), ("deleted", 404, 404, 404)] {
        let portal = at(scenario).await;
        let token = token(&portal, "flow").await;
        let address = flow_address(&portal, "").await;
        let got = [
            get(&portal, &address, &token).await.status,
            get(&portal, &flow_address(&portal, "/permissions").await, &token).await.status,
            ask(&portal, "PATCH", &address, &token, "{}").await.expect("an answer").status,
        ];
        assert_eq!(got, [flow, owners, save], "{scenario}");
    }
}

#[tokio::test]
async fn a_solution_keeps_its_references_in_dataverse() {
    let portal = at("solution").await;
    let told = session(&portal).await;
    let flow = portal.flow_json(0);
    let references = flow["properties"]["connectionReferences"].as_object().expect("references").clone();
    assert!(references.values().all(|reference| reference["connectionName"].is_null() && reference["connectionReferenceLogicalName"].is_string()));
    let (service, token) = (told["services"]["dataverse"].as_str().expect("an address"), token(&portal, "dataverse").await);
    let rows = get(&portal, &format!("{service}/connectionreferences?$filter=connectionreferencelogicalname eq 'contoso_outlook_9a8b7' or connectionreferencelogicalname eq 'none'&$select=connectionid,_ownerid_value,connectionreferencelogicalname"), &token).await.json();
    let [row] = rows["value"].as_array().map_or(&[][..], Vec::as_slice) else { panic!("one row: {rows}") };
    assert_eq!(row["_ownerid_value@OData.Community.Display.V1.FormattedValue"], "Flow Service");
    assert!(row["connectionid"].is_string() && row["connectorid"].is_null(), "only the columns asked for: {row}");
    let id = flow["properties"]["workflowEntityId"].as_str().expect("a row");
    let workflow = get(&portal, &format!("{service}/workflows({id})"), &token).await.json();
    let data: Value = serde_json::from_str(workflow["clientdata"].as_str().expect("text")).expect("JSON");
    assert_eq!(data["properties"]["connectionReferences"].as_object().map(serde_json::Map::len), Some(references.len()));
    let by_row = flow_address(&portal, "").await.replace(flow["name"].as_str().expect("an id"), id);
    assert_eq!(get(&portal, &by_row, &wire::token(&portal, "flow").await).await.json()["name"], flow["name"]);
}

#[tokio::test]
async fn the_pane_asks_as_told() {
    for (pane, wanted) in [(Pane::OwnList, "ownList"), (Pane::Picker, "picker"), (Pane::FlowOnly, "flowOnly")] {
        let (portal, _) = answers(Answers { pane, ..Answers::default() }).await;
        assert_eq!(session(&portal).await["pane"], wanted);
    }
}

#[tokio::test]
async fn pages_lack_what_is_taken_away() {
    let dist = std::env::temp_dir().join(format!("practice-portal-{}", std::process::id()));
    std::fs::create_dir_all(&dist).expect("a folder");
    std::fs::write(dist.join("page.js"), "a('msla-node-' + id, 'react-flow__node', 'react-flow__nodes')").expect("a file");
    let portal = portal(Options { dist: Some(dist.clone()), without: vec![Contract::CardId, Contract::NodeClass], ..Options::default() }).await;
    let page = get(&portal, "https://make.powerautomate.com/page.js", "").await;
    std::fs::remove_dir_all(&dist).expect("it goes");
    assert_eq!(String::from_utf8_lossy(&page.body), "a('operation-' + id, 'flow-canvas__item', 'react-flow__nodes')");
}

#[tokio::test]
async fn a_test_may_play_the_page_and_tell_any_answer() {
    let portal = portal(Options { page: Some("<p>mine</p>".to_owned()), ..Options::default() }).await;
    assert_eq!(get(&portal, &portal.url(), "").await.body, b"<p>mine</p>");
    let address = flow_address(&portal, "").await;
    portal.tell(&format!("/powerautomate/flows/{}", portal.flow_id(0)), "anything");
    let got = get(&portal, &address, "").await;
    assert_eq!((got.status, got.body.as_slice()), (200, &b"anything"[..]));
}
