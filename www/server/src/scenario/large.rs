//! 300 operations up to six deep: 41 on Ana's and Ben's connections, 6 on one that can't be seen, 13 on the run-only user's own.

use serde_json::json;

use super::definition::{Steps, builtin, call, condition, container, switch};
use super::store::{MAKER, References, Store};
use crate::world::{ANA, BEN, Connection, GONE, SERVICE};

/// Everything, the trigger counted.
const OPERATIONS: usize = 300;
const MISMATCHES: usize = 41;
const UNKNOWN: usize = 6;
const RUN_ONLY: usize = 13;

const REGIONS: [&str; 6] = ["North", "South", "East", "West", "Overseas", "Head_office"];
/// Scope, loop, condition, switch, scope, until.
const CONTAINERS: usize = 6;
/// Places for operations in a region: in each container, and in the other branches of condition and switch.
const PLACES: usize = 8;

pub(super) fn large() -> Store {
    let mut store = Store::default();
    let mut references = References::default();
    let service = ["shared_sharepointonline", "shared_office365", "shared_teams"]
        .map(|connector| (connector, references.embedded(connector, &store.connection(connector, SERVICE))));
    let ana = references.embedded("shared_office365", &store.connection("shared_office365", ANA));
    let ben = references.embedded("shared_sharepointonline", &store.connection("shared_sharepointonline", BEN));
    let gone = store.add(Connection { visible: false, ..Connection::new("shared_planner", GONE) });
    let gone = references.embedded("shared_planner", &gone);
    let theirs = references.declare("shared_approvals", None, "Invoker");

    let leaves = OPERATIONS - 1 - REGIONS.len() * CONTAINERS;
    let mut places: Vec<Steps> = vec![Steps::new(); REGIONS.len() * PLACES];
    let (mut mismatches, mut unknown, mut run_only, mut others) = (0, 0, 0, 0);
    for number in 0..leaves {
        let made = match () {
            () if number % 5 == 4 => (format!("Compose_{number}"), builtin("Compose")),
            () if number % 5 == 2 && mismatches < MISMATCHES => {
                mismatches += 1;
                if mismatches % 3 == 0 {
                    (format!("Update_item_{number}"), call("shared_sharepointonline", "PatchItem", &ben))
                } else {
                    (format!("Send_reminder_{number}"), call("shared_office365", "SendEmailV2", &ana))
                }
            }
            () if number % 35 == 8 && unknown < UNKNOWN => {
                unknown += 1;
                (format!("Create_a_task_{number}"), call("shared_planner", "CreateTask_V4", &gone))
            }
            () if number % 15 == 6 && run_only < RUN_ONLY => {
                run_only += 1;
                (format!("Create_an_approval_{number}"), call("shared_approvals", "CreateAnApproval", &theirs))
            }
            () => {
                others += 1;
                let (connector, key) = service.get(others % service.len()).map_or(("shared_teams", ""), |(connector, key)| (*connector, key.as_str()));
                (
                    format!("{}_{number}", ["Get_items", "Send_an_email", "Post_message"].get(others % service.len()).unwrap_or(&"Post_message")),
                    call(connector, "GetItems", key),
                )
            }
        };
        let at = number % places.len();
        if let Some(place) = places.get_mut(at) {
            place.push(made);
        }
    }
    debug_assert_eq!((mismatches, unknown, run_only), (MISMATCHES, UNKNOWN, RUN_ONLY));
    let mut places = places.into_iter();
    let steps = REGIONS.into_iter().map(|region| {
        let mut next = || places.next().unwrap_or_default();
        let (mut in_scope, mut in_loop, mut yes, no, mut in_case, default, mut in_inner, in_until) =
            (next(), next(), next(), next(), next(), next(), next(), next());
        in_inner.push((format!("Until_answered_{region}"), container("Until", in_until)));
        in_case.push((format!("Retry_{region}"), container("Scope", in_inner)));
        yes.push((format!("By_kind_{region}"), switch(&format!("Case_{region}"), in_case, default)));
        in_loop.push((format!("Is_open_{region}"), condition(yes, no)));
        in_scope.push((format!("Each_invoice_{region}"), container("Foreach", in_loop)));
        (region.to_owned(), container("Scope", in_scope))
    });
    let steps: Steps = steps.collect();
    store.flow(
        "Month-end close – all regions",
        ("Recurrence", json!({ "type": "Recurrence", "recurrence": { "frequency": "Month", "interval": 1 } })),
        steps,
        &references,
        MAKER,
    );
    super::small::others(&mut store);
    store
}
