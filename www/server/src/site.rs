//! The portal's own pages, and what its pages ask the portal itself.

use std::path::Path;

use serde_json::json;

use crate::answer::Answer;
use crate::api::ORGANISATION;
use crate::portal::{Call, State};
use crate::scenario::scenarios;
use crate::token::{self, Audience};
use crate::world::World;

pub(crate) fn answer(state: &mut State, call: &Call, dist: &Path) -> Answer {
    let value = |name: &str| call.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')).unwrap_or_default();
    match (call.method.as_str(), call.path.as_str()) {
        ("GET", "/practice/session") => session(state),
        ("GET", "/practice/token") => match Audience::named(value("aud")) {
            Some(audience) => {
                let token = token::issue(audience, &state.world.user, state.tokens.len() + 1);
                state.tokens.push(token.clone());
                Answer::json(&json!({ "token": token }))
            }
            None => Answer::refusal(404),
        },
        ("POST", "/practice/scenario") => match World::of(value("name"), state.options.cloud) {
            Some(world) => {
                state.world = world;
                value("name").clone_into(&mut state.options.scenario);
                session(state)
            }
            None => Answer::refusal(404),
        },
        _ => page(state, &call.path, dist),
    }
}

fn session(state: &State) -> Answer {
    let world = &state.world;
    let scenarios: Vec<_> =
        scenarios().iter().map(|scenario| json!({ "name": scenario.name, "title": scenario.title, "description": scenario.description })).collect();
    let flows: Vec<_> = world.flows.iter().map(|flow| json!({ "id": flow["name"], "displayName": flow["properties"]["displayName"] })).collect();
    Answer::json(&json!({
        "scenario": state.options.scenario, "scenarios": scenarios, "user": world.user,
        "environment": { "name": world.environment, "displayName": "Contoso (default)" }, "environmentHost": world.host(),
        "flows": flows, "main": world.flows.first().map(|flow| &flow["name"]), "lazyConnections": state.options.lazy_connections, "rowsWithIds": state.options.rows_with_ids, "organisationHost": ORGANISATION,
    }))
}

/// A file, or the one page for every address that names none.
fn page(state: &State, path: &str, dist: &Path) -> Answer {
    let names_a_file = path.rsplit('/').next().is_some_and(|name| name.contains('.')) && !path.contains("..");
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
    let mut answer = Answer::file(kind, body);
    if state.options.script_src_self {
        answer.headers.push(("content-security-policy", "script-src 'self'".to_owned()));
    }
    answer
}
