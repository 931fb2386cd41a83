//! The page of sweeps, printed: what a person reads in each state, and what each button does. `views/` holds the prints; `BLESS=1 cargo test --test sweep`
//! writes them anew.

use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs};

use connection_lens::audit::Intent;
use connection_lens::model::{AccountPattern, Environment};
use connection_lens::protocol::SweepEvent;
use connection_lens::report::{At, English, Paper};
use connection_lens::sweep::{Answer, Question, Sight, Sweep, sheet};
use connection_lens::ui::panel::Clock;
use connection_lens::ui::print::print;
use connection_lens::ui::sweep::{Column, Deed, Elsewhere, Field, Filter, Known, Place, Scene, View, draw};
use connection_lens::ui::{Attr, Node};
use connection_lens::words::Text;

use super::play::Play;
use super::service::{ANA_ID, ENVIRONMENT, Planted, Service, TENANT};

/// Times in a plain form.
struct Plain;

impl Clock for Plain {
    fn moment(&self, at: f64) -> String {
        format!("{:.0}", at / 60_000.0)
    }

    fn day(&self, at: f64) -> String {
        format!("day {:.0}", (at / 86_400_000.0).floor())
    }
}

fn places() -> Vec<Place> {
    let place = |environment: &str, is_open| Place {
        environment: environment.to_owned(),
        title: None,
        host: "make.powerautomate.com".to_owned(),
        account: ANA_ID.to_owned(),
        tenant: TENANT.to_owned(),
        name: Some("ana@contoso.com".to_owned()),
        is_private: false,
        is_open,
    };
    vec![place(ENVIRONMENT, true), place("22222222-5b6a-4978-8695-a4b3c2d1e0f9", false)]
}

fn ana() -> Question {
    Question::Account(AccountPattern::new("ana@contoso.com").expect("a pattern"))
}

fn shown(sweep: Option<&Sweep>, places: &[Place], question: Option<&Question>, view: &View) -> Node {
    let sight = sweep.map(|sweep| Sight::new(sweep, &|_| Intent::default())).unwrap_or_default();
    let asked = ana();
    let answer = sweep.map(|sweep| Answer::new(sweep, &sight, question.unwrap_or(&asked)));
    let known = sweep.zip(answer.as_ref()).map(|(sweep, answer)| Known { sweep, sight: &sight, question, answer });
    let chosen = (!places.is_empty()).then_some(0);
    draw(&Scene { places, elsewhere: &[], chosen, known, may_ask: true, now: 1_700_000_060_000.0, clock: &Plain }, view)
}

/// The portal has listed environments: the open one, and others.
fn listed() -> Node {
    let places: Vec<Place> = places().into_iter().take(1).map(|place| Place { title: Some("Contoso <b>".to_owned()), ..place }).collect();
    let elsewhere =
        |id: &str, name: &str, host: &str| Elsewhere { environment: Environment { id: id.to_owned(), name: name.to_owned() }, host: host.to_owned() };
    let elsewhere = [
        elsewhere("33333333-5b6a-4978-8695-a4b3c2d1e0f9", "Sales", "make.powerautomate.com"),
        elsewhere("44444444-5b6a-4978-8695-a4b3c2d1e0f9", "<img src=x>", "make.powerapps.com"),
        elsewhere("../x", "no id", "make.powerautomate.com"),
        elsewhere("55555555-5b6a-4978-8695-a4b3c2d1e0f9", "no portal", "evil.example"),
    ];
    draw(
        &Scene { places: &places, elsewhere: &elsewhere, chosen: Some(0), known: None, may_ask: true, now: 1_700_000_060_000.0, clock: &Plain },
        &View::default(),
    )
}

/// A sweep of these flows, told what to do until it stands there.
fn played(count: usize, faults: &[(u64, u16)], until: impl Fn(&Play) -> bool) -> Sweep {
    let flows = super::planted(count);
    let mut play = Play::new(Service { flows, faults: faults.iter().copied().collect(), ..Service::default() });
    play.start();
    while !until(&play) && play.step() {}
    if until(&play) {
        return play.sweep;
    }
    let at = play.now;
    play.tell(&SweepEvent::Go { at });
    while !until(&play) && play.step() {}
    play.sweep
}

fn hostile() -> Sweep {
    let mut play = Play::new(Service {
        flows: vec![Planted { runs_on: vec![("ana", 1)], ..Planted::default() }; 3],
        name: "<img src=x onerror=alert(1)>\u{202e} $1 **",
        ..Service::default()
    });
    play.start();
    play.run();
    play.sweep
}

fn faces() -> Vec<(&'static str, Node)> {
    let view = View::default();
    let of = |sweep: &Sweep| shown(Some(sweep), &places(), Some(&ana()), &view);
    let done = played(12, &[], |_| false);
    let mut paused = played(12, &[], |play| play.service.requests == 8);
    paused.feed("k", &SweepEvent::Pause { at: 1_700_000_050_000.0 }, Some("doc:1"), b"");
    let mut cancelled = paused.clone();
    cancelled.feed("k", &SweepEvent::Cancel { at: 1_700_000_055_000.0 }, Some("doc:1"), b"");
    let mut gone = played(12, &[], |play| play.service.requests == 8);
    gone.feed("k", &SweepEvent::Gone { at: 1_700_000_055_000.0 }, Some("doc:1"), b"");
    let mut full = played(12, &[], |play| play.service.requests == 8);
    full.feed("k", &SweepEvent::Full { at: 1_700_000_050_000.0 }, Some("doc:1"), b"");
    let all = View { filter: Filter::All, ..View::default() };
    let grouped = View { group: connection_lens::ui::sweep::Group::Account, ..all.clone() };
    vec![
        ("nowhere", shown(None, &[], None, &view)),
        ("choose", shown(None, &places(), None, &view)),
        ("elsewhere", shown(None, &places()[1..], None, &view)),
        ("listed", listed()),
        ("listing", of(&played(12, &[], |play| play.service.requests == 2))),
        ("counted", of(&played(12, &[], |_| true))),
        ("reading", of(&played(12, &[], |play| play.service.requests == 8))),
        ("busy", of(&played(12, &[(7, 429)], |play| play.service.requests == 8))),
        ("paused", of(&paused)),
        ("full", of(&full)),
        ("cancelled", of(&cancelled)),
        ("tab-gone", of(&gone)),
        ("done", of(&done)),
        ("done-all", shown(Some(&done), &places(), Some(&ana()), &all)),
        ("grouped", shown(Some(&done), &places(), Some(&ana()), &grouped)),
        ("half-an-address", shown(Some(&done), &places(), None, &View { account: "ana@".into(), ..View::default() })),
        ("no-list", of(&played(4, &[(1, 403)], |_| false))),
        ("empty", of(&played(0, &[], |_| false))),
        ("hostile", of(&hostile())),
    ]
}

fn golden(name: &str, said: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sweep/views").join(name);
    if env::var_os("BLESS").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder");
        fs::write(&file, said).expect("written");
    }
    let wanted = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(said, wanted, "{name}: BLESS=1 writes it anew");
}

#[test]
fn every_state_reads_as_it_is_meant() {
    for (name, node) in faces() {
        golden(&format!("{name}.txt"), &print(&node, &Text::english));
    }
}

fn walk(node: &Node, seen: &mut dyn FnMut(&connection_lens::ui::node::Element)) {
    let Node::Element(element) = node else { return };
    seen(element);
    element.children.iter().for_each(|child| walk(child, seen));
}

#[test]
fn what_acts_has_a_key_no_key_stands_twice_and_links_lead_to_the_portal() {
    for (name, node) in faces() {
        let mut keys = BTreeSet::new();
        walk(&node, &mut |element| {
            assert!(element.act.is_none() || element.key.is_some(), "{name}: {element:?}");
            assert!(element.key.as_ref().is_none_or(|key| keys.insert(key.clone())), "{name}: {:?} stands twice", element.key);
            for attr in &element.attrs {
                assert!(!matches!(attr, Attr::Link(address) if !address.starts_with("https://make.powerautomate.com/environments/")), "{name}: {attr:?}");
            }
        });
    }
}

#[test]
fn thousands_of_flows_are_a_hundred_rows_at_a_time() {
    let sweep = played(1_000, &[], |_| false);
    let rows = |view: &View| {
        let mut rows = Vec::new();
        walk(&shown(Some(&sweep), &places(), Some(&ana()), view), &mut |element| {
            if element.classes.first() == Some(&"flow") {
                rows.push(element.key.clone().expect("a row's key"));
            }
        });
        rows
    };
    let mut view = View { filter: Filter::All, ..View::default() };
    let mut seen = BTreeSet::new();
    for page in 0..10 {
        view.page = page;
        let found = rows(&view);
        assert_eq!(found.len(), 100);
        seen.extend(found);
    }
    assert_eq!(seen.len(), 1_000);
    view.page = 99;
    assert_eq!(rows(&view).len(), 100, "beyond the last page stands the last");
    view.type_into(Field::Search, "flow 12".into());
    assert_eq!(rows(&view).len(), 11, "12 and 120 to 129");
    view.apply(&Deed::Sort(Column::Name));
    let up = rows(&view);
    view.apply(&Deed::Sort(Column::Name));
    assert_eq!(rows(&view), up.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn the_papers_say_the_same() {
    let sweep = played(12, &[], |_| false);
    let sight = Sight::new(&sweep, &|_| Intent::default());
    let answer = Answer::new(&sweep, &sight, &ana());
    let mut found = sheet(&sweep, &sight, &ana(), &answer, Some(At(1_700_000_060_000.0)), &|_, _| None);
    found.made_with = "connection-lens".to_owned();
    for paper in Paper::ALL {
        let said = found.write(paper, &English);
        golden(&format!("paper.{}", paper.ending()), &said);
    }
    golden("paper.txt", &found.text());
}
