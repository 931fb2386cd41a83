//! Large environments: the services tell what was planted, page by page and flow by flow, and go wrong as drawn.
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests panic where they fail")]

mod wire;

use std::collections::BTreeSet;
use std::time::Duration;

use practice_portal::{Exports, Fault, Listed, Options, Planted, Portal, Reads, Services, Weather};
use serde_json::{Value, json};
use wire::{ask, get, session, token};

const ALL: &str = "&include=includeSolutionCloudFlows";

async fn at(scenario: &str, options: Options) -> Portal {
    Portal::start(Options { scenario: scenario.to_owned(), ..options }).await.expect("it starts")
}

/// The flow service's address, as the page is told it, and its version.
async fn service(portal: &Portal) -> (String, String) {
    let told = session(portal).await["services"].clone();
    let text = |name: &str| told[name].as_str().expect("an address").to_owned();
    (text("flow"), text("version"))
}

/// All rows of a list of flows, page by page, and how many pages there were.
async fn listed(portal: &Portal, token: &str, query: &str) -> (Vec<Value>, usize) {
    let (flow, version) = service(portal).await;
    let (mut rows, mut pages, mut next) = (Vec::new(), 0, Some(format!("{flow}/flows?api-version={version}{query}")));
    while let Some(address) = next {
        let got = get(portal, &address.replace(":11777", ""), token).await;
        assert!(got.is_whole, "{address}");
        let page = got.json();
        let part = page["value"].as_array().expect("rows").clone();
        assert!(part.len() <= 50, "{}", part.len());
        rows.extend(part);
        pages += 1;
        next = page["nextLink"].as_str().map(str::to_owned);
    }
    (rows, pages)
}

fn ids(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["name"].as_str().expect("an id").to_owned()).collect()
}

fn planted(portal: &Portal, is: impl Fn(&Planted) -> bool) -> Vec<String> {
    portal.planted().into_iter().filter(|flow| is(flow)).map(|flow| flow.id).collect()
}

#[tokio::test]
async fn lists_tell_what_was_planted() {
    for services in [Services::Environment, Services::Older] {
        let portal = at("environment-300", Options { services, ..Options::default() }).await;
        let token = token(&portal, "flow").await;
        for (query, is_listed) in [
            ("", &(|_| true) as &dyn Fn(Listed) -> bool),
            ("&$filter=search('personal')", &|listed| listed != Listed::WithMe),
            ("&$filter=search('team')", &|listed| listed != Listed::Mine),
            ("&$filter=search('personal') or search('team')", &|_| true),
        ] {
            let (rows, pages) = listed(&portal, &token, &format!("{query}{ALL}&$top=50")).await;
            let wanted = planted(&portal, |flow| is_listed(flow.listed));
            assert_eq!(ids(&rows), wanted, "{query}");
            assert_eq!(pages, wanted.len().div_ceil(50), "{query}");
            let (plain, _) = listed(&portal, &token, query).await;
            assert_eq!(
                ids(&plain),
                planted(&portal, |flow| is_listed(flow.listed) && flow.row.is_none()),
                "{query}: what is in a solution is asked for by name"
            );
        }
        let (mine, shared) = (planted(&portal, |flow| flow.listed != Listed::WithMe), planted(&portal, |flow| flow.listed != Listed::Mine));
        assert!(mine.iter().any(|id| shared.contains(id)), "some stand in both lists");
    }
}

#[tokio::test]
async fn one_way_to_a_next_page_leads_nowhere_by_its_port() {
    let portal = at("environment-300", Options::default()).await;
    let ((flow, version), token) = (service(&portal).await, token(&portal, "flow").await);
    let (mut links, mut next) = (Vec::new(), Some(format!("{flow}/flows?api-version={version}{ALL}")));
    while let Some(address) = next {
        next = get(&portal, &address.replace(":11777", ""), &token).await.json()["nextLink"].as_str().map(str::to_owned);
        links.extend(next.clone());
    }
    let with_port: Vec<usize> = links.iter().enumerate().filter(|(_, link)| link.contains(":11777/")).map(|(at, _)| at).collect();
    assert_eq!((links.len(), with_port), (5, vec![1]));
    let got = get(&portal, &links[1], &token).await;
    assert_eq!((got.status, got.code().as_str()), (404, "ResourceNotFound"));
    assert_eq!(portal.count(|request| request.host.ends_with(":11777")), 1);
}

#[tokio::test]
async fn each_flow_is_as_planted_and_another_seed_draws_others() {
    let portal = at("environment-300", Options::default()).await;
    let ((flow, version), token) = (service(&portal).await, token(&portal, "flow").await);
    for planted in portal.planted() {
        let got = get(&portal, &format!("{flow}/flows/{}?api-version={version}", planted.id), &token).await;
        let (status, code) = match planted.reads {
            Reads::Well => (200, ""),
            Reads::Forbidden => (403, "ConnectionAuthorizationFailed"),
            Reads::Gone => (404, "FlowNotFound"),
        };
        assert_eq!((got.status, got.code().as_str()), (status, code));
        if planted.reads == Reads::Well {
            let properties = &got.json()["properties"];
            let held = planted.holds.iter().map(|held| (held.key.clone(), if held.is_told { json!(held.connection) } else { Value::Null }));
            let told = properties["connectionReferences"].as_object().expect("references").iter();
            let told = told.map(|(key, reference)| (key.clone(), reference["connectionName"].clone()));
            assert_eq!(told.collect::<Vec<_>>(), held.collect::<Vec<_>>(), "{}", planted.name);
            assert_eq!((&properties["displayName"], &properties["state"]), (&json!(planted.name), &json!(planted.state)));
        }
    }
    let other = at("environment-300", Options { seed: 8, ..Options::default() }).await;
    let (these, others): (BTreeSet<String>, BTreeSet<String>) =
        (planted(&portal, |_| true).into_iter().collect(), planted(&other, |_| true).into_iter().collect());
    assert_eq!((these.len(), others.len(), these.intersection(&others).count()), (300, 300, 0));
    assert_eq!(at("environment-300", Options::default()).await.planted(), portal.planted(), "the same seed draws the same");
}

#[tokio::test]
async fn a_planted_flow_is_saved_and_deleted_as_any_other() {
    let portal = at("environment-30", Options::default()).await;
    let ((flow, version), token) = (service(&portal).await, token(&portal, "flow").await);
    let first = portal.planted()[0].clone();
    let address = format!("{flow}/flows/{}?api-version={version}", first.id);
    let held = portal.attached(0);
    let mut references = portal.flow_json(0)["properties"]["connectionReferences"].clone();
    references[&first.holds[0].key]["connectionName"] = json!("feedfacefeedfacefeedfacefeedface");
    let body = json!({ "properties": { "displayName": "Renamed", "connectionReferences": references } }).to_string();
    assert_eq!(ask(&portal, "PATCH", &address, &token, &body).await.expect("an answer").status, 200);
    assert_eq!(get(&portal, &address, &token).await.json()["properties"]["displayName"], "Renamed");
    assert!(held.iter().all(|id| portal.attached(0).contains(id)) && portal.attached(0).len() == held.len() + 1);
    let rows = listed(&portal, &token, ALL).await.0;
    assert_eq!((rows.len(), &rows[0]["properties"]["displayName"]), (30, &json!("Renamed")));
    assert_eq!(ask(&portal, "DELETE", &address, &token, "").await.expect("an answer").status, 204);
    assert_eq!(get(&portal, &address, &token).await.code(), "FlowNotFound");
    assert_eq!(listed(&portal, &token, ALL).await.0.len(), 29);
}

#[tokio::test]
async fn what_goes_wrong_by_lot_goes_wrong_as_told_and_well_in_the_end() {
    let weather = Weather { too_many: 200, failing: 200, slow: 200, wait: 3, delay: Duration::from_millis(1), ..Weather::default() };
    let portal = at("environment-30", Options { weather, ..Options::default() }).await;
    let ((flow, version), token) = (service(&portal).await, token(&portal, "flow").await);
    let mut met = BTreeSet::new();
    for planted in portal.planted() {
        let address = format!("{flow}/flows/{}?api-version={version}", planted.id);
        for fault in weather.faults(&planted.id) {
            let got = get(&portal, &address, &token).await;
            let words = got.json()["error"]["message"].as_str().unwrap_or_default().contains("Try again in 3 seconds.");
            let wanted = match fault {
                Fault::RetryAfter(_) => (429, true, true),
                Fault::RetryLater(_) => (429, false, true),
                Fault::Status(status) => (status, false, false),
                _ => (got.status, false, false),
            };
            assert_eq!((got.status, got.head.contains("retry-after: 3"), words), wanted, "{fault:?}");
            met.insert(got.status);
        }
        let after = get(&portal, &address, &token).await.status;
        assert!([200, 403, 404].contains(&after), "{after}");
    }
    assert!([200, 429, 500].iter().all(|status| met.contains(status)), "{met:?}");
}

#[tokio::test]
async fn a_token_gets_too_old_in_the_middle() {
    let portal = at("environment-30", Options { weather: Weather { expires_after: Some(5), ..Weather::default() }, ..Options::default() }).await;
    let ((flow, version), old) = (service(&portal).await, token(&portal, "flow").await);
    let mut statuses = Vec::new();
    let well: Vec<Planted> = portal.planted().into_iter().filter(|planted| planted.reads == Reads::Well).take(8).collect();
    for planted in &well {
        statuses.push(get(&portal, &format!("{flow}/flows/{}?api-version={version}", planted.id), &old).await.status);
    }
    assert_eq!(statuses, [200, 200, 200, 200, 200, 401, 401, 401]);
    let new = token(&portal, "flow").await;
    assert_eq!(get(&portal, &format!("{flow}/flows/{}?api-version={version}", well[7].id), &new).await.status, 200);
}

#[tokio::test]
async fn it_is_told_when_requests_came_and_how_many_at_once() {
    let portal = at("environment-30", Options::default()).await;
    let ((flow, version), token) = (service(&portal).await, token(&portal, "flow").await);
    let address = |at: usize| format!("{flow}/flows/{}?api-version={version}", portal.planted()[at].id);
    portal.clear_log();
    portal.answer_next(&portal.planted()[0].id, Fault::Delay(Duration::from_millis(300)));
    let (first, second) = (address(0), address(1));
    tokio::join!(get(&portal, &first, &token), get(&portal, &second, &token));
    get(&portal, &second, &token).await;
    let log = portal.log();
    let mut at_once: Vec<usize> = log.iter().map(|request| request.under_way).collect();
    assert_eq!(at_once.pop(), Some(1));
    at_once.sort_unstable();
    assert_eq!(at_once, [1, 2]);
    assert!(log[2].at > log[0].at.min(log[1].at));
}

#[tokio::test]
async fn a_list_of_five_thousand_comes_page_by_page() {
    let portal = at("environment-5000", Options::default()).await;
    let token = token(&portal, "flow").await;
    let (rows, pages) = listed(&portal, &token, ALL).await;
    assert_eq!((rows.len(), pages), (5_000, 100));
    assert_eq!(ids(&rows).into_iter().collect::<BTreeSet<_>>().len(), 5_000);
}

#[tokio::test]
async fn files_hold_what_the_service_answers() {
    let exports = Exports::new(30);
    let portal = at("environment-30", Options::default()).await;
    let ((flow, version), token) = (service(&portal).await, token(&portal, "flow").await);
    let well = planted(&portal, |flow| flow.reads == Reads::Well);
    assert_eq!(exports.flows().map(|(planted, _)| planted.id).collect::<Vec<_>>(), well);
    for (planted, file) in exports.flows() {
        assert_eq!(get(&portal, &format!("{flow}/flows/{}?api-version={version}", planted.id), &token).await.json(), file);
    }
    let rows = exports.connections();
    let held = |id: &str| rows["value"].as_array().is_some_and(|rows| rows.iter().any(|row| row["name"] == id));
    let seen = exports.flows().flat_map(|(planted, _)| planted.holds).filter(|held| !held.connection.is_empty());
    for one in seen {
        assert_eq!(held(&one.connection), !one.account.is_empty(), "{}", one.connection);
    }
}
