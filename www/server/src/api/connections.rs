//! The connections services of both generations: the signed-in person's own.

use serde_json::Value;

use super::lists::{self, Seen};
use crate::answer::Answer;
use crate::portal::{Call, State};

pub(super) fn answer(state: &mut State, call: &Call, rest: &[&str]) -> Answer {
    match (call.method.as_str(), rest) {
        ("GET", ["connections"]) => {
            let rows = state.world.own_rows();
            lists::of_connections(state, call, rows, Seen::InValue)
        }
        ("GET", ["apis", connector, "connections"]) => {
            let api = format!("/providers/Microsoft.PowerApps/apis/{connector}");
            let rows: Vec<Value> = state.world.own_rows().into_iter().filter(|row| row["properties"]["apiId"] == api).collect();
            lists::of_connections(state, call, rows, Seen::InValue)
        }
        (method, ["apis", _, "connections", id]) => one(state, method, id),
        _ => Answer::error(404, "ResourceNotFound", "There is no such resource."),
    }
}

/// One connection: its owner may read and delete it. A stranger is told no more than that it isn't his.
fn one(state: &mut State, method: &str, id: &str) -> Answer {
    let Some(at) = state.world.connections.iter().position(|connection| connection.id == id) else {
        return Answer::error(404, "ConnectionNotFound", "Could not find the connection.");
    };
    let Some(connection) = state.world.connections.get(at) else { return Answer::refusal(404) };
    if connection.owner != state.world.me {
        return Answer::error(403, "ConnectionAuthorizationFailed", "The caller has the minimum permission 'None' for this connection.");
    }
    match method {
        "GET" => Answer::json(&connection.row()),
        "DELETE" => {
            state.world.connections.remove(at);
            Answer::nothing()
        }
        _ => Answer::refusal(400),
    }
}
