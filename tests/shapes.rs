//! Every shape a reader knows, one small file each, and what must be found in it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::fs;
use std::path::PathBuf;

use connection_lens::model::{Account, FlowForm, FlowKind, Health, Principal, Source};
use connection_lens::read;
use serde_json::json;

fn bytes(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shapes").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// name → `path/branch/name = reference`, as one line each.
fn lines(name: &str) -> Vec<String> {
    let reading = read::flow(&bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    reading.found.operations.iter().map(|o| format!("{}[{}]{} = {}", o.path.join(">"), o.branch, o.name, o.reference.as_deref().unwrap_or("-"))).collect()
}

#[test]
fn the_services_answer() {
    let flow = read::flow(&bytes("api.json")).expect("a flow").found;
    assert_eq!((flow.form, flow.kind), (FlowForm::Api, FlowKind::Cloud));
    assert_eq!(flow.environment.as_deref(), Some("Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9"));
    assert_eq!(flow.workflow_id.as_deref(), Some("11111111-2222-4333-8444-555555555555"));
    assert_eq!(flow.creator.and_then(|creator| creator.address().map(str::to_owned)).as_deref(), Some("8323f7fe-e8a4-46c4-b5ea-f4864887d160"));
    let references: Vec<_> = flow.references.iter().map(|r| (r.key.as_str(), r.connector.as_deref(), r.connector_name.as_deref(), r.installed)).collect();
    assert_eq!(
        references,
        [
            ("shared_office365", Some("shared_office365"), Some("Office 365 Outlook"), false),
            ("shared_teams", Some("shared_teams"), Some("Office 365 Outlook"), true)
        ]
    );
    assert_eq!(lines("api.json"), ["[]manual = -", "[]Send = shared_office365"]);
    assert_eq!(lines("api-references-as-array.json"), lines("api.json"));
}

#[test]
fn exported_files() {
    assert_eq!(read::flow(&bytes("package.json")).expect("a flow").found.form, FlowForm::Package);
    assert_eq!(lines("package.json"), ["[]manual = -", "[]Send = shared_office365"]);
    let wanted = [
        "[]manual = -",
        "[]Scope = -",
        "Scope[]Send = shared_office365",
        "Scope[]Decide = -",
        "Scope>Decide[]Yes = shared_office365",
        "Scope>Decide[else]No = shared_teams",
        "Scope[]Switch = -",
        "Scope>Switch[case:One]First = -",
        "Scope>Switch[default]Otherwise = -",
    ];
    assert_eq!(lines("solution.json"), wanted);
    assert_eq!(lines("dataverse-row.json"), wanted);
    let row = read::flow(&bytes("dataverse-row.json")).expect("a flow").found;
    assert_eq!((row.display_name.as_deref(), row.workflow_id.as_deref()), (Some("From a row"), Some("11111111-2222-4333-8444-555555555555")));
    assert_eq!(
        row.references.iter().map(|r| (r.source, r.logical_name.as_deref())).collect::<Vec<_>>(),
        [(Source::Embedded, Some("new_mail")), (Source::Invoker, None)]
    );
    assert_eq!(lines("logic-apps.json"), ["[]manual = -", "[]Ask = openai"]);
    assert_eq!(read::document(&read::flow(&bytes("logic-apps.json")).expect("a flow"))["dangling"], json!([]), "nothing can be declared there");
    assert_eq!(
        lines("agent.json"),
        ["[]manual = -", "[]Agent = shared_openai", "Agent[tool:Mail]Tool_mail = shared_office365", "Agent[tool:Mcp]Server = shared_mcp"]
    );
    assert_eq!(read::flow(&bytes("form-fill.json")).expect("a process").found.kind, FlowKind::Other("CDSClientAutomation".into()));
    assert_eq!(lines("names.json").len(), 8);
}

#[test]
fn lists_of_connections() {
    for name in ["connections-array.json", "connections-value.json"] {
        let reading = read::connections(&bytes(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((reading.found.more, reading.gaps.len()), (name.contains("value"), 0));
        let found: Vec<_> = reading
            .found
            .list
            .iter()
            .map(|c| {
                (
                    c.connector.as_deref().unwrap_or("-"),
                    c.sign_in.as_ref().and_then(Account::address),
                    c.owner.as_ref().and_then(Account::address),
                    c.health.clone(),
                )
            })
            .collect();
        assert_eq!(
            found,
            [
                ("shared_office365", Some("ana@contoso.com"), Some("ana@contoso.com"), Health::Connected),
                ("shared_commondataserviceforapps", None, Some("fe36f75e-c103-410b-a18a-2bf6df06ac3a"), Health::Broken(Some("Unauthenticated".into()))),
                ("shared_sql", Some("svc-flows@contoso.com"), None, Health::Connected),
            ],
            "the flow's own plumbing is left out, a label that identifies nobody is no account"
        );
    }
    assert_eq!(read::connections(&bytes("connection-single.json")).expect("one").found.list.len(), 1);
    assert_eq!(read::connections(&bytes("people.json")).expect_err("rows of something else").kind_name(), "not_connections");
    assert_eq!(read::connections(b"[]").expect("an empty list").found.list.len(), 0);
}

#[test]
fn the_designers_store() {
    let designer = read::designer(&bytes("designer.json")).expect("a designer").found;
    assert!(designer.unsaved);
    let nodes: Vec<_> = designer.nodes.iter().map(|n| (n.id.as_str(), n.name.as_str(), n.reference.as_deref(), n.path.join(">"), n.trigger)).collect();
    assert_eq!(
        nodes,
        [
            ("manual", "manual", None, String::new(), true),
            ("Send", "Send_it", Some("shared_office365"), String::new(), false),
            ("Decide", "Decide", None, String::new(), false),
            ("Yes", "Yes", Some("shared_office365"), "Decide".into(), false),
        ]
    );
    assert_eq!(designer.references[0].connection.as_deref(), Some("0123456789abcdef0123456789abcdef"));
    assert_eq!(designer.references[0].source, Source::Invoker);
}

#[test]
fn owners_and_refusals() {
    let people = read::people(&bytes("people.json")).expect("people").found;
    assert_eq!(people.iter().map(Principal::is_owner).collect::<Vec<_>>(), [true, false]);
    let refusal = read::refusal(br#"{"error":{"code":"429","message":"Rate limit is exceeded. Try again in 17 seconds."}}"#).expect("a refusal");
    assert_eq!((refusal.code.as_str(), refusal.wait_seconds), ("429", Some(17.0)));
    assert_eq!(read::refusal(b"<html>"), None);
}

#[test]
fn however_windows_saved_it() {
    let plain = read::flow(&bytes("names.json")).expect("a flow");
    let text = String::from_utf8(bytes("names.json")).expect("text");
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let with = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
    for saved in [
        with(b"\xef\xbb\xbf", text.clone().into_bytes()),
        with(b"\xff\xfe", wide(u16::to_le_bytes)),
        with(b"\xfe\xff", wide(u16::to_be_bytes)),
        wide(u16::to_le_bytes),
        text.replace('\n', "\r\n").into_bytes(),
    ] {
        assert_eq!(read::flow(&saved).expect("the same flow"), plain);
    }
}

#[test]
fn what_is_no_flow_is_told_in_a_sentence() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for (given, kind) in [
        (&b""[..], "not_json"),
        (b"{", "not_json"),
        (b"\xff\x00\xff", "not_text"),
        (b"null", "not_a_flow"),
        (b"{}", "not_a_flow"),
        (b"{\"properties\":{\"definition\":{}}}", "not_a_flow"),
        (b"{\"clientdata\":5}", "not_a_flow"),
        (deep.as_bytes(), "too_deep"),
    ] {
        let error = read::flow(given).expect_err("no flow");
        assert_eq!(error.kind_name(), kind);
        assert!(!error.to_string().ends_with('.') && error.to_string().starts_with(char::is_lowercase), "{error}");
    }
}

#[test]
fn gaps_have_places() {
    let odd = br#"{"properties":{"definition":{"triggers":[],"actions":{"A":5,"B":{"inputs":{"host":{"connection":{"name":"@variables('x')"}}}}}},"connectionReferences":{"k":"text"}}}"#;
    let reading = read::flow(odd).expect("still a flow");
    let places: Vec<_> = reading.gaps.iter().map(|gap| gap.place.as_str()).collect();
    assert_eq!(places, ["properties/connectionReferences/k", "triggers", "actions/A", "actions/B", "actions/B/inputs/host"]);
}
