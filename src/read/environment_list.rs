//! Lists of environments.

use super::json::{self, string};
use crate::model::Environment;

/// Environments that are read of a list. The list is a help to choose, so the rest of a longer one is left out.
const MOST_ENVIRONMENTS: usize = 200;

/// The longest name that is taken, in bytes.
const LONGEST_NAME: usize = 256;

/// Reads a list of environments: an object with `value`, or a bare array, of rows with `name` (the id) and `properties.displayName`, as
/// `pnp/cli-microsoft365` documents the answer. None where it isn't one; rows without an id or a name are left out.
#[must_use]
pub fn environment_list(bytes: &[u8]) -> Option<Vec<Environment>> {
    let text = json::text(bytes).ok()?;
    let document = json::value(&text).ok()?;
    let rows = document.get("value").unwrap_or(&document).as_list()?;
    let environment = |row| {
        let id = string(row, "name").filter(|id| Environment::is_id(id))?;
        let name = string(row.get("properties")?, "displayName").filter(|name| !name.trim().is_empty() && name.len() <= LONGEST_NAME)?;
        Some(Environment { id: id.to_owned(), name: name.to_owned() })
    };
    let found: Vec<Environment> = rows.iter().filter_map(environment).take(MOST_ENVIRONMENTS).collect();
    (rows.is_empty() || !found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environments() {
        let answer = br#"{"value":[
            {"name":"Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9","type":"Microsoft.ProcessSimple/environments","properties":{"displayName":"Contoso (default)","isDefault":true}},
            {"name":"../x","properties":{"displayName":"no id"}},
            {"name":"22222222-5b6a-4978-8695-a4b3c2d1e0f9","properties":{"displayName":" "}},
            {"name":"33333333-5b6a-4978-8695-a4b3c2d1e0f9","properties":{"displayName":"Sales"}}]}"#;
        let found = environment_list(answer).expect("a list");
        let names: Vec<&str> = found.iter().map(|environment| environment.name.as_str()).collect();
        assert_eq!(names, ["Contoso (default)", "Sales"]);
        assert_eq!(environment_list(br#"{"value":[]}"#), Some(Vec::new()));
        for other in [&b"{}"[..], b"x", br#"{"value":[{"name":"../x"}]}"#] {
            assert_eq!(environment_list(other), None);
        }
    }
}
