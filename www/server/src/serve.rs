//! From a request to its answer: troubles first, then the service or the page.

use std::path::Path;
use std::sync::{Arc, Mutex};

use http_body_util::BodyExt as _;
use hyper::Request as Asked;
use hyper::body::Incoming;

use crate::answer::{Answer, Sent};
use crate::call::Call;
use crate::cloud::{self, Part};
use crate::fault::Fault;
use crate::portal::{Request, State, lock};
use crate::{api, site};

/// Answers a request, spoilt as told, and notes it.
pub(crate) async fn respond(state: Arc<Mutex<State>>, asked: Asked<Incoming>) -> Result<Sent, hyper::Error> {
    let (parts, body) = asked.into_parts();
    let body = body.collect().await?.to_bytes();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let host = header("host").split(':').next().unwrap_or_default().to_ascii_lowercase();
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
    lock(&state).log.push(Request { method: call.method, host: call.host, path_and_query, headers, body_len: call.body.len(), status: answer.status });
    Ok(answer.into_response())
}

fn too_many(seconds: u32) -> Answer {
    Answer::error(429, "RateLimitExceeded", &format!("Rate limit is exceeded. Try again in {seconds} seconds."))
}

fn take_fault(state: &Mutex<State>, call: &Call) -> Option<Fault> {
    let troubles = &mut lock(state).options.troubles;
    let at = troubles.iter().position(|trouble| trouble.method == call.method && call.path.contains(trouble.path_part.as_str()))?;
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
