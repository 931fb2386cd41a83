//! The record's papers: read back by readers that aren't ours, they hold the names as they are, and nothing that a name brought.

use std::collections::HashSet;
use std::mem;
use std::sync::LazyLock;

use connection_lens::audit::{Directory, checklist, judge};
use connection_lens::model::Gap;
use connection_lens::report::{self, At, English, FlowRow, Missing, Paper, Report, Source, SourceKind, Subject, Voice, Way, record};
use connection_lens::words::Text;
use serde_json::Value;

use crate::draw::Draw;
use crate::facts;
use crate::judging::{Drawn, items};

/// A record of drawn facts.
fn drawn(bytes: &[u8]) -> Report {
    let mut draw = Draw::new(bytes);
    let drawn = Drawn::new(&mut draw);
    let known = drawn.known();
    let audit = judge(&known, &drawn.intent);
    let decided = facts::record(&mut draw, &items(&audit, &checklist(&audit, &known, &drawn.intent, &connection_lens::audit::Record::default())));
    let checklist = checklist(&audit, &known, &drawn.intent, &decided);
    let gaps = draw.list(2, |draw| Gap { place: draw.name(), what: draw.name() });
    let source = |draw: &mut Draw| Source {
        what: SourceKind::Flow,
        by: draw.pick(&[Way::Page, Way::Asked, Way::File]),
        at: Some(At(draw.time())),
        from: draw.maybe(Draw::name),
    };
    let missing = |draw: &mut Draw| Missing {
        what: SourceKind::Picker,
        status: draw.pick(&[None, Some(0), Some(403)]),
        code: draw.maybe(Draw::name),
        at: draw.maybe(|draw| At(draw.time())),
    };
    record(&Subject {
        made_at: draw.maybe(|draw| At(draw.time())),
        flow: FlowRow {
            name: draw.maybe(Draw::name),
            id: draw.maybe(Draw::name),
            environment: draw.maybe(Draw::name),
            form: None,
            file: draw.maybe(Draw::name),
            modified: draw.maybe(Draw::name),
        },
        sources: draw.list(2, source),
        missing: draw.list(2, missing),
        gaps: &gaps,
        intent: &drawn.intent,
        audit: &audit,
        checklist: &checklist,
        decided: &decided,
        directory: &Directory::new(known.connections, known.flow_owners),
    })
}

/// Whether a spreadsheet may take a cell for a formula; signs that aren't seen are looked through.
#[must_use]
pub fn is_formula(cell: &str) -> bool {
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || "\u{feff}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}".contains(c));
    cell.starts_with(['\t', '\r', '\n']) || seen.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A cell's own words: before what is no plain text stands an apostrophe.
#[must_use]
pub fn name_in(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// The rows of comma-separated values.
#[must_use]
pub fn rows_in(paper: &str) -> Vec<Vec<String>> {
    let bare = paper.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(bare.as_bytes());
    reader.records().map(|row| row.expect("as many cells in every row").iter().map(str::to_owned).collect()).collect()
}

/// Comma-separated values.
pub fn csv(bytes: &[u8]) {
    let report = drawn(bytes);
    let rows = rows_in(&Paper::Csv.write(&report, &English));
    let of = |kind: &'static str| {
        let kind = English.say(&Text::new(kind));
        rows[1..].iter().filter(|row| row[5] == kind).count()
    };
    let once = [
        ("record_row_operation", report.operations.len()),
        ("record_row_leftover", report.leftovers.len()),
        ("record_row_step", report.checklist.len()),
        ("record_note", report.notes.len()),
        ("done_finished", usize::from(report.finished.is_some())),
        ("record_row_source", report.sources.len()),
        ("record_row_missing", report.missing.len()),
    ];
    for (kind, wanted) in once {
        assert_eq!(of(kind), wanted, "a row for each: {kind}");
    }
    let others = ["intended_title", "record_row_embedded", "record_open", "record_decision", "record_row_figure"].map(of).iter().sum::<usize>();
    assert_eq!(rows.len(), 1 + others + once.iter().map(|(_, wanted)| wanted).sum::<usize>(), "no row of a kind that a name brought");
    assert!(rows.iter().flatten().all(|cell| !is_formula(cell)), "no cell is a formula: {rows:?}");
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    for row in &rows[1..] {
        for (cell, value) in row.iter().zip([&report.flow.name, &report.flow.id, &report.flow.environment, &report.flow.file]) {
            assert_eq!(name_in(cell), text(value), "the flow's own words");
        }
    }
    let operations = report.operations.iter().map(|row| (&row.title, &row.runs_on));
    let first = 1 + of("intended_title");
    for (row, (title, on)) in rows[first..].iter().zip(operations) {
        let who = |who: &Option<report::Who>| who.as_ref().and_then(|who| who.address.clone()).unwrap_or_default();
        let meant = [title.clone(), text(&on.connector_name), text(&on.connection), text(&on.reference), who(&on.sign_in), who(&on.owner)];
        let read = [6, 8, 9, 10, 11, 13].map(|column: usize| name_in(&row[column]).to_owned());
        assert_eq!(read, meant, "an operation's own words");
    }
}

/// Everything that a page is made of, whatever the names in it: elements, and attributes with their values.
const ELEMENTS: &str = "article|bdi|bdi dir=auto|body|dd|dd dir=auto|dl|dt|div|div class=table|footer|h1|h2|head|header|html|html dir=ltr|html lang=en|li|li class=tone mismatch|li class=tone intended|li class=tone unknown|li class=tone run-only|li class=tone broken|main|meta|meta charset=utf-8|\
    meta content=default-src 'none'; style-src 'unsafe-inline'|meta http-equiv=Content-Security-Policy|meta content=width=device-width, initial-scale=1|\
    meta content=light dark|meta name=viewport|meta name=color-scheme|p|p class=notice|section|small|small dir=auto|span|span dir=auto|strong|style|table|tbody|td|\
    td class=tone mismatch|td class=tone intended|td class=tone unknown|td class=tone run-only|td class=tone broken|th|th scope=col|thead|title|tr|ul";

static ALLOWED: LazyLock<HashSet<&[u8]>> = LazyLock::new(|| ELEMENTS.split('|').map(str::as_bytes).collect());

/// A name as papers for people show it.
#[must_use]
pub fn shown(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe;
    name.chars().map(|c| if c.is_control() || turns(c) || is_none(c) { '\u{fffd}' } else { c }).collect()
}

/// The texts of a page, whose elements and attributes are ours.
#[must_use]
pub fn texts_of(page: &str) -> HashSet<Vec<u8>> {
    let (mut texts, mut text, mut set) = (HashSet::new(), Vec::new(), Vec::new());
    for token in html5gum::Tokenizer::new(without_style(page).as_str()) {
        let Ok(token) = token;
        match token {
            html5gum::Token::String(more) => text.extend_from_slice(&more),
            html5gum::Token::StartTag(tag) => {
                assert!(ALLOWED.contains(&**tag.name), "an element that a name brought: {:?}", tag.name);
                for (attribute, value) in &tag.attributes {
                    set.clear();
                    for part in [&tag.name[..], b" ", attribute, b"=", value] {
                        set.extend_from_slice(part);
                    }
                    assert!(ALLOWED.contains(set.as_slice()), "an attribute that a name brought: {}", String::from_utf8_lossy(&set));
                }
                texts.insert(mem::take(&mut text));
            }
            html5gum::Token::EndTag(_) | html5gum::Token::Doctype(_) => drop(texts.insert(mem::take(&mut text))),
            html5gum::Token::Comment(_) => panic!("a comment that a name brought"),
            html5gum::Token::Error(error) => panic!("no good page: {error:?}"),
        }
    }
    texts
}

/// A page of HTML.
pub fn html(bytes: &[u8]) {
    let report = drawn(bytes);
    let texts = texts_of(&Paper::Html.write(&report, &English));
    for row in report.operations.iter().filter(|row| row.verdict != report::Said::NoConnection) {
        assert!(texts.contains(shown(&row.title).as_bytes()), "the operation's own words: {}", row.title);
    }
}

/// The page's own stylesheet, between its two tags: the same in every page.
static STYLE: LazyLock<String> = LazyLock::new(|| {
    let page = Paper::Html.write(&drawn(b""), &English);
    around_style(&page).expect("a page with a stylesheet").1.to_owned()
});

/// What stands before a page's stylesheet, the stylesheet, and what stands after it.
fn around_style(page: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = page.split_once("<style>")?;
    let (style, after) = rest.split_once("</style>")?;
    Some((before, style, after))
}

/// A page without its stylesheet, which would be read again each time, and which no name comes into: it is compared with [`STYLE`].
fn without_style(page: &str) -> String {
    let (before, style, after) = around_style(page).expect("a page with a stylesheet");
    assert!(style == STYLE.as_str(), "the stylesheet that every page has: {style}");
    format!("{before}<style></style>{after}")
}

/// How many rows the tables of a page have, without their heads. [`texts_of`] holds that no name brings a tag, so the tags can be counted as they are written.
#[must_use]
pub fn rows_of(page: &str) -> usize {
    let tags = |tag: &str| page.matches(tag).count();
    tags("<tr>") - tags("<thead>")
}

/// What Markdown is read as.
#[derive(Default)]
pub struct Read {
    /// How many headings it has.
    pub headings: usize,
    /// How many rows its tables have, without their heads.
    pub rows: usize,
    /// What stands in the tables' cells.
    pub cells: Vec<String>,
}

/// Markdown, whose marks are ours.
#[must_use]
pub fn read_markdown(paper: &str) -> Read {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH | Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS;
    let mut read = Read::default();
    let mut cell: Option<String> = None;
    for event in Parser::new_ext(paper, options) {
        match event {
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => read.cells.extend(cell.take()),
            Event::Start(Tag::Heading { .. }) => read.headings += 1,
            Event::Start(Tag::TableRow) => read.rows += 1,
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
            Event::Start(Tag::Paragraph | Tag::Strong | Tag::List(None) | Tag::Item | Tag::Table(_) | Tag::TableHead) | Event::End(_) => {}
            other => panic!("something that a name brought: {other:?}"),
        }
    }
    read
}

/// Markdown.
pub fn markdown(bytes: &[u8]) {
    let report = drawn(bytes);
    let Read { headings, rows, cells } = read_markdown(&Paper::Markdown.write(&report, &English));
    assert_eq!(rows, rows_of(&Paper::Html.write(&report, &English)), "the same rows as on the page, whose elements are counted");
    assert!((4..=12).contains(&headings), "a heading for each section: {headings}");
    for row in report.operations.iter().filter(|row| row.verdict != report::Said::NoConnection) {
        let meant = shown(&row.title);
        assert!(cells.iter().any(|cell| cell.lines().next().unwrap_or_default().trim() == meant.trim()), "the operation's own words: {meant:?} in {cells:?}");
    }
}

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(include_str!("../../../docs/audit.schema.json")).expect("the schema is JSON");
    jsonschema::draft202012::new(&schema).expect("a schema that can be used")
});

/// JSON by its schema.
pub fn json(bytes: &[u8]) {
    let report = drawn(bytes);
    let paper = Paper::Json.write(&report, &English);
    let document: Value = serde_json::from_str(&paper).expect("JSON");
    let wrong: Vec<String> = SCHEMA.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "by its schema: {wrong:?}");
    for (row, said) in report.operations.iter().zip(document["operations"].as_array().expect("operations")) {
        assert_eq!(said["name"].as_str(), Some(row.name.as_str()), "an operation's own words");
    }
    let text = report::text(&report);
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "nothing that could steer a terminal");
}
