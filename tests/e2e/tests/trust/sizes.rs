//! Figure 8: answers larger and deeper than any that was seen. Within the limits they are read, beyond them a sentence says so; the page goes on either way.

use std::time::{Duration, Instant};

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use practice_portal::Options;
use serde_json::{Map, Value, json};

use crate::blank;

const MEGABYTE: usize = 1_000_000;

/// Loads an address while something ticks every 10 ms: how long the page stood still at most, in milliseconds, from then until it is told to end.
const LOAD: &str = "const [path] = given; window.still = 0; let last = performance.now(); \
    window.ticking = setInterval(() => { const now = performance.now(); window.still = Math.max(window.still, now - last); last = now; }, 10); \
    return load(path)";

const STILL: &str = "clearInterval(window.ticking); return Math.round(window.still)";

/// How long the bar may take to say what an answer is, from when the page has it. The slowest took 0.7 s, and 1.8 s on two cores with much other work: five times that.
const SOON: Duration = Duration::from_secs(10);

/// How long the page may stand still at once, in milliseconds. The longest was 0.4 s, and 0.8 s with much other work: five times that.
const STILL_AT_MOST: f64 = 4_000.0;

/// By how much the page's memory may have grown when all of it is over, in bytes, what is garbage taken out: less than one of the large answers, so that none is held.
const GROWN_AT_MOST: f64 = 4_000_000.0;

/// The scenario's flow under another id.
fn under(main: &Value, id: &str) -> Value {
    let mut flow = main.clone();
    flow["name"] = json!(id);
    flow
}

/// With megabytes in what actions are given, which all goes to the core: a hundred long texts.
fn laden(main: &Value, id: &str, megabytes: usize) -> String {
    let mut flow = under(main, id);
    if let Some(actions) = flow["properties"]["definition"]["actions"].as_object_mut() {
        let text = "x".repeat(megabytes * MEGABYTE / 100);
        actions.extend((0..100).map(|at| (format!("Compose_letter_{at}"), json!({ "type": "Compose", "runAfter": {}, "inputs": text }))));
    }
    flow.to_string()
}

/// With megabytes in a service's description of itself, which stays in the content script.
fn described(main: &Value, id: &str, megabytes: usize) -> String {
    let mut flow = under(main, id);
    flow["properties"]["swagger"] = json!("x".repeat(megabytes * MEGABYTE));
    flow.to_string()
}

/// In this stage's copy the background remembers the longest body that came to it since it was asked last.
fn with_a_measure(background: &str) -> String {
    format!(
        "{background}\nlet longest = 0; chrome.runtime.onMessage.addListener((message, sender, answer) => {{ longest = Math.max(longest, message?.body?.length ?? 0); if (message?.measure === true) {{ answer(longest); longest = 0; }} return false; }});\n"
    )
}

const MEASURE: &str = "const done = arguments[0]; chrome.runtime.sendMessage({ measure: true }).then(done, (error) => done(String(error)))";

/// The page's memory, what is garbage taken out: its scripts' and the content scripts'. Only Chromium tells.
async fn memory(stage: &Stage) -> Outcome<Option<f64>> {
    if stage.browser != Browser::Chromium {
        return Ok(None);
    }
    stage.cdp("Performance.enable", json!({})).await?;
    stage.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    let told = stage.cdp("Performance.getMetrics", json!({})).await?;
    let used = told["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == "JSHeapUsedSize").and_then(|metric| metric["value"].as_f64());
    used.ok_or_else(|| Failure::new(format!("no memory is told: {told}"))).map(Some)
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
    let mut flow = under(main, id);
    flow["properties"]["definition"]["actions"] = Value::Object(actions);
    flow.to_string()
}

pub async fn large_and_deep_answers_are_bounded(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    let changes = vec![("background.js", with_a_measure as fn(&str) -> String)];
    let stage = Stage::open(Look { portal: Options { page: Some(blank()), ..look.portal }, heard: true, changes, ..look }).await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.to_page().await?;
    let main = stage.portal.flow_json(0);
    let list = json!([{ "name": "0".repeat(32), "id": format!("/providers/Microsoft.PowerApps/apis/shared_teams/connections/{}", "0".repeat(32)), "properties": { "apiId": "/providers/Microsoft.PowerApps/apis/shared_teams" } }]);
    let id = |number: usize| format!("0e0e0e0e-0000-4000-8000-{number:012x}");
    let within = "{\"a\":{\"type\":\"Scope\",\"actions\":".repeat(10_000);
    let deep = format!("{{\"name\":\"{}\",\"properties\":{{\"definition\":{{\"actions\":{within}{{}}{}}}}}}}", id(4), "}}".repeat(10_000));
    // With each: what is said of it, and between which sizes the longest is that comes to the background.
    let cases = [
        ("5 MB", laden(&main, &id(0), 5), "12 operations with a connection", "Invoice approval", 5 * MEGABYTE..6 * MEGABYTE),
        ("5 MB of descriptions", described(&main, &id(1), 5), "12 operations with a connection", "Invoice approval", 1..MEGABYTE),
        ("50 MB", laden(&main, &id(2), 50), "could not be read", "larger than anything that is read", 0..MEGABYTE),
        ("1,000 operations", many(&main, &id(3), 1_000), "1,001 operations with a connection", "Invoice approval", 1..MEGABYTE),
        ("10,000 deep", deep, "could not be read", "larger than anything that is read", 1..MEGABYTE),
    ];
    let before = memory(&stage).await?;
    for (at, (what, text, in_bar, in_panel, carried)) in cases.into_iter().enumerate() {
        let path = format!("/powerautomate/flows/{}", id(at));
        let size = text.len();
        stage.portal.tell(&path, text);
        stage.portal.tell(&format!("{path}/connections"), list.to_string());
        stage.in_page("await turnTo(given[0])", vec![json!(id(at))]).await?;
        stage.in_page("await load(given[0])", vec![json!(format!("{path}/connections?api-version=1"))]).await?;
        assert_eq!(stage.in_page(LOAD, vec![json!(format!("{path}?api-version=1"))]).await?, json!(200), "{what}: the page itself has its answer");
        let start = Instant::now();
        stage.bar_says(in_bar).await.map_err(|failure| Failure::new(format!("{what}: {failure}")))?;
        let took = start.elapsed();
        let still = stage.in_page(STILL, vec![]).await?;
        // The page goes on, and so do bar and panel.
        stage.to_panel().await?;
        stage.panel_says(in_panel).await.map_err(|failure| Failure::new(format!("{what}: {failure}")))?;
        let longest = stage.ask(MEASURE, vec![]).await?;
        stage.to_page().await?;
        let pressed = stage.is_pressed("Owners").await?;
        stage.press_bar("Owners").await?;
        wait_for("the toggle", async || Ok((stage.is_pressed("Owners").await? != pressed).then_some(()))).await?;
        assert!(longest.as_u64().is_some_and(|longest| carried.contains(&usize::try_from(longest).unwrap_or(usize::MAX))), "{what}: {longest} came");
        assert!(took < SOON, "{what}: said in the bar after {:.1} s", took.as_secs_f64());
        assert!(still.as_f64().is_some_and(|still| still < STILL_AT_MOST), "{what}: the page stood still for {still} ms");
        measured(
            8,
            format!(
                "{what} ({size} bytes, {longest} of them to the core): said in the bar after {:.1} s of {} s allowed, the page stood still for {still} ms at most of {STILL_AT_MOST} ms allowed",
                took.as_secs_f64(),
                SOON.as_secs()
            ),
        );
    }
    if let Some((before, after)) = before.zip(memory(&stage).await?) {
        assert!(after - before < GROWN_AT_MOST, "the page's memory grew from {before} to {after} bytes");
        measured(8, format!("the page's memory afterwards: {:.1} MB more of {:.0} MB allowed", (after - before) / 1e6, GROWN_AT_MOST / 1e6));
    }
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    stage.close().await
}
