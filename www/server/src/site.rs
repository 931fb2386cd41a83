//! The portal's own pages, and what its pages ask the portal itself.

use std::path::Path;

use serde_json::json;

use crate::answer::Answer;
use crate::call::Call;
use crate::contract;
use crate::options::{Pane, Services};
use crate::place::{RUN, SOLUTION};
use crate::portal::State;
use crate::scenario::scenarios;
use crate::token::{self, Audience};
use crate::world::{ANA, BEN, SERVICE};

pub(crate) fn answer(state: &mut State, call: &Call, dist: &Path) -> Answer {
    let value = |name: &str| call.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default();
    match (call.method.as_str(), call.path.as_str()) {
        ("GET", "/practice/session") => session(state),
        ("GET", "/practice/token") => match Audience::named(value("aud")) {
            Some(audience) => {
                let token = token::issue(audience, state.options.cloud, &state.world.user(), state.tokens.len() + 1);
                state.tokens.push(token.clone());
                Answer::json(&json!({ "token": token }))
            }
            None => Answer::refusal(404),
        },
        ("POST", "/practice/scenario") if state.turn(value("name")) => session(state),
        ("GET" | "POST", path) if path.starts_with("/practice/") => Answer::refusal(404),
        _ => page(state, &call.path, dist),
    }
}

/// The most flows beside the pages.
const SHOWN: usize = 8;

fn session(state: &State) -> Answer {
    let (world, options) = (&state.world, &state.options);
    let scenarios: Vec<_> = scenarios()
        .iter()
        .map(|scenario| json!({ "name": scenario.name, "title": scenario.title, "description": scenario.description, "group": scenario.group }))
        .collect();
    // Of a large environment the first few.
    let flows: Vec<_> =
        (0..).map_while(|at| world.nth(at)).take(SHOWN).map(|flow| json!({ "id": flow["name"], "displayName": flow["properties"]["displayName"] })).collect();
    let (host, environment) = (world.host(options.cloud), &world.environment);
    let older = |region: &str| format!("https://{region}{}/providers/Microsoft.ProcessSimple/environments/{environment}", options.cloud.flow_service());
    let apps = format!("https://{}/providers/Microsoft.PowerApps", options.cloud.apps_service());
    let (flow_service, version, connections) = match options.services {
        Services::Environment => (format!("https://{host}/powerautomate"), "1", format!("https://{host}/connectivity")),
        Services::Older => (older(""), "2016-11-01", apps.clone()),
        Services::Region(region) => (older(&format!("{region}.")), "2016-11-01", apps.clone()),
    };
    let accounts = [ANA, SERVICE, BEN].map(|person| person.mail);
    Answer::json(&json!({
        "scenario": options.scenario, "scenarios": scenarios, "user": world.user(),
        "environment": { "name": environment, "displayName": "Contoso (default)" },
        "services": {
            "flow": flow_service, "version": version, "connections": connections, "apps": apps,
            "dataverse": format!("https://{}/api/data/v9.2", options.cloud.organisation()),
        },
        "accounts": accounts,
        "hosts": { "portal": options.cloud.portal(), "apps": options.cloud.apps_portal() },
        "flows": flows, "main": world.main, "start": state.address(world.place, &world.main), "solution": SOLUTION, "run": RUN,
        "lazyConnections": options.lazy_connections, "drafts": options.answers.drafts,
        "pane": match options.answers.pane {
            Pane::OwnList => "ownList",
            Pane::Picker => "picker",
            Pane::FlowOnly => "flowOnly",
        },
        // Pages that were served before something was taken away still have it: they must be loaded anew.
        "without": options.without.iter().map(|contract| format!("{contract:?}")).collect::<Vec<_>>(),
    }))
}

/// A file, or the one page for every address that names none.
fn page(state: &State, path: &str, dist: &Path) -> Answer {
    let names_a_file = path.rsplit('/').next().is_some_and(|name| name.contains('.')) && !path.contains("..");
    if let (false, Some(page)) = (names_a_file, &state.options.page) {
        return Answer { keeps: true, ..Answer::file("text/html; charset=utf-8", page.clone().into_bytes()) };
    }
    let file = if names_a_file { dist.join(path.trim_start_matches('/')) } else { dist.join("index.html") };
    let Ok(body) = std::fs::read(&file) else {
        let missing = if names_a_file { "no such file" } else { "the portal's pages are not built: npm run build" };
        return Answer { status: 404, ..Answer::file("text/plain; charset=utf-8", missing.into()) };
    };
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let body = match String::from_utf8(body) {
        Ok(text) if !state.options.without.is_empty() => contract::without(&text, &state.options.without).into_bytes(),
        Ok(text) => text.into_bytes(),
        Err(picture) => picture.into_bytes(),
    };
    let mut answer = Answer { keeps: true, ..Answer::file(kind, body) };
    if state.options.script_src_self {
        answer.headers.push(("content-security-policy", "script-src 'self'".to_owned()));
    }
    answer
}
