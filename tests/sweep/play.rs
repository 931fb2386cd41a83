//! A sweep, played: the background with what it stores, and the page that carries the requests. Either may be stopped at any step.

use std::collections::{BTreeMap, HashMap, HashSet};

use connection_lens::protocol::{Ask, Asked, SweepEvent, SweepOutcome};
use connection_lens::sweep::{MOST_UNDER_WAY, Phase, Sweep, sweep_key};
use serde_json::{Map, Value};

use super::service::{ANA_ID, ENVIRONMENT, Service, TENANT};

/// How long the service takes to answer, in milliseconds.
const LATENCY: f64 = 120.0;

/// A request that the page makes, or is about to.
struct Making {
    ask: Ask,
    at: f64,
}

/// How the background is stopped while it takes an event in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    Never,
    /// Before anything was stored.
    Before,
    /// When everything was stored, and nobody was answered yet.
    After,
}

pub struct Play {
    pub service: Service,
    pub key: String,
    pub items: Map<String, Value>,
    pub sweep: Sweep,
    pub now: f64,
    /// The document that carries, by its key.
    pub document: Option<String>,
    making: Vec<Making>,
    /// The page's script remembers them as long as it lives.
    known: HashSet<u64>,
    /// Which page of which list it knows to be next.
    links: BTreeMap<(Asked, String), u32>,
    /// The step → how the background is stopped there.
    pub stops: HashMap<u64, Stop>,
    pub steps: u64,
    pub most_at_once: usize,
    /// How much the browser stores of it, in bytes.
    pub room: usize,
    /// How often that was too little.
    pub full: usize,
}

impl Play {
    pub fn new(service: Service) -> Self {
        Self {
            service,
            key: sweep_key(ENVIRONMENT, ANA_ID),
            items: Map::new(),
            sweep: Sweep::default(),
            now: 1_700_000_000_000.0,
            document: None,
            making: Vec::new(),
            known: HashSet::new(),
            links: BTreeMap::new(),
            stops: HashMap::new(),
            steps: 0,
            most_at_once: 0,
            room: usize::MAX,
            full: 0,
        }
    }

    pub fn start(&mut self) {
        self.document = Some("doc:1".into());
        let at = self.now;
        self.tell(&SweepEvent::Start {
            environment: ENVIRONMENT.into(),
            host: "make.powerautomate.com".into(),
            account: ANA_ID.into(),
            tenant: TENANT.into(),
            at,
        });
    }

    /// A second sweep, days later, to its end.
    pub fn again(&mut self) {
        self.service.told.clear();
        self.service.requests = 0;
        self.service.times.clear();
        self.now += 1e9;
        self.start();
        self.run();
    }

    pub fn tell(&mut self, event: &SweepEvent) {
        self.feed(event, "");
    }

    fn feed(&mut self, event: &SweepEvent, body: &str) {
        let stop = self.stops.get(&self.steps).copied().unwrap_or(Stop::Never);
        self.steps += 1;
        let document = self.document.clone();
        let mut outcome = self.sweep.feed(&self.key, event, document.as_deref(), body.as_bytes());
        if stop != Stop::Never {
            if stop == Stop::After {
                self.store(&outcome);
            }
            self.restart();
            // Whoever wasn't answered says it again.
            outcome = self.sweep.feed(&self.key, event, document.as_deref(), body.as_bytes());
        }
        if !self.store(&outcome) {
            self.full += 1;
            self.restart();
            outcome = self.sweep.feed(&self.key, &SweepEvent::Full { at: self.now }, document.as_deref(), b"");
            assert!(self.store(&outcome), "that it rests is shorter than what stood there");
        }
        // Reading all of it back at each step of a large one takes its time.
        if self.service.flows.len() > 20 && !self.steps.is_multiple_of(29) {
            return self.told(outcome);
        }
        let back = Sweep::restored(&self.key, &self.items).expect("what was stored is read back");
        assert_eq!(
            (&back.head, back.entries(), back.table()),
            (&self.sweep.head, self.sweep.entries(), self.sweep.table()),
            "a worker that dies here goes on as if it had not"
        );
        self.told(outcome);
    }

    /// The page hears what to ask for, unless it isn't the one that carries.
    fn told(&mut self, outcome: SweepOutcome) {
        if self.document.is_some() && self.document == outcome.carrier {
            self.carry(outcome.asks);
        }
    }

    /// As a browser does: all of it, or nothing where it is too much.
    fn store(&mut self, outcome: &SweepOutcome) -> bool {
        let before = (self.room < usize::MAX).then(|| self.items.clone());
        self.items.extend(outcome.keep.clone());
        if before.is_some() && self.takes() > self.room {
            self.items = before.unwrap_or_default();
            return false;
        }
        for key in &outcome.delete {
            assert!(self.items.remove(key).is_some(), "{key} was stored");
        }
        true
    }

    /// What is stored, in bytes.
    pub fn takes(&self) -> usize {
        Value::from(self.items.clone()).to_string().len()
    }

    /// The background is gone, and comes back with what it stored.
    pub fn restart(&mut self) {
        self.sweep = Sweep::restored(&self.key, &self.items).unwrap_or_default();
    }

    /// The page is loaded anew: what it was about to ask and what it knew is gone.
    pub fn reload(&mut self, document: &str) {
        self.making.clear();
        self.known.clear();
        self.links.clear();
        let at = self.now;
        self.tell(&SweepEvent::Gone { at });
        self.document = Some(document.into());
        self.tell(&SweepEvent::Here { at });
    }

    fn carry(&mut self, asks: Vec<Ask>) {
        for ask in asks {
            if self.known.insert(ask.number.expect("a sweep's ask has a number")) {
                let at = self.now + f64::from(ask.after) + LATENCY;
                self.making.push(Making { ask, at });
            }
        }
        self.most_at_once = self.most_at_once.max(self.making.len());
        assert!(self.making.len() <= MOST_UNDER_WAY, "{} at once", self.making.len());
    }

    /// The next answer comes; false where nothing is under way.
    pub fn step(&mut self) -> bool {
        let Some(next) = (0..self.making.len()).min_by(|one, other| self.making[*one].at.total_cmp(&self.making[*other].at)) else { return false };
        let Making { ask, at } = self.making.remove(next);
        self.now = self.now.max(at);
        let (at, number) = (self.now, ask.number.expect("a number"));
        let page = ask.page.unwrap_or_default();
        if page > 0 && self.links.get(&(ask.what, ask.flow.clone())) != Some(&page) {
            self.feed(&SweepEvent::Unswept { number, why: "no_page".into(), at }, "");
            return true;
        }
        let answer = self.service.answer(&ask, self.now);
        if answer.status == 0 {
            self.feed(&SweepEvent::Unswept { number, why: "timeout".into(), at }, "");
            return true;
        }
        if answer.more {
            self.links.insert((ask.what, ask.flow.clone()), page + 1);
        }
        self.feed(&SweepEvent::Swept { number, status: answer.status, at, retry_after: None, more: answer.more, cut: false }, &answer.body);
        true
    }

    /// Plays until nothing moves any more.
    pub fn run(&mut self) {
        for _ in 0..100_000 {
            if self.step() {
                continue;
            }
            if self.sweep.head.phase != Phase::Counted {
                return;
            }
            let at = self.now;
            self.tell(&SweepEvent::Go { at });
        }
        panic!("it never ends");
    }

    pub fn check_pace(&self, most: usize) {
        let times = &self.service.times;
        for (first, since) in times.iter().enumerate() {
            let within = times[first..].iter().take_while(|time| **time < since + 60_000.0).count();
            // A minute that is looked at may lie over two of ours.
            assert!(within <= 2 * most, "{within} requests within a minute");
        }
    }
}
