//! Answers: JSON or files, and what browsers want to read beside them.

use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use serde_json::{Value, json};

/// An answer to a browser.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub status: u16,
    pub kind: &'static str,
    pub body: Vec<u8>,
    pub headers: Vec<(&'static str, String)>,
}

impl Answer {
    pub fn json(value: &Value) -> Self {
        Self { status: 200, kind: "application/json; charset=utf-8", body: value.to_string().into_bytes(), headers: Vec::new() }
    }

    pub fn file(kind: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, kind, body, headers: Vec::new() }
    }

    /// A refusal in the service's own words.
    pub fn refusal(status: u16) -> Self {
        let (code, message) = match status {
            401 => ("InvalidAuthenticationToken", "The access token is for another audience, or missing."),
            403 => ("ConnectionAuthorizationFailed", "You may not list connections in this environment."),
            404 => ("FlowNotFound", "Could not find the flow."),
            429 => ("RateLimitExceeded", "Rate limit is exceeded. Try again in 10 seconds."),
            _ => ("InternalServerError", "Something went wrong on the service's side."),
        };
        Self::error(status, code, message)
    }

    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self { status, ..Self::json(&json!({ "error": { "code": code, "message": message } })) }
    }

    pub fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::builder().status(self.status).header("content-type", self.kind).header("cache-control", "no-store");
        for (name, value) in &self.headers {
            response = response.header(*name, value);
        }
        response.body(Full::new(Bytes::from(self.body))).unwrap_or_else(|_| Response::new(Full::new(Bytes::new())))
    }
}
