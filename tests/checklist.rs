//! The checklist as data: events in, items out. What data shows is verified; what a person says is kept, looks different, and can be taken back.
#![allow(clippy::expect_used, clippy::float_cmp, clippy::indexing_slicing, clippy::panic, clippy::string_slice, reason = "tests panic where they fail")]

use connection_lens::audit::{Mark, Record, StepId, StepState};
use connection_lens::protocol::{Event, Scope};
use connection_lens::session::{Kept, Session, flow_key};
use proptest::prelude::*;
use serde_json::{Value, json};

mod played;
use played::*;

/// An address of this flow that nobody has published: what lists its connections while the pane is open.
fn pane_address(flow: &str) -> String {
    format!("https://{HOST}/powerautomate/flows/{flow}/connectionsOfFlow?api-version=1")
}

fn pane_body(connections: &[(&str, &str)]) -> String {
    json!({ "value": serde_json::from_str::<Value>(&picker_body(connections)).expect("rows") }).to_string()
}

/// Every step in a word, then the groups and leftovers with what was decided.
fn items(play: &Play) -> String {
    let sight = play.session.sight(&play.kept).expect("a flow is shown");
    let checklist = sight.checklist();
    let word = |state: StepState| match state {
        StepState::Verified => "verified",
        StepState::ByHand { .. } => "by-hand",
        StepState::Open => "open",
        StepState::Waiting => "waiting",
        StepState::Later => "later",
    };
    let steps = checklist.steps.iter().map(|step| format!("{}:{}", step.id.item().trim_start_matches("step:"), word(step.state)));
    let mark = |mark: Option<Mark>| match mark {
        None => "",
        Some(Mark::ByHand(_)) => " by-hand",
        Some(Mark::Dismissed(_)) => " stays",
    };
    let groups = checklist.groups.iter().chain(&checklist.unknown).map(|group| format!("{}×{}{}", group.id, group.operations.len(), mark(group.mark)));
    let left =
        checklist.leftovers.iter().map(|leftover| leftover.id.clone()).chain(checklist.dismissed.iter().map(|leftover| format!("{} stays", leftover.id)));
    steps.chain(groups).chain(left).collect::<Vec<_>>().join(" ")
}

/// The browser is closed and opened: what is kept comes back from its text, what was read is read anew.
fn restart(play: &mut Play, kept: &Value) {
    play.kept = Kept::from_items(kept);
    play.session = Session::default();
}

/// Everything that outcomes said to keep, as local storage would hold it.
#[derive(Default)]
struct Disk(serde_json::Map<String, Value>);

impl Disk {
    fn feed(&mut self, play: &mut Play, event: &Event, body: &str) {
        self.0.extend(play.feed(event, body).keep);
    }

    fn items(&self) -> Value {
        Value::Object(self.0.clone())
    }
}

const ANAS: &str = "reassign:ana/shared_office365";

#[test]
fn data_ticks_and_unticks() {
    let mut play = Play::default();
    read(&mut play);
    play.designer(FLOW_A, TWO, false);
    let steps = |play: &Play| items(play).split(' ').filter(|word| !word.contains('/')).collect::<Vec<_>>().join(" ");
    assert_eq!(steps(&play), "intend:verified connect:verified reassign:open save:later embedded:later leftovers:later people:later done:later");
    let done: &[(&str, &str)] = &[("Send", "svc"), ("Post", "svc")];
    play.designer(FLOW_A, done, true);
    assert_eq!(steps(&play), "intend:verified connect:verified reassign:verified save:open embedded:later leftovers:later people:later done:later");
    play.designer(FLOW_A, TWO, false);
    assert_eq!(
        steps(&play),
        "intend:verified connect:verified reassign:open save:later embedded:later leftovers:later people:later done:later",
        "undo brings it back"
    );
    play.designer(FLOW_A, done, false);
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, done));
    assert_eq!(steps(&play), "intend:verified connect:verified reassign:verified save:verified embedded:verified leftovers:open people:open done:later");
    play.answer(&pane_address(FLOW_A), 200, &pane_body(&[("svc", SVC), ("ana", ANA)]));
    assert!(items(&play).contains("leftovers:open") && items(&play).contains("connection:ana"), "{}", items(&play));
    play.answer(&pane_address(FLOW_A), 200, &pane_body(&[("svc", SVC)]));
    assert!(items(&play).contains("leftovers:verified people:open done:later"), "{}", items(&play));
    play.feed(&Event::Tick { step: StepId::People, on: true, at: 50.0 }, "");
    assert!(items(&play).contains("people:by-hand done:verified"), "{}", items(&play));
    let finished = |play: &Play| play.kept.record(&flow_key(ENVIRONMENT, FLOW_A)).finished;
    assert_eq!(finished(&play).map(|finished| (finished.as_intended, finished.dismissed)), Some((2, 0)));
    // It comes back: nothing is done any more, and the record says so.
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    play.designer(FLOW_A, TWO, false);
    assert!(items(&play).contains("reassign:open") && items(&play).contains("people:by-hand done:later"), "{}", items(&play));
    assert_eq!(finished(&play), None);
}

#[test]
fn what_stays_by_decision_covers_what_was_there_and_nothing_else() {
    let mut play = Play::default();
    read(&mut play);
    play.feed(&Event::Dismiss { item: ANAS.into(), reason: Some("her own mail".into()), at: 10.0 }, "");
    assert!(items(&play).contains("reassign:by-hand") && items(&play).contains("×1 stays"), "{}", items(&play));
    // One more operation on the same connection: it isn't covered.
    let three: &[(&str, &str)] = &[("Send", "ana"), ("Post", "svc"), ("Tell", "ana")];
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, three));
    assert!(items(&play).contains("reassign:open") && items(&play).ends_with("reassign:ana/shared_office365×2"), "{}", items(&play));
    // Gone again, the old decision holds.
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    assert!(items(&play).contains("×1 stays"), "{}", items(&play));
}

#[test]
fn a_leftover_that_stays_is_no_proof_that_none_is_left() {
    let mut play = Play::default();
    let done: &[(&str, &str)] = &[("Send", "svc"), ("Post", "svc")];
    play.intend(&[SVC], Scope::Everywhere);
    play.show(&page(FLOW_A));
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, done));
    play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH));
    play.answer(&pane_address(FLOW_A), 200, &pane_body(BOTH));
    assert!(items(&play).contains("leftovers:open"), "{}", items(&play));
    play.feed(&Event::Dismiss { item: "connection:ana".into(), reason: Some(String::new()), at: 10.0 }, "");
    assert!(items(&play).contains("leftovers:by-hand") && items(&play).contains("connection:ana stays"), "{}", items(&play));
    play.answer(&pane_address(FLOW_A), 200, &pane_body(&[("svc", SVC)]));
    assert!(items(&play).contains("leftovers:verified"), "{}", items(&play));
}

#[test]
fn decisions_outlive_the_browser_and_stay_with_their_flow() {
    let mut play = Play::default();
    let mut disk = Disk::default();
    disk.feed(&mut play, &Event::Shown { address: page(FLOW_A), at: 1.0 }, "");
    disk.feed(
        &mut play,
        &Event::Intend { accounts: vec![connection_lens::model::AccountPattern::new(SVC).expect("an account")], scope: Scope::Flow, at: 2.0 },
        "",
    );
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH));
    for event in [
        Event::Tick { step: StepId::Connect, on: true, at: 3.0 },
        Event::Dismiss { item: ANAS.into(), reason: Some("hers".into()), at: 4.0 },
        Event::Note { item: "step:people".into(), text: Some("ask Ben".into()), at: 5.0 },
    ] {
        disk.feed(&mut play, &event, "");
    }
    let before = play.kept.record(&flow_key(ENVIRONMENT, FLOW_A));
    restart(&mut play, &disk.items());
    play.show(&page(FLOW_A));
    assert_eq!(play.kept.record(&flow_key(ENVIRONMENT, FLOW_A)), before);
    // Read anew, it is as it was.
    play.answer(&flow_address(FLOW_A), 200, &flow_body(FLOW_A, TWO));
    play.answer(&picker_address(FLOW_A), 200, &picker_body(BOTH));
    assert!(items(&play).contains("×1 stays"), "{}", items(&play));
    // Another flow, and the same id in another environment, know nothing of it.
    play.show(&page(FLOW_B));
    assert!(!play.kept.record(&flow_key(ENVIRONMENT, FLOW_B)).has_decisions());
    assert!(!play.kept.record(&flow_key("Default-00000000-0000-0000-0000-000000000000", FLOW_A)).has_decisions());
}

#[test]
fn starting_over_is_taken_back_like_everything_else() {
    let mut play = Play::default();
    read(&mut play);
    play.feed(&Event::Tick { step: StepId::People, on: true, at: 10.0 }, "");
    play.feed(&Event::Note { item: ANAS.into(), text: Some(" soon ".into()), at: 11.0 }, "");
    let key = flow_key(ENVIRONMENT, FLOW_A);
    let before = play.kept.record(&key);
    play.feed(&Event::Reset { at: 12.0 }, "");
    assert!(!play.kept.record(&key).has_decisions());
    assert_eq!(play.kept.record(&key).first_look.map(|look| look.at), Some(12.0), "the state of now is the first look");
    play.feed(&Event::Undo { of: 12.0 }, "");
    play.feed(&Event::Undo { of: 12.0 }, "");
    let after = play.kept.record(&key);
    assert_eq!((&after.ticks, &after.notes, &after.first_look), (&before.ticks, &before.notes, &before.first_look));
    assert_eq!(after.notes[ANAS].text, "soon");
}

/// What a person decides, and what comes in between.
#[derive(Debug, Clone)]
enum Happening {
    Decide(Event),
    Undo,
    Read(usize),
    Saved(usize),
    Restart,
    Elsewhere,
}

fn happening() -> impl Strategy<Value = Happening> {
    let step = prop::sample::select(vec![
        StepId::Intend,
        StepId::Connect,
        StepId::Reassign,
        StepId::Save,
        StepId::Embedded,
        StepId::Leftovers,
        StepId::People,
        StepId::Done,
    ]);
    let item = prop::sample::select(vec![ANAS, "unknown:ana/shared_office365", "connection:ana", "need:shared_office365", "step:people", "constructor"])
        .prop_map(str::to_owned);
    let decided = prop_oneof![
        (step, any::<bool>()).prop_map(|(step, on)| Event::Tick { step, on, at: 0.0 }),
        (item.clone(), any::<bool>()).prop_map(|(item, on)| Event::TickItem { item, on, at: 0.0 }),
        (item.clone(), prop::option::of("[a-z]{0,3}")).prop_map(|(item, reason)| Event::Dismiss { item, reason, at: 0.0 }),
        (item, prop::option::of("[a-z ]{0,3}")).prop_map(|(item, text)| Event::Note { item, text, at: 0.0 }),
    ];
    prop_oneof![
        6 => decided.prop_map(Happening::Decide),
        2 => Just(Happening::Undo),
        2 => (0..STATES.len()).prop_map(Happening::Read),
        2 => (0..STATES.len()).prop_map(Happening::Saved),
        1 => Just(Happening::Restart),
        1 => Just(Happening::Elsewhere),
    ]
}

/// The flow from nothing done to all done, with one more operation in between.
const STATES: [&[(&str, &str)]; 3] = [TWO, &[("Send", "svc"), ("Post", "svc")], &[("Send", "ana"), ("Post", "svc"), ("Tell", "ana")]];

fn timed(event: Event, now: f64) -> Event {
    connection_lens::ui::act::at(event, now)
}

/// What people decided, without what is remembered by itself.
fn decisions(record: &Record) -> Value {
    json!([record.ticks, record.items, record.dismissals, record.notes])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_decided_is_lost_and_only_data_verifies(happenings in prop::collection::vec(happening(), 1..30)) {
        let mut play = Play::default();
        let mut disk = Disk::default();
        let key = flow_key(ENVIRONMENT, FLOW_A);
        disk.feed(&mut play, &Event::Intend { accounts: vec![connection_lens::model::AccountPattern::new(SVC).expect("an account")], scope: Scope::Everywhere, at: 0.0 }, "");
        disk.feed(&mut play, &Event::Shown { address: page(FLOW_A), at: 0.0 }, "");
        // Each decision as it was before, the newest last: what taking back must bring.
        let mut before: Vec<Value> = Vec::new();
        for (turn, happening) in happenings.into_iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "a few turns")]
            let now = 1_000.0 + turn as f64;
            let was = decisions(&play.kept.record(&key));
            match happening {
                Happening::Decide(event) => {
                    let past = play.kept.record(&key).past.len();
                    disk.feed(&mut play, &timed(event, now), "");
                    if play.kept.record(&key).past.len() > past || past == 20 && play.kept.record(&key).past.last().is_some_and(|past| past.at == now) {
                        before.push(was);
                    } else {
                        prop_assert_eq!(decisions(&play.kept.record(&key)), was, "what can't be taken back changes nothing");
                    }
                }
                Happening::Undo => {
                    if let Some(past) = play.kept.record(&key).past.last().cloned() {
                        disk.feed(&mut play, &Event::Undo { of: past.at }, "");
                        disk.feed(&mut play, &Event::Undo { of: past.at }, "");
                        prop_assert_eq!(Some(decisions(&play.kept.record(&key))), before.pop());
                    }
                }
                Happening::Read(state) => {
                    disk.feed(&mut play, &Event::Designer { address: page(FLOW_A), at: now }, &designer_body(STATES[state], true));
                }
                Happening::Saved(state) => {
                    for (address, body) in [(flow_address(FLOW_A), flow_body(FLOW_A, STATES[state])), (picker_address(FLOW_A), picker_body(BOTH)), (pane_address(FLOW_A), pane_body(BOTH))] {
                        disk.feed(&mut play, &Event::Captured { method: "GET".into(), address, status: 200, at: now, asked: false, retry_after: None }, &body);
                    }
                }
                Happening::Restart => {
                    restart(&mut play, &disk.items());
                    disk.feed(&mut play, &Event::Shown { address: page(FLOW_A), at: now }, "");
                }
                Happening::Elsewhere => {
                    disk.feed(&mut play, &Event::Shown { address: page(FLOW_B), at: now }, "");
                    disk.feed(&mut play, &Event::Tick { step: StepId::People, on: true, at: now }, "");
                    disk.feed(&mut play, &Event::Shown { address: page(FLOW_A), at: now }, "");
                }
            }
            if matches!(play.session.sight(&play.kept), Some(sight) if !sight.is_reading()) {
                let sight = play.session.sight(&play.kept).expect("it was there");
                let nobody = Record::default();
                let by_data: Vec<StepId> = connection_lens::audit::checklist(&sight.audit, &sight.known, &sight.intent, &nobody).steps.iter().filter(|step| step.state == StepState::Verified).map(|step| step.id).collect();
                let verified: Vec<StepId> = sight.checklist().steps.iter().filter(|step| step.state == StepState::Verified && step.id != StepId::Done).map(|step| step.id).collect();
                prop_assert!(verified.iter().all(|step| by_data.contains(step) || *step == StepId::Save), "{:?} of {:?}", verified, by_data);
                for step in &sight.checklist().steps {
                    prop_assert!(!matches!(step.state, StepState::ByHand { .. }) || sight.record.has_decisions(), "nobody ticked {:?}", step.id);
                }
            }
        }
    }
}
