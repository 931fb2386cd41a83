//! Lists of connections.

use super::connection::connection;
use super::error::{Kind, ReadError};
use super::json::{self, Json};
use super::limits::{MOST_GAPS, MOST_ROWS};
use crate::model::{Connection, Gap, Reading};

/// What the service itself leaves out of lists of connections: the flow's own plumbing.
const PLUMBING: [&str; 3] = ["shared_logicflows", "shared_powerflows", "shared_pqogenericconnector"];

/// A list, or a page of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connections {
    /// The connections, in the answer's order, without the flow's own plumbing.
    pub list: Vec<Connection>,
    /// Whether the answer says that there is a next page.
    pub more: bool,
}

/// Reads a list of connections: a bare array, an object with `value`, or a single connection.
///
/// # Errors
/// Where the bytes are no text, no JSON, too long, too deep, or neither a list nor a connection. A list of something else is an error too.
pub fn connections(bytes: &[u8]) -> Result<Reading<Connections>, ReadError> {
    let text = json::text(bytes)?;
    let document = json::value(&text)?;
    let not_connections = || ReadError::new(Kind::NotConnections);
    let Json::List(rows) = document.get("value").unwrap_or(&document) else {
        let one = connection(&document).ok_or_else(not_connections)?;
        return Ok(Reading { found: Connections { list: vec![one], more: false }, gaps: Vec::new() });
    };
    let mut list = Vec::new();
    let mut gaps = Vec::new();
    for (index, row) in rows.iter().take(MOST_ROWS).enumerate() {
        match connection(row) {
            Some(one) if one.connector.as_deref().is_some_and(|connector| PLUMBING.contains(&connector)) => {}
            Some(one) => list.push(one),
            None if gaps.len() < MOST_GAPS => gaps.push(Gap { place: index.to_string(), what: "a row that isn't shaped like a connection".to_owned() }),
            None => {}
        }
    }
    let cut = rows.len() > MOST_ROWS;
    if cut {
        gaps.push(Gap { place: MOST_ROWS.to_string(), what: "more rows than are read".to_owned() });
    }
    if list.is_empty() && !gaps.is_empty() {
        return Err(not_connections());
    }
    // However long the link is; and what was cut off is a next page that nobody has seen.
    let link = |key| document.get(key).and_then(Json::as_str).is_some_and(|link| !link.trim().is_empty());
    let more = cut || link("nextLink") || link("@odata.nextLink");
    Ok(Reading { found: Connections { list, more }, gaps })
}
