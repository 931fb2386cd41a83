//! Whatever comes in, readers and session stay on their feet.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use connection_lens::protocol::Event;
use connection_lens::session::{Kept, Session};
use connection_lens::{portal, read};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Any JSON, with the words that readers look for among its keys.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        words().prop_map(Value::from)
    ];
    leaf.prop_recursive(6, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::vec((prop_oneof![words(), "\\PC{0,6}".prop_map(String::from)], inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "properties",
        "definition",
        "triggers",
        "actions",
        "else",
        "cases",
        "default",
        "tools",
        "type",
        "inputs",
        "host",
        "connection",
        "connectionName",
        "name",
        "id",
        "connectionReferences",
        "installedConnectionReferences",
        "connectionsMapping",
        "connections",
        "workflow",
        "nodesMetadata",
        "graphId",
        "parentNodeId",
        "operations",
        "operationInfo",
        "value",
        "createdBy",
        "statuses",
        "clientdata",
        "OpenApiConnection",
        "root",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = (read::flow(&bytes), read::connections(&bytes), read::designer(&bytes), read::people(&bytes), read::refusal(&bytes));
    }

    #[test]
    fn any_json(value in json()) {
        let bytes = value.to_string().into_bytes();
        let _ = (read::connections(&bytes), read::designer(&bytes), read::people(&bytes), read::refusal(&bytes));
        if let Ok(reading) = read::flow(&bytes) {
            let document = read::document(&reading);
            let declared: Vec<&str> = reading.found.references.iter().map(|reference| reference.key.as_str()).collect();
            for key in document["leftover"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                prop_assert!(declared.contains(&key));
                prop_assert!(reading.found.operations.iter().all(|operation| operation.reference.as_deref() != Some(key)));
            }
            for row in document["dangling"].as_array().into_iter().flatten() {
                prop_assert!(!declared.contains(&row["reference"].as_str().unwrap_or_default()));
            }
        }
    }

    #[test]
    fn any_address(address in "(https://)?[a-z.]{0,30}(/\\PC{0,20}){0,6}") {
        let _ = (portal::place(&address), portal::request("GET", &address));
        prop_assert!(!portal::template(&address).contains('@'));
    }

    #[test]
    fn no_id_survives_in_evidence(id in "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", mail in "[a-z]{2,8}@[a-z]{2,8}\\.com") {
        let address = format!("https://{}.environment.api.powerplatform.com/powerautomate/flows/{id}/{mail}/{}?x={id}", id.replace('-', ""), id.replace('-', ""));
        let shown = portal::template(&address);
        prop_assert!(!shown.contains(&id) && !shown.contains(&id.replace('-', "")) && !shown.contains(&mail), "{shown}");
    }

    #[test]
    fn any_answer_at_any_time(bodies in prop::collection::vec((json(), 0_u8..4, 200_u16..600), 1..6)) {
        let mut session = Session::default();
        let mut kept = Kept::default();
        let host = "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com";
        let flow = "aaaaaaaa-0000-4000-8000-000000000001";
        session.feed(&Event::Shown { address: format!("https://make.powerautomate.com/environments/Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9/flows/{flow}"), at: 0.0 }, b"", &mut kept);
        for (body, kind, status) in bodies {
            let path = ["", "/connections", "/permissions", "/unheardOf"][usize::from(kind)];
            let event = if kind == 3 && status % 2 == 0 {
                Event::Designer { address: format!("https://make.powerautomate.com/environments/Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9/flows/{flow}"), at: 1.0 }
            } else {
                Event::Captured { method: "GET".into(), address: format!("https://{host}/powerautomate/flows/{flow}{path}"), status, at: 1.0, asked: false, retry_after: None }
            };
            let outcome = session.feed(&event, body.to_string().as_bytes(), &mut kept);
            prop_assert!(outcome.asks.len() <= 2);
            prop_assert_eq!(Session::restored(&session.stored()), Some(session.clone()));
        }
    }
}
