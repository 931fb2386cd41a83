//! Figure 1: flows made by somebody who means harm are drawn, and are text everywhere.

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use practice_portal::Options;
use serde_json::{Value, json};

use crate::lot::Lot;
use crate::names::{Hostile, PLACES, hostile};
use crate::{blank, seed};

/// So many flows are drawn.
const FLOWS: usize = 500;

/// So many with one question to the browser: it gives up on a question after a minute, and a busy machine may need some seconds for a flow.
const BATCH: usize = 5;

/// Loads and shows one flow after the other, as a page that changes its address without a load; each until the lens has marked it, or up to the first that it doesn't.
const DRAW: &str = "const [flows] = given; const failed = []; \
    for (const { id, names, store } of flows) { \
        await turnTo(id); \
        const canvas = document.querySelector('.react-flow'); \
        for (const key of Object.keys(canvas)) if (key.startsWith('__reactFiber$')) delete canvas[key]; \
        if (store) canvas['__reactFiber$played'] = { memoizedProps: { store: { getState: () => store, subscribe: () => () => {}, dispatch: () => {} } }, return: null }; \
        mount(names); \
        await Promise.all([load(`/powerautomate/flows/${id}?api-version=1`), load(`/powerautomate/flows/${id}/connections?api-version=1`)]); \
        const marks = () => [...document.querySelectorAll('[data-connection-lens]')]; \
        if (!(await until(() => marks().length > 0 && marks().every((card) => names.includes(card.textContent))))) { failed.push({ id, names, marked: marks().map((card) => card.textContent) }); break; } \
        if (marks().some((card) => !/^(?:mismatch|owner|intended|unknown|run-only)$/.test(card.getAttribute('data-connection-lens')))) failed.push(`${id}: strange mark`); \
    } \
    const style = getComputedStyle(document.getElementById('sentinel')); \
    return { failed, ran: canary.ran, errors: canary.errors, isIntact: style.display === 'block' && style.backgroundImage === 'none' && style.content === 'normal' && ({}).kind === undefined }";

/// Counts, in the panel, every element that text can't be.
const WATCH: &str = "window.counted = { strange: [], drawn: 0 }; \
    const strange = (element) => ['IMG', 'SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'LINK', 'META', 'STYLE', 'ANIMATE', 'FORM'].includes(element.tagName.toUpperCase()) \
        || [...element.attributes].some(({ name, value }) => name.startsWith('on') || name === 'style' && value.includes('url') || /^(?:href|src|action)$/.test(name) && !/^(?:#|https:\\/\\/make\\.powerautomate\\.com\\/environments\\/)/.test(value)); \
    new MutationObserver((records) => { for (const { addedNodes, target, type } of records) { \
        const added = type === 'attributes' ? [target] : [...addedNodes].filter((node) => node.nodeType === 1).flatMap((node) => [node, ...node.querySelectorAll('*')]); \
        counted.drawn += added.length; for (const element of added) if (strange(element)) counted.strange.push(element.outerHTML.slice(0, 200)); \
    } }).observe(document.body, { childList: true, subtree: true, attributes: true }); return true";

pub async fn five_hundred_hostile_flows_are_text(browser: Browser) -> Outcome<()> {
    let seed = seed();
    let mut lot = Lot::new(seed);
    let flows: Vec<Hostile> = (0..FLOWS).map(|number| hostile(&mut lot, number)).collect();
    let look = Look::at("half").with(browser);
    let stage = Stage::open(Look { portal: Options { page: Some(blank()), ..look.portal }, heard: true, ..look }).await?;
    for flow in &flows {
        let path = format!("/powerautomate/flows/{}", flow.id);
        stage.portal.tell(&format!("{path}/connections"), flow.connections.clone());
        stage.portal.tell(&path, flow.flow.clone());
    }
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.script(WATCH, vec![]).await?;
    stage.to_page().await?;
    stage.press_bar("Owners").await?;
    stage.press_bar("Highlight").await?;
    stage.portal.clear_log();
    for batch in flows.chunks(BATCH) {
        // Every other one is also what the designer holds, unsaved.
        let told: Vec<Value> = batch
            .iter()
            .enumerate()
            .map(|(at, flow)| json!({ "id": flow.id, "names": flow.names, "store": if at % 2 == 0 { Value::Null } else { flow.store.clone() } }))
            .collect();
        let drawn = stage.in_page(DRAW, vec![json!(told)]).await?;
        assert_eq!(drawn, json!({ "failed": [], "ran": 0, "errors": [], "isIntact": true }), "seed {seed}");
        // What stands in the bar, of which no page can tell.
        let in_bar = stage.strange_in_bar().await?;
        assert_eq!(in_bar, Vec::<String>::new(), "seed {seed}");
    }
    stage.to_panel().await?;
    let panel = stage.script("return { strange: counted.strange, drawn: counted.drawn, polluted: ({}).kind !== undefined }", vec![]).await?;
    assert_eq!((&panel["strange"], &panel["polluted"]), (&json!([]), &json!(false)), "seed {seed}");
    assert!(panel["drawn"].as_u64().is_some_and(|drawn| drawn > 5_000), "the panel drew them too: {panel}");
    let last = flows.last().map(|flow| flow.names.clone()).unwrap_or_default();
    let said = stage.script("return document.body.textContent", vec![]).await?;
    assert!(last.iter().any(|name| said.as_str().unwrap_or_default().contains(&name.replace('_', " "))), "the panel shows the last flow's names as they are");
    let strangers: Vec<String> =
        stage.portal.log().into_iter().map(|request| request.host).filter(|host| !crate::is_known(host) && !browser.asks_its_makers(host)).collect();
    assert_eq!(strangers, Vec::<String>::new(), "seed {seed}");
    stage.to_page().await?;
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    measured(1, format!("hostile flows drawn: {FLOWS} (seed {seed}); scripts run 0, dialogs 0, strange elements 0, foreign requests 0, complaints 0"));
    stage.close().await
}

/// A name that is longer than any that is read: the flow is refused in words, nothing of it is marked, and the next flow is as ever.
pub async fn names_longer_than_any_are_told(browser: Browser) -> Outcome<()> {
    let mut lot = Lot::new(seed());
    let look = Look::at("half").with(browser);
    let stage = Stage::open(Look { portal: Options { page: Some(blank()), ..look.portal }, heard: true, ..look }).await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.to_page().await?;
    stage.press_bar("Owners").await?;
    for (at, place) in PLACES.into_iter().enumerate() {
        let (refused, read) = (hostile(&mut lot, 2 * at), hostile(&mut lot, 2 * at + 1));
        for (flow, text) in [(&refused, refused.with_long_name(place).to_string()), (&read, read.flow.clone())] {
            let path = format!("/powerautomate/flows/{}", flow.id);
            stage.portal.tell(&format!("{path}/connections"), flow.connections.clone());
            stage.portal.tell(&path, text);
        }
        let show = "const [id, names] = given; await turnTo(id); mount(names); await load(`/powerautomate/flows/${id}?api-version=1`); await load(`/powerautomate/flows/${id}/connections?api-version=1`)";
        let what = |failure: Failure| Failure::new(format!("{place}: {failure}"));
        stage.in_page(show, vec![json!(refused.id), json!(refused.names)]).await?;
        stage.bar_says("could not be read").await.map_err(what)?;
        assert_eq!(stage.in_page("return document.querySelectorAll('[data-connection-lens]').length", vec![]).await?, json!(0), "{place}");
        stage.to_panel().await?;
        stage.panel_says("larger than anything that is read").await.map_err(what)?;
        stage.to_page().await?;
        // The next one; and a designer's store with such a name is left alone: the flow as it was saved is judged.
        let store = if at % 2 == 0 { Value::Null } else { read.store_with_long_name() };
        let drawn = stage.in_page(DRAW, vec![json!([{ "id": read.id, "names": read.names, "store": store }])]).await?;
        assert_eq!(drawn, json!({ "failed": [], "ran": 0, "errors": [], "isIntact": true }), "{place}");
    }
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    measured(1, format!("names longer than any that is read, in {} places: refused in words, marked 0, the next flow drawn", PLACES.len()));
    stage.close().await
}
