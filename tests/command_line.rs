//! The command line as pipelines use it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn shape(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shapes").join(name).to_string_lossy().into_owned()
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_connection-lens")).args(arguments).output().expect("the program starts")
}

fn code(arguments: &[&str]) -> Option<i32> {
    run(arguments).status.code()
}

#[test]
fn one_file_gives_a_document_and_several_a_line_each() {
    let one = run(&["read", &shape("package.json")]);
    let document: Value = serde_json::from_slice(&one.stdout).expect("a document");
    assert_eq!(document["operations"][1]["reference"], "shared_office365");
    assert!(String::from_utf8_lossy(&one.stdout).lines().count() > 10, "pretty");
    let several = run(&["read", &shape("package.json"), "nowhere.json", &shape("people.json"), &shape("solution.json")]);
    assert_eq!(several.status.code(), Some(2));
    let text = String::from_utf8(several.stdout).expect("text");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line is a document")).collect();
    assert_eq!(lines.len(), 4, "going on after a bad one");
    assert_eq!(lines[1]["file"], "nowhere.json");
    assert!(lines[1]["error"].is_string() && lines[2]["error"].is_string() && lines[3]["result"]["operations"].is_array());
    assert_eq!(code(&["read", &shape("package.json"), &shape("solution.json")]), Some(0));
}

#[test]
fn an_audit_tells_by_its_exit_code() {
    let (package, list) = (shape("package.json"), shape("connections-array.json"));
    let audit = |intended: &str| code(&["audit", &package, "--connections", &list, "--intended", intended]);
    assert_eq!(audit("ANA@contoso.com"), Some(0));
    assert_eq!(audit("*@contoso.com"), Some(0));
    assert_eq!(audit("8323f7fe-e8a4-46c4-b5ea-f4864887d160"), Some(0), "the same person by object id");
    assert_eq!(audit("svc-flows@contoso.com"), Some(1));
    assert_eq!(code(&["audit", &package, "--intended", "ana@contoso.com"]), Some(3), "nothing is known without connections");
    assert_eq!(code(&["audit", &shape("api.json"), "--connections", &list, "--intended", "ana@contoso.com"]), Some(1), "a leftover");
    assert_eq!(code(&["audit", &shape("people.json"), "--intended", "a@b.c"]), Some(2));
    assert_eq!(code(&["audit", &shape("form-fill.json"), "--intended", "a@b.c"]), Some(2));
    assert_eq!(code(&["audit", &package, "--connections", "nowhere.json", "--intended", "a@b.c"]), Some(2));
}

#[test]
fn a_table_for_people_and_a_document_for_machines() {
    let arguments = ["audit", &shape("package.json"), "--connections", &shape("connections-array.json"), "--intended", "svc-flows@contoso.com", "--format"];
    let text = String::from_utf8(run(&[&arguments[..], &["text"]].concat()).stdout).expect("text");
    assert!(text.contains("0 of 1 as intended · 1 to change") && text.contains("ana@contoso.com") && text.contains("mismatch"), "{text}");
    let document: Value = serde_json::from_slice(&run(&[&arguments[..], &["json"]].concat()).stdout).expect("a document");
    assert_eq!(document["counts"]["mismatch"], 1);
    assert_eq!(document["operations"][1]["verdict"], "mismatch");
    assert_eq!(document["operations"][1]["sign_in"]["address"], "ana@contoso.com");
    assert!(document["said_by"].is_null() && document["finished"].is_null() && document["notes"].as_array().is_some_and(Vec::is_empty));
    let page = String::from_utf8(run(&[&arguments[..], &["markdown"]].concat()).stdout).expect("text");
    assert!(page.contains("svc-flows@contoso.com · Given on the command line"), "{page}");
    assert!(!page.contains("## What is open") && !page.contains("## Embedded connections"), "a file has no hand-over: {page}");
}

/// A folder of exports: flows of two accounts, a manifest, a solution in an archive with a reference that none of its flows uses.
fn exports() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder");
        fs::write(file, bytes).expect("written");
    };
    let api = "/providers/Microsoft.PowerApps/apis/shared_office365";
    let flow = |name: &str, used: &str, left: Option<&str>| {
        let reference = |id: &str| json!({ "connectionName": id, "source": "Embedded", "id": api });
        let mut references = json!({ "used": reference(used) });
        if let Some(left) = left {
            references["left"] = reference(left);
        }
        json!({ "name": name, "properties": { "displayName": name, "connectionReferences": references, "definition": { "triggers": { "manual": { "type": "Request" } },
            "actions": { "Send_mail": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "used" } } } } } } })
        .to_string()
    };
    put("a/uses.json", flow("Uses", "ana", None).as_bytes());
    put("a/left.json", flow("Left", "svc", Some("ana")).as_bytes());
    put("clean.json", flow("Clean", "svc", None).as_bytes());
    put("unknown.json", flow("Unknown", "bob", None).as_bytes());
    put("manifest.json", b"{\"schema\": 1}");
    put("readme.txt", b"no flow");
    let connection = |id: &str, who: &str| json!({ "name": id, "id": format!("{api}/connections/{id}"), "properties": { "apiId": api, "accountName": who, "createdBy": { "email": who }, "statuses": [{ "status": "Connected" }] } });
    put("lists/connections.txt", json!({ "value": [connection("ana", "ana@contoso.com"), connection("svc", "svc@contoso.com")] }).to_string().as_bytes());
    let customizations = "<ImportExportXml><connectionreferences>\
        <connectionreference connectionreferencelogicalname=\"cr1_mail\"><connectorid>/providers/Microsoft.PowerApps/apis/shared_office365</connectorid></connectionreference>\
        <connectionreference connectionreferencelogicalname=\"cr1_unused\"><connectorid>/providers/Microsoft.PowerApps/apis/shared_sql</connectorid></connectionreference>\
        </connectionreferences></ImportExportXml>";
    let inside = json!({ "schemaVersion": "1.0.0.0", "properties": { "connectionReferences": { "mail": { "runtimeSource": "embedded", "connection": { "connectionReferenceLogicalName": "CR1_mail" }, "api": { "name": "shared_office365" } } },
        "definition": { "triggers": { "manual": { "type": "Request" } }, "actions": { "Send": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "mail" } } } } } } });
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [
        ("customizations.xml", customizations.as_bytes().to_vec()),
        ("Workflows/In-11111111-2222-4333-8444-555555555555.json", inside.to_string().into_bytes()),
    ] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a file in it");
        std::io::Write::write_all(&mut archive, &bytes).expect("written");
    }
    put("solution.zip", &archive.finish().expect("an archive").into_inner());
    folder
}

#[test]
fn a_sweep_over_a_folder_finds_an_account_in_its_flows() {
    let folder = exports();
    let (place, list) = (folder.path().to_string_lossy().into_owned(), folder.path().join("lists/connections.txt").to_string_lossy().into_owned());
    let sweep = |account: &str, more: &[&str]| run(&[&["sweep", &place, "--account", account, "--connections", &list], more].concat());
    let found = sweep("ana@contoso.com", &["--format", "json"]);
    assert_eq!(found.status.code(), Some(1), "{}", String::from_utf8_lossy(&found.stderr));
    let document: Value = serde_json::from_slice(&found.stdout).expect("a document");
    assert_eq!(document["schema"], "connection-lens/sweep/1");
    let marks: Vec<(&str, &str)> = document["flows"]
        .as_array()
        .expect("flows")
        .iter()
        .map(|flow| (flow["name"].as_str().unwrap_or_default(), flow["mark"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(marks, [("Uses", "uses"), ("Left", "left_over"), ("In", "unknown"), ("Unknown", "unknown"), ("Clean", "clean")]);
    assert_eq!(document["unused_references"], json!([{ "file": format!("{place}/solution.zip"), "logical_name": "cr1_unused", "connector": "shared_sql" }]));
    assert_eq!(document["accounts"][0], json!({ "address": "svc@contoso.com", "name": null, "flows": 2, "left_over": 0 }));
    assert!(!String::from_utf8_lossy(&found.stderr).contains("files read"), "no progress where there is no terminal");
    assert_eq!(sweep("nobody@contoso.com", &[]).status.code(), Some(3), "of some flows it can't be said");
    assert_eq!(sweep("ana", &[]).status.code(), Some(2), "half a name is no account");
    assert_eq!(code(&["sweep", "nowhere", "--account", "a@b.c"]), Some(2));
    let text = String::from_utf8(sweep("ana@*", &[]).stdout).expect("text");
    assert!(text.starts_with("1 of 5 flows still use ana@*, 1 only as leftovers\n"), "{text}");
    for format in ["markdown", "csv", "html"] {
        assert!(String::from_utf8_lossy(&sweep("ana@contoso.com", &["--format", format]).stdout).contains("Send mail"), "{format}");
    }
    fs::write(folder.path().join("broken.json"), b"{").expect("written");
    assert_eq!(sweep("ana@contoso.com", &[]).status.code(), Some(2), "what can't be read is told");
}
