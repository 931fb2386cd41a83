//! The panel, printed: what a person reads in each state, and what each button does.
#![allow(clippy::missing_panics_doc, reason = "tests panic where they fail")]

mod stage;

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use connection_lens::protocol::Asked;
use connection_lens::ui::panel::{Clock, Found, settle, view};
use connection_lens::ui::print::print;
use connection_lens::ui::{Node, View};
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

fn shown(stage: &Stage, view_state: &mut View) -> Node {
    settle(Found::Document(&stage.session), &stage.kept, view_state);
    view(Found::Document(&stage.session), &stage.kept, view_state, &Plain)
}

fn printed(stage: &Stage) -> String {
    print(&shown(stage, &mut View::default()), &Text::english)
}

fn stages() -> Vec<(&'static str, Stage)> {
    vec![
        ("half", stage::half_handed_over()),
        ("details", stage::on_the_details_page()),
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
        ("done", stage::all_done()),
        ("none", stage::without_connections(3)),
        ("single", stage::single()),
        ("many", stage::three_hundred()),
        ("hostile", stage::hostile()),
        ("gaps", stage::with_gaps()),
    ]
}

#[test]
fn stages_for_a_browser() {
    let Ok(folder) = env::var("PANEL_STAGES") else { return };
    for (name, stage) in stages() {
        let items = serde_json::json!({ "session": { "doc:7:0:aaaaaaaa-0000-4000-8000-00000000000d": stage.session.stored() }, "local": stage.items });
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(Path::new(&folder).join(format!("{name}.json")), items.to_string()).expect("a file");
    }
}

#[test]
fn print_one() {
    let Ok(name) = env::var("PANEL_PRINT") else { return };
    let (_, stage) = stages().into_iter().find(|(known, _)| *known == name).expect("a stage");
    println!("{}", printed(&stage));
}

#[test]
fn keys_are_unique() {
    fn walk(node: &Node, seen: &mut BTreeSet<String>, stage: &str) {
        let Node::Element(element) = node else { return };
        if let Some(key) = &element.key {
            assert!(seen.insert(key.clone()), "{stage}: {key} twice");
        }
        assert!(element.act.is_none() || element.key.is_some(), "{stage}: what acts has a key");
        element.children.iter().for_each(|child| walk(child, seen, stage));
    }
    for (name, stage) in stages() {
        walk(&shown(&stage, &mut View::default()), &mut BTreeSet::new(), name);
    }
}
