//! A flow's owners and users.

use super::connection::person;
use super::error::{Kind, ReadError};
use super::json::{self, string};
use super::limits::{MOST_GAPS, MOST_ROWS};
use crate::model::{Gap, Principal, Reading};

/// Reads the answer of a flow's `permissions`, `owners` or `users`: a bare array or an object with `value`.
///
/// # Errors
/// Where the bytes are no text, no JSON, too long, too deep, or no list.
pub fn people(bytes: &[u8]) -> Result<Reading<Vec<Principal>>, ReadError> {
    let text = json::text(bytes)?;
    let document = json::value(&text)?;
    let Some(rows) = document.get("value").unwrap_or(&document).as_list() else { return Err(ReadError::new(Kind::NotPeople)) };
    let mut found = Vec::new();
    let mut gaps = Vec::new();
    for (index, row) in rows.iter().take(MOST_ROWS).enumerate() {
        let properties = row.get("properties");
        let role = properties.and_then(|properties| string(properties, "roleName"));
        match properties.and_then(|properties| properties.get("principal")) {
            Some(principal) => {
                found.push(Principal { role: role.map(str::to_owned), account: person(principal), kind: string(principal, "type").map(str::to_owned) });
            }
            None if gaps.len() >= MOST_GAPS => {}
            None => gaps.push(Gap { place: index.to_string(), what: "a row without a principal".to_owned() }),
        }
    }
    if found.is_empty() && !gaps.is_empty() {
        return Err(ReadError::new(Kind::NotPeople));
    }
    Ok(Reading { found, gaps })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners_and_others() {
        let rows = br#"[{"properties":{"roleName":"CanEdit","principal":{"id":"8323f7fe-e8a4-46c4-b5ea-f4864887d160","type":"User"}}},
                        {"properties":{"roleName":"Owner","principal":{"id":"fe36f75e-c103-410b-a18a-2bf6df06ac3a","type":"User"}}},{}]"#;
        let reading = people(rows).expect("a list");
        assert_eq!(reading.found.iter().map(Principal::is_owner).collect::<Vec<_>>(), [true, true]);
        assert_eq!(reading.gaps.len(), 1);
        assert_eq!(people(b"{}").expect_err("no list").kind_name(), "not_people");
        assert!(matches!(json::value("[1"), Err(error) if error.kind_name() == "not_json"));
    }
}
