//! What was given on the command line: a file with a flow, or an archive with several.

use std::path::Path;

use connection_lens::model::{Connection, Flow, Reading};
use connection_lens::read;

use super::bytes;

/// A flow that was given, or why there is none.
pub(super) struct Given {
    /// The file; for a flow in an archive `<file>/<its place in it>`.
    pub name: String,
    /// The flow.
    pub flow: Result<Reading<Flow>, String>,
    /// What an export package itself tells of its connections.
    pub connections: Vec<Connection>,
    /// Whether it stands in an archive.
    pub packed: bool,
}

/// The flows of a file, in its order; never none.
pub(super) fn flows(file: &Path) -> Vec<Given> {
    let name = file.to_string_lossy().into_owned();
    let alone = |flow| vec![Given { name: name.clone(), flow, connections: Vec::new(), packed: false }];
    let bytes = match bytes(file) {
        Ok(bytes) => bytes,
        Err(what) => return alone(Err(what)),
    };
    if !read::is_archive(&bytes) {
        return alone(read::flow(&bytes).map_err(|error| error.to_string()));
    }
    match read::archive(&bytes) {
        Ok(found) => found
            .into_iter()
            .map(|packed| Given {
                name: format!("{name}/{}", packed.place),
                flow: packed.flow.map_err(|error| error.to_string()),
                connections: packed.connections,
                packed: true,
            })
            .collect(),
        Err(error) => alone(Err(error.to_string())),
    }
}
