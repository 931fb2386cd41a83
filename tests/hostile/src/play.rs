//! The session, fed with whatever may come: forged and malformed events, answers of any shape in any order, a state that somebody wrote.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use connection_lens::protocol::{Asked, Event, Outcome, parcel};
use connection_lens::session::{self, Kept, Session, flow_key};
use serde_json::{Value, json};

use crate::draw::Draw;
use crate::shapes::{self, CANARY};
use crate::{addresses, judging};

/// As many events as one play has.
const MOST_EVENTS: usize = 12;

/// After so many events, and after the last one, everything is looked at; after the others what is cheap.
const LOOKED_AT: usize = 4;

/// The longest that an ask may wait, in milliseconds.
const LONGEST_WAIT: u32 = 120_000;

/// How often one thing may be asked for without a person's doing.
const MOST_ASKS: usize = 3;

const FLOWS: [&str; 3] = ["aaaaaaaa-0000-4000-8000-000000000001", "bbbbbbbb-0000-4000-8000-000000000002", "AAAAAAAA-0000-4000-8000-000000000001"];
/// The environment of all plays.
pub const ENVIRONMENT: &str = "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
const HOST: &str = "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com";

fn page(draw: &mut Draw) -> String {
    if draw.once_in(6) {
        return addresses::grown(draw);
    }
    let view = draw.pick(&["", "?v3=true", "?v3=false", "/details", "/runs/1"]);
    format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{}{view}", draw.pick(&FLOWS))
}

fn service(draw: &mut Draw) -> String {
    let flow = draw.pick(&FLOWS);
    match draw.below(10) {
        0..=2 => format!("https://{HOST}/powerautomate/flows/{flow}?api-version=1"),
        3 | 4 => format!("https://{HOST}/powerautomate/flows/{flow}/connections?api-version=1"),
        5 => format!("https://{HOST}/connectivity/connections?api-version=1"),
        6 => format!("https://{HOST}/powerautomate/flows/{flow}/{}", draw.pick(&["permissions", "owners", "publish", "embedded"])),
        7 => "https://contoso.crm4.dynamics.com/api/data/v9.2/connectionreferences".to_owned(),
        8 => format!("https://api.flow.microsoft.com/providers/Microsoft.ProcessSimple/environments/{ENVIRONMENT}/flows/{flow}?api-version=2016-11-01"),
        _ => addresses::grown(draw),
    }
}

/// An event as JSON, mostly whole.
fn event(draw: &mut Draw, items: &[String]) -> Value {
    let at = draw.time();
    let item = |draw: &mut Draw| if items.is_empty() { draw.name() } else { items[draw.below(items.len())].clone() };
    let flag = |draw: &mut Draw| draw.pick(&[None, Some(true), Some(false)]);
    let mut event = match draw.below(32) {
        0..=3 => json!({ "kind": "shown", "address": page(draw), "at": at }),
        4..=13 => {
            let status = draw.pick(&[200, 200, 200, 200, 401, 403, 404, 429, 500, 65_535]);
            let method = draw.pick(&["GET", "GET", "GET", "PATCH", "POST", "get", "DELETE", "x\u{0}"]);
            json!({ "kind": "captured", "method": method, "address": service(draw), "status": status, "at": at, "asked": draw.once_in(2), "retry_after": draw.pick(&[None, Some(17.0), Some(-1.0), Some(1e300)]) })
        }
        14 | 15 => json!({ "kind": "designer", "address": page(draw), "at": at }),
        16 => json!({ "kind": "signed_in", "account": draw.who(), "tenant": draw.name() }),
        17 => json!({ "kind": "designer_gone" }),
        18 => json!({ "kind": draw.pick(&["found", "rows"]), "count": draw.pick(&[0_u64, 1, 14, u64::MAX]) }),
        19 => json!({ "kind": "unanswered", "ask": draw.pick(&["flow", "flow_connections", "connections", "everything"]), "why": draw.name() }),
        20 => json!({ "kind": draw.pick(&["not_revealed", "reveal"]), "node": draw.name() }),
        21 | 22 => json!({ "kind": "intend", "accounts": draw.list(2, Draw::who), "scope": draw.pick(&["flow", "environment", "everywhere"]), "at": at }),
        23 => json!({ "kind": draw.pick(&["highlight", "owners"]), "on": flag(draw) }),
        24 => json!({ "kind": "step", "forward": draw.once_in(2) }),
        25 => json!({ "kind": "tick", "step": draw.pick(&["intend", "connect", "people", "leftovers", "done"]), "on": draw.once_in(2), "at": at }),
        26 => json!({ "kind": "tick_item", "item": item(draw), "on": draw.once_in(2), "at": at }),
        27 => json!({ "kind": "dismiss", "item": item(draw), "reason": draw.maybe(Draw::name), "at": at }),
        28 => json!({ "kind": "note", "item": item(draw), "text": draw.maybe(Draw::name), "at": at }),
        29 => json!({ "kind": "undo", "of": at }),
        30 => json!({ "kind": draw.pick(&["reset", "refresh"]), "at": at }),
        _ => json!({ "kind": draw.pick(&["look", "hidden", "sign_in_alone"]), "on": true }),
    };
    if draw.once_in(12)
        && let Some(fields) = event.as_object_mut()
        && !fields.is_empty()
    {
        let field = fields.keys().nth(draw.below(fields.len())).cloned().unwrap_or_default();
        fields.insert(field, shapes::odd(draw, 2));
    }
    event
}

/// What beside the events decides.
fn kept(draw: &mut Draw) -> Kept {
    let managed = if draw.once_in(6) {
        json!({ "intended": [{ "accounts": [draw.who()] }], "locked": draw.once_in(2), "extraRequests": draw.once_in(2) })
    } else {
        Value::Null
    };
    Kept::from_items(&json!({ "settings": { "accounts": ["svc-*@contoso.com"], "extra_requests": !draw.once_in(8) }, "managed": managed }))
}

/// A session being played; whatever it is fed, what must hold is looked at.
#[derive(Default)]
pub struct Play {
    session: Session,
    kept: Kept,
    /// What was asked for since a person asked anew, the page changed, or something was answered.
    asked: Vec<Asked>,
    fed: usize,
}

impl Play {
    /// A page with a flow in sight, of which everything was read.
    #[must_use]
    pub fn in_sight() -> Self {
        let state = STATES.first().map(Value::to_string).unwrap_or_default();
        Self { session: Session::restored(&state).expect("a state of our own"), ..Self::default() }
    }

    /// Feeds an event.
    pub fn feed(&mut self, event: &Event, body: &[u8]) -> Outcome {
        let outcome = self.session.feed(event, body, &mut self.kept);
        self.asks(event, &outcome);
        self.keeps(&outcome);
        let written = serde_json::to_string(&outcome).expect("an outcome is written");
        assert!(!written.contains(CANARY), "no body is told");
        self.fed += 1;
        if self.fed.is_multiple_of(LOOKED_AT) {
            assert_eq!(serde_json::from_str::<Outcome>(&written).ok().as_ref(), Some(&outcome), "an outcome arrives as it was sent");
            if let Some(paint) = &outcome.paint {
                assert_eq!(*paint, self.session.paint(&self.kept), "the same facts give the same picture");
            }
            self.look(&outcome);
        }
        outcome
    }

    /// Looks at everything: what would be stored, and what is shown.
    fn look(&self, outcome: &Outcome) {
        let stored = self.session.stored();
        assert!(!stored.contains(CANARY), "no body is stored");
        assert_eq!(Session::restored(&stored).as_ref(), Some(&self.session), "a worker that dies here goes on as if it had not");
        self.sees(outcome);
    }

    /// Nothing but the closed set, only about the flow in sight, only where it is allowed, and not for ever.
    fn asks(&mut self, event: &Event, outcome: &Outcome) {
        // Whatever is answered, or asked anew, may be asked for again.
        if matches!(event, Event::Captured { .. } | Event::Refresh { .. } | Event::Shown { .. } | Event::SignedIn { .. } | Event::Designer { .. }) {
            self.asked.clear();
        }
        assert!(outcome.asks.is_empty() || self.kept.may_ask(), "nothing is asked for against a person's or an organisation's word");
        assert!(outcome.asks.is_empty() || self.session.shown || matches!(event, Event::Refresh { .. }), "out of sight nothing is asked for");
        let kinds: BTreeSet<Asked> = outcome.asks.iter().map(|ask| ask.what).collect();
        assert_eq!(kinds.len(), outcome.asks.len(), "each thing once");
        for ask in &outcome.asks {
            let facts = self.session.facts().expect("a flow in sight");
            assert_eq!((&ask.environment, &ask.flow), (&facts.environment, &facts.id), "only about what is in sight");
            assert!(is_id(&ask.flow) && is_id(&ask.environment), "ids cross, never addresses: {ask:?}");
            assert!(ask.after <= LONGEST_WAIT, "nobody waits so long: {ask:?}");
            self.asked.push(ask.what);
            assert!(self.asked.iter().filter(|what| **what == ask.what).count() <= MOST_ASKS, "asked for again and again: {ask:?}");
        }
    }

    /// Only what a person decided is kept, in the places that are ours; and it is read back as it is.
    fn keeps(&self, outcome: &Outcome) {
        for (key, value) in &outcome.keep {
            let here = self.session.facts().map(|facts| flow_key(&facts.environment, &facts.id));
            assert!(key == "settings" || Some(key) == here.as_ref(), "kept under a key of ours: {key}");
            let back = Kept::from_items(&json!({ key.as_str(): value }));
            if key == "settings" {
                assert_eq!(back.settings, self.kept.settings, "settings are read back as they were kept");
            } else {
                assert_eq!(back.record(key), self.kept.record(key), "a record is read back as it was kept");
            }
        }
    }

    /// Whatever is shown holds together.
    fn sees(&self, outcome: &Outcome) {
        let _ = (
            session::contracts(&self.session, &self.kept),
            session::shapes(&self.session, &self.kept, &json!({}), &json!({ "iframe": 1 })),
            session::explained(&self.session, &self.kept),
        );
        let Some(sight) = self.session.sight(&self.kept) else {
            assert!(outcome.badge.as_deref().unwrap_or_default().is_empty(), "no flow, no number");
            return;
        };
        judging::adds_up(&sight.known, &sight.audit);
        judging::in_order(&sight.audit, &sight.checklist());
        if let Some(badge) = &outcome.badge {
            let number = badge.trim_end_matches('!');
            assert_eq!(number.parse().unwrap_or(0), sight.audit.counts.mismatch, "the number of what is to change");
        }
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 64 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// Goes on from a session with drawn events.
fn go_on(session: Session, draw: &mut Draw) {
    let mut play = Play { session, kept: kept(draw), ..Play::default() };
    let mut items = Vec::new();
    for _ in 0..MOST_EVENTS {
        if draw.is_done() {
            break;
        }
        let text = event(draw, &items).to_string();
        let body = if draw.once_in(16) { draw.raw(64) } else { String::new() };
        let Ok(event) = parcel(&text, body.as_bytes()) else { continue };
        let grown = match event {
            Event::Designer { .. } => shapes::designer(draw).to_string(),
            Event::Captured { .. } => shapes::answer(draw).to_string(),
            _ => String::new(),
        };
        play.feed(&event, if body.is_empty() { &grown } else { &body }.as_bytes());
        if let Some(sight) = play.session.sight(&play.kept).filter(|_| play.fed == 3) {
            items = judging::items(&sight.audit, &sight.checklist());
        }
    }
    play.look(&Outcome::default());
}

/// Messages: events in any order with any bodies. Bytes that begin with `{` are one message as it is.
pub fn session(bytes: &[u8]) {
    if bytes.first() == Some(&b'{') {
        let text = shapes::text(bytes);
        if let Ok(event) = parcel(&text, b"") {
            let written = serde_json::to_string(&event).expect("an event is written");
            assert_eq!(parcel(&written, b""), Ok(event.clone()), "an event arrives as it was sent");
            Play::default().feed(&event, b"{}");
        }
        return;
    }
    go_on(Session::default(), &mut Draw::new(bytes));
}

/// States that real plays end in, as JSON.
pub static STATES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let play = |seed: u8| {
        let mut session = Session::default();
        let mut kept = Kept::default();
        let page = format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{}?v3=true", FLOWS[0]);
        session.feed(&Event::Shown { address: page.clone(), at: 1.0 }, b"", &mut kept);
        let bytes: Vec<u8> = (0..200_u8).map(|byte| byte.wrapping_mul(31).wrapping_add(seed)).collect();
        let mut draw = Draw::new(&bytes);
        let flow = json!({ "name": FLOWS[0], "properties": shapes::flow(&mut draw)["properties"] }).to_string();
        for (path, body) in
            [("", flow), ("/connections", shapes::connections(&mut draw).to_string()), ("/embedded", shapes::connections(&mut draw).to_string())]
        {
            let address = format!("https://{HOST}/powerautomate/flows/{}{path}", FLOWS[0]);
            let event = Event::Captured { method: "GET".into(), address, status: 200, at: 2.0, asked: false, retry_after: None };
            session.feed(&event, body.as_bytes(), &mut kept);
        }
        session.feed(&Event::Designer { address: page, at: 3.0 }, shapes::designer(&mut draw).to_string().as_bytes(), &mut kept);
        serde_json::from_str(&session.stored()).expect("a state is JSON")
    };
    (0..8).map(|seed| play(seed * 7)).collect()
});

/// Changes a value somewhere inside.
pub fn bend(value: &mut Value, draw: &mut Draw) {
    let inner = match value {
        Value::Object(fields) if !fields.is_empty() => {
            let at = draw.below(fields.len());
            fields.values_mut().nth(at)
        }
        Value::Array(rows) if !rows.is_empty() => {
            if draw.once_in(8) {
                let row = rows[draw.below(rows.len())].clone();
                rows.push(row);
            }
            let at = draw.below(rows.len());
            rows.get_mut(at)
        }
        _ => None,
    };
    match inner {
        Some(inner) if !draw.once_in(8) => bend(inner, draw),
        _ => *value = if draw.once_in(2) { json!(draw.name()) } else { shapes::odd(draw, 2) },
    }
}

/// States that were stored, whole or bent: taken back as they are, or set aside. Bytes that begin with `{` are a state as it is.
pub fn restored(bytes: &[u8]) {
    let mut draw = Draw::new(bytes);
    let text = if bytes.first() == Some(&b'{') {
        shapes::text(bytes)
    } else {
        let mut state = STATES[draw.below(STATES.len())].clone();
        for _ in 0..=draw.below(3) {
            bend(&mut state, &mut draw);
        }
        state.to_string()
    };
    let Some(mut session) = Session::restored(&text) else { return };
    let stored = session.stored();
    assert_eq!(Session::restored(&stored).as_ref(), Some(&session), "what is stored is taken back");
    let mut kept = if draw.once_in(2) { Kept::default() } else { kept(&mut draw) };
    session.feed(&Event::Look {}, b"", &mut kept);
    let event = event(&mut draw, &[]).to_string();
    let body = shapes::answer(&mut draw).to_string();
    if let Ok(event) = parcel(&event, body.as_bytes()) {
        session.feed(&event, body.as_bytes(), &mut kept);
    }
    let _ = session.paint(&kept);
    assert!(Session::restored(&session.stored()).is_some(), "whatever it was, it can be stored again");
}
