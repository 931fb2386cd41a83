//! The sweep, fed with whatever may come: what people press, answers of any shape to any number, documents that come and go. What is stored of it is changed
//! by somebody else in [`crate::swept`].

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use connection_lens::audit::Intent;
use connection_lens::model::{AccountPattern, Environment, Flow};
use connection_lens::protocol::{Ask, Asked, SweepEvent, SweepOutcome};
use connection_lens::session::Session;
use connection_lens::sweep::{Answer, Entry, MOST_UNDER_WAY, Phase, Question, Sight, Sweep, keys_of, sheet};
use connection_lens::ui::panel::Clock;
use connection_lens::ui::sweep::{Filter, Group, Known, Place, Scene, View, draw as page};
use connection_lens::ui::{Attr, Node};
use serde_json::{Map, Value, json};

use crate::draw::Draw;
use crate::play::{ENVIRONMENT, STATES};
use crate::shapes::{self, CANARY};

/// The key of the sweep that is played.
pub const KEY: &str = "sweep:default1f2e3d4c5b6a49788695a4b3c2d1e0f9/8323f7fe-e8a4-46c4-b5ea-f4864887d160";

/// As many events as one play has.
const MOST_EVENTS: usize = 32;

/// After so many events everything that is stored is looked at; after the others what is cheap. After the last one also what is shown.
const LOOKED_AT: usize = 4;

/// The longest that an ask may wait, in milliseconds: as long as a service may be believed.
const LONGEST_WAIT: f64 = 3_600_000.0;

/// How often one thing may be asked for where the service is broken or silent.
const MOST_TRIES: usize = 4;

/// The most pages of a flow's own list of connections.
const MOST_PICKER_PAGES: u32 = 10;

const HOST: &str = "make.powerautomate.com";
const ACCOUNT: &str = "8323f7fe-e8a4-46c4-b5ea-f4864887d160";
const DOCUMENTS: [Option<&str>; 4] = [Some("doc:1"), Some("doc:1"), Some("doc:2"), None];

/// Flows of the environment. Two are one, in another case.
const FLOWS: [&str; 6] = [
    "aaaaaaaa-0000-4000-8000-000000000001",
    "bbbbbbbb-0000-4000-8000-000000000002",
    "AAAAAAAA-0000-4000-8000-000000000001",
    "cccccccc-0000-4000-8000-000000000003",
    "dddddddd-0000-4000-8000-000000000004",
    "eeeeeeee-0000-4000-8000-000000000005",
];

/// Documents that show a flow.
static DOCUMENTS_IN_SIGHT: LazyLock<Vec<Session>> =
    LazyLock::new(|| STATES.iter().map(|state| Session::restored(&state.to_string()).expect("a state of our own")).collect());

static SERVICE: LazyLock<Intent> = LazyLock::new(|| Intent::of_all(AccountPattern::new("svc-*@contoso.com").into_iter().collect(), false));

/// What is asked for: a list or of which flow, and which page of it.
type Thing = (Asked, String, Option<u32>);

/// A sweep being played, and its page, which follows what is stored; whatever they are fed, what must hold is looked at.
#[derive(Clone, Default)]
pub struct Play {
    /// The sweep.
    pub sweep: Sweep,
    /// What is stored of it.
    pub items: Map<String, Value>,
    /// The time of the last event.
    now: f64,
    asks: Vec<Ask>,
    /// What each number was asked for with.
    numbers: BTreeMap<u64, Thing>,
    /// What was asked for, and how often since anything else happened than that the service was broken or silent.
    tries: BTreeMap<Thing, usize>,
    /// Until when the service asked for patience.
    until: f64,
    /// What the page knows, and which keys have changed since it looked.
    known: Option<(Sweep, Sight)>,
    changed: BTreeSet<String>,
    fed: usize,
}

impl Play {
    /// Goes on from a sweep that was stored.
    #[must_use]
    pub fn stored(sweep: Sweep, items: Map<String, Value>) -> Self {
        Self { sweep, items, now: NOW, ..Self::default() }
    }

    /// Feeds an event.
    pub fn feed(&mut self, event: &SweepEvent, from: Option<&str>, body: &[u8]) {
        let outcome = self.sweep.feed(KEY, event, from, body);
        self.asks(event, &outcome);
        self.stores(&outcome);
        if !outcome.keep.is_empty() {
            let head = &self.sweep.head;
            let wants = head.is_running() && head.carrier.is_none();
            assert_eq!((&outcome.carrier, outcome.wants_carrier), (&head.carrier, wants), "who carries, or is wanted to");
            assert!(!head.is_running() || wants || !outcome.asks.is_empty(), "who goes on asks for something");
        }
        let written = serde_json::to_string(&outcome).expect("an outcome is written");
        assert!(!written.contains(CANARY), "no body is told or stored");
        self.fed += 1;
        if self.fed.is_multiple_of(LOOKED_AT) {
            assert_eq!(serde_json::from_str::<SweepOutcome>(&written).ok().as_ref(), Some(&outcome), "an outcome arrives as it was sent");
            self.look();
        }
        self.asks = outcome.asks;
    }

    /// A document shows a flow that may be of the sweep.
    fn look_at(&mut self, document: &Session) {
        let Some(outcome) = self.sweep.look(KEY, document, self.now) else { return };
        assert!(outcome.asks.is_empty(), "who looks asks nobody");
        self.stores(&outcome);
        self.look();
    }

    /// Nothing but the closed set, only about the environment and its flows, few at a time, not before the service wants it, and not for ever.
    fn asks(&mut self, event: &SweepEvent, outcome: &SweepOutcome) {
        let head = &self.sweep.head;
        let (now, is_broken, patience) = match event {
            SweepEvent::Swept { number, status, at, retry_after, .. } => {
                (*at, matches!(status, 408 | 500..=599), retry_after.filter(|_| *status == 429 && self.waited_for(*number)))
            }
            SweepEvent::Unswept { why, at, .. } => (*at, why == "timeout", None),
            SweepEvent::Start { at, .. }
            | SweepEvent::Go { at }
            | SweepEvent::Pause { at }
            | SweepEvent::Continue { at }
            | SweepEvent::Cancel { at }
            | SweepEvent::Here { at }
            | SweepEvent::Gone { at }
            | SweepEvent::Full { at }
            | SweepEvent::Waited { at } => (*at, false, None),
        };
        if !is_broken {
            self.tries.clear();
        }
        // A clock that goes back takes nothing back but what is further away than any patience.
        self.until = self.until.min(now + LONGEST_WAIT);
        if let Some(seconds) = patience {
            self.until = self.until.max(now + (seconds * 1_000.0).clamp(0.0, LONGEST_WAIT));
        }
        assert!(outcome.asks.is_empty() || head.is_running() && head.carrier.is_some(), "who rests, or has no document, asks nobody");
        assert!(outcome.asks.len() <= MOST_UNDER_WAY, "few at a time: {:?}", outcome.asks);
        let things: BTreeSet<_> = outcome.asks.iter().map(|ask| (ask.what, &ask.flow, ask.page)).collect();
        let numbers: BTreeSet<_> = outcome.asks.iter().map(|ask| ask.number).collect();
        assert_eq!((things.len(), numbers.len()), (outcome.asks.len(), outcome.asks.len()), "each thing once, by a number of its own");
        for ask in &outcome.asks {
            self.ask(ask, now);
        }
    }

    /// Whether this number was under way when all was stored last: what else comes was taken in before, or is nobody's.
    fn waited_for(&self, number: u64) -> bool {
        let under_way = self.items.get(KEY).and_then(|head| head["under_way"].as_array());
        under_way.is_some_and(|asks| asks.iter().any(|ask| ask["number"] == number))
    }

    fn ask(&mut self, ask: &Ask, now: f64) {
        let head = &self.sweep.head;
        assert!(ask.environment == head.environment && Environment::is_id(&ask.environment), "ids cross, never addresses: {ask:?}");
        let is_of_it = Flow::is_id(&ask.flow) && self.sweep.place(&ask.flow).is_some();
        let is_fit = match ask.what {
            Asked::Connections | Asked::Flows | Asked::SharedFlows => ask.flow.is_empty() && ask.page.is_some(),
            Asked::Flow => is_of_it && ask.page.is_none(),
            Asked::FlowConnections => is_of_it && ask.page.is_none_or(|page| page < MOST_PICKER_PAGES),
        };
        assert!(is_fit, "a list of the environment, or a flow of it: {ask:?}");
        let number = ask.number.expect("a sweep's ask has a number");
        assert!(number < 1 << 53, "scripts count no further: {number}");
        assert!(f64::from(ask.after) <= LONGEST_WAIT, "nobody waits so long: {ask:?}");
        let thing = (ask.what, ask.flow.clone(), ask.page);
        if let Some(known) = self.numbers.get(&number) {
            // What is said again is under way, or about to be.
            return assert_eq!(*known, thing, "a number stands for one request");
        }
        self.numbers.insert(number, thing.clone());
        assert!(now + f64::from(ask.after) + 1.0 >= self.until, "the service gets the patience that it asked for: {ask:?}");
        let tries = self.tries.entry(thing).or_default();
        *tries += 1;
        assert!(*tries <= MOST_TRIES, "asked for again and again: {ask:?}");
    }

    /// What is stored lies under keys that the head tells, and nothing else does.
    fn stores(&mut self, outcome: &SweepOutcome) {
        for (key, value) in &outcome.keep {
            self.items.insert(key.clone(), value.clone());
        }
        for key in &outcome.delete {
            assert!(self.items.shift_remove(key).is_some(), "what is deleted was there: {key}");
        }
        self.changed.extend(outcome.keep.keys().chain(&outcome.delete).cloned());
        if let Some(head) = self.items.get(KEY) {
            let keys: BTreeSet<String> = keys_of(KEY, head).into_iter().collect();
            assert_eq!(self.items.keys().cloned().collect::<BTreeSet<_>>(), keys, "nothing lies where nobody looks for it");
        }
    }

    /// Looks at everything that is stored, as a worker that was started anew and as the page.
    fn look(&mut self) {
        if self.items.is_empty() {
            return;
        }
        assert_eq!(Sweep::restored(KEY, &self.items).as_ref(), Some(&self.sweep), "a worker that dies here goes on as if it had not");
        let intent = |_: &str| SERVICE.clone();
        if let Some((sweep, sight)) = &mut self.known
            && let Some(flows) = sweep.renewed(KEY, &self.changed, &self.items)
        {
            for flow in flows {
                sight.again(sweep, flow, &intent);
            }
        } else {
            let sweep = Sweep::restored(KEY, &self.items).expect("it was read back just now");
            let sight = Sight::new(&sweep, &intent);
            self.known = Some((sweep, sight));
        }
        self.changed.clear();
        assert_eq!(self.known.as_ref().map(|(sweep, _)| sweep), Some(&self.sweep), "who follows knows what who reads anew knows");
    }

    /// Whatever is shown holds together.
    pub fn sees(&mut self) {
        self.look();
        let sight = Sight::new(&self.sweep, &|_| SERVICE.clone());
        assert!(self.known.as_ref().is_none_or(|(_, known)| *known == sight), "judged flow by flow as all at once");
        let ana = Question::Account(AccountPattern::new("ana@contoso.com").expect("a pattern"));
        for (question, view) in
            [(ana, View::default()), (Question::Rules, View { by_rules: true, filter: Filter::All, group: Group::Account, ..View::default() })]
        {
            let answer = Answer::new(&self.sweep, &sight, &question);
            adds_up(&self.sweep, &answer);
            let found = sheet(&self.sweep, &sight, &question, &answer, None, &|_, _| None);
            let counts = (found.counts.all, found.counts.uses, found.counts.left_over, found.counts.broken, found.counts.switched_off);
            let totals = answer.totals;
            assert_eq!(counts, (totals.flows, totals.uses, totals.left, totals.broken, totals.off), "paper and page count alike");
            self.shows(&sight, &question, &answer, &view);
        }
    }

    /// The page: what acts has a key, no key stands twice, and links lead to the portal.
    fn shows(&self, sight: &Sight, question: &Question, answer: &Answer, view: &View) {
        fn walk(node: &Node, keys: &mut BTreeSet<String>) {
            let Node::Element(element) = node else { return };
            assert!(element.act.is_none() || element.key.is_some(), "what acts has a key: {element:?}");
            assert!(element.key.as_ref().is_none_or(|key| keys.insert(key.clone())), "stands twice: {:?}", element.key);
            let is_there = |attr: &Attr| !matches!(attr, Attr::Link(address) if !address.starts_with("https://make.powerautomate.com/environments/"));
            assert!(element.attrs.iter().all(is_there), "a link that leads elsewhere: {:?}", element.attrs);
            element.children.iter().for_each(|child| walk(child, keys));
        }
        let place = Place { environment: ENVIRONMENT.to_owned(), host: HOST.to_owned(), account: ACCOUNT.to_owned(), ..Place::default() };
        let known = Known { sweep: &self.sweep, sight, question: Some(question), answer };
        let scene = Scene { places: &[place], elsewhere: &[], chosen: Some(0), known: Some(known), may_ask: true, now: self.now, clock: &Plain };
        walk(&page(&scene, view), &mut BTreeSet::new());
    }
}

/// Each flow stands in one way, and the figures are theirs.
fn adds_up(sweep: &Sweep, answer: &Answer) {
    let (totals, flows) = (answer.totals, sweep.entries().len());
    let waiting = answer.rows.iter().filter(|row| row.state == connection_lens::sweep::RowState::Waiting).count();
    let read = sweep.entries().iter().filter(|entry: &&Entry| entry.is_done()).count();
    assert_eq!((answer.rows.len(), totals.flows, totals.read), (flows, flows, read));
    assert_eq!(totals.uses + totals.left + totals.unknown + totals.unreadable + totals.done + totals.clean + waiting, flows, "each flow stands in one way");
    assert!(totals.off <= totals.uses && totals.broken <= flows && totals.changes.iter().sum::<usize>() <= flows);
    assert!(answer.people.iter().all(|person| person.flows + person.left > 0 && person.flows + person.left <= flows), "who is told of is somewhere");
}

/// Times as figures.
struct Plain;

impl Clock for Plain {
    fn moment(&self, at: f64) -> String {
        at.to_string()
    }

    fn day(&self, at: f64) -> String {
        at.to_string()
    }
}

/// When plays begin.
const NOW: f64 = 1_795_270_200_000.0;

fn start(at: f64) -> Value {
    json!({ "kind": "start", "environment": ENVIRONMENT, "host": HOST, "account": ACCOUNT, "tenant": "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9", "at": at })
}

/// An event as JSON, mostly whole, and mostly one that gets further.
fn event(draw: &mut Draw, asks: &[Ask], phase: Phase, at: f64) -> Value {
    let asked = if asks.is_empty() { None } else { asks[draw.below(asks.len())].number };
    let number = if draw.once_in(12) { draw.pick(&[Some(0), Some(1), Some(u64::MAX), asked.map(|number| number + 1)]) } else { asked };
    let number = number.unwrap_or_default();
    let mut event = match draw.below(64) {
        0 => start(at),
        1 | 2 => json!({ "kind": draw.pick(&["pause", "continue", "cancel", "go"]), "at": at }),
        3 | 4 => json!({ "kind": draw.pick(&["here", "gone", "continue", "full"]), "at": at }),
        5 | 6 => json!({ "kind": "waited", "at": at }),
        7..=12 => {
            json!({ "kind": "unswept", "number": number, "why": draw.pick(&["no_token", "no_page", "offline", "timeout", "too_large", "=else"]), "at": at })
        }
        13..=20 => {
            let status = draw.pick(&[429, 429, 500, 503, 401, 403, 404, 408, 0, 65_535]);
            json!({ "kind": "swept", "number": number, "status": status, "at": at, "retry_after": draw.pick(&[None, Some(17.0), Some(600.0), Some(-1.0), Some(1e300)]) })
        }
        _ if phase == Phase::Counted => json!({ "kind": "go", "at": at }),
        _ if phase == Phase::Done && draw.once_in(3) => start(at),
        _ if asks.is_empty() => json!({ "kind": draw.pick(&["here", "continue", "go", "waited"]), "at": at }),
        _ => json!({ "kind": "swept", "number": number, "status": 200, "at": at, "more": draw.once_in(4), "cut": draw.once_in(12) }),
    };
    if event["kind"] == "start" {
        event = start(at);
    }
    if draw.once_in(16)
        && let Some(fields) = event.as_object_mut()
    {
        let field = fields.keys().nth(draw.below(fields.len())).cloned().unwrap_or_default();
        fields.insert(field, shapes::odd(draw, 2));
    }
    event
}

/// A page of a list of flows.
fn listed(draw: &mut Draw) -> Value {
    let row = |draw: &mut Draw| {
        let state = draw.pick(&["Started", "Started", "Stopped", "Suspended", ""]);
        json!({ "name": draw.pick(&FLOWS), "properties": { "displayName": draw.name(), "state": state, "lastModifiedTime": draw.name() } })
    };
    json!({ "value": draw.list(6, row) })
}

/// What the service answers to an ask, mostly.
fn answer(draw: &mut Draw, what: Option<Asked>) -> Value {
    match what {
        _ if draw.once_in(12) => shapes::answer(draw),
        None => shapes::answer(draw),
        Some(Asked::Flows | Asked::SharedFlows) if draw.once_in(6) => shapes::lists(draw),
        Some(Asked::Flows | Asked::SharedFlows) => listed(draw),
        Some(Asked::Connections | Asked::FlowConnections) => shapes::connections(draw),
        Some(Asked::Flow) => shapes::flow(draw),
    }
}

/// Goes on with drawn events.
pub fn go_on(play: &mut Play, draw: &mut Draw, events: usize) {
    for _ in 0..events {
        if draw.is_done() {
            break;
        }
        if draw.once_in(24) {
            play.look_at(&DOCUMENTS_IN_SIGHT[draw.below(DOCUMENTS_IN_SIGHT.len())]);
            continue;
        }
        let at = if draw.once_in(24) { draw.time() } else { play.now + draw.pick(&[120.0, 120.0, 0.0, 2_000.0, 61_000.0, 1e7, -1e7]) };
        let text = event(draw, &play.asks, play.sweep.head.phase, at).to_string();
        let Ok(event) = serde_json::from_str::<SweepEvent>(&text) else { continue };
        let body = match &event {
            SweepEvent::Swept { .. } if draw.once_in(16) => draw.raw(64),
            SweepEvent::Swept { status: 400.., .. } => shapes::refusal(draw).to_string(),
            SweepEvent::Swept { number, .. } => {
                let what = play.asks.iter().find(|ask| ask.number == Some(*number)).map(|ask| ask.what);
                answer(draw, what).to_string()
            }
            _ => String::new(),
        };
        // A clock may be wrong for a moment; then it goes on.
        if (NOW..NOW * 2.0).contains(&at) {
            play.now = at;
        }
        let from = draw.pick(&DOCUMENTS);
        play.feed(&event, from, body.as_bytes());
    }
}

/// Sweeps as far as they come when everything is answered, a second one after the first: each a few answers further than the one before it.
pub static STAGES: LazyLock<Vec<Play>> = LazyLock::new(|| {
    let mut stages = Vec::new();
    for seed in [0_u8, 5, 17] {
        let bytes: Vec<u8> = (0..4_000_u16).map(|at| at.to_le_bytes()[0].wrapping_mul(31).wrapping_add(seed) ^ at.to_le_bytes()[1].wrapping_mul(7)).collect();
        let mut draw = Draw::new(&bytes);
        let mut play = Play { now: NOW, ..Play::default() };
        for round in 0..2 {
            play.feed(&serde_json::from_value(start(play.now)).expect("an event"), Some("doc:1"), b"");
            for step in 0..48 {
                play.now += 120.0;
                let at = play.now;
                let Some(ask) = play.asks.first().cloned() else {
                    play.feed(&SweepEvent::Go { at }, Some("doc:1"), b"");
                    continue;
                };
                let body = match ask.what {
                    Asked::Flows => json!({ "value": FLOWS.map(|id| json!({ "name": id, "properties": { "displayName": draw.name(), "state": "Started" } })) }),
                    Asked::SharedFlows => listed(&mut draw),
                    Asked::Flow => {
                        let flow = shapes::flow(&mut draw);
                        json!({ "name": ask.flow, "properties": flow.get("properties").unwrap_or(&flow) })
                    }
                    Asked::Connections | Asked::FlowConnections => shapes::connections(&mut draw),
                };
                let event = SweepEvent::Swept { number: ask.number.unwrap_or_default(), status: 200, at, retry_after: None, more: false, cut: false };
                play.feed(&event, Some("doc:1"), body.to_string().as_bytes());
                if step % 3 == round {
                    stages.push(play.clone());
                }
                if play.sweep.head.phase == Phase::Done {
                    break;
                }
            }
            play.now += 1e9;
        }
    }
    stages
});

/// Events in any order with any bodies, from the beginning or from somewhere on the way. Bytes that begin with `{` are one event as it is.
pub fn sweep(bytes: &[u8]) {
    if bytes.first() == Some(&b'{') {
        let text = shapes::text(bytes);
        if let Ok(event) = serde_json::from_str::<SweepEvent>(&text) {
            let written = serde_json::to_string(&event).expect("an event is written");
            assert_eq!(serde_json::from_str(&written).ok(), Some(event.clone()), "an event arrives as it was sent");
            for mut play in [Play::default(), STAGES[STAGES.len() / 2].clone()] {
                play.feed(&event, Some("doc:1"), b"{}");
                play.sees();
            }
        }
        return;
    }
    let mut draw = Draw::new(bytes);
    let from = draw.below(2 * STAGES.len());
    let mut play = STAGES.get(from).cloned().unwrap_or_else(|| Play { now: NOW, ..Play::default() });
    if from >= STAGES.len() && !draw.once_in(16) {
        play.feed(&serde_json::from_value(start(NOW)).expect("an event"), Some("doc:1"), b"");
    }
    go_on(&mut play, &mut draw, MOST_EVENTS);
    play.sees();
}
