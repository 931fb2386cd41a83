//! What is Firefox's own way: no complaint about the package, and a sidebar that opens where Firefox lets it.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

use std::collections::BTreeSet;

use connection_lens_e2e::{Browser, Look, Outcome, Stage, skipped, wait_for};

/// A Firefox on the flow with the bar; none where none is installed.
async fn ready() -> Outcome<Option<Stage>> {
    if let Some(missing) = Browser::Firefox.missing() {
        return skipped(&missing).map(|()| None);
    }
    let stage = Stage::open(Look::at("half").with(Browser::Firefox)).await?;
    stage.bar_says("operations with a connection").await?;
    Ok(Some(stage))
}

#[tokio::test]
async fn it_loads_without_a_complaint_and_draws_on_the_designer() -> Outcome<()> {
    let Some(stage) = ready().await? else { return Ok(()) };
    stage.press_bar("Owners").await?;
    stage.bar_says("Owners").await?;
    wait_for("the count of operations found", async || Ok(stage.note().await?.contains("Found 12 of 12 operations").then_some(()))).await?;
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    let hosts: BTreeSet<String> = stage.portal.log().into_iter().map(|request| request.host).filter(|host| !stage.browser.asks_its_makers(host)).collect();
    let environment = hosts.iter().filter(|host| host.ends_with(".environment.api.powerplatform.com")).count();
    assert!(hosts.contains("make.powerautomate.com") && environment == 1 && hosts.len() == 2, "{hosts:?}");
    stage.close().await
}

#[tokio::test]
async fn the_sidebar_opens_with_its_own_button_and_the_bar_says_so() -> Outcome<()> {
    let Some(stage) = ready().await? else { return Ok(()) };
    stage.press_bar("Checklist").await?;
    let hint = async || stage.trouble().await;
    wait_for("the hint", async || Ok(hint().await?.contains("Open the checklist with Alt+Shift+L, or with the Connection Lens button").then_some(()))).await?;
    assert!(!stage.is_sidebar_open().await?);
    // The background may be stopped by then: the press starts it again, and still counts.
    stage.kill_worker().await?;
    stage.open_panel().await?;
    stage.panel_says("Invoice approval").await?;
    stage.to_page().await?;
    // Its opening gave the page another size, and the hint is gone.
    wait_for("the hint's end", async || Ok(hint().await?.is_empty().then_some(()))).await?;
    stage.press_bar("Checklist").await?;
    stage.press_bar("Owners").await?;
    wait_for("the count of operations found", async || Ok(stage.note().await?.contains("Found 12 of 12 operations").then_some(()))).await?;
    assert_eq!(hint().await?, "", "an open sidebar needs no hint");
    stage.press_toolbar().await?;
    wait_for("the sidebar's end", async || Ok((!stage.is_sidebar_open().await?).then_some(()))).await?;
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    stage.close().await
}
