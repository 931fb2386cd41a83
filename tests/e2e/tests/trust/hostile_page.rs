//! Figure 4: a page that means harm gets no port, forges nothing, and can't drown the lens in messages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use practice_portal::Options;
use serde_json::{Value, json};

use crate::{blank, seed};

/// The hostile script first, then the page that a test plays.
fn hostile() -> String {
    blank().replacen("<meta charset=\"utf-8\" />", include_str!("hostile.html"), 1)
}

/// The two scripts the other way round: which one runs first is the browser's affair, so both must hold.
fn turned(manifest: &str) -> String {
    let Ok(mut manifest) = serde_json::from_str::<Value>(manifest) else { return manifest.to_owned() };
    if let Some(scripts) = manifest["content_scripts"].as_array_mut() {
        scripts.reverse();
    }
    manifest.to_string()
}

/// So many messages are forged at least, in each order of the scripts.
const FORGED: usize = 10_000;

pub async fn a_hostile_page_gets_no_port_and_forges_nothing(browser: Browser) -> Outcome<()> {
    for (order, changes) in [("as shipped", vec![]), ("turned", vec![("manifest.json", turned as fn(&str) -> String)])] {
        let look = Look::at("half").with(browser);
        let stage = Stage::open(Look { portal: Options { page: Some(hostile()), ..look.portal }, changes, ..look }).await?;
        // The lens works on this page all the same: both doors were passed, and everything crosses.
        let id = stage.portal.flow_id(0);
        let names = "const flow = await (await fetch(`${(await played).session.services.flow}/flows/${given[0]}?api-version=1`, { headers: { authorization: `Bearer ${(await played).tokens.flow}` } })).json(); \
            trap(); mount(Object.keys(flow.properties.definition.actions)); await load(`/powerautomate/flows/${given[0]}/connections?api-version=1`); return stolen.canary";
        let canary = stage.in_page(names, vec![json!(id)]).await?;
        stage.bar_says("12 operations with a connection").await?;
        // Again, now that everybody is there to be fooled; then what follows of all of it has followed.
        let forge = format!("while (stolen.forged < {FORGED}) forge(); await load(`/powerautomate/flows/${{given[0]}}?api-version=1`)");
        stage.in_page(&forge, vec![json!(id)]).await?;
        stage.press_bar("Owners").await?;
        wait_for("the toggle", async || Ok(stage.is_pressed("Owners").await?.then_some(()))).await?;
        let stolen = stage.in_page("return stolen", vec![]).await?;
        assert_eq!((&stolen["ports"], &stolen["events"]), (&json!(0), &json!([])), "{order}: {stolen}");
        assert!(stolen["store"]["asked"].as_u64() > Some(0), "{order}: the page's own store was looked at");
        stage.open_panel().await?;
        stage.panel_says("Invoice approval").await?;
        let kept = format!("{}{}{}", stage.stored("session").await?, stage.stored("local").await?, stage.panel_text().await?);
        assert!(!kept.contains(canary.as_str().unwrap_or("-")), "{order}: something forged was taken in");
        let asked = stage.portal.log().iter().filter(|request| request.path_and_query.contains("f043") || request.path_and_query.contains("FORGED")).count();
        assert_eq!(asked, 0, "{order}: a forged ask was obeyed");
        measured(4, format!("scripts {order}: ports got 0, forged messages {}, accepted 0", stolen["forged"]));
        stage.close().await?;
    }
    Ok(())
}

/// The samples of everything that the panel tells. (What a toggle's leaves open, is said here.)
fn samples() -> Outcome<Vec<Value>> {
    const KINDS: [&str; 13] =
        ["dismiss", "highlight", "intend", "look", "note", "owners", "refresh", "reset", "reveal", "sign_in_alone", "step", "tick", "tick_item"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/messages");
    let mut samples = Vec::new();
    for kind in KINDS {
        let mut sample: Value = serde_json::from_slice(&std::fs::read(folder.join(format!("event-{kind}.json")))?)?;
        if sample.get("on").is_some() {
            sample["on"] = json!(true);
        }
        samples.push(sample);
    }
    Ok(samples)
}

/// From the panel's page, which the background hears as its own: anything at all; what is sound but for one part, to the document that is there; and what is
/// sound, to one that isn't. How often each was answered how.
const MALFORMED: &str = "const [count, seed, samples, done] = arguments; let state = seed >>> 0; \
    const next = (most) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 4294967296 * most); }; \
    const one = (list) => list[next(list.length)]; \
    (async () => { \
        const known = (await chrome.storage.session.get('index')).index.at(-1).key; const [, , , doc] = known.split(':'); \
        const atoms = [null, true, false, 0, 1, -1, 1e308, '', 'x', '1', '__proto__', 'constructor', 'intend', 'captured', 'session', doc, known, 'doc:1:0:x', 'x'.repeat(40000), [], [[]], {}, { kind: 'intend' }, { kind: 'tick', step: 'nonsense', on: 1 }]; \
        const any = (depth) => { if (depth > 2 || next(4) === 0) return one(atoms); if (next(5) === 0) return Array.from({ length: next(4) }, () => any(depth + 1)); \
            return Object.fromEntries(['v', 'doc', 'n', 'event', 'body', 'keep', 'open', 'to', 'key', 'kind', 'accounts', 'scope', 'at'].filter(() => next(2)).map((key) => [key, any(depth + 1)])); }; \
        const otherwise = (value) => one(atoms.filter((atom) => atom !== null && (typeof atom !== typeof value || Array.isArray(atom) !== Array.isArray(value)))); \
        const spoilt = ({ kind, ...parts }) => { const name = one(Object.keys(parts)); return name === undefined ? { kind: one(['nonsense', '', 7]) } : { kind, ...parts, [name]: otherwise(parts[name]) }; }; \
        const message = () => { switch (next(4)) { \
            case 0: return any(0); \
            case 1: return { to: 'session', key: one(['doc:999999:0:6f929fd3-4538-429a-931b-7d3b1fb8e76c', known + '0', 7, [known]]), event: one(samples) }; \
            default: return { to: 'session', key: known, event: spoilt(one(samples)) }; } }; \
        const answers = { dropped: 0, refused: 0, gone: 0, taken: 0 }; \
        const send = async () => { const answer = await Promise.race([chrome.runtime.sendMessage(message()).catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 10000))]); \
            answers[answer === undefined || answer === null ? 'dropped' : answers[answer.error] === undefined ? 'taken' : answer.error] += 1; }; \
        for (let sent = 0; sent < count; sent += 50) await Promise.all(Array.from({ length: 50 }, send)); \
        return answers; })().then(done, (error) => done(String(error)))";

/// The keys under which something else is stored than before.
fn changed(before: &Value, now: &Value) -> Vec<String> {
    let keys: BTreeSet<&String> = [before, now].into_iter().filter_map(Value::as_object).flat_map(|stored| stored.keys()).collect();
    keys.into_iter().filter(|key| before.get(key) != now.get(key)).cloned().collect()
}

/// What the background says of a message that the core refuses: the fault's name and nothing else.
const REFUSAL: &str = "Connection Lens: ConnectionLensError";

pub async fn ten_thousand_malformed_messages_change_nothing(browser: Browser) -> Outcome<()> {
    const COUNT: usize = 10_000;
    const AT_ONCE: usize = 500;
    let stage = Stage::open(Look { heard: true, ..Look::at("half").with(browser) }).await?;
    stage.bar_says("12 operations with a connection").await?;
    stage.open_panel().await?;
    stage.panel_says("Invoice approval").await?;
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    let samples = samples()?;
    let (before, local) = (stage.stored("session").await?, stage.stored("local").await?);
    let asked = stage.portal.log().len();
    let mut answers = BTreeMap::<String, usize>::new();
    for batch in 0..COUNT / AT_ONCE {
        let told = stage.ask(MALFORMED, vec![json!(AT_ONCE), json!(seed() + batch as u64), json!(samples)]).await?;
        let told: BTreeMap<String, usize> = serde_json::from_value(told.clone()).map_err(|_| Failure::new(format!("the panel's messages: {told}")))?;
        for (answer, count) in told {
            *answers.entry(answer).or_default() += count;
        }
    }
    let count = |answer: &str| answers.get(answer).copied().unwrap_or_default();
    assert_eq!(count("taken"), 0, "{answers:?}");
    assert!(count("refused") > COUNT / 4 && count("gone") > COUNT / 50, "past the background's first gates: {answers:?}");
    let mut complaints = stage.complaints().await?;
    assert!(complaints.iter().any(|said| said.contains(REFUSAL)), "the background is heard: {complaints:?}");
    assert_eq!(changed(&before, &stage.stored("session").await?), Vec::<String>::new());
    assert_eq!(changed(&local, &stage.stored("local").await?), Vec::<String>::new());
    let others: Vec<String> =
        stage.portal.log().into_iter().skip(asked).filter(|request| !browser.asks_its_makers(&request.host)).map(|request| request.path_and_query).collect();
    assert_eq!(others, Vec::<String>::new());
    stage.to_page().await?;
    complaints.extend(stage.complaints().await?);
    complaints.retain(|said| !said.contains(REFUSAL));
    assert_eq!(complaints, Vec::<String>::new());
    // And the next sensible one is heard.
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.panel_says("of 12 operations still act as someone else").await?;
    measured(
        4,
        format!(
            "malformed messages {COUNT} (seed {}): dropped {}, refused by the core {}, for a page that isn't there {}; exceptions 0, requests 0, changes 0",
            seed(),
            count("dropped"),
            count("refused"),
            count("gone")
        ),
    );
    stage.close().await
}

/// Everything that a page may do in a loop: messages, the doors' events, changes of address, cards that come and go, requests of a watched kind. Of the
/// address's changes browsers take in no more than 200 within 10 seconds (HTML Standard, "allowed to perform a navigation or history update"; Chromium
/// ignores further ones, Firefox throws): with more, the next flow's address wouldn't be taken in either.
const FLOOD: &str = "const [id] = given; const started = performance.now(); \
    for (let at = 0; at < 10000; at += 1) { window.postMessage({ kind: 'captured', at }, '*'); window.dispatchEvent(new CustomEvent('connection-lens:page', { detail: at })); window.dispatchEvent(new CustomEvent('connection-lens:designer?', { detail: at })); } \
    for (let at = 0; at < 150; at += 1) { history.replaceState({}, '', `?v3=true&at=${at}`); mount([`A${at}`, 'B', 'C']); if (at % 50 === 0) await new Promise((resolve) => setTimeout(resolve)); } \
    await Promise.all(Array.from({ length: 300 }, () => load(`/powerautomate/flows/${id}/connections?api-version=1`))); \
    return performance.now() - started";

pub async fn a_flood_from_the_page_drowns_nothing(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    let stage = Stage::open(Look { portal: Options { page: Some(blank()), ..look.portal }, heard: true, ..look }).await?;
    let id = stage.portal.flow_id(0);
    stage.in_page("await load(`/powerautomate/flows/${given[0]}?api-version=1`)", vec![json!(id)]).await?;
    stage.bar_says("12 operations with a connection").await?;
    let took = stage.in_page(FLOOD, vec![json!(id)]).await?;
    // What was said last holds, and the bar still hears a press.
    stage.in_page("await turnTo(given[0])", vec![json!(stage.portal.flow_id(1))]).await?;
    stage
        .in_page(
            "await load(`/powerautomate/flows/${given[0]}?api-version=1`); await load(`/powerautomate/flows/${given[0]}/connections?api-version=1`)",
            vec![json!(stage.portal.flow_id(1))],
        )
        .await?;
    stage.bar_says("3 operations with a connection").await?;
    stage.press_bar("Owners").await?;
    wait_for("the toggle", async || Ok(stage.is_pressed("Owners").await?.then_some(()))).await?;
    stage.open_panel().await?;
    stage.panel_says("New starter").await?;
    assert_eq!(stage.complaints().await?, Vec::<String>::new());
    let stored = stage.stored("session").await?.to_string().len();
    assert!(stored < 1_000_000, "what is stored stays small: {stored}");
    measured(
        4,
        format!(
            "flood of 30,000 events, 150 changes of address and 300 answers: taken in {:.1} s, stored {} kB, the bar and the panel go on",
            took.as_f64().unwrap_or_default() / 1000.0,
            stored / 1000
        ),
    );
    stage.close().await
}
