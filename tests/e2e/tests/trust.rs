//! What people must be able to trust, in Chromium on the built package.

use std::collections::BTreeSet;

use connection_lens_e2e::{Look, Outcome, Stage, wait_for};
use practice_portal::Fault;
use serde_json::{Value, json};

async fn read(look: Look) -> Outcome<Stage> {
    let stage = Stage::open(look).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    Ok(stage)
}

/// Method, host and path of every request but those for the portal's own files.
fn requests(stage: &Stage) -> BTreeSet<String> {
    let path = |address: &str| address.split('?').next().unwrap_or_default().to_owned();
    stage
        .portal
        .log()
        .iter()
        .filter(|request| request.host.contains("api.") && request.method != "OPTIONS")
        .map(|request| format!("{} {} {}", request.method, request.host, path(&request.path_and_query)))
        .collect()
}

#[tokio::test]
async fn the_token_stays_in_the_page() -> Outcome<()> {
    let stage = read(Look::at("half")).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere" })).await?;
    stage.panel_says("Reassign operations").await?;
    let tokens = stage.portal.tokens();
    assert!(!tokens.is_empty(), "the portal gave tokens out");
    let dump = "const done = arguments[0]; (async () => { \
        const areas = await Promise.all(['local', 'session', 'sync'].map((area) => chrome.storage[area]?.get(null))); \
        const databases = (await indexedDB.databases()).map(({ name }) => name); \
        done(JSON.stringify({ areas, databases, local: { ...localStorage }, text: document.documentElement.outerHTML })); })()";
    let mut kept = stage.driver.execute_async(dump, vec![]).await?.json().as_str().unwrap_or_default().to_owned();
    assert!(kept.contains("svc-flows"), "the dump holds what is kept");
    stage.to_page().await?;
    kept.push_str(
        stage
            .script("return document.documentElement.outerHTML + JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage })", vec![])
            .await?
            .as_str()
            .unwrap_or_default(),
    );
    for token in &tokens {
        // The signature is enough to know a token by; the claims' object id may cross.
        let signature = token.rsplit('.').next().unwrap_or(token);
        assert!(!kept.contains(signature), "a token is kept somewhere");
    }
    for request in stage.portal.log() {
        let carried = request.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        assert!(carried.is_none() || request.host.contains("api."), "{} got a token", request.host);
    }
    stage.close().await
}

#[tokio::test]
async fn it_only_reads() -> Outcome<()> {
    // The page loads the picker's list only when somebody changes a connection: what it didn't load is asked for.
    let look = || {
        let look = Look::at("half");
        Look { portal: practice_portal::Options { lazy_connections: true, ..look.portal }, ..look }
    };
    let bare = Stage::open(Look { bare: true, ..look() }).await?;
    bare.designer().await?;
    let alone = requests(&bare);
    bare.close().await?;

    let stage = read(look()).await?;
    stage.open_panel().await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere" })).await?;
    stage.to_page().await?;
    stage.bar_says("3 to change").await?;
    let with = requests(&stage);
    assert!(alone.is_subset(&with), "the page's own requests are the same");
    let ours: Vec<&String> = with.difference(&alone).collect();
    assert!(!ours.is_empty() && ours.iter().all(|request| request.starts_with("GET ") && request.ends_with("/connections")), "{ours:?}");
    let bodies: usize = stage.portal.log().iter().filter(|request| request.method == "GET").map(|request| request.body_len).sum();
    assert_eq!(bodies, 0);
    stage.close().await
}

#[tokio::test]
async fn a_bent_prototype_bends_no_request() -> Outcome<()> {
    let look = Look::at("half");
    let stage = read(Look { portal: practice_portal::Options { lazy_connections: true, ..look.portal }, ..look }).await?;
    stage.script("Object.prototype.method = 'POST'; Object.prototype.body = 'x'; Array.prototype.push = () => 0; JSON.parse = () => ({}); window.fetch = () => Promise.reject(new Error('bent'))", vec![]).await?;
    wait_for("our own read", async || {
        Ok(stage.portal.log().iter().any(|request| request.method == "GET" && request.path_and_query.contains("/connections")).then_some(()))
    })
    .await?;
    let others: Vec<String> = stage
        .portal
        .log()
        .iter()
        .filter(|request| request.host.contains("api.") && !["GET", "OPTIONS"].contains(&request.method.as_str()))
        .map(|request| request.method.clone())
        .collect();
    assert_eq!(others, Vec::<String>::new());
    stage.close().await
}

#[tokio::test]
async fn a_refusal_is_told_in_words() -> Outcome<()> {
    let stage = Stage::open(Look { portal: practice_portal::Options { lazy_connections: true, ..Look::at("half").portal }, ..Look::at("half") }).await?;
    stage.portal.answer_next("/connections", Fault::Status(403));
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.panel_says("could not be read").await?;
    // A second try by the person's own hand works.
    stage.send(json!({ "kind": "refresh", "at": 1.0 })).await?;
    stage.send(json!({ "kind": "intend", "accounts": ["svc-flows@contoso.com"], "scope": "everywhere" })).await?;
    stage.panel_says("3 of 12").await.or(stage.panel_says("Ana Kovač").await)?;
    stage.close().await
}

#[tokio::test]
async fn the_extensions_own_pages_reach_nobody() -> Outcome<()> {
    let stage = read(Look::at("half")).await?;
    stage.open_panel().await?;
    let script = "const done = arguments[0]; Promise.allSettled([fetch('https://make.powerautomate.com/practice/session'), fetch('https://example.com/')]).then((all) => done(all.map(({ status }) => status)))";
    assert_eq!(stage.driver.execute_async(script, vec![]).await?.json(), &json!(["rejected", "rejected"]));
    let inline = "const before = document.scripts.length; const script = document.createElement('script'); try { script.textContent = 'window.__ran = true'; document.head.append(script) } catch { return 'refused' } return window.__ran === true ? 'ran' : 'refused'";
    assert_eq!(stage.script(inline, vec![]).await?, json!("refused"));
    stage.close().await
}

#[tokio::test]
async fn a_tab_without_a_flow_says_so() -> Outcome<()> {
    let stage = read(Look::at("half")).await?;
    let panel = stage.open_panel().await?;
    stage.new_tab("about:blank").await?;
    stage.driver.switch_to_window(panel).await?;
    stage.panel_says("No flow seen in this tab").await?;
    let nothing: Value = stage.script("return document.querySelectorAll('[data-act]').length", vec![]).await?;
    assert!(nothing.is_number());
    stage.close().await
}
