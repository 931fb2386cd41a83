//! A planted flow, in the shape of the service's answer.

use serde_json::{Value, json};

use super::planted::{Held, Listed, Planted};
use crate::dice::Dice;
use crate::scenario::{References, Steps, answer, builtin, call, condition, container, join_solution, polling};
use crate::world::{ANA, BEN};

/// What operations of the connectors are called, and their ids.
const OPERATIONS: [(&str, &str, &str); 9] = [
    ("shared_sharepointonline", "Get_items", "GetItems"),
    ("shared_office365", "Send_an_email_(V2)", "SendEmailV2"),
    ("shared_teams", "Post_message_in_a_chat", "PostMessageToConversation"),
    ("shared_planner", "Create_a_task", "CreateTask_V4"),
    ("shared_office365users", "Get_manager_(V2)", "UserManager_V2"),
    ("shared_approvals", "Start_an_approval", "StartAndWaitForAnApproval"),
    ("shared_excelonlinebusiness", "Add_a_row_into_a_table", "AddRowV2"),
    ("shared_onedriveforbusiness", "Create_file", "CreateFile"),
    ("shared_commondataserviceforapps", "List_rows", "ListRecords"),
];

/// The flow; `logical_name` tells what a solution calls its reference to a connection.
pub(super) fn flow(planted: &Planted, mut dice: Dice, logical_name: impl Fn(&str) -> String) -> Value {
    let modified = modified(&mut dice);
    let mut references = References::default();
    for held in &planted.holds {
        let (connection, source) = if held.connection.is_empty() { (None, "Invoker") } else { (Some(held.connection.as_str()), "Embedded") };
        let key = references.declare(held.connector, connection.filter(|_| held.is_told), source);
        if planted.row.is_some() {
            references.call(&key, &logical_name(&held.connection));
        }
    }
    let mut leaves: Steps = planted.holds.iter().flat_map(|held| (0..held.operations).map(|at| operation(held, at))).collect();
    dice.shuffle(&mut leaves);
    let trigger = match leaves.first() {
        Some((_, first)) if dice.is_among(50) => {
            let inputs = first["inputs"]["host"].clone();
            let text = |name: &str| inputs[name].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
            let trigger = polling(&text("apiId"), "OnNewItems", &text("connectionName"));
            leaves.remove(0);
            ("When_something_is_new", trigger)
        }
        _ => ("Recurrence", json!({ "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } })),
    };
    leaves.extend((0..planted.built_in).map(|number| (format!("Compose_{}", number + 1), builtin("Compose"))));
    dice.shuffle(&mut leaves);
    framed(planted, &modified, trigger, nested(leaves, &mut dice), &references)
}

/// The flow without what is in it: all that a list tells.
pub(super) fn row(planted: &Planted, mut dice: Dice) -> Value {
    framed(planted, &modified(&mut dice), ("", Value::Null), Steps::new(), &References::default())
}

fn modified(dice: &mut Dice) -> String {
    let (month, day, hour, minute) = (1 + dice.below(11), 1 + dice.below(28), 6 + dice.below(12), dice.below(60));
    format!("2026-{month:02}-{day:02}T{hour:02}:{minute:02}:00Z")
}

fn framed(planted: &Planted, modified: &str, trigger: (&str, Value), steps: Steps, references: &References) -> Value {
    let maker = if planted.listed == Listed::WithMe { BEN } else { ANA };
    let mut flow = answer(&planted.id, &planted.name, trigger, steps, references, maker.id);
    flow["properties"]["state"] = json!(planted.state);
    flow["properties"]["lastModifiedTime"] = json!(modified);
    if let Some(row) = &planted.row {
        join_solution(&mut flow, row);
    }
    flow
}

fn operation(held: &Held, at: usize) -> (String, Value) {
    let (_, title, id) = OPERATIONS.into_iter().find(|(connector, ..)| *connector == held.connector).unwrap_or(("", "Do", "Do"));
    let number = held.key.rsplit('_').next().filter(|end| end.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("0");
    let mut made = call(held.connector, id, &held.key);
    made["inputs"]["parameters"] = json!({
        "dataset": "https://contoso.sharepoint.com/sites/facilities", "table": "4f1c9d5e-6a7b-4c8d-9e0f-1a2b3c4d5e6f", "id": "@triggerOutputs()?['body/ID']",
        "emailMessage/Body": "<p class=\"editor-paragraph\">Please look at the amount.<br>\n@{outputs('Compose_1')?['body/Amount']}</p>",
    });
    (format!("{title}_{number}_{at}"), made)
}

/// Some of the steps stand in scopes, loops and conditions.
fn nested(steps: Steps, dice: &mut Dice) -> Steps {
    let mut made = Steps::new();
    let mut rest = steps.into_iter().peekable();
    while rest.peek().is_some() {
        let mut part: Steps = rest.by_ref().take(1 + dice.below(5)).collect();
        let name = format!("Part_{}", made.len() + 1);
        match dice.below(5) {
            0 => made.push((name, container("Scope", part))),
            1 => made.push((name, container("Foreach", part))),
            2 => {
                let no = part.split_off(part.len() / 2);
                made.push((name, condition(part, no)));
            }
            _ => made.extend(part),
        }
    }
    made
}
