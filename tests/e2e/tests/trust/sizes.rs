//! Figure 8: answers larger and deeper than any that was seen. Within the limits they are read, beyond them a sentence says so; the page goes on either way.

use std::time::Instant;

use connection_lens_e2e::{Browser, Look, Outcome, Stage, measured, wait_for};
use practice_portal::Options;
use serde_json::{Map, Value, json};

use crate::blank;

const MEGABYTE: usize = 1_000_000;

/// Loads an address while something ticks every 10 ms: how long the page stood still at most, in milliseconds, from then until it is told to end.
const LOAD: &str = "const [path] = given; window.still = 0; let last = performance.now(); \
    window.ticking = setInterval(() => { const now = performance.now(); window.still = Math.max(window.still, now - last); last = now; }, 10); \
    return load(path)";

const STILL: &str = "clearInterval(window.ticking); return Math.round(window.still)";

/// The scenario's flow under another id, with something added.
fn laden(main: &Value, id: &str, key: &str, value: Value) -> String {
    let mut flow = main.clone();
    flow["name"] = json!(id);
    if let Some(properties) = flow["properties"].as_object_mut() {
        properties.insert(key.to_owned(), value);
    }
    flow.to_string()
}

/// A flow of so many operations, all on one connection.
fn many(main: &Value, id: &str, count: usize) -> String {
    let action = main["properties"]["definition"]["actions"]["Send_an_email_(V2)"].clone();
    let action = if action.is_object() {
        action
    } else {
        json!({ "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_office365", "apiId": "/providers/Microsoft.PowerApps/apis/shared_office365" } } })
    };
    let actions: Map<String, Value> = (0..count).map(|at| (format!("Send_mail_number_{at}"), action.clone())).collect();
    let mut flow = main.clone();
    flow["name"] = json!(id);
    flow["properties"]["definition"]["actions"] = Value::Object(actions);
    flow.to_string()
}

pub async fn large_and_deep_answers_are_bounded(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    let stage = Stage::open(Look { portal: Options { page: Some(blank()), ..look.portal }, ..look }).await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.to_page().await?;
    let main = stage.portal.flow_json(0);
    let list = json!([{ "name": "0".repeat(32), "id": format!("/providers/Microsoft.PowerApps/apis/shared_teams/connections/{}", "0".repeat(32)), "properties": { "apiId": "/providers/Microsoft.PowerApps/apis/shared_teams" } }]);
    let id = |number: usize| format!("0e0e0e0e-0000-4000-8000-{number:012x}");
    let within = "{\"a\":{\"type\":\"Scope\",\"actions\":".repeat(10_000);
    let deep = format!("{{\"name\":\"{}\",\"properties\":{{\"definition\":{{\"actions\":{within}{{}}{}}}}}}}", id(3), "}}".repeat(10_000));
    let cases = [
        ("5 MB", laden(&main, &id(0), "swagger", json!("x".repeat(5 * MEGABYTE))), "12 operations with a connection", "Invoice approval"),
        ("50 MB", laden(&main, &id(1), "swagger", json!("x".repeat(50 * MEGABYTE))), "could not be read", "larger than anything that is read"),
        ("1,000 operations", many(&main, &id(2), 1_000), "1,001 operations with a connection", "Invoice approval"),
        ("10,000 deep", deep, "could not be read", "larger than anything that is read"),
    ];
    for (at, (what, text, in_bar, in_panel)) in cases.into_iter().enumerate() {
        let path = format!("/powerautomate/flows/{}", id(at));
        let size = text.len();
        stage.portal.tell(&path, text);
        stage.portal.tell(&format!("{path}/connections"), list.to_string());
        stage.in_page("await turnTo(given[0])", vec![json!(id(at))]).await?;
        stage.in_page("await load(given[0])", vec![json!(format!("{path}/connections?api-version=1"))]).await?;
        assert_eq!(stage.in_page(LOAD, vec![json!(format!("{path}?api-version=1"))]).await?, json!(200), "{what}: the page itself has its answer");
        let start = Instant::now();
        stage.bar_says(in_bar).await.map_err(|failure| connection_lens_e2e::Failure::new(format!("{what}: {failure}")))?;
        let took = start.elapsed();
        let still = stage.in_page(STILL, vec![]).await?;
        // The page goes on, and so do bar and panel.
        stage.to_panel().await?;
        stage.panel_says(in_panel).await.map_err(|failure| connection_lens_e2e::Failure::new(format!("{what}: {failure}")))?;
        stage.to_page().await?;
        let before = stage.is_pressed("Owners").await?;
        stage.press_bar("Owners").await?;
        wait_for("the toggle", async || Ok((stage.is_pressed("Owners").await? != before).then_some(()))).await?;
        measured(8, format!("{what} ({size} bytes): said in the bar after {:.1} s, the page stood still for {still} ms at most", took.as_secs_f64()));
    }
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    stage.close().await
}
