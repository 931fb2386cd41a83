//! Which reference keys the operations of a flow name.

use serde_json::Value;

/// The keys, each as often as it is named.
pub(crate) fn keys(definition: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for operations in [&definition["triggers"], &definition["actions"]] {
        walk(operations, &mut found);
    }
    found
}

fn walk(operations: &Value, found: &mut Vec<String>) {
    for operation in operations.as_object().into_iter().flat_map(serde_json::Map::values) {
        let host = &operation["inputs"]["host"];
        found.extend(host["connectionName"].as_str().map(str::to_owned));
        walk(&operation["actions"], found);
        walk(&operation["else"]["actions"], found);
        for case in operation["cases"].as_object().into_iter().flat_map(serde_json::Map::values) {
            walk(&case["actions"], found);
        }
        walk(&operation["default"]["actions"], found);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn keys_at_every_depth() {
        let call = |key: &str| json!({ "inputs": { "host": { "connectionName": key } } });
        let inner = json!({ "actions": { "b": call("two") }, "else": { "actions": { "c": call("three") } } });
        let switch = json!({ "cases": { "x": { "actions": { "d": call("four") } } }, "default": { "actions": { "e": call("two") } } });
        let definition = json!({ "triggers": { "t": call("one") }, "actions": { "a": inner, "s": switch, "n": { "inputs": "connectionName" } } });
        assert_eq!(super::keys(&definition), ["one", "two", "three", "four", "two"]);
    }
}
