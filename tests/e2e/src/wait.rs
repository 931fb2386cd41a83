//! Waiting for states.

use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome};

/// The longest a state may take: far more than any does, so that a busy machine isn't a failure.
const LONGEST: Duration = Duration::from_secs(30);

/// How often is looked.
const LOOK: Duration = Duration::from_millis(60);

/// Looks again and again until there is something to see. A failed look counts as nothing seen; the last one is told when time runs out.
///
/// # Errors
/// Where the state doesn't come.
pub async fn wait_for<T>(what: &str, mut look: impl AsyncFnMut() -> Outcome<Option<T>>) -> Outcome<T> {
    let start = Instant::now();
    loop {
        let last = match look().await {
            Ok(Some(seen)) => return Ok(seen),
            Ok(None) => None,
            Err(failure) => Some(failure),
        };
        if start.elapsed() > LONGEST {
            let last = last.map(|failure| format!(" ({failure})")).unwrap_or_default();
            return Err(Failure::new(format!("{what} did not come within {} s{last}", LONGEST.as_secs())));
        }
        tokio::time::sleep(LOOK).await;
    }
}
