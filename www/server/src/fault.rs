//! What can go wrong with an answer, as it does in life.

use std::time::Duration;

/// A fault of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A refusal with this status, in the service's own words.
    Status(u16),
    /// The right answer, late.
    Delay(Duration),
    /// The right answer, cut off in the middle, in a well-formed response: the text isn't JSON.
    Truncate,
    /// The connection ends in the middle of the answer: the request fails after its status came.
    BreakOff,
    /// No answer, ever: what a page that waits sees until it gives up.
    Silence,
    /// An empty list, as a service gives that was just woken up.
    Empty,
    /// "Too many requests", with the seconds to wait in its words.
    RetryLater(u32),
    /// The same, with the seconds in a `Retry-After` header as well.
    RetryAfter(u32),
    /// A page of HTML where JSON should be, as gateways send it.
    Html,
}

/// A fault, and where and how often it happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The requests' method.
    pub method: String,
    /// What their paths hold.
    pub path_part: String,
    /// What happens to the answer.
    pub fault: Fault,
    /// How often; none: always.
    pub times: Option<u32>,
}

impl Trouble {
    /// A fault of the next GET on an address that holds the text.
    #[must_use]
    pub fn once(path_part: &str, fault: Fault) -> Self {
        Self { method: "GET".to_owned(), path_part: path_part.to_owned(), fault, times: Some(1) }
    }

    /// A fault of every GET on an address that holds the text.
    #[must_use]
    pub fn always(path_part: &str, fault: Fault) -> Self {
        Self { times: None, ..Self::once(path_part, fault) }
    }
}
