//! A file that a person dropped on the panel: its flows as sessions of their own, judged like those of a page, and marked as from a file.

use super::{Facts, Pool, Saved, Seen, Session};
use crate::model::{Connection, Flow, FlowKind, Reading};
use crate::portal::{Place, View, environment_name};
use crate::read;

/// The flows in a file: an export package, a solution, or one flow's JSON. `at`: now, in milliseconds since 1970.
///
/// # Errors
/// Where nothing in it is a cloud flow: why, in words.
pub fn from_file(name: &str, bytes: &[u8], at: f64) -> Result<Vec<Session>, String> {
    if !read::is_archive(bytes) {
        let reading = read::flow(bytes).map_err(|error| error.to_string())?;
        return Ok(vec![session(name, reading, Vec::new(), at)]);
    }
    let mut refused = String::new();
    let mut sessions = Vec::new();
    for packed in read::archive(bytes).map_err(|error| error.to_string())? {
        match packed.flow {
            Ok(reading) if matches!(reading.found.kind, FlowKind::Cloud) => sessions.push(session(name, reading, packed.connections, at)),
            Ok(_) => {}
            Err(error) => refused = error.to_string(),
        }
    }
    if sessions.is_empty() { Err(refused) } else { Ok(sessions) }
}

fn session(name: &str, reading: Reading<Flow>, connections: Vec<Connection>, at: f64) -> Session {
    let flow = reading.found;
    let id =
        flow.id.clone().or_else(|| flow.workflow_id.clone()).unwrap_or_else(|| format!("file:{name}:{}", flow.display_name.as_deref().unwrap_or_default()));
    let environment = flow.environment.clone().unwrap_or_default();
    let place =
        Place { environment: Some(environment.clone()), flow: Some(id.clone()), solution: None, view: View::Other, embedded: false, host: String::new() };
    let seen = Seen { at, source: name.to_owned(), asked: false };
    // A package names its connections with their accounts; without any, each stays unknown, and says so.
    let picker = (!connections.is_empty()).then(|| connections.iter().map(|connection| connection.id.clone()).collect());
    let mut pool = Pool { environment: environment_name(&environment), ..Pool::default() };
    pool.take(connections, &seen);
    let facts = Facts {
        id,
        environment,
        saved: Some(Saved { flow, gaps: reading.gaps, seen: seen.clone(), old: false }),
        picker: picker.or_else(|| Some(Vec::new())),
        picker_seen: None,
        file: Some(name.to_owned()),
        ..Facts::default()
    };
    Session { shown: true, shown_at: at, place: Some(place), flows: vec![facts], pools: vec![pool], ..Session::default() }
}
