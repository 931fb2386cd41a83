//! The sweep in played time: how many requests it is, what is stopped in the middle, and that the result is what was planted.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::cast_precision_loss,
    reason = "tests panic where they fail"
)]

mod page;
mod play;
mod reduced;
mod service;

use connection_lens::audit::Intent;
use connection_lens::model::AccountPattern;
use connection_lens::protocol::SweepEvent;
use connection_lens::sweep::{Answer, Change, MOST_PER_MINUTE, MOST_UNDER_WAY, Phase, Question, RowState, Sight, Waits};
use play::{Play, Stop};
use proptest::prelude::*;
use service::{Planted, Service};

fn planted(count: usize) -> Vec<Planted> {
    let kinds: [&[(&str, usize)]; 5] = [&[("ana", 2), ("svc", 1)], &[("svc", 3)], &[("svc", 1), ("ana", 0)], &[("bob", 1)], &[]];
    (0..count).map(|index| Planted { runs_on: kinds[index % kinds.len()].to_vec(), refused: index % 11 == 10, shared: index % 3 == 0 }).collect()
}

fn state_of(planted: &Planted) -> RowState {
    match planted.runs_on.iter().find(|(name, _)| *name == "ana") {
        _ if planted.refused => RowState::Unreadable,
        Some((_, 0)) => RowState::Left,
        Some(_) => RowState::Uses,
        None => RowState::Clean,
    }
}

fn answer(play: &Play) -> Answer {
    let sight = Sight::new(&play.sweep, &|_| Intent::default());
    Answer::new(&play.sweep, &sight, &Question::Account(AccountPattern::new("ana@contoso.com").expect("a pattern")))
}

/// Whatever happened on the way: the result is what was planted, and nobody was asked twice.
fn check(play: &Play) {
    assert_eq!(play.sweep.head.phase, Phase::Done);
    assert_eq!(play.sweep.head.requests, play.service.requests, "every request is counted");
    assert_eq!(play.sweep.entries().len(), play.service.flows.len());
    let answer = answer(play);
    for row in &answer.rows {
        let entry = &play.sweep.entries()[row.place];
        let index: usize = entry.id.rsplit('-').next().and_then(|last| last.parse().ok()).expect("an id of ours");
        let planted = &play.service.flows[index];
        assert_eq!(row.state, state_of(planted), "{entry:?}");
        let operations = planted.runs_on.iter().filter(|(name, _)| *name == "ana" && !planted.refused).map(|(_, count)| count).sum::<usize>();
        assert_eq!(row.operations, operations, "{entry:?}");
        assert_eq!(play.service.told.get(&entry.id).copied().unwrap_or_default(), usize::from(!planted.refused), "{}: each flow is read once", entry.id);
    }
    play.check_pace(MOST_PER_MINUTE as usize);
}

#[test]
fn without_a_fault_it_asks_for_just_what_it_needs() {
    for count in [0, 1, 49, 50, 51, 300, 1_000] {
        let mut play = Play::new(Service { flows: planted(count), ..Service::default() });
        play.start();
        play.run();
        check(&play);
        assert_eq!(play.service.requests, play.service.least(), "{count} flows");
        assert!(count < 2 || play.most_at_once == 2);
        let minutes = (play.service.requests as f64 / f64::from(MOST_PER_MINUTE)).ceil();
        let took = (play.now - play.service.times[0]) / 60_000.0;
        assert!(took <= minutes, "{count} flows took {took} minutes");
    }
}

#[test]
fn a_service_that_asks_for_patience_gets_it_and_nothing_is_lost() {
    let mut play =
        Play::new(Service { flows: planted(60), faults: [(0, 429), (3, 429), (20, 429), (21, 429), (40, 503), (41, 0)].into(), ..Service::default() });
    play.start();
    play.step();
    assert_eq!(play.sweep.head.waits, Some(Waits::Busy));
    play.run();
    check(&play);
    assert_eq!(play.service.requests, play.service.least() + 6);
    let times = &play.service.times;
    assert!(times[2] - times[0] >= 7_000.0, "it waits as long as it was told to");
}

#[test]
fn it_rests_goes_on_and_ends_as_it_is_told() {
    let mut play = Play::new(Service { flows: planted(120), ..Service::default() });
    play.start();
    while play.step() {}
    assert_eq!(play.sweep.head.phase, Phase::Counted, "it waits for the person");
    assert_eq!(play.service.requests, 4);
    let at = play.now;
    play.tell(&SweepEvent::Go { at });
    for _ in 0..20 {
        play.step();
    }
    play.tell(&SweepEvent::Pause { at });
    while play.step() {}
    let paused = play.service.requests;
    assert!(paused <= 4 + 20 + 2);
    // A night later, in a browser that was closed meanwhile.
    play.now += 40_000_000.0;
    play.restart();
    play.reload("doc:2");
    while play.step() {}
    assert_eq!(play.service.requests, paused, "a document that is there isn't a person who wants it to go on");
    let at = play.now;
    play.tell(&SweepEvent::Continue { at });
    for _ in 0..20 {
        play.step();
    }
    play.tell(&SweepEvent::Cancel { at });
    while play.step() {}
    assert_eq!(play.sweep.head.phase, Phase::Cancelled);
    let cancelled = play.service.requests;
    let at = play.now;
    play.tell(&SweepEvent::Waited { at: at + 1e6 });
    assert!(!play.step(), "nothing more is asked for");
    assert_eq!(play.service.requests, cancelled);
    play.tell(&SweepEvent::Continue { at });
    play.run();
    check(&play);
}

#[test]
fn a_second_sweep_tells_what_became_of_each() {
    let mut play = Play::new(Service { flows: planted(60), ..Service::default() });
    play.start();
    play.run();
    let before = answer(&play).totals;
    assert_eq!(before.changes, [0, 0, 0]);
    // Flow 0 is repaired, flow 1 is spoilt, the last one is deleted.
    play.service.flows[0].runs_on = vec![("svc", 1)];
    play.service.flows[1].runs_on = vec![("ana", 1)];
    play.service.flows.pop();
    play.again();
    check(&play);
    let after = answer(&play).totals;
    assert_eq!(after.flows, 59);
    assert_eq!(after.changes, [1, 1, before.uses + before.left - 1]);
    assert!(play.sweep.head.before.is_some());
}

/// Today's rules are asked of both sweeps, so that a rule that was changed meanwhile makes nothing "new".
#[test]
fn by_the_rules_a_second_sweep_tells_it_too() {
    let flows = [vec![("ana", 1)], vec![("svc", 1)], vec![("ana", 2)], vec![("svc", 3)]];
    let flows = flows.into_iter().map(|runs_on| Planted { runs_on, ..Planted::default() }).collect();
    let mut play = Play::new(Service { flows, ..Service::default() });
    play.start();
    play.run();
    let service = Intent::of_all(AccountPattern::new("svc-flows@contoso.com").into_iter().collect(), true);
    let states = |play: &Play, intent: &Intent| {
        let answer = Answer::new(&play.sweep, &Sight::new(&play.sweep, &|_| intent.clone()), &Question::Rules);
        answer.rows.iter().map(|row| (row.state, row.change)).collect::<Vec<_>>()
    };
    let [amiss, well] = [RowState::Uses, RowState::Clean];
    assert_eq!(states(&play, &service), [(amiss, None), (well, None), (amiss, None), (well, None)]);
    play.service.flows[0].runs_on = vec![("svc", 1)];
    play.service.flows[1].runs_on = vec![("ana", 1)];
    play.again();
    let wanted = [(well, Some(Change::Fixed)), (amiss, Some(Change::New)), (amiss, Some(Change::Unchanged)), (well, None)];
    assert_eq!(states(&play, &service), wanted);
    assert_eq!(states(&play, &Intent::default()), [(RowState::Unknown, None); 4], "nobody is intended: nothing is said");
}

#[test]
fn without_a_token_or_a_tab_it_waits_and_says_so() {
    let mut play = Play::new(Service { flows: planted(30), faults: [(1, 401)].into(), ..Service::default() });
    play.start();
    play.step();
    play.step();
    assert_eq!(play.sweep.head.waits, Some(Waits::SignIn));
    play.document = None;
    let at = play.now;
    play.tell(&SweepEvent::Gone { at });
    assert_eq!(play.sweep.head.waits, Some(Waits::Tab));
    play.reload("doc:3");
    assert_eq!(play.sweep.head.waits, None);
    play.run();
    assert_eq!(play.sweep.head.phase, Phase::Done);
}

/// A full browser: it rests and says why, asks for nothing meanwhile, and with room again misses nothing.
#[test]
fn what_the_browser_cannot_store_is_asked_for_when_there_is_room() {
    let all = |play: &Play| answer(play).rows.iter().map(|row| (row.place, row.state, row.operations)).collect::<Vec<_>>();
    let mut roomy = Play::new(Service { flows: planted(60), ..Service::default() });
    roomy.start();
    roomy.run();
    let begun = 2_000;
    for part in 1..12 {
        let mut play = Play::new(Service { flows: planted(60), ..Service::default() });
        play.room = begun + (roomy.takes() - begun) * part / 12;
        play.start();
        play.run();
        assert!(play.full > 0, "{part}");
        assert_eq!((play.sweep.head.paused, play.sweep.head.waits), (true, Some(Waits::Room)), "{part}");
        let asked = play.service.requests;
        play.now += 1e6;
        let at = play.now;
        play.tell(&SweepEvent::Waited { at });
        play.reload("doc:2");
        assert!(!play.step() && play.service.requests == asked, "{part}: it rests, and a document that comes changes nothing");
        assert_eq!(play.sweep.head.waits, Some(Waits::Room), "{part}");
        play.room = usize::MAX;
        let at = play.now;
        play.tell(&SweepEvent::Continue { at });
        play.run();
        assert_eq!((play.sweep.head.phase, play.sweep.head.waits), (Phase::Done, None), "{part}");
        assert_eq!(all(&play), all(&roomy), "{part}");
        assert!(play.service.requests <= roomy.service.requests + 2 * MOST_UNDER_WAY as u64, "{part}: {} requests", play.service.requests);
    }
}

/// A flow's own list of connections may come in pages: they are followed as far as a connection is looked for, and from the first one after a reload.
#[test]
fn a_picker_in_pages_is_followed() {
    let runs_on = [vec![("bob", 1)], vec![("ana", 1), ("bob", 2)]];
    for reloads in [0, 1] {
        let flows = runs_on.iter().map(|runs_on| Planted { runs_on: runs_on.clone(), ..Planted::default() }).collect();
        let mut play = Play::new(Service { flows, picker_rows: 1, ..Service::default() });
        play.start();
        let mut left = reloads;
        while play.step() || play.sweep.head.phase == Phase::Counted {
            if play.sweep.head.phase == Phase::Counted {
                let at = play.now;
                play.tell(&SweepEvent::Go { at });
            }
            // Lists, the two flows, and the first page of a picker's three.
            if left > 0 && play.service.requests == 6 {
                left -= 1;
                play.reload("doc:2");
            }
        }
        check(&play);
        assert_eq!(play.service.requests, play.service.least() + 2 + reloads, "two more pages; after a reload the first again");
        let bob = AccountPattern::new("bob@contoso.com").expect("a pattern");
        let answer = Answer::new(&play.sweep, &Sight::new(&play.sweep, &|_| Intent::default()), &Question::Account(bob));
        assert_eq!(answer.rows.iter().map(|row| row.state).collect::<Vec<_>>(), [RowState::Uses; 2], "whose it is, is known from the third page");
    }
}

#[test]
fn what_fails_again_and_again_is_given_up_and_told() {
    let broken: std::collections::BTreeMap<u64, u16> = (3..400).map(|request| (request, 500)).collect();
    let mut play = Play::new(Service { flows: planted(4), faults: broken, ..Service::default() });
    play.start();
    play.run();
    assert_eq!(play.sweep.head.phase, Phase::Done);
    let answer = answer(&play);
    assert_eq!(answer.totals.unreadable, 4);
    assert_eq!(play.service.requests, 3 + 4 * 4, "four tries for each flow");
}

/// What lies in storage beside everything else must stay well below the browsers' 10 MB.
#[test]
fn five_thousand_flows_fit() {
    let runs_on = vec![("ana", 6), ("svc", 10), ("bob", 4), ("svc", 0)];
    let flows = vec![Planted { runs_on, ..Planted::default() }; 5_000];
    let mut play = Play::new(Service { flows, name: "Approve invoices above the limit and tell", ..Service::default() });
    play.start();
    play.run();
    assert_eq!(play.sweep.head.phase, Phase::Done);
    let bytes: usize = play.items.iter().map(|(key, value)| key.len() + value.to_string().len()).sum();
    let largest = play.items.values().map(|value| value.to_string().len()).max().unwrap_or_default();
    println!("5,000 flows with 20 operations each: {bytes} bytes stored in {} parts, the largest of {largest}", play.items.len());
    assert!(bytes < 7_000_000, "{bytes} bytes");
    assert!(largest < 80_000, "{largest} bytes are written at a step");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn stopped_at_any_step_with_any_fault_the_result_is_what_was_planted(
        count in 0_usize..140,
        faults in prop::collection::btree_map(0_u64..160, prop::sample::select(vec![429_u16, 503, 0]), 0..12),
        stops in prop::collection::hash_map(0_u64..200, prop::sample::select(vec![Stop::Before, Stop::After]), 0..40),
    ) {
        let mut play = Play::new(Service { flows: planted(count), faults, ..Service::default() });
        play.stops = stops;
        play.start();
        play.run();
        // A fault may hit the same flow four times: then it is told as unreadable, which is no matter of luck here.
        prop_assume!(answer(&play).totals.unreadable == play.service.flows.iter().filter(|flow| flow.refused).count());
        let faults = play.service.faults.range(..play.service.requests).count() as u64;
        check(&play);
        prop_assert_eq!(play.service.requests, play.service.least() + faults);
    }
}
