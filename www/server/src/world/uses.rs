//! What a definition holds, at every depth: its operations, and the reference keys that they name.

use serde_json::{Map, Value};

/// The keys, each as often as it is named.
pub(crate) fn keys(definition: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for operations in [&definition["triggers"], &definition["actions"]] {
        walk(operations, &mut |_, operation| found.extend(key(operation)));
    }
    found
}

/// The key that an operation names, in whichever shape.
fn key(operation: &Value) -> Option<String> {
    let inputs = &operation["inputs"];
    let (host, connection) = (&inputs["host"], &inputs["host"]["connection"]);
    let model = inputs["modelConfigurations"].as_object().and_then(|models| models.values().next()).unwrap_or(&Value::Null);
    let agent = &inputs["connectionReference"];
    let places = [
        &host["connectionName"],
        &host["connectionReferenceName"],
        &connection["referenceName"],
        &connection["name"],
        connection,
        &model["referenceName"],
        &agent["connectionReferenceName"],
        &agent["connectionName"],
    ];
    let text = places.into_iter().find_map(Value::as_str)?;
    if !text.starts_with('@') {
        return Some(text.to_owned());
    }
    // In an expression the key is the bracket after `$connections`.
    let (_, after) = text.split_once("$connections'")?;
    after.split_once("['")?.1.split_once("']").map(|(key, _)| key.to_owned())
}

/// The names of operations and of all they contain.
pub(crate) fn names(operations: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(operations, &mut |name, _| found.push(name.to_owned()));
    found
}

fn walk(operations: &Value, see: &mut dyn FnMut(&str, &Value)) {
    for (name, operation) in operations.as_object().into_iter().flatten() {
        see(name, operation);
        walk(&operation["actions"], see);
        walk(&operation["else"]["actions"], see);
        for case in operation["cases"].as_object().into_iter().flat_map(Map::values) {
            walk(&case["actions"], see);
        }
        walk(&operation["default"]["actions"], see);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keys_in_every_shape() {
        for inputs in [
            json!({ "host": { "connectionName": "K" } }),
            json!({ "host": { "connectionReferenceName": "K" } }),
            json!({ "host": { "connection": "K" } }),
            json!({ "host": { "connection": { "referenceName": "K" } } }),
            json!({ "host": { "connection": { "name": "@parameters('$connections')['K']['connectionId']" } } }),
            json!({ "host": { "connection": { "name": "@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$connections']['K']['connectionId']" } } }),
            json!({ "modelConfigurations": { "model1": { "referenceName": "K" } } }),
            json!({ "connectionReference": { "connectionName": "K" } }),
        ] {
            assert_eq!(super::keys(&json!({ "actions": { "a": { "inputs": inputs.clone() } } })), ["K"], "{inputs}");
        }
    }

    #[test]
    fn at_every_depth() {
        let call = |key: &str| json!({ "inputs": { "host": { "connectionName": key } } });
        let inner = json!({ "actions": { "b": call("two") }, "else": { "actions": { "c": call("three") } } });
        let switch = json!({ "cases": { "x": { "actions": { "d": call("four") } } }, "default": { "actions": { "e": call("two") } } });
        let definition = json!({ "triggers": { "t": call("one") }, "actions": { "a": inner, "s": switch, "n": { "inputs": "connectionName" } } });
        assert_eq!(super::keys(&definition), ["one", "two", "three", "four", "two"]);
        assert_eq!(super::names(&definition["actions"]), ["a", "b", "c", "s", "d", "e", "n"]);
    }
}
