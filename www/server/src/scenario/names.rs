//! Names of every kind: people do call their actions so, and some would call them worse.

use serde_json::json;

use super::definition::{Steps, builtin, call, container};
use super::store::{MAKER, References, Store};
use crate::world::{ANA, BEN, Connection, SERVICE};

const NAMES: [&str; 14] = [
    "Say_\"hello\"",
    "It's_here",
    "List[0]_!_@_*_=_|_:_,",
    "Überprüfung_–_E-Mail_senden",
    "メールを送信",
    "שליחת_דואר",
    "إرسال_بريد",
    "🙂_Smile_👩‍💻",
    "<img_src=x_onerror=alert(1)>",
    "\"]{}_*{display:none}_[x=\"",
    "__proto__",
    "constructor",
    "A_very_long_name_that_goes_on_and_on_because_somebody_wrote_the_whole_specification_into_the_title_of_the_action_and_never_came_back_to_it",
    "\\_back\\slash",
];

pub(super) fn names() -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let ana = references.embedded("shared_office365", &store.connection("shared_office365", ANA));
    let service = references.embedded("shared_sharepointonline", &store.connection("shared_sharepointonline", SERVICE));
    let labelled = store.add(Connection { label: Some("<b>sql.contoso.com</b> \" onmouseover=alert(1)"), ..Connection::new("shared_sql", BEN) });
    let database = references.embedded("shared_sql", &labelled);
    let theirs = references.declare("shared_approvals", None, "Invoker");
    let mut steps: Steps = NAMES
        .into_iter()
        .enumerate()
        .map(|(at, name)| {
            let made = match at % 3 {
                0 => call("shared_office365", "SendEmailV2", &ana),
                1 => call("shared_sharepointonline", "GetItems", &service),
                _ => call("shared_sql", "GetRows", &database),
            };
            (name.to_owned(), made)
        })
        .collect();
    steps.push(("Ask_whoever_runs_it".to_owned(), call("shared_approvals", "CreateAnApproval", &theirs)));
    steps.push((
        "Run_a_child_flow".to_owned(),
        json!({ "type": "Workflow", "inputs": { "host": { "workflowReferenceName": "11111111-2222-4333-8444-555555555555" }, "body": {} } }),
    ));
    steps.push(("HTTP".to_owned(), builtin("Http")));
    steps.push((
        "Scope_of_\"quotes\"".to_owned(),
        container("Scope", vec![("Inner_<script>alert(2)</script>".to_owned(), call("shared_office365", "SendEmailV2", &ana))]),
    ));
    store.flow(
        "Names: \"quotes\" & <b>markup</b> – שמות 🙂",
        ("manual", json!({ "type": "Request", "kind": "Button", "inputs": {} })),
        steps,
        &references,
        MAKER,
    );
    super::small::others(&mut store);
    store
}
