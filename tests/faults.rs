//! Figure 7, played: every fault at every request, the page's and ours, again and again until nobody asks any more. A clear state each, bounded tries,
//! nothing wrong said, and all is well as soon as the service answers. (tests/e2e/tests/trust/faults.rs sees the sentences in real browsers.)
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "tests panic where they fail")]

use connection_lens::audit::Verdict;
use connection_lens::model::AccountPattern;
use connection_lens::protocol::{Asked, Event, Outcome, Scope};
use connection_lens::session::{Kept, Session};
use serde_json::json;

const ENVIRONMENT: &str = "Default-1f2e3d4c-5b6a-4978-8695-a4b3c2d1e0f9";
const HOST: &str = "default1f2e3d4c5b6a49788695a4b3c2d1e0.f9.environment.api.powerplatform.com";
const FLOW: &str = "aaaaaaaa-0000-4000-8000-000000000001";
const SERVICE: &str = "svc-flows@contoso.com";

/// No request is made more often than this before a person asks for it: three tries, and one that the page had under way.
const MOST: usize = 4;

/// What comes instead of an answer.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Status(u16, &'static str),
    Text(&'static str),
    /// Nothing at all: only of our own requests anybody hears so.
    Silence(&'static str),
}

const FAULTS: [Fault; 27] = [
    Fault::Status(400, r#"{"error":{"code":"BadRequest","message":"no"}}"#),
    Fault::Status(401, r#"{"error":{"code":"ExpiredAuthenticationToken","message":"no"}}"#),
    Fault::Status(403, r#"{"error":{"code":"ConnectionAuthorizationFailed","message":"no"}}"#),
    Fault::Status(404, r#"{"error":{"code":"FlowNotFound","message":"no"}}"#),
    Fault::Status(408, ""),
    Fault::Status(429, r#"{"error":{"code":"RateLimitExceeded","message":"Rate limit is exceeded. Try again in 17 seconds."}}"#),
    Fault::Status(429, r#"{"error":{"code":"RateLimitExceeded","message":"Rate limit is exceeded. Try again in 99999 seconds."}}"#),
    Fault::Status(429, "busy"),
    Fault::Status(500, "oops"),
    Fault::Status(502, "<!doctype html><h1>Bad gateway</h1>"),
    Fault::Status(503, "null"),
    Fault::Status(504, "{"),
    Fault::Text(""),
    Fault::Text("{"),
    Fault::Text("null"),
    Fault::Text("7"),
    Fault::Text("[]"),
    Fault::Text("{}"),
    Fault::Text(r#"{"value":[]}"#),
    Fault::Text(r#"{"value":null}"#),
    Fault::Text(r#"[null,7,"x",[]]"#),
    Fault::Text(r#"{"name":"aaaaaaaa-0000-4000-8000-000000000001","properties":{"displayName":"x","defini"#),
    Fault::Text(r#"{"name":"aaaaaaaa-0000-4000-8000-000000000001","properties":{"displayName":"x","state":"Started"}}"#),
    Fault::Text("<!doctype html><h1>Sign in</h1>"),
    Fault::Silence("offline"),
    Fault::Silence("timeout"),
    Fault::Silence("too_large"),
];

/// Where the fault is.
const REQUESTS: [Asked; 3] = [Asked::Flow, Asked::FlowConnections, Asked::Connections];

fn address(what: Asked) -> String {
    match what {
        Asked::Flow => format!("https://{HOST}/powerautomate/flows/{FLOW}?api-version=1"),
        Asked::FlowConnections => format!("https://{HOST}/powerautomate/flows/{FLOW}/connections?api-version=1"),
        Asked::Connections => format!("https://{HOST}/connectivity/connections?api-version=1"),
        Asked::Flows | Asked::SharedFlows => unreachable!("only a sweep asks for lists"),
    }
}

fn right(what: Asked) -> String {
    let api = "/providers/Microsoft.PowerApps/apis/shared_office365";
    let connection = |id: &str, who: &str| json!({ "name": id, "id": format!("{api}/connections/{id}"), "properties": { "apiId": api, "displayName": who, "accountName": who, "statuses": [{ "status": "Connected" }], "createdBy": { "email": who } } });
    let action = |key: &str| json!({ "type": "OpenApiConnection", "runAfter": {}, "inputs": { "host": { "connectionName": key, "apiId": api } } });
    let reference = |id: &str| json!({ "connectionName": id, "source": "Embedded", "id": api });
    match what {
        // One of its connections is in neither list but the environment's.
        Asked::Flow => json!({ "name": FLOW, "properties": { "displayName": "Invoice approval",
            "definition": { "triggers": { "manual": { "type": "Request" } }, "actions": { "Send": action("a"), "File": action("s"), "Tell": action("e") } },
            "connectionReferences": { "a": reference("ana"), "s": reference("svc"), "e": reference("else") } } })
        .to_string(),
        Asked::FlowConnections => json!([connection("ana", "ana.kovac@contoso.com"), connection("svc", SERVICE)]).to_string(),
        Asked::Connections => json!({ "value": [connection("else", "ana.kovac@contoso.com")] }).to_string(),
        Asked::Flows | Asked::SharedFlows => unreachable!("only a sweep asks for lists"),
    }
}

struct Play {
    session: Session,
    kept: Kept,
    time: f64,
    /// How often each was asked for.
    made: Vec<Asked>,
}

impl Play {
    fn new() -> Self {
        let mut play = Self { session: Session::default(), kept: Kept::default(), time: 0.0, made: Vec::new() };
        let accounts = AccountPattern::new(SERVICE).into_iter().collect();
        play.feed(&Event::Intend { accounts, scope: Scope::Everywhere, at: 0.0 }, "");
        play
    }

    fn feed(&mut self, event: &Event, body: &str) -> Outcome {
        self.time += 1.0;
        self.session.feed(event, body.as_bytes(), &mut self.kept)
    }

    fn come(&mut self, what: Asked, fault: Option<Fault>, asked: bool) -> Outcome {
        let (status, body) = match fault {
            Some(Fault::Silence(why)) => return self.feed(&Event::Unanswered { ask: what, flow: FLOW.to_owned(), why: why.to_owned() }, ""),
            Some(Fault::Status(status, body)) => (status, body.to_owned()),
            Some(Fault::Text(body)) => (200, body.to_owned()),
            None => (200, right(what)),
        };
        let at = self.time;
        self.feed(&Event::Captured { method: "GET".to_owned(), address: address(what), status, at, asked, retry_after: None }, &body)
    }

    /// Answers whatever is asked for, until nothing is any more: faultily where the fault is, rightly elsewhere.
    fn follow(&mut self, outcome: Outcome, spoilt: Asked, fault: Option<Fault>) {
        let mut waiting = outcome.asks;
        for _ in 0..50 {
            let Some(ask) = waiting.pop() else { return };
            self.made.push(ask.what);
            let outcome = self.come(ask.what, fault.filter(|_| ask.what == spoilt), true);
            waiting.extend(outcome.asks);
        }
        panic!("{fault:?} at {spoilt:?}: asked for without an end: {:?}", self.made);
    }

    fn verdicts(&self) -> Vec<(String, Verdict)> {
        let sight = self.session.sight(&self.kept).expect("the address names a flow");
        sight
            .audit
            .operations
            .iter()
            .filter(|judged| judged.verdict != Verdict::NoConnection)
            .map(|judged| (judged.name.clone(), judged.verdict.clone()))
            .collect()
    }
}

/// What is so in truth, for each operation: nothing else may ever be said of it, only that it isn't known.
fn is_true(name: &str, verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Unknown { .. } => true,
        Verdict::AsIntended => name == "File",
        Verdict::Mismatch { .. } => name == "Send" || name == "Tell",
        Verdict::RunOnly | Verdict::NoConnection => false,
    }
}

#[test]
fn every_fault_at_every_request_is_told_and_bounded() {
    let (mut played, mut most) = (0, 0);
    for spoilt in REQUESTS {
        for fault in FAULTS {
            for by_page in [true, false] {
                if by_page && matches!(fault, Fault::Silence(_)) {
                    continue;
                }
                let what = format!("{fault:?} at {spoilt:?}, {}", if by_page { "the page's" } else { "ours" });
                let mut play = Play::new();
                let shown = play
                    .feed(&Event::Shown { address: format!("https://make.powerautomate.com/environments/{ENVIRONMENT}/flows/{FLOW}?v3=true"), at: 0.0 }, "");
                let mut waiting = shown.asks;
                if by_page {
                    // The page loads what comes before, and meets the fault itself. What it doesn't load then is asked for, and goes as badly.
                    for request in REQUESTS {
                        let outcome = play.come(request, Some(fault).filter(|_| request == spoilt), false);
                        waiting = outcome.asks;
                        if request == spoilt {
                            break;
                        }
                    }
                }
                play.follow(Outcome { asks: waiting, ..Outcome::default() }, spoilt, Some(fault));
                for request in REQUESTS {
                    let made = play.made.iter().filter(|made| **made == request).count();
                    most = most.max(made);
                    assert!(made <= MOST, "{what}: {request:?} was asked for {made} times");
                }
                let sight = play.session.sight(&play.kept).expect("the address names a flow");
                assert!(!sight.is_reading(), "{what}: something is awaited for ever");
                let is_wanted = spoilt != Asked::Connections || !by_page;
                let is_trouble = sight.facts.troubles.iter().any(|trouble| trouble.what == spoilt);
                // Of a list it tells, too, that what it would have shown is unknown. Without the flow itself nothing is there to be unknown: only a trouble tells.
                let is_told = is_trouble || spoilt != Asked::Flow && sight.audit.counts.unknown > 0;
                assert!(!is_wanted || is_told, "{what}: nothing tells of it");
                for (name, verdict) in play.verdicts() {
                    assert!(is_true(&name, &verdict), "{what}: {name} is said to be {verdict:?}");
                }
                let counts = play.session.sight(&play.kept).expect("as before").audit.counts;
                assert_eq!(counts.leftovers, 0, "{what}: nothing is left over, and nothing may be said to be");
                if spoilt == Asked::Flow && counts.operations == 0 {
                    assert!(play.verdicts().is_empty(), "{what}");
                }
                // The service is well again and the person asks anew.
                let at = play.time;
                let mut again = play.feed(&Event::Refresh { at }, "");
                assert!(!again.asks.is_empty(), "{what}: a person's wish is heard");
                play.made.clear();
                again.asks.reverse();
                play.follow(again, spoilt, None);
                let told: Vec<bool> = play.verdicts().iter().map(|(_, verdict)| matches!(verdict, Verdict::Unknown { .. })).collect();
                assert_eq!(told, [false, false, false], "{what}: {:?}", play.verdicts());
                played += 1;
            }
        }
    }
    println!("trust: 7 faults played at the page's requests and ours: {played}; told wrong 0, asked for without an end 0, most tries {most}");
}
