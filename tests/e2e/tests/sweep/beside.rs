//! What stands beside a sweep: a page that never used a token for connections, and flows that are opened later.

use connection_lens_e2e::{Browser, Outcome, Stage, wait_for};
use practice_portal::{Held, Planted, Reads};
use serde_json::json;

use crate::asked::{self, Asked};
use crate::whole::shows_what_was_planted;
use crate::{look, planted};

/// A whole sweep, from its page's opening; it finds what was planted.
pub async fn swept(stage: &Stage) -> Outcome<()> {
    stage.open_sweep().await?;
    stage.use_in_panel("sweep:start").await?;
    stage.sweep_says("all lists read", |figures| figures.state == "counted").await?;
    stage.use_in_panel("sweep:go").await?;
    stage.sweep_says("the sweep's end", |figures| figures.state == "done").await?;
    shows_what_was_planted(stage).await
}

/// My flows needs no token for connections, so there may be none: then flows' own lists tell the same.
#[tokio::test]
async fn begun_from_my_flows_alone_it_finds_the_same() -> Outcome<()> {
    let mut look = look("environment-30");
    // It waits for a token as long as ever, or nearly.
    look.changes.push(("page.js", |script| script.replace("const PATIENCE = 30_000;", "const PATIENCE = 15_000;")));
    let stage = Stage::open(look).await?;
    stage.shown().await?;
    let is_there = "return document.querySelectorAll('.flows tr a').length > 0";
    wait_for("the list of flows", async || Ok((stage.script(is_there, vec![]).await? == json!(true)).then_some(()))).await?;
    stage.portal.clear_log();
    swept(&stage).await?;
    Asked::of(&stage.portal).is_exact(&stage.portal, false)?;
    stage.close().await
}

/// A flow that runs on her, outside of solutions, and how its references are once it is handed over to the service account.
fn to_hand_over(stage: &Stage) -> (usize, Planted, serde_json::Value) {
    let planted = stage.portal.planted();
    let service = "svc-flows@contoso.com";
    let theirs = |connector: &str| -> Option<&Held> {
        planted.iter().flat_map(|flow| &flow.holds).find(|held| held.connector == connector && (held.account, held.owner) == (service, service))
    };
    let is_fit = |flow: &Planted| {
        flow.reads == Reads::Well && flow.row.is_none() && planted::state(flow).0 == "uses" && flow.holds.iter().all(|held| theirs(held.connector).is_some())
    };
    let at = planted.iter().position(is_fit).unwrap_or_default();
    let mut references = stage.portal.flow_json(at)["properties"]["connectionReferences"].clone();
    for held in &planted[at].holds {
        references[&held.key]["connectionName"] = json!(theirs(held.connector).map(|theirs| &theirs.connection));
    }
    (at, planted[at].clone(), references)
}

pub async fn a_row_turns_done_when_the_flow_is_opened_later(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(look("environment-30").with(browser)).await?;
    asked::begin(&stage).await?;
    swept(&stage).await?;
    let sweep = stage.driver.window().await?;
    let (at, flow, references) = to_hand_over(&stage);
    let row = |rows: std::collections::BTreeMap<String, connection_lens_e2e::Row>| rows.get(&flow.id).map(|row| row.state.clone());
    assert_eq!(row(stage.sweep_rows().await?).as_deref(), Some("uses"));
    // Which flows would stop is a press away, and the list comes into view.
    stage.use_in_panel("list:stops").await?;
    let stops = "const top = document.querySelector('#flows').closest('section').getBoundingClientRect().top; \
        return [...new Set([...document.querySelectorAll('tr.flow')].map((row) => row.dataset.state))].join() + (top >= -1 && top < innerHeight)";
    wait_for("what would stop", async || Ok((stage.script(stops, vec![]).await? == json!("usestrue")).then_some(()))).await?;
    stage.portal.save_flow(at, &json!({ "properties": { "connectionReferences": references } }));
    assert_eq!(row(stage.sweep_rows().await?).as_deref(), Some("uses"), "nobody has looked yet");
    let before = stage.sweep_says("its figures", |figures| figures.state == "done").await?;
    stage.go(&stage.portal.flow_url(at)).await?;
    stage.designer().await?;
    stage.to_window(&sweep).await?;
    let after = stage.sweep_says("one flow less", |figures| figures.found + 1 == before.found).await?;
    assert_eq!((after.requests, after.read), (before.requests, before.read), "for that nothing is asked");
    assert_eq!(row(stage.sweep_rows().await?).as_deref(), Some("done"));
    stage.close().await
}

/// What the portal listed gives the open environment its name, and offers the others. Nothing is asked for it.
pub async fn environments_that_the_portal_listed_are_offered(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(look("environment-30").with(browser)).await?;
    asked::begin(&stage).await?;
    asked::list_environments(&stage).await?;
    stage.portal.clear_log();
    stage.open_sweep().await?;
    let said =
        "return [...document.querySelectorAll('label.environment option, .elsewhere a')].map((part) => [part.textContent.split(' · ')[0], part.href ?? null])";
    let wanted = json!([
        ["Contoso (default)", null],
        ["Contoso Sales", "https://make.powerautomate.com/environments/8a3b1c5e-0d2f-4a6b-9c7d-1e2f3a4b5c6d/flows"],
        ["Contoso Sandbox", "https://make.powerautomate.com/environments/8a3b1c5e-0d2f-4a6b-9c7d-1e2f3a4b5c6e/flows"],
    ]);
    wait_for("all three environments", async || Ok((stage.script(said, vec![]).await? == wanted).then_some(()))).await?;
    assert_eq!(Asked::of(&stage.portal).requests(), 0);
    stage.close().await
}
