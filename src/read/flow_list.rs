//! Lists of flows.

use super::error::{Kind, ReadError};
use super::json::{self, Json, string};
use super::limits::{MOST_GAPS, MOST_ROWS};
use crate::model::{Flow, Gap, Reading};

/// A flow as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its own id.
    pub id: String,
    /// The name people gave it.
    pub name: Option<String>,
    /// `Started`, `Stopped`, `Suspended`.
    pub state: Option<String>,
    /// When it was last saved, as the service wrote it.
    pub modified: Option<String>,
}

/// Reads a page of a list of flows: an object with `value`, or a bare array.
///
/// # Errors
/// Where the bytes are no text, no JSON, too long, too deep, or no list of flows. A list of something else is an error too.
pub fn flow_list(bytes: &[u8]) -> Result<Reading<Vec<Listed>>, ReadError> {
    let text = json::text(bytes)?;
    let document = json::value(&text)?;
    let not_flows = || ReadError::new(Kind::NotFlows);
    let rows = document.get("value").unwrap_or(&document).as_list().ok_or_else(not_flows)?;
    let mut found = Vec::new();
    let mut gaps = Vec::new();
    for (index, row) in rows.iter().take(MOST_ROWS).enumerate() {
        match listed(row) {
            Some(flow) => found.push(flow),
            None if gaps.len() < MOST_GAPS => gaps.push(Gap { place: index.to_string(), what: "a row that isn't shaped like a flow".to_owned() }),
            None => {}
        }
    }
    if rows.len() > MOST_ROWS {
        gaps.push(Gap { place: MOST_ROWS.to_string(), what: "more rows than are read".to_owned() });
    }
    if found.is_empty() && !gaps.is_empty() { Err(not_flows()) } else { Ok(Reading { found, gaps }) }
}

/// Connections have `properties` and a name too; what makes a flow's row is that nothing in it is a connection's.
fn listed(row: &Json) -> Option<Listed> {
    let properties = row.get("properties").filter(|properties| properties.is_object() && properties.get("statuses").is_none())?;
    Some(Listed {
        id: string(row, "name").filter(|id| Flow::is_id(id))?.to_owned(),
        name: string(properties, "displayName").map(str::to_owned),
        state: string(properties, "state").map(str::to_owned),
        modified: string(properties, "lastModifiedTime").map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_flows() {
        let answer = br#"{"value":[
            {"name":"aaaaaaaa-0000-4000-8000-000000000001","properties":{"displayName":"Invoices","state":"Started","lastModifiedTime":"2026-01-01T00:00:00Z"}},
            {"name":"aaaaaaaa-0000-4000-8000-000000000002","properties":{}},
            {"name":"../x","properties":{}}]}"#;
        let reading = flow_list(answer).expect("a list of flows");
        let names: Vec<Option<&str>> = reading.found.iter().map(|flow| flow.name.as_deref()).collect();
        assert_eq!(names, [Some("Invoices"), None], "an id that is none names no flow");
        assert_eq!(reading.gaps.len(), 1);
        assert!(flow_list(br#"{"value":[]}"#).expect("an empty page").found.is_empty());
        assert!(flow_list(b"[]").is_ok());
        for other in [&b"{}"[..], br#"{"value":[{"name":"x","properties":{"statuses":[]}}]}"#, b"x"] {
            assert!(flow_list(other).is_err());
        }
    }
}
