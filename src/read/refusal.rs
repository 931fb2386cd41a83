//! What the service says when it refuses.

use super::json::{self, string};

/// A refusal: `{"error":{"code","message"}}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The service's own code, e.g. `ConnectionAuthorizationFailed`.
    pub code: String,
    /// The seconds it asks to wait, where its message says so: "Rate limit is exceeded. Try again in 17 seconds."
    pub wait_seconds: Option<f64>,
}

/// Reads a refusal; none where the answer isn't one.
#[must_use]
pub fn refusal(bytes: &[u8]) -> Option<Refusal> {
    let text = json::text(bytes).ok()?;
    let document = json::value(&text).ok()?;
    let error = document.get("error")?;
    let code = string(error, "code")?;
    let message = string(error, "message").unwrap_or_default().to_ascii_lowercase();
    let told = message.split_once("try again in ").and_then(|(_, after)| after.split_whitespace().next()?.parse::<f64>().ok());
    Some(Refusal { code: code.to_owned(), wait_seconds: told.filter(|seconds| seconds.is_finite() && *seconds >= 0.0) })
}
