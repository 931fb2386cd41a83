//! What breaks on our own side: storage that takes nothing more, and a core that stops dead. The person is told, the tab goes on, nothing passes for kept.

use connection_lens_e2e::{Browser, Look, Outcome, Stage, measured, wait_for};
use serde_json::json;

/// As the portal does: another address without a load.
const TURN_TO: &str = "history.pushState({}, '', given[0]); dispatchEvent(new PopStateEvent('popstate', { state: {} }))";

/// What the background answers to the panel.
const TELL: &str = "const [event, done] = arguments; chrome.storage.session.get('index').then(({ index }) => chrome.runtime.sendMessage({ to: 'session', key: index.at(-1).key, event })).then(done, (error) => done(String(error)))";

pub async fn storage_that_takes_nothing_more_is_told(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    stage.bar_says("12 operations with a connection").await?;
    // Filled while a small flow is shown, so that the larger one surely is more than what is left holds; and all in one document, as others would make room.
    stage.in_page(TURN_TO, vec![json!(stage.portal.flow_url(1))]).await?;
    stage.bar_says("3 operations with a connection").await?;
    stage.open_panel().await?;
    stage.panel_says("New starter").await?;
    stage.fill("session").await?;
    stage.to_page().await?;
    stage.in_page(TURN_TO, vec![json!(stage.portal.flow_url(0))]).await?;
    let said = wait_for("the complaint", async || Ok(Some(stage.trouble().await?).filter(|said| !said.is_empty()))).await?;
    assert!(said.contains("can’t store anything more"), "{said}");
    // The page goes on; and so does everything as soon as there is room again.
    stage.open_panel().await?;
    stage.empty("session").await?;
    stage.go(&stage.portal.flow_url(0)).await?;
    stage.bar_says("12 operations with a connection").await?;
    assert_eq!(stage.trouble().await?, "");

    // On disk: Firefox knows no brim but the disk's own, which no test should fill.
    let has_brim = browser == Browser::Chromium;
    if has_brim {
        stage.open_panel().await?;
        stage.fill("local").await?;
        let intend = json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 });
        assert_eq!(stage.ask(TELL, vec![intend.clone()]).await?, json!({ "error": "storage" }));
        // Nobody believes that it was kept: not the panel, not the bar, also not after the next event.
        assert!(stage.panel_text().await?.contains("Choose an account"));
        stage.to_page().await?;
        stage.press_bar("Owners").await?;
        wait_for("the toggle", async || Ok(stage.is_pressed("Owners").await?.then_some(()))).await?;
        assert!(stage.bar().await?.is_some_and(|said| said.contains("Choose the intended account")));
        stage.open_panel().await?;
        stage.empty("local").await?;
        assert_eq!(stage.ask(TELL, vec![intend]).await?, json!({}));
        stage.panel_says("svc-flows@contoso.com").await?;
    }
    measured(
        7,
        format!("storage full (in memory{}): told by its name, shown as kept that isn't: 0, all well again with room", if has_brim { ", on disk" } else { "" }),
    );
    stage.close().await
}

/// In this stage's copy a word in an event makes the core's own code stop dead, as a fault in it would: memory asked for that there can't be.
fn with_a_trap(glue: &str) -> String {
    let trap = "wasm.__wbindgen_malloc(0xffffffff, 3);";
    glue.replace("    feed(key, event, body) {\n", &format!("    feed(key, event, body) {{\n        if (event.includes('trap-here')) {trap}\n"))
        .replace("export function panel() {\n", &format!("export function panel() {{\n    if (location.search === '?trap') {trap}\n"))
}

pub async fn a_core_that_stops_dead_is_started_afresh(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { changes: vec![("wasm/connection_lens.js", with_a_trap)], heard: true, ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    for round in 1..=3 {
        let load = "await new Promise((resolve) => { const request = new XMLHttpRequest(); request.open('GET', given[0]); request.onloadend = resolve; request.send(); })";
        let host = stage.portal.log().into_iter().map(|request| request.host).find(|host| host.contains(".environment.")).unwrap_or_default();
        stage.in_page(load, vec![json!(format!("https://{host}/powerautomate/flows/trap-here?api-version=1"))]).await?;
        let said = wait_for("the complaint", async || Ok(Some(stage.trouble().await?).filter(|said| !said.is_empty()))).await?;
        assert!(said.contains("stumbled over this flow"), "{said}");
        // A fresh instance goes on with what was stored.
        let before = stage.is_pressed("Highlight").await?;
        stage.press_bar("Highlight").await?;
        wait_for("the highlight", async || Ok((stage.is_pressed("Highlight").await? != before).then_some(())))
            .await
            .map_err(|failure| connection_lens_e2e::Failure::new(format!("round {round}: {failure}")))?;
        stage.bar_says("3 to change").await?;
        wait_for("the complaint's end", async || Ok(stage.trouble().await?.is_empty().then_some(()))).await?;
    }
    // Unsaved changes are followed as ever, and the panel never noticed.
    stage.rebind("Send_an_email_(V2)", "svc-flows@contoso.com").await?;
    stage.bar_says("2 to change").await?;
    stage.open_panel().await?;
    stage.panel_says("2 of 12 operations still act as someone else").await?;
    // The panel's own core: it says that it couldn't start, and the others go on.
    let address = stage.script("return chrome.runtime.getURL('panel/panel.html?trap')", vec![]).await?;
    stage.new_tab(address.as_str().unwrap_or_default()).await?;
    stage.panel_says("The panel could not start").await?;
    stage.to_page().await?;
    stage.bar_says("2 to change").await?;
    let complaints: Vec<String> = stage
        .complaints()
        .await?
        .into_iter()
        .filter(|said| !["unreachable", "RuntimeError", "panel/panel.js"].iter().any(|trap| said.contains(trap)))
        .collect();
    assert_eq!(complaints, Vec::<String>::new());
    measured(7, "the core stopped dead 3 times in the background, once in the panel: told each time, gone on with what was stored; lost 0");
    stage.close().await
}
