//! Answers: JSON or files, and what browsers want to read beside them.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::Response;
use hyper::body::{Body, Bytes, Frame};
use serde_json::{Value, json};
use tokio::time::Sleep;

/// What goes over the wire.
pub(crate) type Sent = Response<BoxBody<Bytes, io::Error>>;

/// An answer to a browser.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub kind: &'static str,
    pub body: Vec<u8>,
    pub headers: Vec<(&'static str, String)>,
    /// Whether the connection ends in the middle of the body.
    pub breaks_off: bool,
    /// Whether a browser may keep it, as long as it asks whether it still holds: pages that may, come back as they were left.
    pub keeps: bool,
}

impl Answer {
    pub fn json(value: &Value) -> Self {
        Self::file("application/json; charset=utf-8", value.to_string().into_bytes())
    }

    pub fn file(kind: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, kind, body, headers: Vec::new(), breaks_off: false, keeps: false }
    }

    /// Done, and nothing to say.
    pub fn nothing() -> Self {
        Self { status: 204, ..Self::file("text/plain", Vec::new()) }
    }

    /// A refusal in the service's own words.
    pub fn refusal(status: u16) -> Self {
        let (code, message) = match status {
            400 => ("InvalidRequestContent", "The request content is not valid."),
            401 => ("InvalidAuthenticationToken", "The access token is for another audience, or missing."),
            403 => ("ConnectionAuthorizationFailed", "The caller does not have permission to do this."),
            404 => ("FlowNotFound", "Could not find the flow."),
            429 => ("RateLimitExceeded", "Rate limit is exceeded. Try again in 10 seconds."),
            _ => ("InternalServerError", "Something went wrong on the service's side."),
        };
        Self::error(status, code, message)
    }

    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self { status, ..Self::json(&json!({ "error": { "code": code, "message": message } })) }
    }

    pub fn with(mut self, header: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((header, value.into()));
        self
    }

    pub fn into_response(self) -> Sent {
        let mut response =
            Response::builder().status(self.status).header("content-type", self.kind).header("cache-control", if self.keeps { "no-cache" } else { "no-store" });
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        let body = Bytes::from(self.body);
        let body = if self.breaks_off { Half::of(&body).boxed() } else { whole(body) };
        response.body(body).unwrap_or_else(|_| Response::new(whole(Bytes::new())))
    }
}

fn whole(bytes: Bytes) -> BoxBody<Bytes, io::Error> {
    Full::new(bytes).map_err(|never| match never {}).boxed()
}

/// The first half of a body, and a moment later the connection's end: without the moment nothing at all would reach the browser.
struct Half {
    first: Option<Bytes>,
    moment: Pin<Box<Sleep>>,
}

impl Half {
    fn of(body: &Bytes) -> Self {
        Self { first: Some(body.slice(..body.len() / 2)), moment: Box::pin(tokio::time::sleep(Duration::from_millis(50))) }
    }
}

impl Body for Half {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        self.moment.as_mut().poll(context).map(|()| Some(Err(io::ErrorKind::ConnectionAborted.into())))
    }
}
