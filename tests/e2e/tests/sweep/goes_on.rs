//! A sweep that is stopped, by a person or by what happens, and goes on where it was.

use connection_lens_e2e::{Browser, Look, Outcome, Stage, measured, wait_for};
use serde_json::json;

use crate::asked::{self, Asked};
use crate::look;
use crate::whole::shows_what_was_planted;

/// A sweep under way, with so many flows read; its page is the present window.
async fn under_way(look: Look, read: usize) -> Outcome<Stage> {
    let stage = Stage::open(look).await?;
    asked::begin(&stage).await?;
    stage.open_sweep().await?;
    stage.use_in_panel("sweep:start").await?;
    stage.sweep_says("all lists read", |figures| figures.state == "counted").await?;
    stage.use_in_panel("sweep:go").await?;
    stage.sweep_says("some flows read", |figures| figures.read >= read).await?;
    Ok(stage)
}

async fn to_its_end(stage: &Stage) -> Outcome<()> {
    stage.sweep_says("the sweep's end", |figures| figures.state == "done").await?;
    shows_what_was_planted(stage).await
}

/// Nothing is under way any more, and nothing new is asked for while a page of ours is loaded anew and has drawn itself.
async fn is_at_rest(stage: &Stage, phase: &str) -> Outcome<()> {
    let last =
        stage.sweep_says("what was under way answered", |figures| figures.state == phase && figures.requests == Asked::of(&stage.portal).requests()).await?;
    stage.driver.refresh().await?;
    let again = stage.sweep_says("the page, loaded anew", |figures| figures.state == phase).await?;
    assert_eq!((again.requests, Asked::of(&stage.portal).requests()), (last.requests, last.requests));
    assert!(again.read < again.flows, "it stopped before its end");
    Ok(())
}

pub async fn paused_and_continued_after_the_browser_was_closed(browser: Browser) -> Outcome<()> {
    let stage = under_way(look("environment-300").with(browser), 60).await?;
    stage.use_in_panel("sweep:pause").await?;
    is_at_rest(&stage, "paused").await?;
    let stage = stage.restarted().await?;
    stage.open_sweep().await?;
    let before = Asked::of(&stage.portal).flows.len();
    stage.sweep_says("it stands where it stood", |figures| figures.state == "paused" && figures.read > 0).await?;
    stage.use_in_panel("sweep:continue").await?;
    to_its_end(&stage).await?;
    let asked = Asked::of(&stage.portal);
    assert!(asked.flows.len() > before && asked.flows.values().all(|statuses| statuses.len() == 1), "no flow twice");
    stage.close().await
}

pub async fn cancelled_and_taken_up_again(browser: Browser) -> Outcome<()> {
    let stage = under_way(look("environment-300").with(browser), 60).await?;
    stage.use_in_panel("sweep:cancel").await?;
    is_at_rest(&stage, "cancelled").await?;
    stage.use_in_panel("sweep:continue").await?;
    to_its_end(&stage).await?;
    Asked::of(&stage.portal).is_exact(&stage.portal, true)?;
    stage.close().await
}

/// The token gets too old in the middle: it says so, waits, and goes on by itself once somebody has done something in the page.
pub async fn a_token_that_expires_is_waited_for(browser: Browser) -> Outcome<()> {
    let stage = under_way(look("environment-expiring").with(browser), 60).await?;
    stage.sweep_says("it waits for a sign-in", |figures| figures.waits == "sign_in").await?;
    let said = stage.panel_text().await?;
    assert!(said.contains("sign") || said.contains("reload"), "it says what to do: {said}");
    let page = stage.driver.window().await?;
    stage.to_page().await?;
    stage.click("[role=tab]:nth-child(2)").await?;
    let is_there = "return document.querySelector('.page [role=status]') === null && document.querySelectorAll('.flows tr a').length > 0";
    wait_for("the page's new token", async || Ok((stage.script(is_there, vec![]).await? == json!(true)).then_some(()))).await?;
    stage.to_window(&page).await?;
    to_its_end(&stage).await?;
    let asked = Asked::of(&stage.portal);
    let statuses = asked.flows.values().flatten();
    let (refused, read) = (statuses.clone().filter(|status| **status == 401).count(), statuses.filter(|status| **status == 200).count());
    assert!((1..=8).contains(&refused), "{refused} refused for the token: it doesn't hammer");
    assert!(read > 0 && asked.flows.values().all(|statuses| statuses.iter().filter(|status| **status != 401).count() == 1), "no flow twice");
    stage.close().await
}

/// What was under way when its page went is asked for again: at most two each time. Nothing else is.
pub async fn its_tab_reloaded_closed_and_opened_again(browser: Browser) -> Outcome<()> {
    let mut stage = under_way(look("environment-300").with(browser), 40).await?;
    let sweep = stage.driver.window().await?;
    stage.go(&stage.portal.url()).await?;
    stage.shown().await?;
    stage.to_window(&sweep).await?;
    stage.sweep_says("it goes on after the tab was loaded anew", |figures| figures.read >= 100).await?;
    stage.to_page().await?;
    stage.driver.close_window().await?;
    stage.to_window(&sweep).await?;
    let stood = stage.sweep_says("it waits for a tab", |figures| figures.waits == "tab").await?;
    stage.page = stage.new_tab(&stage.portal.url()).await?;
    stage.shown().await?;
    stage.to_window(&sweep).await?;
    stage.sweep_says("it goes on in another tab", |figures| figures.read >= stood.read + 30).await?;
    // Its own page is only a view.
    stage.driver.close_window().await?;
    stage.to_page().await?;
    let before = Asked::of(&stage.portal).flows.len();
    wait_for("it goes on without its page", async || Ok((Asked::of(&stage.portal).flows.len() >= before + 20).then_some(()))).await?;
    stage.open_sweep().await?;
    to_its_end(&stage).await?;
    let asked = Asked::of(&stage.portal);
    let again: usize = asked.flows.values().map(|statuses| statuses.len() - 1).sum();
    assert!(again <= 4, "{again} flows asked for again, two tabs lost");
    assert_eq!(
        (asked.flows.len(), asked.most_at_once <= 3),
        (300, true),
        "{} at once: the browser itself takes back what a closed tab asked for",
        asked.most_at_once
    );
    stage.close().await
}

/// Nothing passes for stored that isn't, nothing is asked for again and again, and with room it goes on. Firefox knows no brim but the disk's own.
pub async fn full_storage_is_told_and_it_rests(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(look("environment-30").with(browser)).await?;
    asked::begin(&stage).await?;
    stage.open_sweep().await?;
    stage.use_in_panel("sweep:start").await?;
    stage.sweep_says("all lists read", |figures| figures.state == "counted").await?;
    stage.fill("local").await?;
    stage.use_in_panel("sweep:go").await?;
    stage.panel_says("can’t store anything more").await?;
    let stands = stage.sweep_says("it stands where it stood", |figures| figures.state == "counted").await?;
    assert_eq!(stands.requests, Asked::of(&stage.portal).requests(), "what isn't stored isn't asked for");

    // Room for the beginning, not for what comes of it.
    stage.make_room("local", 400).await?;
    stage.use_in_panel("sweep:go").await?;
    stage.sweep_says("it rests", |figures| figures.state == "paused" && figures.waits == "room").await?;
    stage.panel_says("so the sweep rests").await?;
    stage.empty("local").await?;
    stage.use_in_panel("sweep:continue").await?;
    to_its_end(&stage).await?;
    let twice = Asked::of(&stage.portal).flows.values().filter(|statuses| statuses.len() > 1).count();
    assert!(twice <= 2, "asked for again: what could not be stored, {twice}");
    measured(7, format!("storage full while a sweep reads: told on its page, at rest until there was room, flows asked for again: {twice}"));
    stage.close().await
}
