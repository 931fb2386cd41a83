//! The whole hand-over, from "who is this?" to a hand-over on record, with the browser closed in the middle. In Chromium, on the built package.

use connection_lens_e2e::{Failure, Look, Outcome, Stage, wait_for};
use practice_portal::Place;
use serde_json::{Value, json};

const INTENDED: &str = "svc-flows@contoso.com";

/// Wide enough that panels on both sides leave every card in sight.
fn wide() -> Look {
    Look { size: (2200, 1200), ..Look::at("half") }
}

/// What the panel keeps of the only flow that something was decided about.
async fn record(stage: &Stage) -> Outcome<Value> {
    let kept = stage.stored("local").await?;
    let record = kept.as_object().into_iter().flatten().find_map(|(key, record)| key.starts_with("flow:").then(|| record.clone()));
    record.ok_or_else(|| Failure::new("nothing is kept of the flow"))
}

/// Waits until the designer's page has saved so many times.
async fn saved(stage: &Stage, times: usize) -> Outcome<()> {
    stage.click("[aria-label='Save']").await?;
    wait_for("the save", async || Ok((stage.portal.log().iter().filter(|request| request.method == "PATCH").count() >= times).then_some(()))).await
}

#[tokio::test]
async fn from_the_first_look_to_done_with_a_restart_in_the_middle() -> Outcome<()> {
    let stage = Stage::open(wide()).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    // Who should stand behind it: chosen from those that were seen.
    stage.use_in_panel("chooser:open").await?;
    stage.use_in_panel(&format!("chooser:pick:{INTENDED}")).await?;
    let said = stage.panel_says("of 12 operations still act as someone else").await?;
    assert!(said.contains("Reassign operations") && said.contains("Checked after you save"), "{said}");
    // Notes are kept, changed, and taken back.
    for (words, wanted) in [("Ask Ana first", "Ask Ana first"), ("Ana knows", "Ana knows")] {
        stage.use_in_panel("more:step:reassign").await?;
        stage.type_in_panel("item:note", words).await?;
        stage.use_in_panel("note:step:reassign").await?;
        stage.panel_says(wanted).await?;
    }
    stage.use_in_panel("undo:last").await?;
    stage.panel_says("Ask Ana first").await?;

    // Two of three are reassigned and saved.
    stage.to_page().await?;
    stage.rebind("Send_an_email_(V2)", INTENDED).await?;
    stage.bar_says("2 to change").await?;
    stage.rebind("When_an_item_is_created", INTENDED).await?;
    stage.bar_says("1 to change").await?;
    saved(&stage, 1).await?;
    stage.open_panel().await?;
    stage.panel_says("2 reassigned since the first look").await?;
    let before = record(&stage).await?;
    assert_eq!(before["first_look"]["mismatch"], json!(3));

    // The browser is closed and opened again: what was decided is there, what was read is read anew.
    let stage = stage.restarted().await?;
    stage.designer().await?;
    stage.bar_says("1 to change").await?;
    stage.open_panel().await?;
    let said = stage.panel_says("2 reassigned since the first look").await?;
    assert!(said.contains("Ask Ana first") && said.contains("Since the first look"), "{said}");
    assert_eq!(record(&stage).await?["first_look"], before["first_look"]);

    // The last one, and the save.
    stage.to_page().await?;
    stage.rebind("Send_an_email_from_\"Ana\"", INTENDED).await?;
    stage.bar_says("All 12 as intended").await?;
    stage.open_panel().await?;
    stage.panel_says("The designer has unsaved changes").await?;
    stage.to_page().await?;
    saved(&stage, 2).await?;
    stage.open_panel().await?;
    wait_for("the saved version", async || Ok((!stage.panel_text().await?.contains("unsaved changes")).then_some(()))).await?;

    // What nothing uses any more is removed on the flow's page, while the panel reads along.
    stage.go(&stage.portal.address(Place::Details)).await?;
    stage.open_pane().await?;
    let rows = stage.pane_rows("Connections not actively in use").await?;
    assert!(rows.len() >= 2, "{rows:?}");
    for row in &rows {
        let account = row.split_whitespace().find(|word| word.contains('@')).unwrap_or(row.as_str());
        stage.remove_from_pane("Connections not actively in use", account).await?;
    }
    // Nobody but a person can say that the co-owners were looked at.
    stage.to_panel().await?;
    stage.panel_says("None is left").await?;
    stage.use_in_panel("open:People").await?;
    stage.use_in_panel("tick:People").await?;
    let said = stage.panel_says("No connection is left over").await?;
    assert!(said.contains("No connection is left over"), "{said}");
    for wanted in ["Acting as someone else 3→0", "Connections not in use 2→0", "First look"] {
        assert!(said.contains(wanted), "{wanted} is missing in: {said}");
    }
    // The day is kept a moment after the last step is done.
    stage.panel_says("Finished").await?;
    let mut last = Value::Null;
    let kept = wait_for("the finished hand-over", async || {
        last = record(&stage).await?;
        Ok((last["finished"]["as_intended"] == json!(12)).then_some(()))
    });
    kept.await.map_err(|failure| Failure::new(format!("{failure}: {last}")))?;
    stage.close().await
}

/// The designer gives a new operation the connection of whoever adds it: bar, badge and panel say so at once.
#[tokio::test]
async fn a_new_operation_with_a_personal_connection_is_announced_at_once() -> Outcome<()> {
    let stage = Stage::open(wide()).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": [INTENDED], "scope": "flow", "at": 1.0 })).await?;
    stage.panel_says("of 12 operations still act as someone else").await?;
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    stage.click(".plus").await?;
    stage.bar_says("4 to change").await?;
    let news = wait_for("the news", async || stage.news().await).await?;
    assert!(news.starts_with("New: “Send an email") && news.contains("’s connection"), "{news}");
    stage.open_panel().await?;
    stage.panel_says("1 new operation runs in somebody else’s name").await?;
    let badge = "const done = arguments[0]; chrome.tabs.query({ active: true, currentWindow: true }).then(([tab]) => chrome.action.getBadgeText({ tabId: tab.id })).then(done)";
    assert_eq!(stage.ask(badge, vec![]).await?, json!("4!"));
    // Taken back, it is news no longer.
    stage.to_page().await?;
    stage.click("[aria-label='Undo']").await?;
    stage.bar_says("3 to change").await?;
    stage.to_panel().await?;
    wait_for("the news to go", async || Ok((!stage.panel_text().await?.contains("new operation runs")).then_some(()))).await?;
    stage.close().await
}
