//! Figure 7: every fault at every request of ours, in a browser: a sentence each, bounded tries, nothing wrong shown; and the page's own faults beside it.
//! (All faults at all requests, the page's too, are played in tests/faults.rs; natively alone what takes half a minute to come about or says nothing new of a
//! browser: answers that never come, other statuses, other texts that are no answer, several tries to their end.)

use std::time::Duration;

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use practice_portal::{Fault, Options, Trouble};
use serde_json::{Value, json};

use crate::blank;

/// What comes instead of an answer, and what the panel says then of the flow, and of its connections.
fn faults() -> Vec<(&'static str, Fault, &'static str, &'static str)> {
    vec![
        ("401", Fault::Status(401), "your sign-in has expired", "your sign-in has expired"),
        ("403", Fault::Status(403), "you may not see this flow", "you may not list connections"),
        ("404", Fault::Status(404), "it isn’t there, or not for you", "it isn’t there, or not for you"),
        ("429", Fault::RetryAfter(1), "too many requests", "too many requests"),
        ("500", Fault::Status(500), "had a problem of its own (500)", "had a problem of its own (500)"),
        ("cut off", Fault::Truncate, "a form that isn’t known here", "a form that isn’t known here"),
        ("offline", Fault::BreakOff, "The browser is offline", "The browser is offline"),
        ("HTML", Fault::Html, "had a problem of its own (502)", "had a problem of its own (502)"),
        ("empty", Fault::Empty, "a form that isn’t known here", "not known"),
    ]
}

/// No request goes out more often than this by itself.
const MOST: usize = 3;

/// One tab for each fault, all at once: the wait is the same for nine as for one. How many there were, and the most tries of one.
async fn each_in_a_tab(stage: &Stage, of_list: bool) -> Outcome<(usize, usize)> {
    let environment = stage.portal.environment();
    let main = stage.portal.flow_json(0);
    let mut tabs = Vec::new();
    for (at, (name, fault, flow, list)) in faults().into_iter().enumerate() {
        let id = format!("0f0f0f0f-0000-4000-8000-{:012x}", at + if of_list { 100 } else { 0 });
        let path = format!("/powerautomate/flows/{id}");
        let mut told = main.clone();
        told["name"] = json!(id);
        stage.portal.tell(&path, told.to_string());
        stage.portal.tell(&format!("{path}/connections"), "[]");
        stage.portal.trouble(Trouble::always(&if of_list { format!("{path}/connections") } else { path.clone() }, fault));
        let tab = stage.new_tab(&format!("https://make.powerautomate.com/environments/{environment}/flows/{id}?v3=true")).await?;
        // The page uses a token; of its flow it loads nothing, or the flow and no list.
        let play = if of_list { format!("await load('{path}?api-version=1')") } else { "await load('/powerautomate/me')".to_owned() };
        stage.in_page(&play, vec![]).await?;
        tabs.push((name, tab, path, if of_list { list } else { flow }));
    }
    let (count, mut most) = (tabs.len(), 0);
    for (name, tab, path, wanted) in tabs.into_iter().rev() {
        stage.to_front(&tab).await?;
        let what = format!("{name} at the {}", if of_list { "list" } else { "flow" });
        // The bar first: whatever is wrong, the page has something to say and isn't left waiting.
        wait_for("the bar", async || Ok(stage.bar().await?.filter(|said| !said.contains("Reading"))))
            .await
            .map_err(|failure| Failure::new(format!("{what}: {failure}")))?;
        let bar = stage.bar().await?.unwrap_or_default();
        assert!(!bar.contains("as intended") || bar.contains("0 of"), "{what}: {bar}");
        stage.to_panel().await?;
        let said = stage.panel_says(wanted).await.map_err(|failure| Failure::new(format!("{what}: {failure}")))?;
        assert!(!said.contains("Nothing of anyone else is left") && !said.contains("safe to remove"), "{what}: {said}");
        let part = if of_list { format!("{path}/connections") } else { path };
        let made =
            stage.portal.log().iter().filter(|request| request.method == "GET" && request.path_and_query.split('?').next() == Some(part.as_str())).count();
        assert!((1..=MOST).contains(&made), "{what}: asked for {made} times");
        most = most.max(made);
        stage.to_window(&tab).await?;
        stage.driver.close_window().await?;
    }
    stage.to_page().await?;
    Ok((count, most))
}

/// What the document that shows the flow has heard of the environment's list: that it could not be read, or that nothing was in it; none, while it hasn't.
async fn has_heard(stage: &Stage, flow: &str) -> Outcome<Option<bool>> {
    let stored = stage.stored("session").await?;
    let states = stored.as_object().into_iter().flatten().filter(|(key, _)| key.starts_with("doc:")).filter_map(|(_, state)| state.as_str());
    let facts = states
        .filter_map(|state| serde_json::from_str::<Value>(state).ok())
        .find_map(|state| state["flows"].as_array()?.iter().find(|facts| facts["id"] == flow).cloned());
    let Some(facts) = facts else { return Ok(None) };
    let is_told = facts["troubles"].as_array().into_iter().flatten().any(|trouble| trouble["what"] == "connections");
    // An empty list is no trouble: it is asked for once more.
    let is_asked_again = facts["tries"]["connections"]["made"].as_u64().is_some_and(|made| made > 1);
    Ok((is_told || is_asked_again).then_some(is_told))
}

/// The environment's list is an improvement only: without it what the operations run on stays unknown, and the panel says that. Every flow's page asks for it at the
/// same address: one tab after the other. How many there were, and the most tries of one.
async fn each_at_the_environment(stage: &Stage) -> Outcome<(usize, usize)> {
    const PATH: &str = "/connectivity/connections";
    let environment = stage.portal.environment();
    // The flow's own list holds one that none of its operations runs on: what they run on is looked for in the environment's.
    let list = json!([{ "name": "0".repeat(32), "id": format!("/providers/Microsoft.PowerApps/apis/shared_teams/connections/{}", "0".repeat(32)), "properties": { "apiId": "/providers/Microsoft.PowerApps/apis/shared_teams" } }]);
    let (mut count, mut most) = (0, 0);
    for (at, (name, fault, ..)) in faults().into_iter().enumerate() {
        let what = format!("{name} at the environment's list");
        let id = format!("0f0f0f0f-0000-4000-8000-{:012x}", at + 200);
        let path = format!("/powerautomate/flows/{id}");
        let mut told = stage.portal.flow_json(0);
        told["name"] = json!(id);
        stage.portal.tell(&path, told.to_string());
        stage.portal.tell(&format!("{path}/connections"), list.to_string());
        stage.portal.end_troubles();
        stage.portal.trouble(Trouble::always(PATH, fault));
        stage.portal.clear_log();
        let tab = stage.new_tab(&format!("https://make.powerautomate.com/environments/{environment}/flows/{id}?v3=true")).await?;
        // The page uses a token of that service, too, for something else.
        let play = "await load(`${given[0]}?api-version=1`); await load(`${given[0]}/connections?api-version=1`); await load('/connectivity/apis', { audience: 'platform' })";
        stage.in_page(play, vec![json!(path)]).await?;
        let asked = || stage.portal.log().iter().filter(|request| request.method == "GET" && request.path_and_query.split('?').next() == Some(PATH)).count();
        wait_for("our request", async || Ok((asked() > 0).then_some(()))).await.map_err(|failure| Failure::new(format!("{what}: {failure}")))?;
        stage.to_front(&tab).await?;
        let bar = wait_for("the bar", async || stage.bar().await).await?;
        assert!(!bar.contains("as intended") || bar.contains("0 of"), "{what}: {bar}");
        stage.to_panel().await?;
        let is_told = wait_for("word of it", async || has_heard(stage, &id).await).await.map_err(|failure| Failure::new(format!("{what}: {failure}")))?;
        let said = stage.panel_says("12 of 12 operations are not known").await.map_err(|failure| Failure::new(format!("{what}: {failure}")))?;
        let is_wrong = ["Nothing of anyone else is left", "safe to remove", "still act as someone else"].iter().any(|words| said.contains(words));
        assert!(!is_told || !said.contains("hasn’t shared it with you"), "{what}: nobody knows that: {said}");
        assert!(!is_wrong && (!said.contains("as intended") || said.contains("0 as intended")), "{what}: {said}");
        assert!((1..=MOST).contains(&asked()), "{what}: asked for {} times", asked());
        (count, most) = (count + 1, most.max(asked()));
        stage.to_window(&tab).await?;
        stage.driver.close_window().await?;
        stage.to_page().await?;
    }
    stage.portal.end_troubles();
    Ok((count, most))
}

pub async fn every_fault_at_our_requests_is_told_in_words(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    let stage = Stage::open(Look { portal: Options { page: Some(blank()), ..look.portal }, ..look }).await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    let (flows, tries) = each_in_a_tab(&stage, false).await?;
    let (lists, again) = each_in_a_tab(&stage, true).await?;
    let (environment, once_more) = each_at_the_environment(&stage).await?;
    measured(
        7,
        format!(
            "faults at our own requests, each told in words: {} (flow {flows}, its list {lists}, the environment's {environment}); tries at most {}, shown wrong 0",
            flows + lists + environment,
            tries.max(again).max(once_more)
        ),
    );
    stage.close().await
}

/// What was shown stays while the services are away, and is right again as soon as they are back and a person asks.
pub async fn offline_in_the_middle_nothing_wrong_is_shown(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look::at("half").with(browser)).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.panel_says("3 of 12 operations still act as someone else").await?;
    stage.portal.trouble(Trouble::always("/", Fault::BreakOff));
    stage.send(json!({ "kind": "refresh", "at": 2.0 })).await?;
    let said = stage.panel_says("could not be read").await?;
    assert!(said.contains("3 of 12 operations still act as someone else"), "what was read stands, with what is wrong beside it: {said}");
    stage.portal.end_troubles();
    stage.send(json!({ "kind": "refresh", "at": 3.0 })).await?;
    wait_for("all well again", async || Ok((!stage.panel_text().await?.contains("could not be read")).then_some(()))).await?;
    stage.panel_says("3 of 12 operations still act as someone else").await?;
    // A service that never answers holds nothing else up.
    stage.portal.trouble(Trouble { times: Some(1), ..Trouble::always("/connections", Fault::Delay(Duration::from_secs(5))) });
    stage.send(json!({ "kind": "refresh", "at": 4.0 })).await?;
    stage.to_page().await?;
    stage.press_bar("Highlight").await?;
    wait_for("the highlight", async || Ok(stage.is_pressed("Highlight").await?.then_some(()))).await?;
    measured(7, "offline in the middle: what was read stands, the trouble is named, all well again after one press; shown wrong 0");
    stage.close().await
}
