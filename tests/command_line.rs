//! The command line as pipelines use it.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

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
