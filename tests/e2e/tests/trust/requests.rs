//! Figures 2 and 9: what the extension asks for is a closed list of GETs, and the page's own requests are as they would be without it.

use std::path::Path;

use connection_lens_e2e::{Browser, Failure, Look, Outcome, Stage, measured, wait_for};
use practice_portal::{Options, Request};
use serde_json::json;

use crate::{blank, is_known};

/// What the extension asks for, one a line; `BLESS=1` writes it anew.
const SNAPSHOT: &str = "../fixtures/trust/requests.txt";

/// Ours say that they want JSON; those of the page, and the browser's own, don't.
fn is_ours(request: &Request) -> bool {
    request.headers.iter().any(|(name, value)| name == "accept" && value == "application/json")
}

/// A request with the scenario's own ids taken out.
fn template(stage: &Stage, request: &Request) -> String {
    let mut said = format!("{} https://{}{}", request.method, request.host, request.path_and_query).replace("%20", " ").replace("%27", "'");
    for flow in 0..3 {
        said = said.replace(&stage.portal.flow_id(flow), "{flow}");
    }
    let host = request.host.split(".environment.").next().unwrap_or_default();
    said.replace(&stage.portal.environment(), "{environment}").replace(&format!("https://{host}.environment."), "https://{environment host}.environment.")
}

/// Everything that a page may bend once its own scripts run, and what a careless request would look up there.
const BEND: &str = "await played; \
    const take = (holder, names, value) => { for (const name of names) holder[name] = value; }; \
    take(Object.prototype, ['method', 'redirect', 'credentials', 'mode', 'referrer', 'keepalive', 'duplex', 'integrity'], 'POST'); \
    take(Object.prototype, ['body', 'headers', 'signal', 'kind', 'flow', 'environment', 'after'], 'evil'); \
    globalThis.fetch = globalThis.setTimeout = globalThis.atob = () => { throw new Error('bent'); }; \
    Request.prototype.clone = Response.prototype.clone = Response.prototype.text = () => { throw new Error('bent'); }; \
    take(String.prototype, ['slice', 'toLowerCase', 'toUpperCase', 'indexOf', 'replace', 'split'], () => 'https://harm.example/'); \
    take(Array.prototype, ['push', 'map', 'forEach', 'join', 'concat', 'filter'], () => ['https://harm.example/']); \
    Array.prototype[Symbol.iterator] = function* () { yield 'https://harm.example/'; }; \
    take(Map.prototype, ['get', 'has', 'set'], () => 'Bearer evil'); take(WeakMap.prototype, ['get', 'has', 'set'], () => 'Bearer evil'); \
    RegExp.prototype.exec = () => ['yes']; RegExp.prototype.test = () => true; \
    JSON.parse = () => ({ nextLink: 'https://harm.example/' }); JSON.stringify = () => 'evil'; \
    Reflect.apply = Function.prototype.call = Function.prototype.apply = () => 'evil'; \
    for (const name of ['href', 'origin', 'hostname', 'pathname']) Object.defineProperty(URL.prototype, name, { get: () => 'https://harm.example/' }); \
    Promise.prototype.then = function () { return this; };";

/// One page for each generation of services, and one on which everything is bent: each uses a token and loads nothing, so that everything is asked for.
pub async fn what_is_asked_for_is_the_snapshot(browser: Browser) -> Outcome<()> {
    let look = Look::at("leaver").with(browser);
    let stage = Stage::open(Look { portal: Options { page: Some(blank()), ..look.portal }, ..look }).await?;
    let environment = stage.portal.environment();
    let main = stage.portal.flow_json(0);
    let row = json!({ "name": "0".repeat(32), "id": format!("/providers/Microsoft.PowerApps/apis/shared_teams/connections/{}", "0".repeat(32)), "properties": { "apiId": "/providers/Microsoft.PowerApps/apis/shared_teams" } });
    for flow in [1, 2] {
        // All three are the flow with operations that nobody can see behind: then the environment's own list is asked for too.
        let id = stage.portal.flow_id(flow);
        for path in [format!("/powerautomate/flows/{id}"), format!("/providers/Microsoft.ProcessSimple/environments/{environment}/flows/{id}")] {
            let mut told = main.clone();
            told["name"] = json!(id);
            stage.portal.tell(&path, told.to_string());
            stage.portal.tell(&format!("{path}/connections"), json!([row]).to_string());
        }
    }
    let touch = "await load('/powerautomate/me'); await load('/connectivity/apis', { audience: 'platform' });";
    stage.in_page(touch, vec![]).await?;
    stage.new_tab(&stage.portal.flow_url(1)).await?;
    let older = format!(
        "await load('/providers/Microsoft.ProcessSimple/environments/{environment}/apis', {{ host: 'https://api.flow.microsoft.com' }}); await load('/providers/Microsoft.PowerApps/apis', {{ audience: 'apps', host: 'https://api.powerapps.com' }});"
    );
    stage.in_page(&older, vec![]).await?;
    stage.new_tab(&stage.portal.flow_url(2)).await?;
    stage.in_page(touch, vec![]).await?;
    // Nobody can be asked anything on that page afterwards, the driver neither.
    let script = "const element = document.createElement('script'); element.textContent = `setTimeout(async () => { ${arguments[0]} }, 100)`; document.documentElement.append(element)";
    stage.script(script, vec![json!(BEND)]).await?;

    let mut last = Vec::new();
    let asked = wait_for("everything that is asked for", async || {
        last = stage.portal.log().into_iter().filter(is_ours).collect::<Vec<_>>();
        // The flow and its list on three pages, and the environment's list for as many.
        Ok((last.len() >= 9).then(|| last.clone()))
    })
    .await
    .map_err(|failure| Failure::new(format!("{failure}: {:?}", last.iter().map(|request| template(&stage, request)).collect::<Vec<_>>())))?;
    for flow in 0..3 {
        let id = stage.portal.flow_id(flow);
        assert_eq!(asked.iter().filter(|request| request.path_and_query.contains(&id)).count(), 2, "page {flow}: the flow and its list, each once");
    }
    assert_eq!(asked.iter().map(|request| request.body_len).sum::<usize>(), 0);
    let mut templates: Vec<String> = asked.iter().map(|request| template(&stage, request)).collect();
    templates.sort();
    templates.dedup();
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join(SNAPSHOT);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&snapshot, templates.join("\n") + "\n")?;
    }
    assert_eq!(templates.join("\n") + "\n", std::fs::read_to_string(&snapshot).unwrap_or_default());
    let strangers: Vec<String> = stage
        .portal
        .log()
        .into_iter()
        .map(|request| request.host)
        .filter(|host| !is_known(host) && !["api.flow.microsoft.com", "api.powerapps.com"].contains(&host.as_str()) && !browser.asks_its_makers(host))
        .collect();
    assert_eq!(strangers, Vec::<String>::new());
    measured(
        2,
        format!(
            "{} requests of {} kinds on three pages, all in the snapshot; others than GET 0, bodies 0, other hosts 0, bent prototypes obeyed 0",
            asked.len(),
            templates.len()
        ),
    );
    stage.close().await
}

/// Everything that tells one request of the page from another. Tokens are counted by the portal: the same ones in the same order.
fn told(request: &Request) -> String {
    let mut headers: Vec<String> = request.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    headers.sort();
    format!("{} {}{} {} bytes\n  {}", request.method, request.host, request.path_and_query, request.body_len, headers.join("\n  "))
}

/// Works on a flow as a person does, and gives what was asked for meanwhile: by the page, and by us.
async fn worked(look: Look) -> Outcome<(Vec<String>, Vec<String>)> {
    let is_bare = look.bare;
    let stage = Stage::open(look).await?;
    stage.designer().await?;
    if !is_bare {
        stage.bar_says("operations with a connection").await?;
        wait_for("our own read", async || Ok(stage.portal.log().iter().any(is_ours).then_some(()))).await?;
        stage.press_bar("Highlight").await?;
    }
    stage.rebind("Send_an_email_(V2)", "svc-flows@contoso.com").await?;
    stage.click("[aria-label='Save']").await?;
    // The page reads the flow again after it has saved.
    let saved = async || {
        let log = stage.portal.log();
        let at = log.iter().position(|request| request.method == "PATCH");
        Ok(at
            .filter(|at| log.iter().skip(*at).any(|request| request.method == "GET" && request.path_and_query.contains("/flows/") && !is_ours(request)))
            .map(drop))
    };
    wait_for("the save", saved).await?;
    let is_service = |request: &Request| !stage.browser.asks_its_makers(&request.host) && request.method != "OPTIONS";
    let (ours, pages): (Vec<Request>, Vec<Request>) = stage.portal.log().into_iter().filter(is_service).partition(is_ours);
    let ours = ours.iter().map(|request| template(&stage, request)).collect();
    // The page's own files come in whatever order the browser likes; what it asks services for has an order.
    let (services, mut files): (Vec<Request>, Vec<Request>) = pages.into_iter().partition(|request| request.host.contains("api."));
    files.retain(|request| !request.path_and_query.contains("icon"));
    files.sort_by(|one, other| one.path_and_query.cmp(&other.path_and_query));
    let pages = files.iter().chain(&services).map(told).collect();
    stage.close().await?;
    Ok((pages, ours))
}

pub async fn the_pages_own_requests_are_as_without_it(browser: Browser) -> Outcome<()> {
    let look = || {
        let look = Look { size: (2200, 1200), ..Look::at("half").with(browser) };
        Look { portal: Options { lazy_connections: true, ..look.portal }, ..look }
    };
    let (alone, nobodys) = worked(Look { bare: true, ..look() }).await?;
    let (with, ours) = worked(look()).await?;
    assert_eq!(nobodys, Vec::<String>::new());
    assert_eq!(with, alone);
    let wanted = "GET https://{environment host}.environment.api.powerplatform.com/powerautomate/flows/{flow}/connections?api-version=1";
    assert!(!ours.is_empty() && ours.len() <= 2 && ours.iter().all(|request| request == wanted), "{ours:?}");
    measured(
        9,
        format!("the page's own {} requests are the same, with their order, methods, headers and bodies; ours beside them: {}", with.len(), ours.len()),
    );
    Ok(())
}
