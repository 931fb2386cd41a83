//! The everyday scenarios.

use serde_json::json;

use super::definition::{Steps, builtin, call, condition, polling};
use super::store::{MAKER, References, Store};
use crate::world::{ANA, BEN, Connection, GONE, Person, SERVICE};

fn step(name: &str, value: serde_json::Value) -> (String, serde_json::Value) {
    (name.to_owned(), value)
}

/// The keys that an approval flow runs on.
struct Keys {
    trigger: String,
    list: String,
    people: String,
    approvals: String,
    mail_yes: String,
    mail_no: String,
    chat: String,
    files: String,
    table: String,
    tasks: String,
}

/// 12 operations with a connection and 5 without.
fn approval(keys: &Keys) -> ((&'static str, serde_json::Value), Steps) {
    let trigger = ("When_an_item_is_created", polling("shared_sharepointonline", "GetOnNewItems", &keys.trigger));
    let yes = vec![
        step("Send_an_email_(V2)", call("shared_office365", "SendEmailV2", &keys.mail_yes)),
        step("Update_item", call("shared_sharepointonline", "PatchItem", &keys.list)),
        step("Create_file", call("shared_onedriveforbusiness", "CreateFile", &keys.files)),
    ];
    let no = vec![
        step("Send_an_email_from_\"Ana\"", call("shared_office365", "SendEmailV2", &keys.mail_no)),
        step("Post_message", call("shared_teams", "PostMessageToConversation", &keys.chat)),
        step("Update_item_2", call("shared_sharepointonline", "PatchItem", &keys.list)),
    ];
    let steps = vec![
        step("Initialize_variable", builtin("InitializeVariable")),
        step("Get_manager_(V2)", call("shared_office365users", "UserManager_V2", &keys.people)),
        step("Start_and_wait_for_an_approval", call("shared_approvals", "StartAndWaitForAnApproval", &keys.approvals)),
        step("Compose", builtin("Compose")),
        step("Approved", condition(yes, no)),
        step("Delay", builtin("Wait")),
        step("Get_items", call("shared_sharepointonline", "GetItems", &keys.list)),
        step("Add_a_row_into_a_table", call("shared_excelonlinebusiness", "AddRowV2", &keys.table)),
        step("Create_a_task", call("shared_planner", "CreateTask_V4", &keys.tasks)),
        step("Compose_summary", builtin("Compose")),
    ];
    (trigger, steps)
}

/// All keys on one person's connections.
fn keys_of(store: &mut Store, references: &mut References, person: Person) -> Keys {
    let mut key = |connector: &'static str| {
        let connection = store.connection(connector, person);
        references.embedded(connector, &connection)
    };
    let list = key("shared_sharepointonline");
    let mail = key("shared_office365");
    Keys {
        trigger: list.clone(),
        list,
        people: key("shared_office365users"),
        approvals: key("shared_approvals"),
        mail_yes: mail.clone(),
        mail_no: mail,
        chat: key("shared_teams"),
        files: key("shared_onedriveforbusiness"),
        table: key("shared_excelonlinebusiness"),
        tasks: key("shared_planner"),
    }
}

/// A second and a third flow, to go to and fro between.
pub(super) fn others(store: &mut Store) {
    let mut references = References::default();
    let mail = references.embedded("shared_office365", &store.connection("shared_office365", SERVICE));
    let users = references.embedded("shared_office365users", &store.connection("shared_office365users", SERVICE));
    let steps = vec![
        step("Get_user_profile_(V2)", call("shared_office365users", "UserProfile_V2", &users)),
        step("Welcome_mail", call("shared_office365", "SendEmailV2", &mail)),
        step("Compose_greeting", builtin("Compose")),
        step("Mail_to_manager", call("shared_office365", "SendEmailV2", &mail)),
    ];
    store.flow("New starter – accounts", ("manual", json!({ "type": "Request", "kind": "Button", "inputs": {} })), steps, &references, MAKER);
    let mut references = References::default();
    let list = references.embedded("shared_sharepointonline", &store.connection("shared_sharepointonline", BEN));
    let steps = vec![step("Get_all_items", call("shared_sharepointonline", "GetItems", &list)), step("Count_items", builtin("Compose"))];
    store.flow(
        "Weekly count",
        ("Recurrence", json!({ "type": "Recurrence", "recurrence": { "frequency": "Week", "interval": 1 } })),
        steps,
        &references,
        BEN.id,
    );
}

/// The same account many times over: what people find in the designer's list.
fn a_dozen(store: &mut Store) {
    for _ in 0..12 {
        store.connection("shared_office365", ANA);
    }
}

pub(super) fn half() -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let old_list = store.add(Connection { works: false, ..Connection::new("shared_sharepointonline", BEN) });
    let trigger = references.embedded("shared_sharepointonline", &old_list);
    let shared_mail = store.add(Connection { owner: BEN, ..Connection::new("shared_office365", ANA) });
    let mail_yes = references.embedded("shared_office365", &shared_mail);
    let own_mail = store.connection("shared_office365", ANA);
    let mail_no = references.embedded("shared_office365", &own_mail);
    let mut service = References::default();
    let handed_over = keys_of(&mut store, &mut service, SERVICE);
    let mut moved = |connector: &str, key: &str| references.declare(connector, service.connection(key).as_deref(), "Embedded");
    let keys = Keys {
        trigger,
        list: moved("shared_sharepointonline", &handed_over.list),
        people: moved("shared_office365users", &handed_over.people),
        approvals: moved("shared_approvals", &handed_over.approvals),
        mail_yes,
        mail_no,
        chat: moved("shared_teams", &handed_over.chat),
        files: moved("shared_onedriveforbusiness", &handed_over.files),
        table: moved("shared_excelonlinebusiness", &handed_over.table),
        tasks: moved("shared_planner", &handed_over.tasks),
    };
    // Nothing uses these any more.
    references.embedded("shared_sharepointonline", &store.connection("shared_sharepointonline", ANA));
    references.embedded("shared_office365", &store.connection("shared_office365", ANA));
    a_dozen(&mut store);
    let (first, steps) = approval(&keys);
    store.flow("Invoice approval – Facilities", first, steps, &references, MAKER);
    others(&mut store);
    store
}

pub(super) fn maker() -> Store {
    one_person(ANA)
}

pub(super) fn done() -> Store {
    one_person(SERVICE)
}

fn one_person(person: Person) -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let keys = keys_of(&mut store, &mut references, person);
    a_dozen(&mut store);
    let (first, steps) = approval(&keys);
    store.flow("Invoice approval – Facilities", first, steps, &references, MAKER);
    others(&mut store);
    store
}

pub(super) fn leaver() -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let hidden = |store: &mut Store, connector| store.add(Connection { visible: false, ..Connection::new(connector, GONE) });
    let mail = references.embedded("shared_office365", &hidden(&mut store, "shared_office365"));
    let list = references.embedded("shared_sharepointonline", &hidden(&mut store, "shared_sharepointonline"));
    let chat = references.embedded("shared_teams", &store.connection("shared_teams", ANA));
    let tasks = references.embedded("shared_planner", &store.connection("shared_planner", SERVICE));
    let steps = vec![
        step("Get_items", call("shared_sharepointonline", "GetItems", &list)),
        step("Send_reminder", call("shared_office365", "SendEmailV2", &mail)),
        step("Post_message", call("shared_teams", "PostMessageToConversation", &chat)),
        step("Create_a_task", call("shared_planner", "CreateTask_V4", &tasks)),
        step("Send_summary", call("shared_office365", "SendEmailV2", &mail)),
    ];
    store.flow("Contract reminders", ("When_an_item_is_created", polling("shared_sharepointonline", "GetOnNewItems", &list)), steps, &references, GONE.id);
    others(&mut store);
    store
}

pub(super) fn empty() -> Store {
    let mut store = Store::default();
    let steps = vec![step("Compose", builtin("Compose")), step("Delay", builtin("Wait")), step("Compose_2", builtin("Compose"))];
    store.flow(
        "Only built-ins",
        ("Recurrence", json!({ "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } })),
        steps,
        &References::default(),
        MAKER,
    );
    others(&mut store);
    store
}

/// Two titles that look the same, and what stands behind them differs: only the keys tell them apart.
pub(super) fn repeats() -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let ana = references.embedded("shared_office365", &store.connection("shared_office365", ANA));
    let service = references.embedded("shared_office365", &store.connection("shared_office365", SERVICE));
    let list = references.embedded("shared_sharepointonline", &store.connection("shared_sharepointonline", SERVICE));
    let mail = |key: &str| call("shared_office365", "SendEmailV2", key);
    let yes = vec![step("Send_an_email", mail(&service)), step("Update_item", call("shared_sharepointonline", "PatchItem", &list))];
    let no = vec![step("Send an email", mail(&ana)), step("Update item", call("shared_sharepointonline", "PatchItem", &list))];
    let steps =
        vec![step("Get_items", call("shared_sharepointonline", "GetItems", &list)), step("Condition", condition(yes, no)), step("Send_an_email_2", mail(&ana))];
    store.flow(
        "Titles that repeat",
        ("Recurrence", json!({ "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } })),
        steps,
        &references,
        MAKER,
    );
    others(&mut store);
    store
}
