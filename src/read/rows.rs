//! Rows of Dataverse: what a solution's connection references point to.

use super::error::{Kind, ReadError};
use super::json::{self, Json, last_part, string};
use super::limits::{MOST_GAPS, MOST_ROWS};
use crate::model::{Gap, Reading, ReferenceRow};

/// How Dataverse names a looked-up row's name beside its id, where the request asked for it.
const OWNER_NAME: &str = "_ownerid_value@OData.Community.Display.V1.FormattedValue";

/// Reads rows of Dataverse's table of connection references: one row, or an object with `value`.
///
/// # Errors
/// Where the bytes are no text, no JSON, too long, too deep, or no such rows.
pub fn reference_rows(bytes: &[u8]) -> Result<Reading<Vec<ReferenceRow>>, ReadError> {
    let text = json::text(bytes)?;
    let document = json::value(&text)?;
    let rows = match document.get("value") {
        Some(Json::List(rows)) => rows.as_slice(),
        _ => std::slice::from_ref(&document),
    };
    let mut found = Vec::new();
    let mut gaps = Vec::new();
    for (index, row) in rows.iter().take(MOST_ROWS).enumerate() {
        match string(row, "connectionreferencelogicalname") {
            Some(logical_name) => found.push(ReferenceRow {
                logical_name: logical_name.to_owned(),
                connection: string(row, "connectionid").and_then(last_part).map(str::to_owned),
                connector: string(row, "connectorid").and_then(last_part).map(str::to_owned),
                owner: string(row, OWNER_NAME).map(str::to_owned),
            }),
            None if gaps.len() >= MOST_GAPS => {}
            None => gaps.push(Gap { place: index.to_string(), what: "a row without a logical name".to_owned() }),
        }
    }
    if found.is_empty() && !gaps.is_empty() { Err(ReadError::new(Kind::NotReferences)) } else { Ok(Reading { found, gaps }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_references() {
        let answer = br#"{"value":[
            {"connectionreferencelogicalname":"cr1_mail","connectionid":"c1","connectorid":"/providers/Microsoft.PowerApps/apis/shared_office365",
             "_ownerid_value":"fe36f75e-c103-410b-a18a-2bf6df06ac3a","_ownerid_value@OData.Community.Display.V1.FormattedValue":"Ana","statecode":0},
            {"connectionreferencelogicalname":"cr1_list","connectionid":null,"connectorid":null},{}]}"#;
        let reading = reference_rows(answer).expect("rows");
        let [mail, list] = reading.found.as_slice() else { panic!("two rows: {:?}", reading.found) };
        assert_eq!((mail.connection.as_deref(), mail.connector.as_deref(), mail.owner.as_deref()), (Some("c1"), Some("shared_office365"), Some("Ana")));
        assert_eq!((list.connection.as_deref(), list.owner.as_deref()), (None, None));
        assert_eq!(reading.gaps.len(), 1);
        assert_eq!(reference_rows(b"{}").expect_err("no rows").kind_name(), "not_references");
        assert!(reference_rows(br#"{"value":[]}"#).expect("an empty table").found.is_empty());
    }
}
