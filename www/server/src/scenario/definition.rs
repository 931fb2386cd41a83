//! Operations in the shapes of a flow's definition.

use serde_json::{Map, Value, json};

/// Operations by name, one after the other.
pub(crate) type Steps = Vec<(String, Value)>;

/// An operation on a connector.
pub(crate) fn call(connector: &str, operation: &str, key: &str) -> Value {
    json!({ "type": "OpenApiConnection", "inputs": {
        "host": { "apiId": format!("/providers/Microsoft.PowerApps/apis/{connector}"), "connectionName": key, "operationId": operation },
        "parameters": {}, "authentication": "@parameters('$authentication')",
    } })
}

/// A trigger on a connector.
pub(crate) fn polling(connector: &str, operation: &str, key: &str) -> Value {
    let mut trigger = call(connector, operation, key);
    trigger["recurrence"] = json!({ "frequency": "Minute", "interval": 5 });
    trigger
}

/// An operation that needs no connection.
pub(crate) fn builtin(type_name: &str) -> Value {
    json!({ "type": type_name, "inputs": "@{utcNow()} connectionName is only a word here" })
}

/// Steps in their order: each runs after the one before.
pub(crate) fn chain(steps: Steps) -> Value {
    let mut before: Option<String> = None;
    let mut map = Map::new();
    for (name, mut step) in steps {
        step["runAfter"] = before.map_or_else(|| json!({}), |before| json!({ before: ["Succeeded"] }));
        before = Some(name.clone());
        map.insert(name, step);
    }
    Value::Object(map)
}

/// A container of one body: `Scope`, `Foreach`, `Until`.
pub(crate) fn container(type_name: &str, steps: Steps) -> Value {
    let mut made = json!({ "type": type_name, "actions": chain(steps) });
    match type_name {
        "Foreach" => made["foreach"] = json!("@triggerBody()?['value']"),
        "Until" => {
            made["expression"] = json!("@equals(1, 1)");
            made["limit"] = json!({ "count": 60, "timeout": "PT1H" });
        }
        _ => {}
    }
    made
}

/// A condition.
pub(crate) fn condition(yes: Steps, no: Steps) -> Value {
    json!({ "type": "If", "expression": { "and": [{ "equals": ["@outputs('Compose')", true] }] }, "actions": chain(yes), "else": { "actions": chain(no) } })
}

/// A switch with one case and a default.
pub(crate) fn switch(case: &str, steps: Steps, default: Steps) -> Value {
    json!({ "type": "Switch", "expression": "@string(1)", "cases": { case: { "case": "1", "actions": chain(steps) } }, "default": { "actions": chain(default) } })
}
