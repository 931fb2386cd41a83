//! A reduced flow is judged as the whole one: nothing that the judge looks at gets lost.

use connection_lens::audit::{Intent, Known, Verdict, judge};
use connection_lens::model::{AccountPattern, Connection, Flow};
use connection_lens::protocol::SweepEvent;
use connection_lens::read;
use connection_lens::sweep::{Sight, Sweep};
use proptest::prelude::*;
use serde_json::json;

use super::service::{ANA_ID, ENVIRONMENT, TENANT, id};

/// An operation: its type, the key it names, and whether it asks for the run-only user's sign-in.
type Operation = (&'static str, Option<u8>, bool);
/// A reference: its key, its connection, whether it is run-only, whether it is an installed one.
type Reference = (u8, Option<u8>, bool, bool);

fn body(operations: &[Operation], references: &[Reference]) -> String {
    let host = |key: &Option<u8>| key.map_or(json!({}), |key| json!({"connectionName": format!("key_{key}")}));
    let actions: serde_json::Map<_, _> = operations
        .iter()
        .enumerate()
        .map(|(index, (kind, key, invoker))| {
            let authentication = if *invoker {
                json!({"type": "Raw", "value": "@json(decodeBase64(triggerOutputs().headers['X-MS-APIM-Tokens']))['$ConnectionKey']"})
            } else {
                json!("@parameters('$authentication')")
            };
            (format!("Step_{index}"), json!({"type": kind, "inputs": {"host": host(key), "authentication": authentication}}))
        })
        .collect();
    let declared = |installed: bool| -> serde_json::Map<_, _> {
        let one = |(key, connection, run_only, _): &Reference| {
            (
                format!("key_{key}"),
                json!({"connectionName": connection.map(|c| format!("connection-{c}")), "source": if *run_only { "Invoker" } else { "Embedded" }, "id": format!("/providers/Microsoft.PowerApps/apis/shared_{}", key % 2)}),
            )
        };
        references.iter().filter(|reference| reference.3 == installed).map(one).collect()
    };
    json!({"name": id(0), "properties": {"displayName": "Any", "definition": {"triggers": {"manual": {"type": "Request"}}, "actions": actions}, "connectionReferences": declared(false), "installedConnectionReferences": declared(true)}}).to_string()
}

fn connections() -> serde_json::Value {
    let people = ["ana@contoso.com", "svc@contoso.com", "MSFT Dynamics"];
    let row = |index: usize| json!({"name": format!("connection-{index}"), "id": format!("/x/apis/shared_{}/connections/connection-{index}", index % 2), "properties": {"apiId": format!("/x/apis/shared_{}", index % 2), "accountName": people[index % 3], "createdBy": {"email": people[(index + 1) % 2]}, "statuses": [{"status": if index == 3 { "Error" } else { "Connected" }}]}});
    json!({"value": (0..4).map(row).collect::<Vec<_>>()})
}

/// The sweep of one flow.
fn swept(body: &str) -> Sweep {
    let mut sweep = Sweep::default();
    let mut answers =
        vec![json!({"value": [{"name": id(0), "properties": {}}]}).to_string(), json!({"value": []}).to_string(), body.to_owned(), connections().to_string()]
            .into_iter();
    let mut outcome = sweep.feed(
        "k",
        &SweepEvent::Start { environment: ENVIRONMENT.into(), host: "make.powerautomate.com".into(), account: ANA_ID.into(), tenant: TENANT.into(), at: 1.0 },
        Some("d"),
        b"",
    );
    for _ in 0..8 {
        let Some(ask) = outcome.asks.first().cloned() else {
            outcome = sweep.feed("k", &SweepEvent::Go { at: 2.0 }, Some("d"), b"");
            continue;
        };
        let text = if ask.what == connection_lens::protocol::Asked::Connections { connections().to_string() } else { answers.next().unwrap_or_default() };
        let number = ask.number.expect("a number");
        outcome = sweep.feed("k", &SweepEvent::Swept { number, status: 200, at: 3.0, retry_after: None, more: false, cut: false }, Some("d"), text.as_bytes());
    }
    sweep
}

fn operation() -> impl Strategy<Value = Operation> {
    (prop::sample::select(vec!["OpenApiConnection", "ApiConnection", "Compose", "Http"]), prop::option::of(0_u8..5), any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_reduced_flow_is_judged_as_the_whole(
        operations in prop::collection::vec(operation(), 0..12),
        references in prop::collection::vec((0_u8..5, prop::option::of(0_u8..6), any::<bool>(), any::<bool>()), 0..6),
        whom in prop::sample::select(vec!["svc@contoso.com", "ana@contoso.com", "nobody@contoso.com"]),
    ) {
        let text = body(&operations, &references);
        let flow: Flow = read::flow(text.as_bytes()).expect("a flow").found;
        let list: Vec<Connection> = read::connections(connections().to_string().as_bytes()).expect("a list").found.list;
        let intent = Intent::of_all(vec![AccountPattern::new(whom).expect("a pattern")], false);
        let audit = judge(&Known { saved: Some(&flow), connections: &list, connections_read: true, ..Known::default() }, &intent);
        let sweep = swept(&text);
        prop_assert!(sweep.entries()[0].is_done(), "{:?}", sweep);
        let sight = Sight::new(&sweep, &|_| intent.clone());
        let count = |wanted: &dyn Fn(&Verdict) -> bool| sight.flows[0].used.iter().filter(|used| used.operations > 0 && wanted(&used.verdict)).map(|used| used.operations).sum::<usize>();
        prop_assert_eq!(count(&|verdict| matches!(verdict, Verdict::Mismatch { .. })), audit.counts.mismatch);
        prop_assert_eq!(count(&|verdict| *verdict == Verdict::AsIntended), audit.counts.as_intended);
        prop_assert_eq!(count(&|verdict| matches!(verdict, Verdict::Unknown { .. })), audit.counts.unknown);
        prop_assert_eq!(count(&|verdict| *verdict == Verdict::RunOnly), audit.counts.run_only);
        prop_assert_eq!(sight.flows[0].used.iter().filter(|used| used.operations == 0).count(), audit.leftovers.len());
        prop_assert_eq!(sight.flows[0].removable, audit.counts.leftovers > 0);
    }
}
