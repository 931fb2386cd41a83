//! The server itself: connections in, answers out, and a log of what was asked.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request as Asked, Response};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::answer::Answer;
use crate::failure::Error;
use crate::fault::Fault;
use crate::world::World;
use crate::{HOSTS, api, site};

/// Which of Microsoft's clouds is played.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Cloud {
    /// The public one.
    #[default]
    Public,
    /// The United States' government's.
    Gcc,
}

impl Cloud {
    /// Where flows are edited.
    #[must_use]
    pub const fn portal(self) -> &'static str {
        match self {
            Self::Public => "make.powerautomate.com",
            Self::Gcc => "make.gov.powerautomate.us",
        }
    }

    /// What its environments' hosts end in.
    pub(crate) const fn platform(self) -> &'static str {
        match self {
            Self::Public => "environment.api.powerplatform.com",
            Self::Gcc => "environment.api.gov.powerplatform.microsoft.us",
        }
    }
}

/// How the server is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// The scenario's name.
    pub scenario: String,
    /// The port; 0: a free one.
    pub port: u16,
    /// Whether its pages come with `Content-Security-Policy: script-src 'self'`.
    pub script_src_self: bool,
    /// Where the built pages are; none: beside the server's source.
    pub dist: Option<PathBuf>,
    /// Whether the designer loads its list of connections only when somebody changes one.
    pub lazy_connections: bool,
    /// Whether the rows of the connections pane bear the connection's id in their markup.
    pub rows_with_ids: bool,
    /// Which cloud is played.
    pub cloud: Cloud,
}

impl Default for Options {
    fn default() -> Self {
        Self { scenario: "half".to_owned(), port: 0, script_src_self: false, dist: None, lazy_connections: false, rows_with_ids: true, cloud: Cloud::Public }
    }
}

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
}

/// Everything that changes while the server runs.
pub(crate) struct State {
    pub options: Options,
    pub world: World,
    pub tokens: Vec<String>,
    log: Vec<Request>,
    faults: Vec<(String, Fault)>,
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
        let world = World::of(&options.scenario, options.cloud).ok_or_else(|| Error::new(format!("there is no scenario {}", options.scenario)))?;
        let listener = TcpListener::bind(("127.0.0.1", options.port)).await.map_err(|error| Error::new(format!("port {}: {error}", options.port)))?;
        let port = listener.local_addr().map_err(|error| Error::new(error.to_string()))?.port();
        let acceptor = TlsAcceptor::from(Arc::new(certificate()?));
        let state = Arc::new(Mutex::new(State { options, world, tokens: Vec::new(), log: Vec::new(), faults: Vec::new() }));
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

    /// The designer with the scenario's main flow.
    #[must_use]
    pub fn url(&self) -> String {
        self.flow_url(0)
    }

    /// The designer with one of the scenario's flows, counted from 0.
    #[must_use]
    pub fn flow_url(&self, flow: usize) -> String {
        self.address(flow, "?v3=true")
    }

    /// Another view of one of the scenario's flows: what stands behind its id in the address.
    #[must_use]
    pub fn address(&self, flow: usize, view: &str) -> String {
        let portal = self.state().options.cloud.portal();
        format!("https://{portal}/environments/{}/flows/{}{view}", self.environment(), self.flow_id(flow))
    }

    /// One of the scenario's flows inside another product, which shows the portal in a frame.
    #[must_use]
    pub fn embedded(&self, flow: usize) -> String {
        format!("https://make.powerapps.com/environments/{}/solutions/contoso/objects/cloudflows/{}/view", self.environment(), self.flow_id(flow))
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
        self.state().world.flows.get(flow).cloned().unwrap_or_default()
    }

    /// Everything that was asked so far.
    #[must_use]
    pub fn log(&self) -> Vec<Request> {
        self.state().log.clone()
    }

    /// The flows as they are saved now.
    #[must_use]
    pub fn flows(&self) -> Vec<Value> {
        self.state().world.flows.clone()
    }

    /// Forgets what was asked.
    pub fn clear_log(&self) {
        self.state().log.clear();
    }

    /// Spoils the next answer to a GET on an address that holds the text.
    pub fn answer_next(&self, path_part: &str, fault: Fault) {
        self.state().faults.push((path_part.to_owned(), fault));
    }

    /// Every token that was given out.
    #[must_use]
    pub fn tokens(&self) -> Vec<String> {
        self.state().tokens.clone()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
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

async fn respond(state: Arc<Mutex<State>>, asked: Asked<Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (parts, body) = asked.into_parts();
    let body = body.collect().await?.to_bytes();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let host = header("host").split(':').next().unwrap_or_default().to_ascii_lowercase();
    let call = Call {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        authorization: header("authorization"),
        host,
        body,
    };
    let fault = if call.method == "GET" { take_fault(&state, &call) } else { None };
    if let Some(Fault::Delay(time)) = fault {
        tokio::time::sleep(time).await;
    }
    let dist = lock(&state).options.dist.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"));
    let mut answer = match fault {
        Some(Fault::Status(status)) => Answer::refusal(status),
        Some(Fault::RetryLater(seconds)) => Answer::error(429, "RateLimitExceeded", &format!("Rate limit is exceeded. Try again in {seconds} seconds.")),
        Some(Fault::Empty) => Answer::file("application/json; charset=utf-8", b"[]".to_vec()),
        _ if api::is_api(&call.host) => api::answer(&mut lock(&state), &call),
        _ => site::answer(&mut lock(&state), &call, &dist),
    };
    if fault == Some(Fault::Truncate) {
        answer.body.truncate(answer.body.len() / 2);
    }
    let origin = header("origin");
    if api::is_api(&call.host) && !origin.is_empty() {
        answer.headers.push(("access-control-allow-origin", origin));
        answer.headers.push(("access-control-allow-headers", "authorization, content-type".to_owned()));
        answer.headers.push(("access-control-allow-methods", "GET, PATCH, POST, DELETE, OPTIONS".to_owned()));
    }
    let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
    let path_and_query = if call.query.is_empty() { call.path.clone() } else { format!("{}?{}", call.path, call.query) };
    lock(&state).log.push(Request { method: call.method, host: call.host, path_and_query, headers, body_len: call.body.len(), status: answer.status });
    Ok(answer.into_response())
}

fn take_fault(state: &Mutex<State>, call: &Call) -> Option<Fault> {
    let mut state = lock(state);
    let at = state.faults.iter().position(|(part, _)| api::is_api(&call.host) && call.path.contains(part.as_str()))?;
    Some(state.faults.remove(at).1)
}

/// A request, as far as answers depend on it.
pub(crate) struct Call {
    pub method: String,
    pub host: String,
    pub path: String,
    pub query: String,
    pub authorization: String,
    pub body: Bytes,
}
