//! The main job and what can come between: in Chromium, on the built package, with the real side panel.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

use connection_lens_e2e::{Browser, Look, Outcome, Stage, in_each_browser, measured, wait_for};
use practice_portal::Options;
use serde_json::{Value, json};

const INTENDED: &str = "svc-flows@contoso.com";

/// A stage on which everybody knows who is intended, with the panel open and the page in front.
async fn ready(look: Look, wanted: &str) -> Outcome<Stage> {
    let stage = Stage::open(look).await?;
    stage.designer().await?;
    intend(&stage).await?;
    stage.bar_says(wanted).await?;
    Ok(stage)
}

async fn intend(stage: &Stage) -> Outcome<()> {
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "everywhere" })).await?;
    stage.to_page().await
}

/// Waits until exactly these operations on the page are marked as mismatches.
async fn mismatches(stage: &Stage, wanted: usize) -> Outcome<Vec<String>> {
    wait_for(&format!("{wanted} mismatches marked"), async || {
        let found = stage.marked("mismatch").await?.into_iter().chain(stage.marked("owner").await?).collect::<Vec<_>>();
        Ok((found.len() == wanted).then_some(found))
    })
    .await
}

async fn badge(stage: &Stage) -> Outcome<String> {
    let script = "const done = arguments[0]; chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => chrome.action.getBadgeText({ tabId: tab.id })).then(done)";
    Ok(stage.ask(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn a_maker_sees_whose_name_is_on_what(browser: Browser) -> Outcome<()> {
    let stage = ready(Look::at("half").with(browser), "3 to change").await?;
    assert!(stage.bar_says("9 of 12 as intended").await.is_ok());
    let found = mismatches(&stage, 3).await?;
    assert!(!stage.is_pressed("Highlight").await?);
    stage.press_bar("Highlight").await?;
    wait_for("the highlight", async || Ok(stage.is_pressed("Highlight").await?.then_some(()))).await?;
    let outlines = "return [...document.querySelectorAll('[data-connection-lens=mismatch], [data-connection-lens=owner]')].every((card) => { const style = getComputedStyle(card); return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && getComputedStyle(card, '::after').content.length > 2 })";
    wait_for("outlines and labels", async || Ok((stage.script(outlines, vec![]).await? == Value::Bool(true)).then_some(()))).await?;
    stage.press_bar("Owners").await?;
    wait_for("the owners", async || Ok(stage.is_pressed("Owners").await?.then_some(()))).await?;
    wait_for("the count of operations found", async || Ok(stage.note().await?.contains("Found 12 of 12").then_some(()))).await?;

    stage.open_panel().await?;
    let said = stage.panel_says("Reassign operations").await?;
    for wanted in ["Invoice approval", "Flow Service", "Ana Kovač", "Ben Ortiz", "Live from the designer"] {
        assert!(said.contains(wanted), "{wanted} is missing in: {said}");
    }
    assert_eq!(badge(&stage).await?, "3");

    stage.to_page().await?;
    for _ in 0..found.len() {
        stage.press_bar("Next").await?;
    }
    stage.bar_says("3 / 3").await?;
    stage.close().await
}

async fn show_reveals_an_operation_in_a_collapsed_scope(browser: Browser) -> Outcome<()> {
    let stage = ready(Look::at("large").with(browser), "41 to change").await?;
    stage.open_panel().await?;
    stage.panel_says("Reassign operations").await?;
    let stored = stage.stored("session").await?;
    let kept = connection_lens::session::Kept::from_items(&stage.stored("local").await?);
    let session = stored
        .as_object()
        .into_iter()
        .flatten()
        .find_map(|(key, state)| key.starts_with("doc:").then(|| connection_lens::session::Session::restored(state.as_str()?)).flatten());
    let session = session.ok_or_else(|| connection_lens_e2e::Failure::new("no session is stored"))?;
    let sight = session.sight(&kept).ok_or_else(|| connection_lens_e2e::Failure::new("the session shows no flow"))?;
    let counts = sight.audit.counts;
    assert_eq!((counts.operations, counts.mismatch), (300, 41));
    let deep =
        connection_lens::paint::stops(&sight.audit).into_iter().max_by_key(|judged| judged.path.len()).map(|judged| (judged.node.clone(), judged.path.clone()));
    let (node, path) = deep.ok_or_else(|| connection_lens_e2e::Failure::new("nothing to step through"))?;
    assert!(path.len() >= 2, "the deepest mismatch stands in {path:?}");
    stage.to_page().await?;
    let mounted = stage.script("return document.querySelectorAll('.react-flow__node').length", vec![]).await?;
    assert!(mounted.as_u64().is_some_and(|mounted| mounted < 200), "the designer shows only what is in sight: {mounted}");
    assert!(!stage.is_in_sight(&node).await?);
    stage.to_panel().await?;
    stage.send(json!({ "kind": "reveal", "node": node })).await?;
    stage.to_page().await?;
    wait_for("the operation", async || Ok(stage.is_in_sight(&node).await?.then_some(()))).await?;
    wait_for("its mark", async || Ok(stage.marks().await?.contains_key(&node).then_some(()))).await?;
    stage.close().await
}

async fn an_unsaved_change_is_followed_at_once(browser: Browser) -> Outcome<()> {
    // Wide enough that panels on both sides leave every card in sight.
    let stage = ready(Look { size: (2200, 1200), ..Look::at("half").with(browser) }, "3 to change").await?;
    let found = mismatches(&stage, 3).await?;
    let outlook = found.iter().find(|node| node.contains("email")).cloned().ok_or_else(|| connection_lens_e2e::Failure::new("no mail among the mismatches"))?;
    stage.rebind(&outlook, INTENDED).await?;
    stage.bar_says("2 to change").await?;
    let is_intended = async || Ok(stage.marks().await?.get(&outlook).filter(|(style, _)| style == "intended").map(drop));
    wait_for("the mark of what was changed", is_intended).await?;
    stage.open_panel().await?;
    stage.panel_says("unsaved").await?;
    assert_eq!(badge(&stage).await?, "2");
    stage.to_page().await?;
    stage.script("document.activeElement?.blur()", vec![]).await?;
    stage.click("[aria-label='Undo']").await?;
    stage.bar_says("3 to change").await?;
    stage.rebind(&outlook, INTENDED).await?;
    stage.bar_says("2 to change").await?;
    stage.click("[aria-label='Save']").await?;
    wait_for("the save", async || Ok(stage.portal.log().iter().any(|request| request.method == "PATCH").then_some(()))).await?;
    stage.open_panel().await?;
    wait_for("the saved state", async || Ok((!stage.panel_text().await?.contains("unsaved changes")).then_some(()))).await?;
    stage.to_page().await?;
    stage.bar_says("2 to change").await?;
    stage.close().await
}

/// The panel's last question to storage waits for its answer until somebody lets it go on.
fn held_back(script: &str) -> String {
    let held = "const { managed } = chrome.storage; const get = managed.get.bind(managed); managed.get = async (keys) => { \
        window.isHeld = true; while (!window.goOn) await new Promise((resolve) => setTimeout(resolve, 10)); return get(keys); };";
    script.replace("await panel();", &format!("{held} await panel();"))
}

async fn a_change_while_the_panel_reads_is_not_missed(browser: Browser) -> Outcome<()> {
    let changes = vec![("panel/panel.js", held_back as fn(&str) -> String)];
    let stage = ready(Look { size: (2200, 1200), changes, ..Look::at("half").with(browser) }, "3 to change").await?;
    stage.to_panel().await?;
    wait_for("the panel that reads", async || Ok((stage.script("return window.isHeld === true", vec![]).await? == Value::Bool(true)).then_some(()))).await?;
    stage.to_page().await?;
    stage.rebind("Send_an_email_(V2)", INTENDED).await?;
    stage.bar_says("2 to change").await?;
    stage.to_panel().await?;
    stage.script("window.goOn = true", vec![]).await?;
    stage.panel_says("unsaved").await?;
    stage.close().await
}

/// The panel's next question for the tab in front, once somebody says so, waits with its answer until it may go on.
fn tab_held_back(script: &str) -> String {
    let held = "const { tabs } = chrome; const query = tabs.query.bind(tabs); window.answered = []; tabs.query = async (filter) => { \
        const found = await query(filter); if (window.hold) { window.hold = false; window.isHeld = true; \
        while (!window.goOn) await new Promise((resolve) => setTimeout(resolve, 10)); } \
        window.answered.push(found[0].id); return found; };";
    script.replace("await panel();", &format!("{held} await panel();"))
}

/// Somebody turns to another tab and back before the panel has found out about the first turn: it asks again, and stays with the tab in front.
async fn the_panel_stays_with_the_tab_in_front(browser: Browser) -> Outcome<()> {
    let changes = vec![("panel/panel.js", tab_held_back as fn(&str) -> String)];
    let stage = ready(Look { changes, ..Look::at("half").with(browser) }, "3 to change").await?;
    let is_true = async |script: &'static str| wait_for(script, async || Ok((stage.script(script, vec![]).await? == Value::Bool(true)).then_some(()))).await;
    stage.to_panel().await?;
    stage.panel_says("Invoice approval").await?;
    stage.script("window.hold = true", vec![]).await?;
    let other = stage.new_tab("about:blank").await?;
    stage.to_front(&other).await?;
    stage.to_panel().await?;
    is_true("return window.isHeld === true").await?;
    stage.to_front(&stage.page).await?;
    stage.to_panel().await?;
    is_true("return window.answered.length > 1 && window.answered.at(-1) === window.answered[0]").await?;
    stage.script("window.before = window.answered.length; window.goOn = true", vec![]).await?;
    is_true("return window.answered.length > window.before + 1").await?;
    stage.panel_says("Invoice approval").await?;
    stage.to_front(&other).await?;
    stage.to_panel().await?;
    stage.panel_says("No flow in this tab").await?;
    stage.close().await
}

async fn marks_stay_through_zoom_scroll_rename_and_undo(browser: Browser) -> Outcome<()> {
    let stage = ready(Look { size: (2200, 1200), ..Look::at("half").with(browser) }, "3 to change").await?;
    stage.press_bar("Highlight").await?;
    let found = mismatches(&stage, 3).await?;
    stage.click("#control-zoom-out-button").await?;
    stage.click("#control-zoom-out-button").await?;
    mismatches(&stage, 3).await?;
    // Far away a card leaves the document; back, it is marked again.
    stage.press_bar("Next").await?;
    for _ in 0..8 {
        stage.click("#control-zoom-in-button").await?;
    }
    wait_for("cards out of the document", async || Ok((stage.marks().await?.len() < 12).then_some(()))).await?;
    stage.click("[aria-label='Fit view']").await?;
    mismatches(&stage, 3).await?;
    let outlook = found.iter().find(|node| node.contains("(V2)")).cloned().unwrap_or_default();
    stage.rename(&outlook, "Tell the requester").await?;
    stage.open_panel().await?;
    stage.panel_says("Tell the requester").await?;
    stage.to_page().await?;
    stage.click("[aria-label='Fit view']").await?;
    let marked = mismatches(&stage, 3).await?;
    assert!(marked.contains(&outlook), "the page keeps the id that it had when the flow was opened: {marked:?}");
    stage.click("[aria-label='Undo']").await?;
    mismatches(&stage, 3).await?;
    stage.open_panel().await?;
    wait_for("the old name", async || Ok((!stage.panel_text().await?.contains("Tell the requester")).then_some(()))).await?;
    stage.close().await
}

async fn another_flow_without_a_page_load_starts_anew(browser: Browser) -> Outcome<()> {
    let stage = ready(Look::at("half").with(browser), "3 to change").await?;
    let script = "history.pushState({}, '', arguments[0]); dispatchEvent(new PopStateEvent('popstate', { state: {} }))";
    stage.script(script, vec![json!(stage.portal.flow_url(1))]).await?;
    stage.bar_says("as intended").await?;
    mismatches(&stage, 0).await?;
    wait_for("the first flow's marks to go", async || Ok((!stage.bar().await?.unwrap_or_default().contains("to change")).then_some(()))).await?;
    stage.driver.back().await?;
    stage.bar_says("3 to change").await?;
    mismatches(&stage, 3).await?;
    measured(6, "another flow without a load, and back: marks and words of the flow before left over 0");
    stage.close().await
}

async fn a_strict_page_changes_nothing(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    let stage = ready(Look { portal: Options { script_src_self: true, ..look.portal }, ..look }, "3 to change").await?;
    mismatches(&stage, 3).await?;
    stage.close().await
}

async fn names_of_every_kind_are_text(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("names").with(browser)).await?;
    stage.script("window.__broken = 0; window.alert = () => { window.__broken += 1 }; window.onerror = () => { window.__broken += 1 }", vec![]).await?;
    stage.designer().await?;
    intend(&stage).await?;
    stage.bar_says("to change").await?;
    stage.press_bar("Owners").await?;
    stage.press_bar("Highlight").await?;
    wait_for("marks", async || Ok((stage.marks().await?.len() > 3).then_some(()))).await?;
    assert_eq!(stage.script("return window.__broken", vec![]).await?, json!(0));
    stage.open_panel().await?;
    let said = stage.panel_says("Reassign operations").await?;
    assert!(said.contains("<b>markup</b>"), "a hostile name is shown as it is: {said}");
    let elements = "return document.querySelectorAll('img, script:not([src]), iframe').length";
    assert_eq!(stage.script(elements, vec![]).await?, json!(0));
    stage.close().await
}

async fn what_cannot_be_seen_is_unknown(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("leaver").with(browser)).await?;
    stage.designer().await?;
    intend(&stage).await?;
    wait_for("unknown marks", async || Ok((stage.marked("unknown").await?.len() >= 2).then_some(()))).await?;
    stage.open_panel().await?;
    let said = stage.panel_says("not known").await.or(stage.panel_says("Not known").await)?;
    assert!(!said.contains("All done"), "{said}");
    stage.close().await
}

async fn a_worker_killed_between_any_two_steps_loses_nothing(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    stage.kill_worker().await?;
    intend(&stage).await?;
    stage.bar_says("3 to change").await?;
    // Once with nothing to wake it, to see that this really kills.
    stage.kill_idle_worker().await?;
    let mut killed = 0;
    for (button, wanted) in [("Highlight", "3 to change"), ("Owners", "3 to change"), ("Next", "1 / 3"), ("Next", "2 / 3"), ("Previous", "1 / 3")] {
        killed += usize::from(stage.kill_worker().await?);
        stage.press_bar(button).await?;
        stage.bar_says(wanted).await?;
    }
    assert!(killed > 0, "a worker was running and was killed");
    wait_for("both toggles", async || Ok((stage.is_pressed("Highlight").await? && stage.is_pressed("Owners").await?).then_some(()))).await?;
    let outlook = "Send_an_email_(V2)";
    stage.kill_worker().await?;
    stage.rebind(outlook, INTENDED).await?;
    stage.bar_says("2 to change").await?;
    stage.kill_worker().await?;
    stage.open_panel().await?;
    stage.panel_says("Reassign operations").await?;
    measured(5, "background killed before and between the steps of a hand-over: lost 0");
    stage.close().await
}

in_each_browser!(
    a_maker_sees_whose_name_is_on_what,
    show_reveals_an_operation_in_a_collapsed_scope,
    an_unsaved_change_is_followed_at_once,
    a_change_while_the_panel_reads_is_not_missed,
    the_panel_stays_with_the_tab_in_front,
    marks_stay_through_zoom_scroll_rename_and_undo,
    another_flow_without_a_page_load_starts_anew,
    a_strict_page_changes_nothing,
    names_of_every_kind_are_text,
    what_cannot_be_seen_is_unknown,
    a_worker_killed_between_any_two_steps_loses_nothing,
);
