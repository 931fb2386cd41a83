//! The connections services of both generations: the signed-in person's own.

use serde_json::{Value, json};

use super::lists::{self, Seen};
use crate::answer::Answer;
use crate::call::Call;
use crate::portal::State;
use crate::scenario;
use crate::world::{Connection, Person};

pub(super) fn answer(state: &mut State, call: &Call, rest: &[&str]) -> Answer {
    match (call.method.as_str(), rest) {
        ("GET", ["environments"]) => Answer::json(&environments(&state.world.environment)),
        ("GET", ["connections"]) => {
            let rows = state.world.own_rows();
            lists::of_connections(state, call, rows, Seen::InValue)
        }
        ("GET", ["apis", connector, "connections"]) => {
            let api = format!("/providers/Microsoft.PowerApps/apis/{connector}");
            let rows: Vec<Value> = state.world.own_rows().into_iter().filter(|row| row["properties"]["apiId"] == api).collect();
            lists::of_connections(state, call, rows, Seen::InValue)
        }
        ("PUT", ["apis", connector, "connections", id]) => sign_in(state, call, connector, id).unwrap_or_else(|| Answer::refusal(400)),
        (method, ["apis", _, "connections", id]) => one(state, method, id),
        _ => Answer::error(404, "ResourceNotFound", "There is no such resource."),
    }
}

/// The environments to choose from, the world's own first.
fn environments(own: &str) -> Value {
    let others = [("8a3b1c5e-0d2f-4a6b-9c7d-1e2f3a4b5c6d", "Contoso Sales"), ("8a3b1c5e-0d2f-4a6b-9c7d-1e2f3a4b5c6e", "Contoso Sandbox")];
    let row = |(id, name): (&str, &str)| {
        json!({ "name": id, "id": format!("/providers/Microsoft.PowerApps/environments/{id}"), "type": "Microsoft.PowerApps/environments",
            "location": "europe", "properties": { "displayName": name, "isDefault": id == own } })
    };
    let rows: Vec<Value> = [(own, "Contoso (default)")].into_iter().chain(others).map(row).collect();
    json!({ "value": rows })
}

/// Makes a connection of the signed-in person's. As in life it may be signed in as somebody else; here the address alone is believed.
fn sign_in(state: &mut State, call: &Call, connector: &str, id: &str) -> Option<Answer> {
    let sent: Value = serde_json::from_slice(&call.body).ok()?;
    let sign_in = Person::with(sent["properties"]["account"].as_str()?)?;
    let connection = Connection { id: id.to_owned(), owner: state.world.me, ..Connection::new(scenario::connector(connector)?, sign_in) };
    let row = connection.row();
    state.world.connections.push(connection);
    Some(Answer { status: 201, ..Answer::json(&row) })
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
