//! The services: flows and connections, each for its own token.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::portal::{Call, State};
use crate::token::{self, Audience};

/// The Dataverse organisation behind the environment.
pub(crate) const ORGANISATION: &str = "contoso.crm4.dynamics.com";

/// Whether a host is a service's, not the portal's.
pub(crate) fn is_api(host: &str) -> bool {
    host.ends_with(".api.powerplatform.com")
        || host.ends_with(".powerplatform.microsoft.us")
        || host == ORGANISATION
        || host.ends_with("api.flow.microsoft.com")
        || host == "api.powerapps.com"
}

pub(crate) fn answer(state: &mut State, call: &Call) -> Answer {
    if call.method == "OPTIONS" {
        return Answer { status: 204, ..Answer::file("text/plain", Vec::new()) };
    }
    let parts: Vec<&str> = call.path.split('/').filter(|part| !part.is_empty()).collect();
    let own_host = call.host == state.world.host();
    let (audience, rest) = match parts.as_slice() {
        ["powerautomate", rest @ ..] if own_host => (Audience::Flow, rest),
        ["connectivity", rest @ ..] if own_host => (Audience::Platform, rest),
        ["providers", "Microsoft.ProcessSimple", "environments", environment, rest @ ..] if *environment == state.world.environment => (Audience::Flow, rest),
        ["providers", "Microsoft.PowerApps", rest @ ..] => (Audience::Apps, rest),
        ["api", "data", "v9.2", "connectionreferences"] if call.host == ORGANISATION => return Answer::json(&json!({ "value": state.world.reference_rows() })),
        _ => return Answer::refusal(404),
    };
    if !is_signed_in(state, audience, &call.authorization) {
        return Answer::refusal(401);
    }
    match (audience, call.method.as_str(), rest) {
        (Audience::Flow, "GET", ["flows"]) => {
            let list: Vec<Value> = state.world.flows.iter().map(summary).collect();
            Answer::json(&json!({ "value": list }))
        }
        (Audience::Flow, method, ["flows", id, rest @ ..]) => on_flow(state, method, id, rest, &call.body),
        (Audience::Platform | Audience::Apps, "GET", ["connections"]) => Answer::json(&json!({ "value": state.world.own_rows() })),
        _ => Answer::refusal(404),
    }
}

/// The token must be one that was given out, and for this service.
fn is_signed_in(state: &State, audience: Audience, authorization: &str) -> bool {
    let Some(token) = authorization.strip_prefix("Bearer ") else { return false };
    let at = state.tokens.iter().position(|known| known == token);
    at.is_some_and(|at| token::issue(audience, &state.world.user, at + 1) == token)
}

fn on_flow(state: &mut State, method: &str, id: &str, rest: &[&str], body: &[u8]) -> Answer {
    let Some(at) = state.world.flows.iter().position(|flow| flow["name"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(id))) else {
        return Answer::refusal(404);
    };
    if let ("DELETE", ["connectionBindings", connection]) = (method, rest) {
        state.world.removed.push((id.to_owned(), (*connection).to_owned()));
    }
    if let ("GET" | "DELETE", ["connectionBindings", ..]) = (method, rest) {
        return Answer::json(&json!({ "value": state.world.held_rows(at) }));
    }
    let rows = state.world.picker_rows(at);
    let owners = state.world.owners.clone();
    let Some(flow) = state.world.flows.get_mut(at) else { return Answer::refusal(404) };
    match (method, rest) {
        ("GET", []) => Answer::json(flow),
        ("PATCH", []) => {
            let Ok(sent) = serde_json::from_slice::<Value>(body) else {
                return Answer::error(400, "InvalidRequestContent", "The request content is not valid.");
            };
            for field in ["displayName", "definition", "connectionReferences"] {
                if let (Some(value), Some(properties)) = (sent["properties"].get(field), flow["properties"].as_object_mut()) {
                    properties.insert(field.to_owned(), value.clone());
                }
            }
            Answer::json(flow)
        }
        ("GET", ["connections"]) => Answer::json(&Value::Array(rows)),
        ("GET", ["permissions" | "owners"]) => Answer::json(&json!({ "value": owners })),
        _ => Answer::refusal(404),
    }
}

fn summary(flow: &Value) -> Value {
    let properties = &flow["properties"];
    json!({ "name": flow["name"], "id": flow["id"], "type": flow["type"], "properties": {
        "displayName": properties["displayName"], "state": properties["state"], "lastModifiedTime": properties["lastModifiedTime"], "environment": properties["environment"], "creator": properties["creator"],
    } })
}
