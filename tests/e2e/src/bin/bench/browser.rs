//! The rows in a real browser. Where two things are compared they take turns within one run, so that a busy machine hits both alike.

use std::path::Path;

use connection_lens_e2e::{Failure, Look, Outcome, Stage, wait_for};
use serde_json::{Value, json};

use crate::{overlay, told};

/// Who should stand behind the flows.
pub const INTENDED: &str = "svc-flows@contoso.com";

const WATCH: &str = include_str!("watch.js");
const REPAINT: &str = include_str!("repaint.js");
const TRANSPORT: &str = include_str!("transport.js");
const REQUEST: &str = include_str!("request.js");
const TICK: &str = include_str!("tick.js");
const PAN: &str = include_str!("pan.js");

/// Measures all of it.
///
/// # Errors
/// Where a browser doesn't start. `parts`: only these; none means all.
pub async fn measure(parts: &[&str]) -> Outcome<()> {
    let is_wanted = |part: &str| parts.is_empty() || parts.contains(&part);
    let ours = Stage::open(Look::at("sized-150")).await?;
    begin(&ours).await?;
    // Each by itself: a row that can't be measured must not hide the others.
    if is_wanted("repaint") {
        said("repaint", repaint(&ours).await);
    }
    if is_wanted("unsaved") {
        said("unsaved", unsaved(&ours).await);
    }
    if is_wanted("request") {
        said("request", request(&ours).await);
    }
    if is_wanted("panel") {
        said("panel", in_panel(&ours).await);
    }
    if !["load", "pan", "overlay"].into_iter().any(is_wanted) {
        return ours.close().await;
    }
    let bare = Stage::open(Look { bare: true, ..Look::at("sized-1000") }).await?;
    if is_wanted("load") {
        said("load", load(&ours, &bare).await);
    }
    if is_wanted("pan") {
        said("pan", pan(&ours, &bare).await);
    }
    if is_wanted("overlay") {
        said("overlay", overlay::measure(&bare).await);
    }
    ours.close().await?;
    bare.close().await
}

/// Records what all processes do while the overlay follows a flow that is saved ten times.
///
/// # Errors
/// Where a browser doesn't start, or the file can't be written.
pub async fn trace(scenario: &str, file: &Path) -> Outcome<()> {
    let stage = Stage::open(Look { traced: true, ..Look::at(scenario) }).await?;
    begin(&stage).await?;
    marked(&stage).await?;
    // Once warm, that is; all of it is recorded.
    let took = counted(&stage, REPAINT, vec![json!(10)]).await?;
    std::fs::write(file, stage.trace().await?.to_string())?;
    told::row("trace", told::median(&took), "while it was recorded", None);
    stage.close().await
}

fn said(what: &str, done: Outcome<()>) {
    if let Err(failure) = done {
        eprintln!("{what}: {failure}");
    }
}

/// The panel is open, and it is said who is intended; the page is in front.
async fn begin(stage: &Stage) -> Outcome<()> {
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await?;
    stage.to_page().await?;
    stage.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await.map_err(|error| Failure::new(error.to_string()))?;
    stage.press_bar("Owners").await
}

/// Turns the portal to a scenario and opens its flow.
async fn turn(stage: &Stage, scenario: &str) -> Outcome<()> {
    stage.to_page().await?;
    let script = "const [name, done] = arguments; fetch('/practice/scenario?name=' + name, { method: 'POST' }).then(({ status }) => done(status))";
    let status = stage.driver.execute_async(script, vec![json!(scenario)]).await?.json().clone();
    if status != json!(200) {
        return Err(Failure::new(format!("the portal has no {scenario}: {status}")));
    }
    stage.go(&stage.portal.url()).await?;
    stage.designer().await
}

async fn marked(stage: &Stage) -> Outcome<()> {
    let script = "return document.querySelectorAll('[data-connection-lens]').length";
    wait_for("marks", async || Ok(stage.script(script, vec![]).await?.as_u64().filter(|marks| *marks > 0))).await.map(drop)
}

/// What a script counted: milliseconds.
pub async fn counted(stage: &Stage, script: &str, arguments: Vec<Value>) -> Outcome<Vec<f64>> {
    let found = stage.driver.execute_async(script, arguments).await?.json().clone();
    serde_json::from_value(found.clone()).map_err(|_| Failure::new(format!("the page counted {found}")))
}

/// From the response to the overlay, beside what carrying the bytes alone takes.
async fn repaint(stage: &Stage) -> Outcome<()> {
    for (row, scenario, bytes) in [("100k", "sized-150-0-saved", 100_000), ("350k", "sized-530-0-saved", 350_000), ("5m", "sized-150-700000-saved", 5_000_000)]
    {
        turn(stage, scenario).await?;
        marked(stage).await?;
        let took = counted(stage, REPAINT, vec![json!(if bytes > 1_000_000 { 9 } else { 15 })]).await?;
        stage.to_panel().await?;
        let floor = told::median(&counted(stage, TRANSPORT, vec![json!(bytes), json!(9)]).await?);
        told::row(&format!("warm.{row}"), told::median(&took), &format!("{floor:.1} ms to carry the text to the worker and back"), Some(floor));
        if row == "350k" {
            stage.to_page().await?;
            cold(stage).await?;
        }
    }
    Ok(())
}

/// The same after the worker's end, beside the first reply of a worker that has nothing to do.
async fn cold(stage: &Stage) -> Outcome<()> {
    let (mut took, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        stage.to_page().await?;
        stage.kill_idle_worker().await?;
        took.extend(counted(stage, REPAINT, vec![json!(1)]).await?);
        stage.kill_idle_worker().await?;
        stage.to_panel().await?;
        empty.extend(counted(stage, TRANSPORT, vec![json!(10), json!(1)]).await?);
    }
    let floor = told::median(&empty);
    told::row("cold.350k", told::median(&took), &format!("{floor:.1} ms for the first reply of a worker that starts no WebAssembly"), Some(floor));
    Ok(())
}

/// From the click on another connection to the card's new mark.
async fn unsaved(stage: &Stage) -> Outcome<()> {
    let node = "Send_an_email_(V2)";
    let watch = "const card = document.getElementById('msla-node-' + arguments[0]); const after = new MessageChannel(); window.repainted = 0; \
        document.addEventListener('click', () => { window.clicked = performance.now(); requestAnimationFrame(() => after.port2.postMessage(0)); }, true); \
        after.port1.onmessage = () => { window.drawn = performance.now() - window.clicked; }; \
        new MutationObserver(() => { window.repainted ||= performance.now() - window.clicked; }).observe(card, { attributes: true, attributeFilter: ['data-connection-lens'] });";
    let (mut took, mut own) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        turn(stage, "half").await?;
        let is_marked = async || Ok(stage.marks().await?.get(node).filter(|(style, _)| style == "mismatch").map(drop));
        wait_for("the mark of what is to change", is_marked).await?;
        stage.script(watch, vec![json!(node)]).await?;
        stage.rebind(node, INTENDED).await?;
        took.push(wait_for("the new mark", async || Ok(stage.script("return window.repainted", vec![]).await?.as_f64().filter(|took| *took > 0.0))).await?);
        own.push(stage.script("return window.drawn", vec![]).await?.as_f64().unwrap_or_default());
    }
    let own = told::median(&own);
    told::row("unsaved", told::median(&took), &format!("{own:.1} ms from the click to the designer's own next frame"), None);
    Ok(())
}

/// What a request of the page takes longer than one that no script of ours sees.
async fn request(stage: &Stage) -> Outcome<()> {
    turn(stage, "half").await?;
    marked(stage).await?;
    let found = stage.driver.execute_async(REQUEST, vec![json!(60)]).await?.json().clone();
    let list = |who: &str| serde_json::from_value::<Vec<f64>>(found[who].clone()).map_err(|_| Failure::new(format!("the page counted {found}")));
    let (ours, bare) = (list("ours")?, list("bare")?);
    let added: Vec<f64> = ours.iter().zip(&bare).map(|(ours, bare)| ours - bare).collect();
    told::row("request", told::median(&added), &format!("{:.1} ms without", told::median(&bare)), None);
    Ok(())
}

/// The panel's page: from its navigation to the last change of it; and a tick.
async fn in_panel(stage: &Stage) -> Outcome<()> {
    stage.to_panel().await?;
    let address = stage.script("return chrome.runtime.getURL('panel/panel.html')", vec![]).await?;
    let address = address.as_str().ok_or_else(|| Failure::new("the panel has no address"))?.to_owned();
    let tab = "const done = arguments[0]; chrome.storage.session.get('index').then(({ index }) => done(index.findLast(({ hasFlow }) => hasFlow)?.tab ?? 0))";
    let tab = stage.driver.execute_async(tab, vec![]).await?.json().as_u64().unwrap_or_default();
    let window = stage.driver.new_tab().await?;
    stage.driver.switch_to_window(window.clone()).await?;
    stage.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await.map_err(|error| Failure::new(error.to_string()))?;
    let mut each = Vec::new();
    for operations in [30, 100, 300, 2_000] {
        turn(stage, &format!("sized-{operations}")).await?;
        marked(stage).await?;
        stage.driver.switch_to_window(window.clone()).await?;
        let mut took = Vec::new();
        for _ in 0..7 {
            stage.driver.goto(format!("{address}?tab={tab}")).await?;
            let settled = "return window.bench?.changed > 0 && document.querySelectorAll('#panel *').length > 30 && performance.now() - window.bench.changed > 300 ? window.bench.changed : 0";
            took.push(wait_for("the panel", async || Ok(stage.script(settled, vec![]).await?.as_f64().filter(|took| *took > 0.0))).await?);
        }
        let took = told::median(&took);
        each.push(took);
        if [30, 300].contains(&operations) {
            told::row(&format!("panel.{operations}"), took, "from the navigation of its page", None);
        }
    }
    if let [_, few, _, many] = each.as_slice() {
        told::row("growth.panel", many / 2_000.0 / (few / 100.0), &format!("{few:.0} ms with 100, {many:.0} ms with 2,000"), None);
    }
    turn(stage, "done").await?;
    stage.driver.switch_to_window(window.clone()).await?;
    stage.driver.goto(format!("{address}?tab={tab}")).await?;
    tick(stage).await?;
    stage.driver.close_window().await?;
    stage.to_page().await
}

/// The step that nobody but a person can say is done.
async fn tick(stage: &Stage) -> Outcome<()> {
    stage.use_in_panel("open:People").await?;
    wait_for("the tick", async || {
        Ok(stage.script("return document.querySelector('[data-key=\"tick:People\"]')?.textContent", vec![]).await?.as_str().map(drop))
    })
    .await?;
    let took = counted(stage, TICK, vec![json!(9)]).await?;
    told::row("panel.tick", told::median(&took), "from the press to the changed panel, through the worker and the storage", None);
    Ok(())
}

/// From the navigation to the designer's first card, with and without the extension.
async fn load(ours: &Stage, bare: &Stage) -> Outcome<()> {
    idle(ours).await?;
    // Nobody has the panel open yet.
    ours.to_panel().await?;
    ours.driver.close_window().await?;
    ours.to_page().await?;
    bare.to_page().await?;
    bare.driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await.map_err(|error| Failure::new(error.to_string()))?;
    turn(ours, "large").await?;
    turn(bare, "large").await?;
    let (mut ratios, mut with, mut tasks) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..12 {
        let mut pair = [[0.0; 2]; 2];
        let order = if round % 2 == 0 { [(0, ours), (1, bare)] } else { [(1, bare), (0, ours)] };
        for (at, stage) in order {
            stage.go(&stage.portal.url()).await?;
            stage.designer().await?;
            let seen = stage.script("return [window.bench.card, window.bench.longest]", vec![]).await?;
            if let Some(slot) = pair.get_mut(at) {
                *slot = serde_json::from_value(seen)?;
            }
        }
        let [[our_card, our_task], [bare_card, bare_task]] = pair;
        ratios.push(our_card / bare_card);
        with.push(our_card);
        tasks.push(our_task - bare_task);
    }
    told::row("load", told::median(&ratios), &format!("{:.0} ms with it, twelve pairs in turns", told::median(&with)), None);
    told::row("load.task", told::median(&tasks).max(0.0), "the difference between the longest tasks of both", None);
    Ok(())
}

/// My flows, which shows no flow: where its state is one that the core wrote (an object), and no list of what it said, the core was started for it.
async fn idle(stage: &Stage) -> Outcome<()> {
    stage.to_page().await?;
    // That the flow before is out of sight is the core's to take in.
    stage.driver.goto("about:blank").await?;
    stage.to_panel().await?;
    let none_in_sight =
        async || Ok(stage.stored("session").await?["index"].as_array().is_some_and(|index| index.iter().all(|entry| entry["hasFlow"] == false)).then_some(()));
    wait_for("no flow in sight", none_in_sight).await?;
    let before = stage.stored("session").await?;
    stage.to_page().await?;
    stage.kill_idle_worker().await?;
    stage.go("https://make.powerautomate.com/environments").await?;
    let is_listed = "return document.querySelectorAll('.flows tr a').length > 0";
    wait_for("the list of flows", async || Ok((stage.script(is_listed, vec![]).await? == json!(true)).then_some(()))).await?;
    stage.to_panel().await?;
    let told = async || {
        // Answered after whatever the page told before.
        let last = "const done = arguments[0]; chrome.runtime.sendMessage({ to: 'session', key: '', event: { kind: 'look' } }).then(done)";
        stage.driver.execute_async(last, vec![]).await?;
        let stored = stage.stored("session").await?;
        let newest = stored["index"].as_array().and_then(|index| index.last()).and_then(|entry| entry["key"].as_str());
        Ok(newest.filter(|key| before[*key].is_null()).and_then(|key| stored[key].as_str()).map(str::to_owned))
    };
    let started = u8::from(wait_for("what the page told", told).await?.starts_with('{'));
    told::row("load.idle", f64::from(started), "My flows, after its list has come: counted by the states that the core wrote", None);
    stage.to_page().await
}

/// What the page's main thread does while somebody zooms, a step a frame.
async fn pan(ours: &Stage, bare: &Stage) -> Outcome<()> {
    for stage in [ours, bare] {
        turn(stage, "sized-1000").await?;
        stage.driver.cdp().send_raw("Performance.enable", json!({})).await.map_err(|error| Failure::new(error.to_string()))?;
    }
    marked(ours).await?;
    let mut ratios = Vec::new();
    let mut frames = Vec::new();
    for round in 0..9 {
        let order = if round % 2 == 0 { [ours, bare] } else { [bare, ours] };
        let mut took = Vec::new();
        for stage in order {
            let before = busy(stage).await?;
            stage.driver.execute_async(PAN, vec![json!(60)]).await?;
            took.push((busy(stage).await? - before) * 1000.0 / 60.0);
        }
        if round % 2 == 1 {
            took.reverse();
        }
        if let [with, without] = took.as_slice() {
            ratios.push(with / without);
            frames.push(*with);
        }
    }
    told::row("pan", told::median(&ratios), &format!("{:.1} ms of the main thread a frame with labels on", told::median(&frames)), None);
    Ok(())
}

/// Seconds that the page's main thread has worked.
async fn busy(stage: &Stage) -> Outcome<f64> {
    let told = stage.driver.cdp().send_raw("Performance.getMetrics", json!({})).await.map_err(|error| Failure::new(error.to_string()))?;
    let metric = told["metrics"].as_array().into_iter().flatten().find(|metric| metric["name"] == "TaskDuration");
    metric.and_then(|metric| metric["value"].as_f64()).ok_or_else(|| Failure::new("the browser doesn't tell how busy it was"))
}
