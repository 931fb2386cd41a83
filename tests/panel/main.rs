//! The panel, printed: what a person reads in each state, and what each button does.
//!
//! `views/` holds the prints. After a change that is meant, `BLESS=1 cargo test --test panel` writes them anew; the difference is to be read.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

mod doing;
mod stage;

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use connection_lens::protocol::Asked;
use connection_lens::session::Kept;
use connection_lens::ui::panel::{Clock, Found, draw, pick};
use connection_lens::ui::print::print;
use connection_lens::ui::{Attr, Node, View};
use connection_lens::words::Text;
use stage::Stage;

/// Times in a plain form.
struct Plain;

impl Clock for Plain {
    fn moment(&self, at: f64) -> String {
        let minutes = (at / 60_000.0).floor();
        let (hour, minute) = ((minutes / 60.0).floor() % 24.0, minutes % 60.0);
        format!("{hour:02}:{minute:02}")
    }

    fn day(&self, at: f64) -> String {
        format!("day {}", (at / 86_400_000.0).floor())
    }
}

fn shown(stage: &Stage, view: &mut View) -> Node {
    draw(Found::Document(&stage.session), &stage.kept, view, &Plain)
}

fn stages() -> Vec<(&'static str, Stage)> {
    vec![
        ("half", stage::half_handed_over()),
        ("details", stage::on_the_details_page()),
        ("pane", stage::with_the_pane_open(Some(3))),
        ("pane-unmarked", stage::with_the_pane_open(None)),
        ("classic", stage::handed_over_at("?v3=false")),
        ("run", stage::handed_over_at("/runs/08585")),
        ("new", Stage::new_flow()),
        ("unsaid", stage::nothing_said()),
        ("reading", stage::reading()),
        ("partly", stage::partly_known()),
        ("refused-403", stage::refused(403, r#"{"error":{"code":"EnvironmentAccessDenied","message":""}}"#)),
        ("refused-429", stage::refused(429, r#"{"error":{"code":"429","message":"Rate limit is exceeded. Try again in 17 seconds."}}"#)),
        ("offline", {
            let mut stage = stage::reading();
            stage.unanswered(Asked::FlowConnections, "offline");
            stage
        }),
        ("flow-404", stage::flow_refused(404)),
        ("intended", stage::as_intended()),
        ("done", stage::all_done()),
        ("no-cloud-flow", stage::no_cloud_flow()),
        ("none", stage::without_connections(3)),
        ("single", stage::single()),
        ("many", stage::three_hundred()),
        ("hostile", stage::hostile()),
        ("gaps", stage::with_gaps()),
    ]
}

fn faces() -> Vec<(&'static str, Node)> {
    let played = stages().into_iter().map(|(name, stage)| (name, shown(&stage, &mut View::default())));
    let bare = |found| draw(found, &Kept::default(), &mut View::default(), &Plain);
    let portal = Stage::elsewhere();
    let others = [("nothing", bare(Found::Nothing)), ("unreadable", bare(Found::Unreadable)), ("elsewhere", bare(Found::Document(&portal.session)))];
    played.chain(others).collect()
}

#[test]
fn every_state_reads_as_it_is_meant() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/panel/views");
    let mut wrong = Vec::new();
    for (name, face) in faces() {
        let path = folder.join(format!("{name}.txt"));
        let printed = print(&face, &Text::english);
        if env::var_os("BLESS").is_some() {
            fs::create_dir_all(&folder).expect("the folder of the views");
            fs::write(&path, &printed).expect("a view");
        }
        let wanted = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        if let Some((line, (is, meant))) = printed.lines().zip(wanted.lines().chain([""])).enumerate().find(|(_, (is, meant))| is != meant) {
            wrong.push(format!("{name}.txt, line {}:\n  is    {is}\n  meant {meant}", line + 1));
        } else if printed.lines().count() != wanted.lines().count() {
            wrong.push(format!("{name}.txt: another length"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a browser would need to show the same: for looking at it there.
#[test]
#[ignore = "writes files to look at; PANEL_STAGES names their folder"]
fn stages_for_a_browser() {
    let folder = env::var_os("PANEL_STAGES").expect("PANEL_STAGES names a folder");
    fs::create_dir_all(&folder).expect("a folder");
    for (name, stage) in stages() {
        let items = serde_json::json!({ "session": { "doc:7:0:aaaaaaaa-0000-4000-8000-00000000000d": stage.session.stored() }, "local": stage.items });
        fs::write(Path::new(&folder).join(format!("{name}.json")), items.to_string()).expect("a file");
    }
}

fn walk<'a>(node: &'a Node, visit: &mut dyn FnMut(&'a Node)) {
    visit(node);
    if let Node::Element(element) = node {
        element.children.iter().for_each(|child| walk(child, visit));
    }
}

#[test]
fn what_acts_has_a_key_and_no_key_stands_twice() {
    for (name, face) in faces() {
        let mut seen = BTreeSet::new();
        walk(&face, &mut |node| {
            let Node::Element(element) = node else { return };
            assert!(element.act.is_none() || element.key.is_some(), "{name}: what acts has a key");
            if let Some(key) = &element.key {
                assert!(seen.insert(key), "{name}: {key} twice");
            }
        });
    }
}

#[test]
fn a_view_has_at_most_one_blue_button() {
    for (name, face) in faces() {
        let mut blue = 0;
        walk(&face, &mut |node| blue += usize::from(matches!(node, Node::Element(element) if element.classes.contains(&"primary"))));
        assert!(blue <= 1, "{name}: {blue}");
    }
}

#[test]
fn every_sentence_is_in_the_catalogue() {
    let check = |text: &Text| assert!(!text.english().starts_with('['), "{}", text.english());
    for (_, face) in faces() {
        walk(&face, &mut |node| match node {
            Node::Say(text) => check(text),
            Node::Element(element) => element.attrs.iter().for_each(|attr| {
                if let Attr::Label(text) | Attr::Placeholder(text) = attr {
                    check(text);
                }
            }),
            Node::Icon(_) | Node::Name(_) => {}
        });
    }
}

#[test]
fn strangers_words_are_never_more_than_words() {
    let face = shown(&stage::hostile(), &mut View::default());
    let mut names = Vec::new();
    walk(&face, &mut |node| {
        if let Node::Name(name) = node {
            names.push(name.as_str());
        }
        if let Node::Say(text) = node {
            assert!(!text.key.contains('<'), "a sentence is named by us");
        }
    });
    for wanted in ["<img src=x onerror=alert(1)>", "<h1 onclick=alert(1)>Hostile & co.", "🚀 Launch 👩‍👩‍👧‍👦"] {
        assert!(names.contains(&wanted), "{wanted} stands there as it is: {names:?}");
    }
}

#[test]
fn the_panel_looks_at_the_newest_document_in_sight_preferring_one_with_a_flow() {
    let mut without = Stage::elsewhere().session;
    without.shown_at = 9e15;
    let mut older = stage::reading().session;
    older.shown_at = 5.0;
    let newer = stage::single().session;
    let mut hidden = stage::half_handed_over().session;
    hidden.shown_at = 8e15;
    hidden.shown = false;
    let documents: Vec<(String, _)> =
        [("without", without), ("older", older), ("newer", newer), ("hidden", hidden)].map(|(key, session)| (key.to_owned(), session)).into();
    assert_eq!(pick(documents.iter().map(|(key, session)| (key, session))).map(|(key, _)| key), Some("newer"));
    assert_eq!(pick(documents.iter().take(1).map(|(key, session)| (key, session))).map(|(key, _)| key), Some("without"));
    assert!(pick(documents.iter().skip(3).map(|(key, session)| (key, session))).is_none());
}
