//! Lists, in the shapes in which services give them.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::options::Lists;
use crate::portal::State;

/// A port that was seen once in the way to a list's next page. Nobody answers there.
pub(crate) const PORT: &str = ":11777";

/// Which of the two shapes a list was seen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// A bare array.
    Bare,
    /// In `value`.
    InValue,
}

/// A list, one page of it where answers come in pages.
pub(super) fn answer(state: &State, call: &Call, rows: Vec<Value>, seen: Seen) -> Answer {
    let is_bare = match state.options.answers.lists {
        Lists::AsSeen => seen == Seen::Bare,
        Lists::InValue => false,
        Lists::Bare => true,
    };
    let Some(size) = state.options.answers.page.filter(|size| rows.len() > *size) else {
        return Answer::json(&if is_bare { Value::Array(rows) } else { json!({ "value": rows }) });
    };
    page(call, &rows, size, None, Value::clone)
}

/// The most rows in an answer to a list of flows.
const MOST: usize = 50;

/// A list of flows, which always comes in pages. Rows are made of those of the page alone.
pub(super) fn in_pages<T>(state: &State, call: &Call, rows: &[T], tell: impl Fn(&T) -> Value) -> Answer {
    let answers = &state.options.answers;
    if answers.lists == Lists::Bare {
        return Answer::json(&rows.iter().map(tell).collect());
    }
    let wanted = call.parameter("$top").parse().ok().filter(|top| *top > 0).unwrap_or(MOST);
    page(call, rows, answers.flows_page.or(answers.page).unwrap_or(MOST).min(wanted), answers.port_behind, tell)
}

/// One page of a list, and the way to the next.
fn page<T>(call: &Call, rows: &[T], size: usize, port_behind: Option<usize>, tell: impl Fn(&T) -> Value) -> Answer {
    let skipped: usize = call.parameter("$skiptoken").parse().unwrap_or_default();
    let page: Vec<Value> = rows.iter().skip(skipped).take(size).map(tell).collect();
    let mut answer = json!({ "value": page });
    if skipped + size < rows.len() {
        let others: Vec<&str> = call.query.split('&').filter(|pair| !pair.starts_with("$skiptoken=") && !pair.starts_with("%24skiptoken=")).collect();
        let port = if port_behind == Some(skipped / size.max(1) + 1) { PORT } else { "" };
        answer["nextLink"] = json!(format!("https://{}{port}{}?{}&$skiptoken={}", call.host, call.path, others.join("&"), skipped + size));
    }
    Answer::json(&answer)
}

/// A list of connections: the first answers may be empty, as from a service that was just woken up, and rows may be heavy.
pub(super) fn of_connections(state: &mut State, call: &Call, rows: Vec<Value>, seen: Seen) -> Answer {
    let given = state.lists.entry(call.path.clone()).or_default();
    *given += 1;
    let is_cold = *given <= state.options.answers.cold;
    let mut rows = if is_cold { Vec::new() } else { rows };
    let bytes = state.options.answers.swagger;
    if bytes > 0 {
        let swagger = swagger(bytes);
        for row in &mut rows {
            row["properties"]["apiDefinition"] = swagger.clone();
        }
    }
    answer(state, call, rows, seen)
}

/// A service's description of itself, of at least so many bytes. It is full of words that mean something elsewhere.
pub(crate) fn swagger(bytes: usize) -> Value {
    const OPERATION: &str = "A path with a parameter connectionName, an object host and a property connectionReferences; none of them is this flow's.";
    let path = |number: usize| {
        let parameter = json!({ "name": "connectionName", "in": "path", "required": true, "x-ms-host": { "connectionName": "shared_office365" } });
        (
            format!("/{{connectionId}}/items/{number}"),
            json!({ "get": { "summary": OPERATION, "operationId": format!("Get{number}"), "parameters": [parameter] } }),
        )
    };
    let paths: serde_json::Map<String, Value> = (0..=bytes / path(0).1.to_string().len()).map(path).collect();
    json!({ "name": "swagger", "properties": { "swagger": { "swagger": "2.0", "paths": paths, "connectionReferences": {} } } })
}

/// The same answer without rows.
pub(crate) fn emptied(body: &[u8]) -> Vec<u8> {
    let is_bare = body.first() == Some(&b'[');
    if is_bare { b"[]".to_vec() } else { json!({ "value": [] }).to_string().into_bytes() }
}
