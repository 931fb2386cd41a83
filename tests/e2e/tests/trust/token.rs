//! Figure 3: the sign-in token lives in the page's own requests and nowhere else.

use connection_lens_e2e::{Browser, Look, Outcome, Stage, measured, wait_for};
use practice_portal::Options;
use serde_json::{Value, json};

/// In the panel: hears every message that crosses, every change of what is stored, and what would go onto the clipboard.
const LISTEN: &str = "window.crossed = []; chrome.runtime.onMessage.addListener((message, sender) => { crossed.push(JSON.stringify([message, sender.url])); }); \
    chrome.storage.onChanged.addListener((changes, area) => { crossed.push(JSON.stringify([changes, area])); }); \
    window.copied = []; \
    navigator.clipboard.writeText = async (text) => void copied.push(text); return true";

/// What an origin has in databases and caches: `databases` and `caches_`.
const KEPT: &str = "const databases = await Promise.all((await indexedDB.databases()).map(async ({ name, version }) => { \
        const open = indexedDB.open(name, version); await new Promise((resolve) => { open.onsuccess = resolve; }); \
        const stores = await Promise.all([...open.result.objectStoreNames].map((store) => new Promise((resolve) => { const all = open.result.transaction(store).objectStore(store).getAll(); all.onsuccess = () => resolve(all.result); }))); \
        return [name, stores]; })); \
    const caches_ = globalThis.caches ? await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url))) : [];";

/// Everything that the extension keeps or shows. Before it stands what it has in databases and caches.
const DUMP: &str = "const areas = await Promise.all(['local', 'session', 'sync', 'managed'].map((area) => chrome.storage[area]?.get(null).catch(() => null))); \
    done(JSON.stringify({ areas, databases, caches: caches_, local: { ...localStorage }, session: { ...sessionStorage }, text: document.documentElement.outerHTML, crossed, copied })); \
    })().catch((error) => done('failed: ' + error))";

/// The page's own, likewise: nothing of ours may put the token there either.
const DUMP_PAGE: &str =
    "return document.documentElement.outerHTML + JSON.stringify([databases, caches_, { ...localStorage }, { ...sessionStorage }]) + document.cookie";

/// What the background says to documents, which no page of the extension's hears: in this stage's copy it remembers that.
fn with_memory(background: &str) -> String {
    let memory = "const said = []; { \
        const { onMessage } = chrome.runtime; const add = onMessage.addListener.bind(onMessage); \
        onMessage.addListener = (listener) => add((message, sender, answer) => listener(message, sender, (told) => { said.push(JSON.stringify([sender.url, told])); answer(told); })); \
        const send = chrome.tabs.sendMessage.bind(chrome.tabs); chrome.tabs.sendMessage = (...given) => { said.push(JSON.stringify(given)); return send(...given); }; \
        add((message, sender, answer) => { if (message?.repeat === true) answer(said); return false; }); }";
    format!("{memory}\n{background}")
}

const REPEAT: &str = "const done = arguments[0]; chrome.runtime.sendMessage({ repeat: true }).then(done, (error) => done([String(error)]))";

pub async fn the_token_is_nowhere_but_in_its_requests(browser: Browser) -> Outcome<()> {
    let look = Look::at("half").with(browser);
    // What the page doesn't load is asked for by us, with the page's token.
    let changes = vec![("background.js", with_memory as fn(&str) -> String)];
    let stage = Stage::open(Look { portal: Options { lazy_connections: true, ..look.portal }, changes, ..look }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.script(LISTEN, vec![]).await?;
    // Everything anew, now that somebody listens.
    stage.go(&stage.portal.url()).await?;
    stage.designer().await?;
    stage.bar_says("operations with a connection").await?;
    stage.to_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere", "at": 1.0 })).await?;
    stage.panel_says("of 12 operations still act as someone else").await?;
    // Every paper as it comes onto the disk, and onto the clipboard.
    stage.save_here().await?;
    let papers = ["csv", "html", "json", "md"];
    let mut written = String::new();
    for ending in papers {
        stage.click("[data-key=menu]").await?;
        stage.click(&format!("[data-key='menu:save:{ending}']")).await?;
        let paper = stage.saved(&format!("Connections of Invoice approval Facilities.{ending}")).await?;
        assert!(paper.contains("ana.kovac"), "{ending}: {paper}");
        written.push_str(&paper);
    }
    stage.click("[data-key=menu]").await?;
    stage.click("[data-key='menu:record']").await?;
    wait_for("the record on the clipboard", async || Ok((stage.script("return copied.length", vec![]).await? == json!(1)).then_some(()))).await?;
    let dump = stage.ask(&format!("const done = arguments[0]; (async () => {{ {KEPT} {DUMP}"), vec![]).await?;
    let mut kept = dump.as_str().unwrap_or_default().to_owned();
    let crossed: Value = serde_json::from_str(&kept)?;
    let crossings = crossed["crossed"].as_array().map_or(0, Vec::len);
    assert!(kept.contains("svc-flows") && kept.contains("signed_in") && crossings > 8, "messages and storage are heard: {crossings}");
    let answers: Vec<String> = serde_json::from_value(stage.ask(REPEAT, vec![]).await?)?;
    let is_to_page = |answer: &&String| answer.contains("https://make.powerautomate.com/") && answer.contains("\"paint\"");
    assert!(
        answers.iter().filter(is_to_page).count() > 3 && answers.iter().any(|answer| answer.contains("\"asks\"")),
        "what the background says is heard: {answers:?}"
    );
    kept.extend(answers.iter().map(String::as_str));
    let mut lines = stage.console().await?;
    stage.to_page().await?;
    lines.extend(stage.console().await?);
    let of_page = stage.in_page(&format!("{KEPT} {DUMP_PAGE}"), vec![]).await?;
    assert!(of_page.as_str().is_some_and(|kept| kept.contains("react-flow") && kept.contains("[[")), "the page tells what it has");
    kept.push_str(of_page.as_str().unwrap_or_default());
    kept.push_str(&written);
    kept.extend(lines.iter().map(ToString::to_string));

    let tokens = stage.portal.tokens();
    assert!(tokens.len() >= 2, "the portal gave tokens out, for each load anew: {}", tokens.len());
    for token in &tokens {
        // By its signature and by its claims: the object id alone may cross.
        for part in token.split('.').skip(1) {
            assert!(!kept.contains(part), "a part of a token is kept somewhere");
        }
        assert!(!kept.contains("never-leaves-the-page"));
    }
    // Each went to the one service that it is for: the portal refuses it anywhere else.
    let carrying: Vec<_> = stage.portal.log().into_iter().filter(|request| request.headers.iter().any(|(name, _)| name == "authorization")).collect();
    let refused: Vec<String> = carrying.iter().filter(|request| request.status == 401).map(|request| request.path_and_query.clone()).collect();
    assert_eq!(refused, Vec::<String>::new());
    assert!(carrying.iter().all(|request| request.host.contains(".environment.api.powerplatform.com")));
    measured(
        3,
        format!(
            "{} tokens looked for in {crossings} messages and changes, {} answers to documents and the panel, storage, databases and caches (the page's too), {} console lines, pages and {} papers: found 0",
            tokens.len(),
            answers.len(),
            lines.len(),
            papers.len()
        ),
    );
    stage.close().await
}

/// A token that the page used on one service is never sent to another, though one of ours would be wanted there.
pub async fn a_token_seen_for_one_service_goes_to_no_other(browser: Browser) -> Outcome<()> {
    let look = Look::at("leaver").with(browser);
    let stage = Stage::open(Look { portal: Options { page: Some(crate::blank()), ..look.portal }, ..look }).await?;
    // The flow service's token only: the environment's list, which another service of the same host gives, would be wanted next.
    stage.in_page("await load('/powerautomate/me');", vec![]).await?;
    wait_for("the flow's own list", async || Ok(stage.portal.log().iter().any(|request| request.path_and_query.contains("/connections")).then_some(())))
        .await?;
    stage.bar_says("operations with a connection").await?;
    stage.open_panel().await?;
    // It waits for the page to use a token there itself.
    wait_for("the wish for the environment's list", async || {
        let stored = stage.stored("session").await?;
        let is_waiting = |state: &Value| state.as_str().is_some_and(|state| state.contains("\"connections\":{\"made\":1,\"waiting\":true}"));
        Ok(stored.as_object().is_some_and(|stored| stored.values().any(is_waiting)).then_some(()))
    })
    .await?;
    let elsewhere = |request: &&practice_portal::Request| {
        !request.path_and_query.starts_with("/powerautomate/") && request.headers.iter().any(|(name, _)| name == "authorization")
    };
    assert_eq!(stage.portal.log().iter().filter(elsewhere).count(), 0);
    // A token of the page's own for that service: now it goes, with that one.
    stage.to_page().await?;
    stage.in_page("await load('/connectivity/apis', { audience: 'platform' });", vec![]).await?;
    let asked = wait_for("the environment's list", async || {
        Ok(stage.portal.log().into_iter().find(|request| request.path_and_query.starts_with("/connectivity/connections") && request.method == "GET"))
    })
    .await?;
    assert_eq!(asked.status, 200, "with the token that is for it");
    measured(3, "seen for one service, sent to another: 0");
    stage.close().await
}
