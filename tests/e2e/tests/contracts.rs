//! When Power Automate changes: each name that is relied on is taken away by itself, and everything else goes on. In Chromium on the built package.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

use connection_lens::session::{self, Kept, Session};
use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, in_each_browser, wait_for};
use serde_json::{Value, json};

const INTENDED: &str = "svc-flows@contoso.com";

/// Turns the portal to another scenario and loads it anew.
async fn turn(stage: &Stage, scenario: &str) -> Outcome<()> {
    stage.to_page().await?;
    let script = "const [name, done] = arguments; fetch('/practice/scenario?name=' + name, { method: 'POST' }).then(({ ok }) => done(ok), () => done(false))";
    let turned = stage.ask(script, vec![json!(scenario)]).await?;
    if turned != Value::Bool(true) {
        return Err(Failure::new(format!("the portal knows no {scenario}")));
    }
    stage.go(&stage.portal.url()).await
}

/// How much of each contract holds, by its name: as the options page tells it, by the same core.
async fn contracts(stage: &Stage) -> Outcome<Value> {
    let kept = Kept::from_items(&stage.stored("local").await?);
    let stored = stage.stored("session").await?;
    let index: Vec<&Value> = stored["index"].as_array().into_iter().flatten().collect();
    let entry = index.iter().rev().find(|entry| entry["hasFlow"] == true).or(index.last()).ok_or_else(|| Failure::new("no page was seen"))?;
    let text = stored[entry["key"].as_str().unwrap_or_default()].as_str().unwrap_or_default();
    let session = Session::restored(text).ok_or_else(|| Failure::new("no session is stored"))?;
    let told = serde_json::to_value(session::contracts(&session, &kept))?;
    Ok(told
        .as_array()
        .into_iter()
        .flatten()
        .map(|contract| (contract["title"]["key"].as_str().unwrap_or_default().to_owned(), contract["holds"].clone()))
        .collect())
}

/// One name after the other, in one browser: the bar, the panel and the count stay right; what is lost is told as lost, and nothing else is.
async fn each_name_that_goes_takes_nothing_else_with_it(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { size: (1800, 1000), ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await?;
    let nothing: &[(&str, &str)] = &[];
    for (scenario, lost) in [
        ("without-canvas-class", &[("contract_cards", "missing"), ("contract_store", "missing")][..]),
        ("without-node-class", &[("contract_cards", "missing")]),
        ("without-node-key", &[("contract_cards", "missing")]),
        ("without-viewport-class", nothing),
        ("without-card-id", nothing),
        ("without-panel-id", nothing),
        ("without-connection-line", nothing),
        ("without-change-button", nothing),
        ("without-search-button", nothing),
        ("without-search-result", nothing),
        ("without-page-marker", nothing),
        ("without-react-tree", &[("contract_store", "missing"), ("contract_cards", "degraded")]),
        ("without-store-mapping", &[("contract_store", "missing"), ("contract_cards", "degraded")]),
        // The mapping alone tells what runs on what.
        ("without-store-nodes", nothing),
        ("without-store-names", nothing),
        ("without-reveal-actions", nothing),
        ("without-classic-card", &[("contract_cards", "missing")]),
        ("without-classic-title-group", &[("contract_cards", "missing")]),
        ("without-classic-title", nothing),
    ] {
        turn(&stage, scenario).await?;
        stage.bar_says("3 to change").await.map_err(|failure| Failure::new(format!("{scenario}: {failure}")))?;
        stage.to_panel().await?;
        stage.panel_says("of 12 operations still act as someone else").await.map_err(|failure| Failure::new(format!("{scenario}: {failure}")))?;
        let as_told = |found: &Value| {
            ["contract_address", "contract_flow", "contract_connections", "contract_answers"].iter().all(|name| found[name] == "ok")
                && ["contract_store", "contract_cards"].iter().all(|name| {
                    let wanted = lost.iter().find(|(own, _)| own == name).map(|(_, holds)| *holds);
                    match wanted {
                        Some(holds) => found[name] == holds || holds == "degraded" && found[name] == "ok",
                        None => found[name] == "ok" || found[name] == "idle" || *name == "contract_cards" && found[name] == "degraded",
                    }
                })
        };
        let mut last = Value::Null;
        let told = wait_for(scenario, async || {
            last = contracts(&stage).await?;
            Ok(as_told(&last).then_some(()))
        })
        .await;
        told.map_err(|failure| Failure::new(format!("{failure}: {last}")))?;
    }
    stage.close().await
}

/// Faults of the services, one after the other: a sentence or a repair, never a wrong claim.
async fn each_trouble_of_the_services_is_overcome_or_told(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { size: (1800, 1000), ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await?;
    for (scenario, wanted) in [
        ("older", "of 12 operations still act as someone else"),
        ("region", "of 12 operations still act as someone else"),
        ("draft", "of 12 operations still act as someone else"),
        ("pages", "of 12 operations still act as someone else"),
        ("cold", "of 12 operations still act as someone else"),
        ("swagger", "of 12 operations still act as someone else"),
        ("in-value", "of 12 operations still act as someone else"),
        ("bare", "of 12 operations still act as someone else"),
        ("array", "of 12 operations still act as someone else"),
        ("installed", "of 12 operations still act as someone else"),
        ("lazy", "of 12 operations still act as someone else"),
        ("busy", "of 12 operations still act as someone else"),
        ("slow", "of 12 operations still act as someone else"),
        ("no-list", "could not be read"),
        ("error", "could not be read"),
        ("gateway", "could not be read"),
        ("forbidden", "could not be read"),
        ("deleted", "could not be read"),
    ] {
        turn(&stage, scenario).await?;
        stage.to_panel().await?;
        stage.panel_says(wanted).await.map_err(|failure| Failure::new(format!("{scenario}: {failure}")))?;
        if wanted == "could not be read" {
            let said = stage.panel_text().await?;
            assert!(!said.contains("Nothing of anyone else is left") && !said.contains("all as intended"), "{scenario}: {said}");
        }
    }
    stage.close().await
}

/// Where the bar is to be looked for.
#[derive(Clone, Copy)]
enum Bar {
    Here,
    Nowhere,
    /// In a frame of another site, whose closed parts the driver doesn't show: the panel tells.
    InFrame,
}

/// Every page on which a flow is shown, one after the other in one tab: each says what it shows, and never what the one before showed.
async fn each_page_says_what_it_shows(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { size: (1800, 1000), ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await?;
    for (scenario, wanted, bar) in [
        ("classic", "The classic designer", Bar::Here),
        ("new", "This flow isn’t saved yet", Bar::Nowhere),
        ("classic-large", "of 211 operations still act as someone else", Bar::Here),
        ("copilot", "This flow isn’t saved yet", Bar::Nowhere),
        ("readonly", "You may look at this flow", Bar::Here),
        ("details", "of 12 operations still act as someone else", Bar::Nowhere),
        ("sharepoint", "Live from the designer", Bar::InFrame),
        ("run", "This is a run", Bar::Nowhere),
        ("shared", "of 12 operations still act as someone else", Bar::Nowhere),
        ("sharepoint-details", "Saved version", Bar::InFrame),
        ("widget", "Live from the designer", Bar::Here),
        ("solution-page", "of 5 operations still act as someone else", Bar::Here),
        ("solution-details", "Case escalation", Bar::Nowhere),
        ("apps-view", "Case escalation", Bar::InFrame),
        ("empty", "Nobody’s name is needed", Bar::Here),
        ("forbidden", "could not be read", Bar::Here),
        ("repeats", "The classic designer", Bar::Here),
    ] {
        turn(&stage, scenario).await?;
        stage.to_panel().await?;
        stage.panel_says(wanted).await.map_err(|failure| Failure::new(format!("{scenario}: {failure}")))?;
        stage.to_page().await?;
        match bar {
            Bar::Here => wait_for("the bar", async || stage.bar().await).await.map(drop).map_err(|failure| Failure::new(format!("{scenario}: {failure}")))?,
            Bar::Nowhere => assert_eq!(stage.bar().await?, None, "{scenario} shows no designer to stand on"),
            Bar::InFrame => {
                assert_eq!(stage.bar().await?, None, "{scenario}: the page around the frame bears no bar");
                stage.to_frame().await?;
                let is_details = scenario.ends_with("details");
                let marks = "return document.querySelectorAll('[data-connection-lens]').length";
                let marked =
                    wait_for("marks in the frame", async || Ok(stage.script(marks, vec![]).await?.as_u64().filter(|marks| is_details || *marks > 2))).await;
                marked.map_err(|failure| Failure::new(format!("{scenario}: {failure}")))?;
                stage.to_page().await?;
            }
        }
    }
    // Titles that repeat: neither of two is marked, and the bar says that they can't be told apart.
    stage.press_bar("Owners").await?;
    wait_for("what can't be told apart", async || Ok(stage.note().await?.contains("can’t be told apart").then_some(()))).await?;
    stage.close().await
}

in_each_browser!(each_name_that_goes_takes_nothing_else_with_it, each_trouble_of_the_services_is_overcome_or_told, each_page_says_what_it_shows,);
