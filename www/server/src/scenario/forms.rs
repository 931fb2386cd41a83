//! Every way in which an operation names its reference, as files and services hold them.

use serde_json::{Value, json};

use super::definition::{Steps, call, container};
use super::store::{MAKER, References, Store};
use crate::world::{ANA, SERVICE};

/// An operation of an older type, with its connection in the given shape.
fn older(type_name: &str, connection: &Value) -> Value {
    json!({ "type": type_name, "inputs": { "host": { "api": { "runtimeUrl": "https://europe-001.azure-apim.net/apim/office365" }, "connection": connection }, "method": "post", "path": "/v2/Mail" } })
}

pub(super) fn forms() -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let list = references.embedded("shared_sharepointonline", &store.connection("shared_sharepointonline", SERVICE));
    let service = references.embedded("shared_office365", &store.connection("shared_office365", SERVICE));
    let ana = references.embedded("shared_office365", &store.connection("shared_office365", ANA));
    let theirs = references.declare("shared_office365users", None, "Invoker");
    let parameters = json!({ "name": format!("@parameters('$connections')['{ana}']['connectionId']") });
    let tokens = json!({ "name": format!("@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$connections']['{theirs}']['connectionId']") });
    let mut by_reference_name = call("shared_office365", "SendEmailV2", &service);
    by_reference_name["inputs"]["host"] =
        json!({ "apiId": "/providers/Microsoft.PowerApps/apis/shared_office365", "connectionReferenceName": service, "operationId": "SendEmailV2" });
    let mut by_case = call("shared_office365", "SendEmailV2", &ana);
    by_case["type"] = json!("openapiconnection");
    by_case["inputs"]["host"]["apiId"] = json!("/providers/Microsoft.PowerApps/apis/shared_Office365");
    let mut webhook = call("shared_sharepointonline", "GetOnNewFileItems", &list);
    webhook["type"] = json!("OpenApiConnectionWebhook");
    // An ordinary parameter that only sounds like it, and a whole other flow as data.
    let mut data = call("shared_sharepointonline", "PostItem", &list);
    let other = json!({ "properties": { "connectionReferences": { "shared_teams": {} }, "definition": { "actions": { "x": call("shared_teams", "Post", "shared_teams") } } } });
    data["inputs"]["parameters"] = json!({ "connectionName": "shared_planner", "item": other });
    let inner: Steps = vec![
        ("Key_as_a_string".to_owned(), older("ApiConnection", &json!(ana))),
        ("Key_by_referenceName".to_owned(), older("ApiConnectionNotification", &json!({ "referenceName": service }))),
    ];
    let steps = vec![
        ("Key_by_connectionReferenceName".to_owned(), by_reference_name),
        ("Type_and_connector_in_other_case".to_owned(), by_case),
        ("Key_in_an_expression".to_owned(), older("ApiConnection", &parameters)),
        ("Key_behind_the_token".to_owned(), older("ApiConnectionWebhook", &tokens)),
        ("Webhook".to_owned(), webhook),
        ("Another_flow_as_data".to_owned(), data),
        ("Older_types".to_owned(), container("Scope", inner)),
        (
            "Agent".to_owned(),
            json!({ "type": "Agent", "inputs": { "modelConfigurations": { "model1": { "referenceName": service, "type": "AzureOpenAI" } } } }),
        ),
        ("Server_of_tools".to_owned(), json!({ "type": "McpClientTool", "inputs": { "connectionReference": { "connectionName": ana } } })),
    ];
    let trigger = json!({ "type": "Request", "kind": "ApiConnection", "inputs": { "host": { "connection": { "name": format!("@parameters('$connections')['{list}']['connectionId']") } } } });
    store.flow("Every way to name a connection", ("For_a_selected_item", trigger), steps, &references, MAKER);
    super::small::others(&mut store);
    store
}
