//! A flow in the shape of the service's answer.

use serde_json::{Value, json};

use super::definition::{Steps, chain};
use super::store::References;
use crate::place::SOLUTION;
use crate::world::{TENANT, guid};

/// The flow, its trigger and its steps one after the other.
pub(crate) fn answer(id: &str, name: &str, (trigger, first): (&str, Value), steps: Steps, references: &References, creator: &str) -> Value {
    json!({
        "name": id, "id": format!("/providers/Microsoft.ProcessSimple/environments/Default-{TENANT}/flows/{id}"), "type": "Microsoft.ProcessSimple/environments/flows",
        "properties": {
            "apiId": "/providers/Microsoft.PowerApps/apis/shared_logicflows", "displayName": name, "state": "Started", "userType": "Owner",
            "definition": {
                "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#", "contentVersion": "1.0.0.0",
                "parameters": { "$connections": { "defaultValue": {}, "type": "Object" }, "$authentication": { "defaultValue": {}, "type": "SecureObject" } },
                "triggers": { trigger: first }, "actions": chain(steps),
            },
            "connectionReferences": references.json(),
            "environment": { "name": format!("Default-{TENANT}"), "type": "Microsoft.ProcessSimple/environments" },
            "creator": { "tenantId": TENANT, "objectId": creator, "userId": creator, "userType": "ActiveDirectory" },
            "createdTime": "2026-02-11T08:00:00Z", "lastModifiedTime": "2026-11-20T14:02:51Z",
        },
    })
}

/// Puts a flow into the solution: Dataverse holds a row of it then.
pub(crate) fn join_solution(flow: &mut Value, row: &str) {
    flow["properties"]["workflowEntityId"] = json!(row);
    flow["properties"]["workflowUniqueId"] = json!(guid(&row));
    flow["properties"]["solutionId"] = json!(SOLUTION);
    flow["properties"]["isManaged"] = json!(false);
}
