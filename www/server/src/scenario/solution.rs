//! A flow in a solution: its references are rows in Dataverse, with owners that needn't be their connections' owners.

use serde_json::json;

use super::definition::{builtin, call, condition, polling};
use super::store::{MAKER, References, Store};
use crate::world::{ANA, BEN, SERVICE};

/// `is_named`: whether `connectionName` repeats the logical name, as was seen in a request for a new flow (2026); else it is null.
pub(super) fn solution(is_named: bool) -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let rows = references.logical("shared_commondataserviceforapps", "contoso_dataverse_1f2e3");
    let mail = references.logical("shared_office365", "contoso_outlook_9a8b7");
    let chat = references.logical("shared_teams", "contoso_teams_55d01");
    let tasks = references.logical("shared_planner", "contoso_planner_0c4e2");
    if is_named {
        references.name_by_logical_names();
    }
    let dataverse = store.connection("shared_commondataserviceforapps", SERVICE);
    let outlook = store.connection("shared_office365", ANA);
    let teams = store.connection("shared_teams", BEN);
    // Whose row it is and whose connection it points to: as intended, mixed both ways, and nothing chosen yet.
    store.reference("shared_commondataserviceforapps", "contoso_dataverse_1f2e3", SERVICE, Some(dataverse));
    store.reference("shared_office365", "contoso_outlook_9a8b7", SERVICE, Some(outlook));
    store.reference("shared_teams", "contoso_teams_55d01", ANA, Some(teams));
    store.reference("shared_planner", "contoso_planner_0c4e2", ANA, None);
    // A choice for each, so that the references can be pointed elsewhere.
    for connector in ["shared_office365", "shared_teams", "shared_planner"] {
        store.connection(connector, SERVICE);
    }
    let yes = vec![("Send_an_email_(V2)".to_owned(), call("shared_office365", "SendEmailV2", &mail))];
    let no = vec![("Post_message".to_owned(), call("shared_teams", "PostMessageToConversation", &chat))];
    let steps = vec![
        ("List_rows".to_owned(), call("shared_commondataserviceforapps", "ListRecords", &rows)),
        ("Is_urgent".to_owned(), condition(yes, no)),
        ("Create_a_task".to_owned(), call("shared_planner", "CreateTask_V4", &tasks)),
        ("Compose".to_owned(), builtin("Compose")),
        (
            "Run_a_child_flow".to_owned(),
            json!({ "type": "Workflow", "inputs": { "host": { "workflowReferenceName": "11111111-2222-4333-8444-555555555555" }, "body": {} } }),
        ),
    ];
    let trigger = polling("shared_commondataserviceforapps", "SubscribeWebhookTrigger", &rows);
    store.flow("Case escalation", ("When_a_row_is_added", trigger), steps, &references, MAKER);
    store.join_solution();
    super::small::others(&mut store);
    store
}
