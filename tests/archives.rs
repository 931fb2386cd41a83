//! Archives as the portal exports them, and as people make them. Each is made here, so that what is in it can be seen.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output};

use connection_lens::model::{Account, FlowForm, FlowKind};
use connection_lens::read::{self, Packed};
use proptest::prelude::*;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const GUID: &str = "11111111-2222-4333-8444-555555555555";

fn shape(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/shapes").join(name)).expect("a shape")
}

fn zipped(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        if name.ends_with('/') {
            writer.add_directory(*name, SimpleFileOptions::default()).expect("a folder");
        } else {
            writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
            writer.write_all(bytes).expect("its bytes");
        }
    }
    writer.finish().expect("an archive").into_inner()
}

/// What an export package has beside the flow: whose each connection is, by way of two maps.
fn package(folder: &str) -> Vec<(String, Vec<u8>)> {
    let manifest = json!({ "schema": "1.0", "details": { "displayName": "Packed" }, "resources": {
        "flow": { "type": "Microsoft.Flow/flows", "details": { "displayName": "Packed" } },
        "api": { "type": "Microsoft.PowerApps/apis", "name": "shared_office365", "details": { "displayName": "Office 365 Outlook" } },
        "mail": { "type": "Microsoft.PowerApps/apis/connections", "details": { "displayName": "ana@contoso.com" } } } });
    let inner = format!("{folder}Microsoft.Flow/flows/{GUID}/");
    vec![
        (format!("{folder}manifest.json"), manifest.to_string().into_bytes()),
        (format!("{folder}Microsoft.Flow/flows/manifest.json"), br#"{"packageSchemaVersion":"1.0"}"#.to_vec()),
        (format!("{inner}apisMap.json"), br#"{"shared_office365":"api"}"#.to_vec()),
        (format!("{inner}connectionsMap.json"), br#"{"shared_office365":"mail"}"#.to_vec()),
        (format!("{inner}definition.json"), shape("package.json")),
    ]
}

fn named(files: &[(String, Vec<u8>)]) -> Vec<(&str, Vec<u8>)> {
    files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect()
}

const CUSTOMIZATIONS: &str = r#"<?xml version="1.0" encoding="utf-8"?><ImportExportXml><Workflows>
  <Workflow WorkflowId="{11111111-2222-4333-8444-555555555555}" Name="Invoice approval &amp; &lt;more&gt;"><JsonFileName>/Workflows/Invoiceapproval-11111111-2222-4333-8444-555555555555.json</JsonFileName><Type>1</Type></Workflow>
  <Workflow WorkflowId="{22222222-2222-4333-8444-555555555555}" Name="Classic"><XamlFileName>/Workflows/Classic.xaml</XamlFileName></Workflow>
</Workflows></ImportExportXml>"#;

fn solution() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("solution.xml", b"<ImportExportXml/>".to_vec()),
        ("customizations.xml", CUSTOMIZATIONS.into()),
        ("Workflows/", vec![]),
        ("Workflows/Invoiceapproval-11111111-2222-4333-8444-555555555555.json", shape("solution.json")),
        ("Workflows/Fillin-33333333-2222-4333-8444-555555555555.json", shape("form-fill.json")),
        ("Workflows/Classic.xaml", b"<Activity/>".to_vec()),
    ]
}

fn flows(bytes: &[u8]) -> Vec<Packed> {
    read::archive(bytes).unwrap_or_else(|error| panic!("{error}"))
}

fn error(bytes: &[u8]) -> &'static str {
    let error = read::archive(bytes).expect_err("no flow");
    assert!(!error.to_string().ends_with('.') && error.to_string().starts_with(char::is_lowercase), "{error}");
    error.kind_name()
}

#[test]
fn a_package_tells_whose_its_connections_are() {
    for folder in ["", "Packed_20261121/", "./"] {
        let found = flows(&zipped(&named(&package(folder))));
        let [packed] = found.as_slice() else { panic!("one flow: {found:?}") };
        assert!(packed.place.ends_with(&format!("Microsoft.Flow/flows/{GUID}/definition.json")));
        let reading = packed.flow.as_ref().expect("a flow");
        assert_eq!((reading.found.form, reading.found.display_name.as_deref()), (FlowForm::Package, Some("Packed")));
        assert_eq!(reading.found.references[0].connector_name.as_deref(), Some("Office 365 Outlook"));
        assert_eq!(packed.connections[0].id, "0123456789abcdef0123456789abcdef");
        assert_eq!(packed.connections[0].sign_in.as_ref().and_then(Account::address), Some("ana@contoso.com"));
    }
}

#[test]
fn what_stands_beside_a_packages_flow_may_be_missing_or_odd() {
    let mut files = package("");
    files[0].1 = b"{".to_vec();
    let found = flows(&zipped(&named(&files)));
    let reading = found[0].flow.as_ref().expect("the flow all the same");
    assert_eq!((reading.gaps[0].place.as_str(), reading.gaps[0].what.as_str()), ("manifest.json", "not JSON: it stops making sense on line 1"));
    assert!(found[0].connections.is_empty());
    assert!(flows(&zipped(&named(&files[4..])))[0].flow.as_ref().expect("the flow alone").gaps.is_empty());
}

#[test]
fn a_solution_tells_what_its_flows_are_called() {
    let found = flows(&zipped(&solution()));
    assert_eq!(found.len(), 2, "{found:?}");
    let flow = &found[0].flow.as_ref().expect("a flow").found;
    assert_eq!((flow.display_name.as_deref(), flow.workflow_id.as_deref()), (Some("Invoice approval & <more>"), Some(GUID)));
    assert_eq!(flow.form, FlowForm::Solution);
    let other = &found[1].flow.as_ref().expect("a process").found;
    assert_eq!((&other.kind, other.display_name.as_deref()), (&FlowKind::Other("CDSClientAutomation".into()), Some("Fillin")), "its file's name, at least");
}

#[test]
fn a_solution_that_was_unpacked_keeps_names_beside_its_flows() {
    let beside = CUSTOMIZATIONS.replace("Invoice approval &amp; &lt;more&gt;", "Beside");
    let name = format!("src/Workflows/Invoiceapproval-{GUID}.json");
    let files = [(name.as_str(), shape("solution.json")), (&format!("{name}.data.xml"), beside.into_bytes())];
    assert_eq!(flows(&zipped(&files))[0].flow.as_ref().expect("a flow").found.display_name.as_deref(), Some("Beside"));
    for odd in ["<a", "\u{0}", "<!DOCTYPE a [<!ENTITY e \"x\">]><Workflow Name=\"&e;\"><JsonFileName>&e;</JsonFileName></Workflow>"] {
        let files = [(name.as_str(), shape("solution.json")), ("src/customizations.xml", odd.into())];
        let found = flows(&zipped(&files));
        let reading = found[0].flow.as_ref().expect("the flow all the same");
        assert_eq!(reading.found.display_name.as_deref(), Some("Invoiceapproval"));
        assert!(odd == "\u{0}" || reading.gaps[0].what == "not XML", "{odd}: {:?}", reading.gaps);
    }
}

#[test]
fn backslashes_are_slashes() {
    // A zip library writes what it is given; tools on Windows gave it this.
    let name = format!("Sol\\Workflows\\Invoiceapproval-{GUID}.json");
    let bytes = zipped(&[(&name, shape("solution.json")), ("Sol\\customizations.xml", CUSTOMIZATIONS.into())]);
    let found = flows(&bytes);
    assert_eq!(found[0].place, format!("Sol/Workflows/Invoiceapproval-{GUID}.json"));
    assert_eq!(found[0].flow.as_ref().expect("a flow").found.workflow_id.as_deref(), Some(GUID));
}

#[test]
fn loose_files_are_found_by_what_they_are() {
    let files = [("notes.json", br#"{"a":1}"#.to_vec()), ("a/b/flow.JSON", shape("api.json")), ("__MACOSX/a/b/._flow.json", b"junk".to_vec())];
    let found = flows(&zipped(&files));
    assert_eq!(found.iter().map(|packed| packed.place.as_str()).collect::<Vec<_>>(), ["a/b/flow.JSON"]);
}

#[test]
fn odd_archives_give_one_sentence() {
    let whole = zipped(&solution());
    assert_eq!(error(&whole[..whole.len() - 10]), "not_an_archive");
    assert_eq!(error(b"PK\x03\x04"), "not_an_archive");
    assert_eq!(error(&zipped(&[])), "not_a_flow");
    assert_eq!(error(&zipped(&[("readme.txt", b"hello".to_vec())])), "not_a_flow");
    let nested = zipped(&[("solution.zip", whole.clone())]);
    assert_eq!(error(&nested), "not_a_flow");
    assert!(read::archive(&nested).expect_err("no flow").to_string().contains("another archive"));
    assert!(read::is_archive(&whole) && read::is_archive(&zipped(&[])) && !read::is_archive(&shape("api.json")));
}

/// Changes a field of every entry, in front of its bytes and in the table of contents.
fn marked(mut bytes: Vec<u8>, local: usize, central: usize, value: u8) -> Vec<u8> {
    for place in 0..bytes.len() - 4 {
        match &bytes[place..place + 4] {
            b"PK\x03\x04" => bytes[place + local] |= value,
            b"PK\x01\x02" => bytes[place + central] |= value,
            _ => {}
        }
    }
    bytes
}

#[test]
fn what_can_not_be_unpacked_is_said_in_its_place() {
    let why = |bytes: &[u8]| {
        let found = flows(bytes);
        let error = found[0].flow.as_ref().expect_err("not unpacked");
        assert!(!error.to_string().ends_with('.') && error.to_string().starts_with(char::is_lowercase), "{error}");
        error.kind_name()
    };
    let name = format!("Workflows/X-{GUID}.json");
    let one = zipped(&[(&name, shape("solution.json"))]);
    assert_eq!(why(&marked(one.clone(), 6, 8, 1)), "encrypted");
    // Method 8 is deflate, 12 is bzip2.
    assert_eq!(why(&marked(one.clone(), 8, 10, 4)), "packed_otherwise");
    let mut damaged = one;
    let middle = damaged.len() / 3;
    damaged[middle] ^= 0xff;
    assert_eq!(why(&damaged), "damaged");
    let mut padded = shape("solution.json");
    padded.resize(4 * 1024 * 1024, b' ');
    assert_eq!(why(&zipped(&[(&name, padded)])), "too_tight");
    assert_eq!(why(&zipped(&[(&name, b"{}".to_vec())])), "not_a_flow");
}

#[test]
fn a_file_that_is_not_deflated_is_read_too() {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.start_file("flow.json", stored).expect("an entry");
    writer.write_all(&shape("api.json")).expect("its bytes");
    assert!(flows(&writer.finish().expect("an archive").into_inner())[0].flow.is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_to_an_archive(place in any::<prop::sample::Index>(), byte in any::<u8>(), end in any::<prop::sample::Index>()) {
        let mut bytes = zipped(&solution());
        let place = place.index(bytes.len());
        bytes[place] = byte;
        let _ = read::archive(&bytes);
        bytes.truncate(end.index(bytes.len()));
        let _ = read::archive(&bytes);
    }
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, bytes).expect("a file");
        path.to_string_lossy().into_owned()
    }
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_connection-lens")).args(arguments).output().expect("the program starts")
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("a line is a document")).collect()
}

#[test]
fn the_command_line_reads_archives_as_it_reads_files() {
    let folder = Folder::new("archives-read");
    let package = folder.file("package.zip", &zipped(&named(&package(""))));
    let solution = folder.file("solution.zip", &zipped(&solution()));
    let broken = folder.file("broken.zip", b"PK\x03\x04");
    let alone = folder.file("alone.json", &shape("package.json"));
    let document: Value = serde_json::from_slice(&run(&["read", &package]).stdout).expect("one flow, one document");
    assert_eq!(document["operations"][1]["name"], "Send");
    let several = run(&["read", &solution]);
    assert_eq!((several.status.code(), lines(&several).len()), (Some(0), 2));
    let all = run(&["read", &alone, &package, &broken, &solution]);
    assert_eq!(all.status.code(), Some(2));
    let all = lines(&all);
    let names: Vec<&str> = all.iter().filter_map(|line| line["file"].as_str()).collect();
    assert_eq!(
        names,
        [
            alone.clone(),
            format!("{package}/Microsoft.Flow/flows/{GUID}/definition.json"),
            broken.clone(),
            format!("{solution}/Workflows/Invoiceapproval-{GUID}.json"),
            format!("{solution}/Workflows/Fillin-33333333-2222-4333-8444-555555555555.json"),
        ]
    );
    assert_eq!(all[2]["error"], "not a whole zip archive: its table of contents can't be read");
    assert_eq!(run(&["read", &broken]).status.code(), Some(2));
}

#[test]
fn the_command_line_judges_every_flow_of_an_archive() {
    let folder = Folder::new("archives-audit");
    let file = folder.file("package.zip", &zipped(&named(&package(""))));
    let audit = |file: &str, intended: &str, more: &[&str]| run(&[&["audit", file, "--intended", intended], more].concat());
    assert_eq!(audit(&file, "ana@contoso.com", &[]).status.code(), Some(0), "the package itself tells whose account it is");
    assert_eq!(audit(&file, "svc@contoso.com", &[]).status.code(), Some(1));
    let record: Value = serde_json::from_slice(&audit(&file, "svc@contoso.com", &["--format", "json"]).stdout).expect("a document");
    assert_eq!(record["flow"]["file"], format!("{file}/Microsoft.Flow/flows/{GUID}/definition.json"));
    assert_eq!(record["sources"][1]["what"], "package");
    assert_eq!(record["operations"][1]["sign_in"]["address"], "ana@contoso.com");

    let solution = folder.file("solution.zip", &zipped(&solution()));
    let output = audit(&solution, "ana@contoso.com", &["--format", "json"]);
    assert_eq!(output.status.code(), Some(3), "a process beside the flows is no mistake");
    assert!(String::from_utf8_lossy(&output.stderr).contains("not a cloud flow"));
    let mut both = package("");
    both.push((format!("Workflows/Second-{GUID}.json"), shape("solution.json")));
    both.push((format!("Workflows/Third-{GUID}.json"), b"{}".to_vec()));
    let both = folder.file("both.zip", &zipped(&named(&both)));
    let output = audit(&both, "svc@contoso.com", &["--format", "json"]);
    assert_eq!(output.status.code(), Some(2), "one was not readable");
    let told = lines(&output);
    assert_eq!(told.iter().map(|line| line["result"]["flow"]["name"].as_str().expect("a name")).collect::<Vec<_>>(), ["Packed", "Second"]);
    for (format, wanted) in
        [("markdown", "# Connection audit: Second"), ("html", "<h1>Connection audit: Second</h1>"), ("text", "Second\n"), ("csv", "Second,")]
    {
        let page = folder.0.join(format!("record.{format}"));
        let output = audit(&both, "svc@contoso.com", &["--format", format, "--out", &page.to_string_lossy()]);
        assert!(output.stdout.is_empty());
        let page = fs::read_to_string(page).expect("the file that was asked for");
        assert!(page.contains(wanted), "{format}: {page}");
    }
    let nowhere = folder.0.join("no/such/folder/record.html");
    assert_eq!(audit(&both, "a@b.c", &["--out", &nowhere.to_string_lossy()]).status.code(), Some(2));
}

/// A file dropped on the panel is judged like a page's flow, and says that it is from a file.
#[test]
fn a_dropped_file_is_judged_like_a_page() {
    use connection_lens::model::AccountPattern;
    use connection_lens::protocol::{Event, Scope};
    use connection_lens::session::{Kept, from_file};
    let dropped = from_file("Sol.zip", &zipped(&solution()), 1_000.0).expect("flows");
    assert!(!dropped.is_empty());
    let mut one = from_file("one.zip", &zipped(&named(&package(""))), 1_000.0).expect("a flow").remove(0);
    let mut kept = Kept::default();
    let accounts = AccountPattern::new("nobody@contoso.com").into_iter().collect();
    one.feed(&Event::Intend { accounts, scope: Scope::Everywhere, at: 0.0 }, &[], &mut kept);
    let sight = one.sight(&kept).expect("the flow");
    assert!(!sight.is_reading() && sight.audit.counts.mismatch > 0, "{:?}", sight.audit.counts);
    assert_eq!(sight.report(2_000.0).flow.file.as_deref(), Some("one.zip"));
    assert!(one.paint(&kept).bar.is_none() && one.feed(&Event::Look {}, &[], &mut kept).asks.is_empty(), "no page, no requests");
    assert!(from_file("x.txt", b"hello", 0.0).is_err());
    assert!(from_file("x.zip", &zipped(&[("readme.txt", b"hello".to_vec())]), 0.0).is_err());
}
