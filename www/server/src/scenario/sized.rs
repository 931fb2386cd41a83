//! `sized-N`: a flow of N operations, each with as many bytes of parameters as real ones have; `sized-N-B`: each of its references laden with B bytes of
//! swagger; `sized-N-B-saved`: the designer's store can't be read, so that what is saved is what is shown. Seeded: the same flow at each start.

use serde_json::{Value, json};

use super::definition::{Steps, builtin, call, condition, container};
use super::store::{MAKER, References, Store};
use crate::dice::Dice;
use crate::world::{ANA, BEN, Connection, GONE, SERVICE};

/// More than any flow has: the largest real one has 256 operations.
const MOST: usize = 20_000;

/// How many operations stand in a scope, the scope counted.
const IN_SCOPE: usize = 10;

/// What a scenario's name asks for.
pub(super) struct Size {
    /// How many operations.
    pub operations: usize,
    /// How many bytes of swagger in each reference.
    pub swagger: usize,
    /// Whether the designer's store can't be read.
    pub saved_only: bool,
}

/// The size that the scenario of this name has; none where it is another scenario's name.
pub(super) fn size(scenario: &str) -> Option<Size> {
    let mut parts = scenario.strip_prefix("sized-")?.split('-');
    let operations = parts.next()?.parse().ok().filter(|operations| (2..=MOST).contains(operations))?;
    let swagger = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    match (parts.next(), parts.next()) {
        (None, _) => Some(Size { operations, swagger, saved_only: false }),
        (Some("saved"), None) => Some(Size { operations, swagger, saved_only: true }),
        _ => None,
    }
}

pub(super) fn sized(operations: usize) -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let mut declared = |connector, person| (connector, references.embedded(connector, &store.connection(connector, person)));
    let own = [
        ("shared_sharepointonline", SERVICE),
        ("shared_office365", SERVICE),
        ("shared_teams", SERVICE),
        ("shared_office365", ANA),
        ("shared_sharepointonline", BEN),
    ]
    .map(|(connector, person)| declared(connector, person));
    let gone = store.add(Connection { visible: false, ..Connection::new("shared_planner", GONE) });
    let gone = ("shared_planner", references.embedded("shared_planner", &gone));
    let theirs = ("shared_approvals", references.declare("shared_approvals", None, "Invoker"));
    let mut dice = Dice::of(1, 0);
    let mut steps = Steps::new();
    let mut made = 1;
    while made < operations {
        let inner = (operations - made - 1).min(IN_SCOPE - 1);
        let mut within: Steps = (0..inner).map(|at| operation(made + 1 + at, &mut dice, &own, &gone, &theirs)).collect();
        let name = format!("Part_{}", steps.len() + 1);
        let part = match steps.len() % 3 {
            0 => container("Scope", within),
            1 => container("Foreach", within),
            _ => {
                let no = within.split_off(within.len() / 2);
                condition(within, no)
            }
        };
        steps.push((name, part));
        made += inner + 1;
    }
    let trigger = json!({ "type": "Recurrence", "recurrence": { "frequency": "Day", "interval": 1 } });
    store.flow("Made to measure", ("Recurrence", trigger), steps, &references, MAKER);
    super::small::others(&mut store);
    store
}

fn operation(
    number: usize,
    dice: &mut Dice,
    own: &[(&'static str, String)],
    gone: &(&'static str, String),
    theirs: &(&'static str, String),
) -> (String, Value) {
    let (connector, key) = match dice.below(20) {
        0..=3 => return (format!("Compose_{number}"), builtin("Compose")),
        4 => gone,
        5 => theirs,
        _ => own.get(dice.below(own.len())).unwrap_or(gone),
    };
    let (title, operation) = match *connector {
        "shared_office365" => ("Send_an_email_(V2)", "SendEmailV2"),
        "shared_teams" => ("Post_message_in_a_chat", "PostMessageToConversation"),
        "shared_planner" => ("Create_a_task", "CreateTask_V4"),
        "shared_approvals" => ("Start_an_approval", "StartAndWaitForAnApproval"),
        _ => ("Update_item", "PatchItem"),
    };
    let mut made = call(connector, operation, key);
    made["inputs"]["parameters"] = json!({
        "dataset": "https://contoso.sharepoint.com/sites/finance", "table": format!("{:08x}-{:04x}-4{:03x}-9{:03x}-{:012x}", dice.below(1 << 32), dice.below(1 << 16), dice.below(1 << 12), dice.below(1 << 12), dice.below(1 << 48)),
        "id": "@triggerOutputs()?['body/ID']", "emailMessage/Subject": format!("Invoice {} – «{}» approved", dice.below(100_000), words(dice, 3)),
        "emailMessage/Body": format!("<p class=\"editor-paragraph\">{}<br>\n@{{outputs('Compose')?['body/{}']}}</p>", words(dice, 24), words(dice, 1)),
        "item/Amount": dice.below(1_000_000), "item/IsOpen": dice.below(2) == 0,
    });
    made["metadata"] = json!({ "operationMetadataId": format!("{:08x}-0000-4000-8000-{:012x}", dice.below(1 << 32), number) });
    (format!("{title}_{number}"), made)
}

/// So many words, by lot.
fn words(dice: &mut Dice, count: usize) -> String {
    const WORDS: [&str; 12] = ["the", "invoice", "of", "month", "is", "ready", "für", "please", "look", "at", "amount", "supplier"];
    (0..count).map(|_| dice.one(&WORDS, "")).collect::<Vec<_>>().join(" ")
}
