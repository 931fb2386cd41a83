//! The flow service, the same on both generations' hosts.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::lists::{self, Seen, swagger};
use crate::answer::Answer;
use crate::call::Call;
use crate::options::Unused;
use crate::place::RUN;
use crate::portal::State;
use crate::world::{Access, Wanted, uses};

pub(super) fn answer(state: &mut State, call: &Call, rest: &[&str]) -> Answer {
    match (call.method.as_str(), rest) {
        ("GET", ["flows"]) => list(state, call),
        ("POST", ["flows"]) => match body(call) {
            Some(sent) => Answer { status: 201, ..Answer::json(&state.world.create(&sent)) },
            None => Answer::refusal(400),
        },
        (method, ["flows", id, rest @ ..]) => {
            // By a solution's address the flow may come by its row's id.
            let Some(id) = state.world.flow(id).and_then(|flow| flow["name"].as_str().map(str::to_owned)) else { return Answer::refusal(404) };
            match state.world.access_to(&id) {
                Access::None => return Answer::error(403, "ConnectionAuthorizationFailed", "The caller has the minimum permission 'None' for this flow."),
                Access::RunOnly if method != "GET" => return Answer::error(403, "ConnectionAuthorizationFailed", "The caller may not change this flow."),
                Access::RunOnly | Access::Owner => {}
            }
            on_flow(state, call, &id, rest)
        }
        _ => Answer::error(404, "ResourceNotFound", "There is no such resource."),
    }
}

/// The flows of which a list tells. Those in solutions stand in it only where they are asked for by name.
fn list(state: &State, call: &Call) -> Answer {
    let filter = call.parameter("$filter");
    let is_all = filter.is_empty();
    let wanted = Wanted {
        mine: is_all || filter.contains("'personal'"),
        shared: is_all || filter.contains("'team'"),
        with_solutions: call.parameter("include").eq_ignore_ascii_case("includeSolutionCloudFlows"),
    };
    let rows = state.world.listed(wanted);
    lists::in_pages(state, call, &rows, |row| summary(&state.world.row(*row)))
}

fn body(call: &Call) -> Option<Value> {
    serde_json::from_slice(&call.body).ok()
}

fn on_flow(state: &mut State, call: &Call, id: &str, rest: &[&str]) -> Answer {
    let may_share = state.world.access == Access::Owner;
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let draft = (call.parameter("draftFlow") == "true").then(|| state.world.draft(id).map(Cow::Borrowed)).flatten();
            draft.or_else(|| state.world.flow(id)).map_or_else(|| Answer::refusal(404), |flow| Answer::json(&told(state, &flow)))
        }
        ("PATCH", []) => {
            let as_draft = state.options.answers.drafts && call.parameter("draftFlow") == "true";
            let saved = body(call).and_then(|sent| state.world.save(id, &sent, as_draft));
            saved.map_or_else(|| Answer::refusal(400), |flow| Answer::json(&told(state, &flow)))
        }
        ("DELETE", []) => {
            state.world.delete(id);
            Answer::nothing()
        }
        ("POST", ["publish"]) => state.world.publish(id).map_or_else(|| Answer::refusal(404), |flow| Answer::json(&told(state, &flow))),
        ("GET", ["connections"]) => {
            let rows = state.world.picker_rows(id);
            lists::of_connections(state, call, rows, Seen::Bare)
        }
        // The pane's own list. Its address is made up: nobody has published the real one.
        ("GET", ["sharedConnections"]) if may_share => {
            let rows = state.world.attached_rows(id);
            lists::of_connections(state, call, rows, Seen::InValue)
        }
        ("DELETE", ["sharedConnections", connection]) => {
            if state.world.detach(id, connection) {
                Answer::nothing()
            } else {
                Answer::error(404, "ConnectionNotFound", "Could not find the connection.")
            }
        }
        ("GET", ["permissions" | "owners"]) if may_share => lists::answer(state, call, state.world.owners.clone(), Seen::InValue),
        ("GET", ["permissions" | "owners" | "users" | "sharedConnections"]) if !may_share => {
            Answer::error(403, "ConnectionAuthorizationFailed", "The caller may not see whom this flow is shared with.")
        }
        ("GET", ["users"]) => lists::answer(state, call, Vec::new(), Seen::InValue),
        ("POST", ["modifyPermissions"]) => match body(call) {
            Some(sent) => {
                let gone: Vec<&str> = sent["delete"].as_array().into_iter().flatten().filter_map(|row| row["id"].as_str()).collect();
                state.world.owners.retain(|owner| !owner["name"].as_str().is_some_and(|id| gone.contains(&id)));
                Answer::json(&json!({}))
            }
            None => Answer::refusal(400),
        },
        ("GET", ["runs"]) => {
            let rows = state.world.flow(id).map(|flow| run(&flow)).into_iter().collect();
            lists::answer(state, call, rows, Seen::InValue)
        }
        ("GET", ["runs", run_id]) if *run_id == RUN => state.world.flow(id).map_or_else(|| Answer::refusal(404), |flow| Answer::json(&run(&flow))),
        _ => Answer::error(404, "ResourceNotFound", "There is no such resource."),
    }
}

/// A flow as the service tells it, in the shapes that were asked for.
fn told(state: &State, flow: &Value) -> Value {
    let answers = &state.options.answers;
    let mut flow = flow.clone();
    let properties = &mut flow["properties"];
    if state.world.access == Access::RunOnly {
        properties["userType"] = json!("User");
    }
    if answers.unused != Unused::Kept {
        let used = uses::keys(&properties["definition"]);
        let references = properties["connectionReferences"].as_object().cloned().unwrap_or_default();
        let (used, unused): (Map<String, Value>, Map<String, Value>) = references.into_iter().partition(|(key, _)| used.contains(key));
        properties["connectionReferences"] = Value::Object(used);
        if answers.unused == Unused::Installed {
            properties["installedConnectionReferences"] = Value::Object(unused);
        }
    }
    if let Some(references) = properties["connectionReferences"].as_object_mut().filter(|_| answers.swagger > 0) {
        for reference in references.values_mut() {
            reference["apiDefinition"] = swagger(answers.swagger);
        }
    }
    if answers.references_as_array {
        let references = properties["connectionReferences"].as_object().cloned().unwrap_or_default();
        properties["connectionReferences"] = references
            .into_iter()
            .map(|(key, mut reference)| {
                reference["connectionReferenceName"] = json!(key);
                reference
            })
            .collect();
    }
    flow
}

fn summary(flow: &Value) -> Value {
    let properties = &flow["properties"];
    let mut row = json!({ "name": flow["name"], "id": flow["id"], "type": flow["type"], "properties": {
        "displayName": properties["displayName"], "state": properties["state"], "createdTime": properties["createdTime"], "lastModifiedTime": properties["lastModifiedTime"],
        "environment": properties["environment"], "creator": properties["creator"], "userType": properties["userType"],
    } });
    if properties["workflowEntityId"].is_string() {
        row["properties"]["workflowEntityId"] = properties["workflowEntityId"].clone();
    }
    row
}

/// The flow's one run: everything went well.
fn run(flow: &Value) -> Value {
    let done = |names: Vec<String>| {
        names
            .into_iter()
            .map(|name| (name, json!({ "status": "Succeeded", "startTime": "2026-11-23T06:00:01Z", "endTime": "2026-11-23T06:00:02Z" })))
            .collect::<Map<_, _>>()
    };
    let definition = &flow["properties"]["definition"];
    json!({ "name": RUN, "type": "Microsoft.ProcessSimple/environments/flows/runs", "properties": {
        "startTime": "2026-11-23T06:00:00Z", "endTime": "2026-11-23T06:00:09Z", "status": "Succeeded",
        "trigger": done(uses::names(&definition["triggers"])), "actions": done(uses::names(&definition["actions"])),
    } })
}
