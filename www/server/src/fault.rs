//! What can go wrong with an answer, as it does in life.

use std::time::Duration;

/// A fault of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A refusal with this status, in the service's own words.
    Status(u16),
    /// The right answer, late.
    Delay(Duration),
    /// The right answer, cut off in the middle.
    Truncate,
    /// An empty list, as a service gives that was just woken up.
    Empty,
    /// "Too many requests", with the seconds to wait.
    RetryLater(u32),
}
