//! How an operation names its reference. Microsoft's own code for this: Azure/LogicAppsUX,
//! `libs/designer/src/lib/core/actions/bjsworkflow/connections.ts`.

use super::json::{Json, string};

/// Where Logic Apps' built-in connectors name theirs.
const LOGIC_APPS: &str = "serviceProviderConfiguration";

/// What an operation names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Named {
    /// A reference's key.
    Key(String),
    /// A connection's path, in place of a key.
    Connection(String),
    /// Something that should name a reference and can't be made sense of.
    Unclear,
}

/// What an operation names as its reference, whichever way its type does it; none for operations without one.
pub(super) fn named(operation: &Json) -> Option<Named> {
    let inputs = operation.get("inputs")?;
    let holder = |field| inputs.get(field).and_then(direct);
    inputs.get("host").and_then(in_host).or_else(|| in_models(inputs)).or_else(|| holder("connectionReference")).or_else(|| holder(LOGIC_APPS))
}

/// Whether the operation asks for the run-only user's own sign-in.
pub(super) fn asks_for_run_only_user(operation: &Json) -> bool {
    let authentication = operation.get("inputs").and_then(|inputs| inputs.get("authentication"));
    // However long the expression is: whose sign-in it is must not depend on that.
    let value = authentication.and_then(|authentication| authentication.get("value")?.as_str());
    value.is_some_and(|value| value.contains("$ConnectionKey"))
}

/// The connector the operation itself names, which may differ from its reference's.
pub(super) fn own_connector<'j>(operation: &'j Json<'_>) -> Option<&'j str> {
    let inputs = operation.get("inputs")?;
    if let Some(provider) = inputs.get(LOGIC_APPS).and_then(|configuration| string(configuration, "serviceProviderId")) {
        return super::json::last_part(provider);
    }
    let host = inputs.get("host")?;
    let id = string(host, "apiId").or_else(|| host.get("api").and_then(|api| string(api, "id")))?;
    super::json::last_part(id)
}

fn in_host(host: &Json) -> Option<Named> {
    direct(host).or_else(|| match host.get("connection")? {
        Json::Text(text) => Some(from_text(text)),
        connection => string(connection, "referenceName").map(|key| Named::Key(key.to_owned())).or_else(|| string(connection, "name").map(from_text)),
    })
}

/// `connectionName`, or `connectionReferenceName` as the new designer's code view writes it.
fn direct(holder: &Json) -> Option<Named> {
    string(holder, "connectionName").or_else(|| string(holder, "connectionReferenceName")).map(from_text)
}

fn in_models(inputs: &Json) -> Option<Named> {
    let models = inputs.get("modelConfigurations")?.as_object()?;
    models.iter().find_map(|(_, model)| string(model, "referenceName")).map(|key| Named::Key(key.to_owned()))
}

fn from_text(text: &str) -> Named {
    if text.contains("$connections") {
        return bracketed(text).map_or(Named::Unclear, Named::Key);
    }
    if text.starts_with('@') {
        return Named::Unclear;
    }
    match text.to_ascii_lowercase().rfind("/connections/") {
        Some(_) => super::json::last_part(text).map_or(Named::Unclear, |id| Named::Connection(id.to_owned())),
        None => Named::Key(text.to_owned()),
    }
}

/// The key in `…('$connections')['KEY']…` or `…['$connections']['KEY']…`: the bracket after `$connections`, not the first one.
fn bracketed(expression: &str) -> Option<String> {
    let (_, after) = expression.split_once("$connections")?;
    let start = after.find(['[']).map(|at| at + 1)?;
    let inside = after.get(start..)?;
    let quote = inside.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let mut key = String::new();
    let mut rest = inside.chars().skip(1).peekable();
    while let Some(c) = rest.next() {
        if c != quote {
            key.push(c);
        } else if rest.peek() == Some(&quote) {
            // A quote within is written twice.
            rest.next();
            key.push(quote);
        } else {
            return (!key.is_empty()).then_some(key);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_way_to_name_a_reference() {
        let key = |name: &str| Some(Named::Key(name.into()));
        for (inputs, wanted) in [
            (json!({"host": {"connectionName": "shared_office365"}}), key("shared_office365")),
            (json!({"host": {"connectionReferenceName": "k_1"}}), key("k_1")),
            (json!({"host": {"connection": "k"}}), key("k")),
            (json!({"host": {"connection": {"referenceName": "k"}}}), key("k")),
            (json!({"host": {"connection": {"name": "@parameters('$connections')['shared_a']['connectionId']"}}}), key("shared_a")),
            (
                json!({"host": {"connection": {"name": "@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$connections']['shared_b']['connectionId']"}}}),
                key("shared_b"),
            ),
            (json!({"host": {"connection": {"name": "@parameters('$connections')['it''s']['connectionId']"}}}), key("it's")),
            (json!({"host": {"connection": {"name": "/providers/Microsoft.PowerApps/apis/shared_x/connections/abc"}}}), Some(Named::Connection("abc".into()))),
            (json!({"host": {"connection": {"name": "@variables('which')"}}}), Some(Named::Unclear)),
            (json!({"modelConfigurations": {"model1": {"referenceName": "agent"}}}), key("agent")),
            (json!({"connectionReference": {"connectionName": "mcp"}}), key("mcp")),
            (json!({"connectionReference": {"connectionReferenceName": "mcp"}}), key("mcp")),
            (json!({"connectionName": "just a parameter"}), None),
            (json!({"host": {"workflowReferenceName": "child"}}), None),
            (json!("text"), None),
        ] {
            let operation = json!({"inputs": inputs}).to_string();
            assert_eq!(named(&crate::read::json::value(&operation).expect("JSON")), wanted, "{operation}");
        }
    }
}
