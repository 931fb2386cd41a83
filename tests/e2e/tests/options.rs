//! The options page, in Chromium on the built package.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

use connection_lens_e2e::{Browser, Look, Outcome, Stage, in_each_browser, wait_for};
use serde_json::{Value, json};

/// The portal with a flow open, and the options page beside it, in front.
async fn with_options(look: Look) -> Outcome<Stage> {
    let stage = Stage::open(look).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.panel_says("Live from the designer").await?;
    let address = stage.script("return chrome.runtime.getURL('options/options.html')", vec![]).await?;
    stage.new_tab(address.as_str().unwrap_or_default()).await?;
    Ok(stage)
}

async fn what_holds_is_told_tab_by_tab(browser: Browser) -> Outcome<()> {
    let stage = with_options(Look::at("half").with(browser)).await?;
    let said = stage.panel_says("Found 12 of 12 operations").await?;
    for wanted in ["Unsaved changes are followed", "Read, with", "It tells which flow is open", "make.powerautomate.com"] {
        assert!(said.contains(wanted), "{wanted} is missing in: {said}");
    }
    assert!(!said.contains("In part"), "{said}");
    stage.close().await
}

/// Every value that the portal shows or sends is somebody's. None of them may stand in a report: names, addresses, ids, connections, operations.
async fn a_bug_report_holds_shapes_only(browser: Browser) -> Outcome<()> {
    let stage = with_options(Look::at("half").with(browser)).await?;
    stage.panel_says("Found 12 of 12 operations").await?;
    let press = "const button = [...document.querySelectorAll('#compatibility button')][0]; button?.click(); return button !== undefined";
    wait_for("the report's button", async || Ok((stage.script(press, vec![]).await? == Value::Bool(true)).then_some(()))).await?;
    let told = wait_for("the report", async || {
        let told = stage.script("return document.querySelector('dialog[open] pre')?.textContent ?? ''", vec![]).await?;
        Ok(told.as_str().filter(|told| told.len() > 200).map(str::to_owned))
    })
    .await?;
    let report: Value = serde_json::from_str(&told)?;
    assert_eq!(report["page"]["view"], json!("designer"));
    assert!(report["page"]["counts"][".react-flow__node"].as_u64().is_some_and(|count| count >= 12), "{}", report["page"]);
    let answers = report["answers"].as_object().map(|answers| answers.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
    assert!(answers.iter().any(|name| name.contains("/flows/{id}/connections")), "{answers:?}");
    let lower = told.to_lowercase();
    let mut values = Vec::new();
    for flow in 0..3 {
        canaries(&stage.portal.flow_json(flow), &mut values);
    }
    assert!(values.len() > 40, "the flows hold values to look for: {}", values.len());
    for value in values.iter().map(String::as_str).chain(["Kovač", "ortiz", "contoso", "svc-flows", "8323f7fe", "1f2e3d4c"]) {
        assert!(!lower.contains(&value.to_lowercase()), "the report holds {value:?}:\n{told}");
    }
    stage.close().await
}

/// What is kept is listed and can be deleted; the page follows at once.
async fn what_is_kept_can_be_deleted(browser: Browser) -> Outcome<()> {
    let stage = with_options(Look::at("half").with(browser)).await?;
    let options = stage.driver.window().await?;
    // Decisions are the panel's to tell; from the options they would not be heard.
    stage.to_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "flow" })).await?;
    stage.send(json!({ "kind": "tick", "step": "people", "on": true, "at": 1.0 })).await?;
    stage.to_window(&options).await?;
    let said = stage.panel_says("1 intended account · 1 tick").await?;
    assert!(said.contains("1 flow, "), "{said}");
    let press = "document.querySelector('#data .buttons button').click()";
    stage.script(press, vec![]).await?;
    stage.panel_says("Delete for good?").await?;
    assert!(stage.stored("local").await?.as_object().is_some_and(|kept| !kept.is_empty()), "once is not enough");
    stage.script(press, vec![]).await?;
    stage.panel_says("Nothing is kept yet").await?;
    assert_eq!(stage.stored("local").await?, json!({}));
    stage.to_page().await?;
    stage.bar_says("Choose the intended account").await?;
    stage.close().await
}

/// Values and given names in a flow that are long enough to be told from a field's name.
fn canaries(value: &Value, found: &mut Vec<String>) {
    match value {
        // Microsoft's own word for where a connection comes from; the report has a field of that name.
        Value::String(text) if text == "Embedded" => {}
        Value::String(text) if text.len() >= 8 && !text.starts_with("http") => found.push(text.clone()),
        Value::Array(rows) => rows.iter().for_each(|row| canaries(row, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                if key.contains('_') || key.contains(' ') {
                    found.push(key.clone());
                }
                canaries(value, found);
            }
        }
        _ => {}
    }
}

in_each_browser!(what_holds_is_told_tab_by_tab, a_bug_report_holds_shapes_only, what_is_kept_can_be_deleted,);
