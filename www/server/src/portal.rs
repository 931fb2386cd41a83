//! The server itself: connections in, answers out, and a log of what was asked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::estate::Planted;
use crate::failure::Error;
use crate::fault::{Fault, Trouble};
use crate::options::Options;
use crate::place::Place;
use crate::serve::respond;
use crate::weather::Weather;
use crate::world::World;
use crate::{HOSTS, scenario};

/// A request that was answered.
#[derive(Debug, Clone)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The host it was for.
    pub host: String,
    /// Path and query.
    pub path_and_query: String,
    /// Its headers, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body's length in bytes.
    pub body_len: usize,
    /// The answer's status.
    pub status: u16,
    /// When it came, since the server started.
    pub at: Duration,
    /// How many requests for something of a service's were under way then, this one counted. What a browser asks beforehand isn't.
    pub under_way: usize,
}

/// Everything that changes while the server runs.
pub(crate) struct State {
    /// As the scenario adjusts what was asked for.
    pub options: Options,
    pub world: World,
    pub tokens: Vec<String>,
    /// How many of the tokens are taken no more, the oldest first.
    pub expired: usize,
    /// How many answers each list of connections has given.
    pub lists: BTreeMap<String, u32>,
    /// By their paths: answers of services that somebody wrote by hand.
    pub told: BTreeMap<String, Vec<u8>>,
    asked_for: Options,
    pub log: Vec<Request>,
    pub started: Instant,
    pub under_way: usize,
    /// By what the weather calls them: how often addresses were asked for.
    pub asked: BTreeMap<String, usize>,
    /// How many flows were read.
    pub read: usize,
}

impl State {
    /// Everything at its beginning; none where there is no such scenario. Tokens that were given out stay good.
    pub fn start(asked_for: &Options, tokens: Vec<String>) -> Option<Self> {
        let mut options = asked_for.clone();
        let world = scenario::set(&mut options)?;
        Some(Self {
            options,
            world,
            tokens,
            expired: 0,
            lists: BTreeMap::new(),
            told: BTreeMap::new(),
            asked_for: asked_for.clone(),
            log: Vec::new(),
            started: Instant::now(),
            under_way: 0,
            asked: BTreeMap::new(),
            read: 0,
        })
    }

    /// Turns to another scenario; whether there is one.
    pub fn turn(&mut self, scenario: &str) -> bool {
        let asked_for = Options { scenario: scenario.to_owned(), ..self.asked_for.clone() };
        let Some(next) = Self::start(&asked_for, std::mem::take(&mut self.tokens)) else { return false };
        let log = std::mem::take(&mut self.log);
        *self = Self { log, asked_for: self.asked_for.clone(), started: self.started, under_way: self.under_way, ..next };
        true
    }

    /// A place's address, with one of the flows.
    pub fn address(&self, place: Place, flow: &str) -> String {
        let row = self.world.flow(flow).and_then(|flow| flow["properties"]["workflowEntityId"].as_str().map(str::to_owned));
        place.address(self.options.cloud, &self.world.environment, flow, row.as_deref().unwrap_or(flow))
    }
}

/// A running server; dropping it ends it.
pub struct Portal {
    port: u16,
    state: Arc<Mutex<State>>,
    serving: JoinHandle<()>,
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Portal {
    /// Starts the server on loopback.
    ///
    /// # Errors
    /// Where there is no such scenario, or the port is taken.
    pub async fn start(options: Options) -> Result<Self, Error> {
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(|error| Error::new(format!("port {}: {error}", options.port)))?;
        let port = listener.local_addr().map_err(|error| Error::new(error.to_string()))?.port();
        let acceptor = TlsAcceptor::from(Arc::new(certificate()?));
        let state = State::start(&options, Vec::new()).ok_or_else(|| Error::new(format!("there is no scenario {}", options.scenario)))?;
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, state) = (acceptor.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    // A browser that hangs up is no failure of ours.
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let service = service_fn(|request| respond(Arc::clone(&state), request));
                        let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                    }
                });
            }
        });
        Ok(Self { port, state, serving })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// The port that plays all hosts.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Where the scenario begins: with its main flow, mostly in the designer.
    #[must_use]
    pub fn url(&self) -> String {
        let state = self.state();
        state.address(state.world.place, &state.world.main)
    }

    /// A place's address, with the scenario's main flow where it has one.
    #[must_use]
    pub fn address(&self, place: Place) -> String {
        let state = self.state();
        state.address(place, &state.world.main)
    }

    /// The designer with one of the scenario's flows, counted from 0.
    #[must_use]
    pub fn flow_url(&self, flow: usize) -> String {
        let id = self.flow_id(flow);
        self.state().address(Place::Designer, &id)
    }

    /// The id of one of the scenario's flows; empty where there is none.
    #[must_use]
    pub fn flow_id(&self, flow: usize) -> String {
        self.flow_json(flow)["name"].as_str().unwrap_or_default().to_owned()
    }

    /// The environment's id.
    #[must_use]
    pub fn environment(&self) -> String {
        self.state().world.environment.clone()
    }

    /// One of the scenario's flows as saved now; null where there is none.
    #[must_use]
    pub fn flow_json(&self, flow: usize) -> Value {
        self.state().world.nth(flow).map(Cow::into_owned).unwrap_or_default()
    }

    /// Everything that was asked so far.
    #[must_use]
    pub fn log(&self) -> Vec<Request> {
        self.state().log.clone()
    }

    /// How many requests so far were such as told.
    #[must_use]
    pub fn count(&self, is: impl Fn(&Request) -> bool) -> usize {
        self.state().log.iter().filter(|request| is(request)).count()
    }

    /// What was planted in the flows of a large environment, in their order.
    #[must_use]
    pub fn planted(&self) -> Vec<Planted> {
        self.state().world.planted()
    }

    /// The weather of the scenario.
    #[must_use]
    pub fn weather(&self) -> Weather {
        self.state().options.weather
    }

    /// Forgets what was asked.
    pub fn clear_log(&self) {
        self.state().log.clear();
    }

    /// From now on every GET of a service's path is answered with this text, whatever it is.
    pub fn tell(&self, path: &str, text: impl Into<Vec<u8>>) {
        self.state().told.insert(path.to_owned(), text.into());
    }

    /// Spoils the next answer to a GET on an address that holds the text.
    pub fn answer_next(&self, path_part: &str, fault: Fault) {
        self.trouble(Trouble::once(path_part, fault));
    }

    /// Spoils answers, as told.
    pub fn trouble(&self, trouble: Trouble) {
        self.state().options.troubles.push(trouble);
    }

    /// All goes well again.
    pub fn end_troubles(&self) {
        self.state().options.troubles.clear();
    }

    /// No token that was given out is taken any more; the pages get new ones.
    pub fn expire_tokens(&self) {
        let mut state = self.state();
        state.expired = state.tokens.len();
    }

    /// Saves something of one of the scenario's flows, as another owner would: `{"properties":{"connectionReferences":…}}`.
    pub fn save_flow(&self, flow: usize, sent: &Value) {
        let id = self.flow_id(flow);
        self.state().world.save(&id, sent, false);
    }

    /// Deletes one of the scenario's flows, as another owner would.
    pub fn delete_flow(&self, flow: usize) {
        let id = self.flow_id(flow);
        self.state().world.delete(&id);
    }

    /// The connections that hang on one of the scenario's flows, used or not, as their ids.
    #[must_use]
    pub fn attached(&self, flow: usize) -> Vec<String> {
        let id = self.flow_id(flow);
        self.state().world.attached(&id)
    }

    /// Every token that was given out.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        self.state().tokens.clone()
    }
}

pub(crate) fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    // A test that panicked while it held the state spoils nothing that the next reader needs.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn certificate() -> Result<ServerConfig, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::new(format!("the certificate: {error}"));
    let names: Vec<String> = HOSTS.iter().map(|host| (*host).to_owned()).collect();
    let made = rcgen::generate_simple_self_signed(names).map_err(|error| failed(&error))?;
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).map_err(|error| failed(&error))?;
    let config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![CertificateDer::from(made.cert)], key);
    config.map_err(|error| failed(&error))
}
