//! From a request to its answer: troubles first, then the service or the page.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::BodyExt as _;
use hyper::Request as Asked;
use hyper::body::Incoming;

use crate::answer::{Answer, Sent};
use crate::call::Call;
use crate::cloud::{self, Part};
use crate::fault::{Fault, Trouble};
use crate::portal::{Request, State, lock};
use crate::{api, site, weather};

/// Answers a request, spoilt as told, and notes it.
pub(crate) async fn respond(state: Arc<Mutex<State>>, asked: Asked<Incoming>) -> Result<Sent, hyper::Error> {
    let (parts, body) = asked.into_parts();
    let body = body.collect().await?.to_bytes();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let host = header("host").to_ascii_lowercase();
    let is_elsewhere = host.ends_with(api::PORT);
    let host = host.split(':').next().unwrap_or_default().to_owned();
    let call = Call {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        authorization: header("authorization"),
        prefer: header("prefer"),
        host,
        body,
    };
    let is_service = cloud::part(&call.host).1 != Part::Site;
    let arrival = Arrival::note(&state, is_service && call.method != "OPTIONS");
    let fault = if is_service { take_fault(&state, &call) } else { None };
    match fault {
        Some(Fault::Delay(time)) => tokio::time::sleep(time).await,
        // The browser hangs up first, or the server ends.
        Some(Fault::Silence) => std::future::pending().await,
        _ => {}
    }
    let dist = lock(&state).options.dist.clone().unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist"));
    let mut answer = match fault {
        Some(Fault::Status(status)) => Answer::refusal(status),
        Some(Fault::RetryLater(seconds)) => too_many(seconds),
        Some(Fault::RetryAfter(seconds)) => too_many(seconds).with("retry-after", seconds.to_string()),
        _ if is_elsewhere => Answer::error(404, "ResourceNotFound", "Nobody answers at this port."),
        Some(Fault::Html) => Answer { status: 502, ..Answer::file("text/html", b"<!doctype html><title>502</title><h1>Bad gateway</h1>".to_vec()) },
        _ if is_service => api::answer(&mut lock(&state), &call),
        _ => site::answer(&mut lock(&state), &call, &dist),
    };
    match fault {
        Some(Fault::Truncate) => answer.body.truncate(answer.body.len() / 2),
        Some(Fault::BreakOff) => answer.breaks_off = true,
        Some(Fault::Empty) if answer.status == 200 => answer.body = api::emptied(&answer.body),
        _ => {}
    }
    let origin = header("origin");
    if is_service && !origin.is_empty() {
        answer = answer
            .with("access-control-allow-origin", origin)
            .with("access-control-allow-headers", "authorization, content-type, prefer, odata-version, odata-maxversion")
            .with("access-control-allow-methods", "GET, PATCH, POST, PUT, DELETE, OPTIONS")
            .with("access-control-expose-headers", "retry-after");
    }
    let headers = parts.headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned())).collect();
    let path_and_query = if call.query.is_empty() { call.path.clone() } else { format!("{}?{}", call.path, call.query) };
    let host = if is_elsewhere { format!("{}{}", call.host, api::PORT) } else { call.host };
    let (at, under_way) = (arrival.at, arrival.under_way);
    lock(&state).log.push(Request { method: call.method, host, path_and_query, headers, body_len: call.body.len(), status: answer.status, at, under_way });
    Ok(answer.into_response())
}

fn too_many(seconds: u32) -> Answer {
    Answer::error(429, "RateLimitExceeded", &format!("Rate limit is exceeded. Try again in {seconds} seconds."))
}

fn take_fault(state: &Mutex<State>, call: &Call) -> Option<Fault> {
    let mut state = lock(state);
    let troubles = &mut state.options.troubles;
    let is_meant = |trouble: &Trouble| trouble.method == call.method && call.path.contains(trouble.path_part.as_str());
    let Some(at) = troubles.iter().position(is_meant) else { return by_lot(&mut state, call) };
    let trouble = troubles.get_mut(at)?;
    let fault = trouble.fault;
    if let Some(times) = &mut trouble.times {
        *times = times.saturating_sub(1);
        if *times == 0 {
            troubles.remove(at);
        }
    }
    Some(fault)
}

/// What the weather does to an answer; and after so many flows were read, it makes all tokens old.
fn by_lot(state: &mut State, call: &Call) -> Option<Fault> {
    let weather = state.options.weather;
    let name = weather::name(call)?;
    if !name.contains(' ') {
        if weather.expires_after == Some(state.read) {
            state.expired = state.tokens.len();
        }
        state.read += 1;
    }
    let asked = state.asked.entry(name.clone()).or_default();
    *asked += 1;
    weather.faults(&name).get(*asked - 1).copied()
}

/// A request that came: when, and how many were under way. It is under way until this is dropped, as it is where the browser hangs up.
struct Arrival {
    state: Option<Arc<Mutex<State>>>,
    at: Duration,
    under_way: usize,
}

impl Arrival {
    fn note(state: &Arc<Mutex<State>>, counts: bool) -> Self {
        let mut now = lock(state);
        now.under_way += usize::from(counts);
        Self { at: now.started.elapsed(), under_way: now.under_way, state: counts.then(|| Arc::clone(state)) }
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        if let Some(state) = &self.state {
            lock(state).under_way -= 1;
        }
    }
}
