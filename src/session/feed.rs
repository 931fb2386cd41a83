//! Event → state → effects.

use super::asks::{MOST_TRIES, may_be_asked};
use super::facts::{Tries, environment_key};
use super::{Facts, Kept, Live, MOST_FLOWS, MOST_POOLS, Pool, Saved, Seen, Session, Sight, Trouble};
use crate::model::{Account, Flow, Principal, Reading};
use crate::portal::{self, Asked as Answered};
use crate::protocol::{Asked, Event, Outcome, Reveal, VERSION};
use crate::read::ReadError;
use crate::{audit, paint, read};

impl Session {
    /// Takes in what happened and says what follows. `body` is the text that travels beside some events; empty for all others.
    /// `kept` is changed along with what the outcome says to keep.
    pub fn feed(&mut self, event: &Event, body: &[u8], kept: &mut Kept) -> Outcome {
        if self.text.0.is_empty() {
            self.text.0 = self.stored();
        }
        let mut outcome = Outcome { version: VERSION, ..Outcome::default() };
        let mut repaint = true;
        match event {
            Event::Shown { address, at } => self.arrive(address, *at),
            Event::Hidden {} => {
                self.shown = false;
                repaint = false;
            }
            Event::Captured { .. } => self.take_answer(event, body),
            Event::SignedIn { account, tenant } => self.sign_in(account, tenant),
            Event::Designer { address, at } => repaint = self.take_designer(address, *at, body),
            Event::DesignerGone {} => {
                // By now the address may be another flow's, or none's. A document has one designer.
                for facts in &mut self.flows {
                    facts.live = None;
                }
            }
            Event::Found { count } => {
                self.found = Some(*count);
                repaint = false;
            }
            Event::Rows { count } => {
                self.rows = Some(*count);
                repaint = false;
            }
            Event::Unanswered { ask, flow, why } => {
                let asked_for = if flow.is_empty() { self.here() } else { self.flows.iter_mut().find(|facts| facts.is(flow)) };
                if let Some(facts) = asked_for {
                    facts.failed(Trouble { what: *ask, status: 0, code: Some(why.clone()), wait: None, at: 0.0 });
                }
            }
            Event::NotRevealed { node } => {
                self.not_revealed = Some(node.clone());
                repaint = false;
            }
            Event::Highlight { on } => self.highlight = on.unwrap_or(!self.highlight),
            Event::Owners { on } => self.owners = on.unwrap_or(!self.owners),
            Event::Step { forward } => outcome.reveal = self.step(*forward, kept),
            Event::Reveal { node } => {
                self.current = Some(node.clone());
                outcome.reveal = self.reveal(node, kept);
            }
            Event::Intend { .. }
            | Event::SignInAlone { .. }
            | Event::Tick { .. }
            | Event::TickItem { .. }
            | Event::Dismiss { .. }
            | Event::Note { .. }
            | Event::Undo { .. }
            | Event::Reset { .. } => self.decide(event, kept, &mut outcome),
            Event::Refresh { .. } => {
                if let Some(facts) = self.here().filter(|facts| kept.may_ask() && may_be_asked(facts)) {
                    facts.tries.clear();
                    facts.troubles.clear();
                    let environment = facts.environment.clone();
                    // The environment's list too, as soon as something is missing without it.
                    if let Some(pool) = self.pool(&environment) {
                        pool.seen = None;
                    }
                    outcome.asks = self.again();
                }
            }
            Event::Look {} => {}
        }
        if !body.is_empty() {
            self.shed();
        }
        let may_ask = self.shown && outcome.asks.is_empty() && !matches!(event, Event::Hidden {});
        let mut wanted = Vec::new();
        // Judged once: what is remembered, asked for and painted are all made of it.
        if let Some(mut sight) = self.sight(kept) {
            if let Some(change) = sight.remembered(event, self.shown_at, kept) {
                outcome.keep.extend([change]);
            }
            if may_ask {
                wanted = sight.wanted();
            }
            if repaint {
                outcome.badge = Some(badge(&sight));
                outcome.paint = Some(self.painted(Some(&sight), kept));
            }
        } else if repaint {
            outcome.badge = Some(String::new());
            outcome.paint = Some(self.painted(None, kept));
        }
        outcome.asks.extend(self.asked(wanted));
        let text = self.stored();
        outcome.changed = text != self.text.0;
        self.text.0 = text;
        outcome
    }

    fn here(&mut self) -> Option<&mut Facts> {
        let flow = self.place.as_ref()?.flow.clone()?;
        self.flows.iter_mut().find(|facts| facts.is(&flow))
    }

    fn arrive(&mut self, address: &str, at: f64) {
        let place = portal::place(address);
        let flow_of = |place: &Option<portal::Place>| place.as_ref().and_then(|place| place.flow.clone());
        if self.place.is_some() && flow_of(&self.place) != flow_of(&place) {
            self.moved = true;
            self.current = None;
            self.found = None;
            self.rows = None;
            self.not_revealed = None;
        }
        self.shown = true;
        self.shown_at = at;
        self.place = place;
        let Some((environment, flow)) = self.place.as_ref().and_then(|place| Some((place.environment.clone()?, place.flow.clone()?))) else { return };
        if let Some(index) = self.flows.iter().position(|facts| facts.is(&flow)) {
            let facts = self.flows.remove(index);
            self.flows.push(facts);
        } else {
            self.facts_of(&flow, &environment);
        }
        // What was under way belonged to the page before.
        if let Some(facts) = self.here() {
            for tries in facts.tries.values_mut() {
                tries.waiting = false;
            }
        }
    }

    /// The facts of a flow, kept for the newest few flows.
    fn facts_of(&mut self, flow: &str, environment: &str) -> Option<&mut Facts> {
        if !self.flows.iter().any(|facts| facts.is(flow)) {
            if self.flows.len() >= MOST_FLOWS {
                let here = self.place.as_ref().and_then(|place| place.flow.clone());
                let oldest = self.flows.iter().position(|facts| here.as_deref().is_none_or(|here| !facts.is(here))).unwrap_or(0);
                self.flows.remove(oldest);
            }
            self.flows.push(Facts { id: flow.to_owned(), environment: environment.to_owned(), ..Facts::default() });
        }
        self.flows.iter_mut().find(|facts| facts.is(flow))
    }

    /// Another account's answers are nobody's business here: everything read before is forgotten.
    fn sign_in(&mut self, account: &str, tenant: &str) {
        let account = Account::from_label(account);
        let other = |known: &Option<Account>| matches!((known, &account), (Some(known), Some(now)) if !known.is_same(now));
        if other(&self.signed_in) {
            self.flows.clear();
            self.pools.clear();
            self.environments.clear();
            if let Some((environment, flow)) = self.place.as_ref().and_then(|place| Some((place.environment.clone()?, place.flow.clone()?))) {
                self.facts_of(&flow, &environment);
            }
        }
        self.signed_in = account;
        self.tenant = Some(tenant.to_owned());
    }

    fn take_answer(&mut self, event: &Event, body: &[u8]) {
        let Event::Captured { method, address, status, at, asked, retry_after } = event else { return };
        let request = portal::request(method, address);
        let is_flow = |request: &portal::Request| *status < 400 && matches!(request.asked, Answered::Flow | Answered::Save);
        // The largest of all answers is read once.
        let flow_read = request.as_ref().filter(|request| is_flow(request)).map(|_| read::flow(body));
        let is_recognised = || *status >= 400 || request.as_ref().is_some_and(|request| is_recognised(request.asked, flow_read.as_ref(), body));
        self.witness.saw(method, address, *status, body, is_recognised);
        let Some(request) = request else { return };
        let here = self.place.as_ref();
        let environment = request.environment.clone().or_else(|| here.and_then(|place| place.environment.clone())).unwrap_or_default();
        let here_flow = here.and_then(|place| place.flow.clone());
        let flow = request.flow.clone().or(here_flow);
        let seen = Seen { at: *at, source: portal::template(address), asked: *asked };
        if *status >= 400 {
            let what = match request.asked {
                Answered::Flow => Asked::Flow,
                Answered::FlowConnections => Asked::FlowConnections,
                Answered::Connections => Asked::Connections,
                _ => return,
            };
            let refusal = read::refusal(body);
            let wait = retry_after.or_else(|| refusal.as_ref().and_then(|refusal| refusal.wait_seconds));
            if let Some(facts) = flow.and_then(|flow| self.facts_of(&flow, &environment)) {
                facts.failed(Trouble { what, status: *status, code: refusal.map(|refusal| refusal.code), wait, at: *at });
            }
            return;
        }
        match request.asked {
            Answered::Flow => {
                if let Some(read) = flow_read {
                    self.take_flow(request.flow.as_deref(), &environment, seen, read);
                }
            }
            Answered::Save => {
                // The answer of a save may hold the flow, part of it, or nothing: unless it holds it, what was saved is read anew.
                if let Some(read) = flow_read.filter(|read| read.as_ref().is_ok_and(|reading| !reading.found.operations.is_empty())) {
                    self.take_flow(request.flow.as_deref(), &environment, seen, read);
                } else if let Some(facts) = flow.and_then(|flow| self.facts_of(&flow, &environment)) {
                    facts.saved_is_old();
                }
            }
            Answered::FlowConnections | Answered::Connections | Answered::Connection | Answered::OnFlow => {
                self.take_connections(&request, &environment, flow.as_deref(), seen, body);
            }
            Answered::Permissions => {
                if let (Some(facts), Ok(reading)) = (flow.and_then(|flow| self.facts_of(&flow, &environment)), read::people(body)) {
                    facts.owners = reading.found.into_iter().filter(Principal::is_owner).filter_map(|principal| principal.account).collect();
                }
            }
            Answered::Dataverse => self.take_rows(&environment, seen, body),
            Answered::Environments => {
                if let Some(environments) = read::environment_list(body) {
                    self.environments = environments;
                }
            }
            Answered::FlowList => {}
        }
    }

    /// Dataverse: the flow's own row with its definition, or what a solution's references point to.
    fn take_rows(&mut self, environment: &str, seen: Seen, body: &[u8]) {
        if let Ok(reading) = read::flow(body) {
            let id = reading.found.workflow_id.clone();
            // The flow service's own answer tells more, and is newer than a row that was loaded beside it.
            let known = self.here().filter(|facts| id.as_deref().is_some_and(|id| facts.is(id)));
            if known.is_some_and(|facts| facts.saved.is_none()) {
                self.take_flow(id.as_deref(), environment, seen, Ok(reading));
            }
            return;
        }
        let Ok(reading) = read::reference_rows(body) else { return };
        if let Some(pool) = self.pool(environment) {
            pool.take_references(reading.found);
            let rows = pool.references.clone();
            let key = environment_key(environment);
            for facts in self.flows.iter_mut().filter(|facts| environment_key(&facts.environment) == key) {
                facts.resolve(&rows);
            }
        }
    }

    /// The connections of an environment.
    fn pool(&mut self, environment: &str) -> Option<&mut Pool> {
        let key = environment_key(environment);
        if !self.pools.iter().any(|pool| pool.environment == key) {
            if self.pools.len() >= MOST_POOLS {
                self.pools.remove(0);
            }
            self.pools.push(Pool { environment: key.clone(), ..Pool::default() });
        }
        self.pools.iter_mut().find(|pool| pool.environment == key)
    }

    fn take_flow(&mut self, id: Option<&str>, environment: &str, seen: Seen, read: Result<Reading<Flow>, ReadError>) {
        match read {
            Ok(reading) if !reading.found.operations.is_empty() => {
                let flow = reading.found;
                let Some(id) = id.map(str::to_owned).or_else(|| flow.id.clone()) else { return };
                let environment = if environment.is_empty() { flow.environment.clone().unwrap_or_default() } else { environment.to_owned() };
                let rows = self.pool(&environment).map(|pool| pool.references.clone()).unwrap_or_default();
                if let Some(facts) = self.facts_of(&id, &environment) {
                    facts.answered(Asked::Flow);
                    facts.saved = Some(Saved { flow, gaps: reading.gaps, seen, old: false });
                    facts.resolve(&rows);
                }
            }
            // A GET without `$expand` of the definition tells nothing new about operations; an unreadable one is told to the person.
            Ok(_) => {}
            Err(error) => {
                // What the page's side finds too long never comes here; it is told in the same words.
                let (status, code) = if error.is_about_size() { (0, "too_large") } else { (200, error.kind_name()) };
                if let Some(facts) = id.and_then(|id| self.facts_of(id, environment)) {
                    facts.failed(Trouble { what: Asked::Flow, status, code: Some(code.to_owned()), wait: None, at: seen.at });
                }
            }
        }
    }

    fn take_connections(&mut self, request: &portal::Request, environment: &str, flow: Option<&str>, seen: Seen, body: &[u8]) {
        let Ok(reading) = read::connections(body) else {
            let what = match request.asked {
                Answered::FlowConnections => Asked::FlowConnections,
                Answered::Connections => Asked::Connections,
                _ => return,
            };
            if let Some(facts) = flow.and_then(|flow| self.facts_of(flow, environment)) {
                facts.failed(Trouble { what, status: 200, code: Some("unreadable".to_owned()), wait: None, at: seen.at });
            }
            return;
        };
        let read::Connections { list, more } = reading.found;
        let found_none = list.is_empty();
        let Some(pool) = self.pool(environment) else { return };
        let ids = pool.take(list, &seen);
        if request.asked == Answered::Connections && !more && !found_none && !pool.is_full() {
            pool.seen = Some(seen.clone());
        }
        let Some(facts) = flow.and_then(|flow| self.facts_of(flow, environment)) else { return };
        match request.asked {
            Answered::FlowConnections => {
                let names_a_connection = facts.saved.as_ref().is_some_and(|saved| saved.flow.references.iter().any(|reference| reference.connection.is_some()));
                let cold = found_none && names_a_connection && facts.tries.get(&Asked::FlowConnections).is_none_or(|tries| tries.made < MOST_TRIES);
                if cold {
                    // A service just woken up answers with an empty list for some seconds: that says nothing yet.
                    facts.tries.entry(Asked::FlowConnections).or_default().waiting = false;
                } else {
                    facts.answered(Asked::FlowConnections);
                    facts.pick(ids);
                    facts.picker_seen = Some(seen);
                }
            }
            // The rest is on its way, if there isn't too much of it: either way nobody asks for the beginning again.
            Answered::Connections if more => {}
            // Cold, perhaps. Asked for a few times and still empty, it is what it is: else it would be asked for for ever.
            Answered::Connections if found_none && facts.tries.get(&Asked::Connections).is_none_or(|tries| tries.made < MOST_TRIES) => {
                facts.tries.entry(Asked::Connections).or_default().waiting = false;
            }
            Answered::Connections => {
                facts.answered(Asked::Connections);
                if let Some(pool) = self.pool(environment) {
                    pool.seen = Some(seen);
                }
            }
            Answered::OnFlow if !found_none => {
                facts.listed = Some(ids);
                facts.listed_seen = Some(seen);
            }
            _ => {}
        }
    }

    fn take_designer(&mut self, address: &str, at: f64, body: &[u8]) -> bool {
        let Some(place) = portal::place(address) else { return false };
        let Some((environment, flow)) = place.environment.zip(place.flow) else { return false };
        let Ok(reading) = read::designer(body) else { return false };
        if let Some(facts) = self.facts_of(&flow, &environment) {
            facts.live = Some(Live { designer: reading.found, at });
        }
        true
    }

    fn step(&mut self, forward: bool, kept: &Kept) -> Option<Reveal> {
        let sight = self.sight(kept)?;
        let stops = paint::stops(&sight.audit);
        let last = stops.len().checked_sub(1)?;
        let at = self.current.as_deref().and_then(|current| stops.iter().position(|judged| judged.node == current));
        let next = match (at, forward) {
            (None, true) => 0,
            (Some(at), true) => {
                if at >= last {
                    0
                } else {
                    at + 1
                }
            }
            (None | Some(0), false) => last,
            (Some(at), false) => at - 1,
        };
        let node = stops.get(next).map(|judged| judged.node.clone())?;
        self.current = Some(node.clone());
        self.reveal(&node, kept)
    }

    fn reveal(&mut self, node: &str, kept: &Kept) -> Option<Reveal> {
        self.not_revealed = None;
        let sight = self.sight(kept)?;
        let judged = sight.audit.operations.iter().find(|judged| judged.node == node)?;
        let node_of = |name: &String| sight.audit.operations.iter().find(|other| other.name == *name).map_or_else(|| name.clone(), |other| other.node.clone());
        Some(Reveal { node: judged.node.clone(), path: judged.path.iter().map(node_of).collect(), title: audit::title(&judged.name) })
    }

    /// A person asks again: the flow and its picker list, at once.
    fn again(&mut self) -> Vec<crate::protocol::Ask> {
        let Some(facts) = self.here() else { return Vec::new() };
        let (environment, flow) = (facts.environment.clone(), facts.id.clone());
        [Asked::Flow, Asked::FlowConnections]
            .into_iter()
            .map(|what| {
                facts.tries.insert(what, Tries { made: 1, waiting: true });
                crate::protocol::Ask::new(what, environment.clone(), flow.clone(), 0)
            })
            .collect()
    }
}

/// The toolbar's number: what is to change, with a mark where something of it is new.
fn badge(sight: &Sight) -> String {
    match (sight.audit.counts.mismatch, sight.relapses().is_empty()) {
        (0, _) => String::new(),
        (count, true) => count.to_string(),
        (count, false) => format!("{count}!"),
    }
}

/// Whether a reader knows what the answer is.
fn is_recognised(asked: Answered, flow_read: Option<&Result<Reading<Flow>, ReadError>>, body: &[u8]) -> bool {
    match asked {
        Answered::Flow => flow_read.is_some_and(Result::is_ok),
        Answered::FlowConnections | Answered::Connections | Answered::Connection => read::connections(body).is_ok(),
        Answered::OnFlow => read::connections(body).is_ok() || read::people(body).is_ok(),
        Answered::Permissions => read::people(body).is_ok(),
        Answered::Dataverse => read::flow(body).is_ok() || read::reference_rows(body).is_ok(),
        Answered::Environments => read::environment_list(body).is_some(),
        Answered::Save | Answered::FlowList => true,
    }
}

impl Facts {
    /// Somebody saved: what we hold is the version before. It stays until the new one is read.
    fn saved_is_old(&mut self) {
        if let Some(saved) = &mut self.saved {
            saved.old = true;
        }
        self.tries.insert(Asked::Flow, Tries::default());
    }
}
