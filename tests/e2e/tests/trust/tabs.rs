//! Figure 6: the extension goes while a tab is open; pages come back; two tabs, two windows. Nothing is left standing, and nobody hears of another.

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use serde_json::{Value, json};

/// Whatever still draws something on a card.
const DRAWN: &str =
    "return [...document.querySelectorAll('[data-connection-lens]')].filter((card) => getComputedStyle(card, '::after').content !== 'none').length";

/// The designer with the bar and its labels.
async fn drawn(stage: &Stage) -> Outcome<()> {
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    if !stage.is_pressed("Owners").await? {
        stage.press_bar("Owners").await?;
    }
    wait_for("the labels", async || Ok(stage.script(DRAWN, vec![]).await?.as_u64().filter(|drawn| *drawn > 5))).await?;
    assert!(stage.is_bar_in_sight().await?);
    // What was said so far is of no interest.
    stage.console().await.map(drop)
}

/// Nothing of ours is drawn any more but one hint at most; the page goes on; the console says nothing of us. How many lines it says in all.
async fn gone(stage: &Stage, how: &str, hints: usize, account: &str) -> Outcome<usize> {
    // Somebody works on: whatever is left of us notices at the first press.
    stage.driver.action_chain().move_to(640, 24).click().perform().await?;
    let is_gone = async || Ok((!stage.is_bar_in_sight().await? && stage.script(DRAWN, vec![]).await? == json!(0)).then_some(()));
    wait_for(&format!("{how}: the overlay's end"), is_gone).await?;
    if hints > 0 {
        let is_said = async || Ok((!stage.hints().await?.is_empty()).then_some(()));
        wait_for(&format!("{how}: the hint"), is_said).await?;
    }
    // A long piece of work: cards come and go, the flow is changed and saved.
    stage.portal.clear_log();
    for button in ["#control-zoom-out-button", "#control-zoom-in-button", "[aria-label='Fit view']"] {
        stage.click(button).await?;
    }
    stage.rebind("Send_an_email_(V2)", account).await?;
    stage.click("[aria-label='Save']").await?;
    wait_for(&format!("{how}: the save"), async || Ok(stage.portal.log().iter().any(|request| request.method == "PATCH").then_some(()))).await?;
    let said = stage.hints().await?;
    assert_eq!(said.len(), hints, "{how}: {said:?}");
    assert!(said.iter().all(|hint| hint.contains("was updated or switched off")), "{how}: {said:?}");
    let lines = stage.console().await?;
    let complaints: Vec<String> =
        lines.iter().filter(|said| said.is_complaint() && (said.is_ours() || said.text.contains("context invalidated"))).map(ToString::to_string).collect();
    assert_eq!(complaints, Vec::<String>::new(), "{how}");
    Ok(complaints.len())
}

pub async fn reloaded_updated_or_switched_off_under_an_open_tab(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { size: (1800, 1000), ..Look::at("half").with(browser) }).await?;
    // Switched off, Firefox lets nobody say anything any more: the bar and the marks go with their sheet.
    let last_words = usize::from(browser == Browser::Chromium);
    let (service, ana) = ("svc-flows@contoso.com", "ana.kovac@contoso.com");
    for (how, hints, account) in [("reloaded", 1, service), ("updated", 1, ana), ("switched off", last_words, service)] {
        stage.go(&stage.portal.url()).await?;
        drawn(&stage).await.map_err(|failure| Failure::new(format!("before it is {how}: {failure}")))?;
        match how {
            "reloaded" => stage.reload_extension().await?,
            "updated" => stage.update_extension().await?,
            _ => stage.disable_extension().await?,
        }
        stage.to_page().await?;
        let complaints = gone(&stage, how, hints, account).await?;
        measured(6, format!("{how} under an open tab: overlay left 0, hints {hints}, complaints {complaints}"));
    }
    // And a page that is loaded now has nothing of ours.
    stage.go(&stage.portal.url()).await?;
    stage.designer().await?;
    assert_eq!(stage.bar().await?, None);
    stage.close().await
}

/// Whether a page that was left came back as it was: marked before it was left.
async fn is_as_it_was_left(stage: &Stage) -> Outcome<bool> {
    Ok(stage.in_page("return window.wasLeft === true", vec![]).await? == Value::Bool(true))
}

pub async fn pages_that_come_back_say_what_they_show(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { heard: true, ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    stage.in_page("window.wasLeft = true", vec![]).await?;
    stage.go(&stage.portal.flow_url(1)).await?;
    stage.bar_says("All 3 as intended").await?;
    stage.in_page("window.wasLeft = true", vec![]).await?;
    let mut as_left = 0;
    for _ in 0..2 {
        stage.driver.back().await?;
        stage.bar_says("3 to change").await?;
        stage.to_panel().await?;
        stage.panel_says("Invoice approval").await?;
        assert!(!stage.panel_text().await?.contains("New starter"), "nothing of the other page");
        stage.to_page().await?;
        as_left += usize::from(is_as_it_was_left(&stage).await?);
        // It isn't a picture only: a press is heard, and answered for this flow.
        stage.press_bar("Next").await?;
        stage.bar_says("/ 3").await?;
        stage.driver.forward().await?;
        stage.bar_says("All 3 as intended").await?;
        stage.to_panel().await?;
        stage.panel_says("New starter").await?;
        stage.to_page().await?;
        as_left += usize::from(is_as_it_was_left(&stage).await?);
    }
    assert!(as_left > 0, "the browser kept at least one page as it was left: else this tries nothing");
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    measured(6, format!("back and forward: 4 pages, {as_left} of them as they were left; shown wrong 0"));
    stage.close().await
}

pub async fn two_windows_at_once_never_mix(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.panel_says("Invoice approval").await?;
    let other = stage.driver.new_window().await?;
    stage.to_window(&other).await?;
    stage.driver.goto(stage.portal.flow_url(1)).await?;
    stage.bar_says("All 3 as intended").await?;
    stage.open_another_panel().await?;
    let said = stage.to_panel_saying("New starter").await?;
    assert!(!said.contains("Invoice approval"), "{said}");
    // What is pressed in one changes nothing in the other.
    stage.to_page().await?;
    stage.press_bar("Highlight").await?;
    wait_for("the highlight", async || Ok(stage.is_pressed("Highlight").await?.then_some(()))).await?;
    stage.bar_says("3 to change").await?;
    let said = stage.to_panel_saying("Invoice approval").await?;
    assert!(!said.contains("New starter"), "{said}");
    stage.to_window(&other).await?;
    assert!(!stage.is_pressed("Highlight").await?);
    stage.bar_says("All 3 as intended").await?;
    measured(6, "two windows at once: each with its own flow, bar and panel; mixed 0");
    stage.close().await
}
