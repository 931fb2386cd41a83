//! How fast it may go. The service's own limits are nobody's to use up: whoever works there beside us needs them.

use serde::{Deserialize, Serialize};

/// The most requests in a minute. A person who clicks through a list of flows makes about as many.
pub const MOST_PER_MINUTE: u32 = 240;

const MINUTE: f64 = 60_000.0;

/// A service that says "too many requests" without saying for how long gets this long at first, then twice as long each time, in milliseconds.
const PATIENCE: f64 = 10_000.0;

/// Nothing waits longer than this by itself, in milliseconds. What the service says itself may be longer.
const MOST_PATIENCE: f64 = 120_000.0;

/// A service that says so may be believed for this long, in milliseconds.
pub(super) const MOST_BELIEVED: f64 = 3_600_000.0;

/// The minute that is being used up, and the patience that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Pace {
    since: f64,
    made: u32,
    not_before: f64,
    /// How often in a row the service was busy, or not there.
    pub strained: u32,
}

impl Pace {
    /// When the next request may be made; it counts as made then.
    pub fn slot(&mut self, now: f64) -> f64 {
        // A clock that was wrong for a while holds nothing up for longer than a service may.
        let latest = now + MOST_BELIEVED;
        (self.since, self.not_before) = (self.since.min(latest), self.not_before.min(latest));
        let mut slot = now.max(self.not_before).max(self.since);
        if slot >= self.since + MINUTE {
            (self.since, self.made) = (slot, 0);
        }
        if self.made >= MOST_PER_MINUTE {
            slot = self.since + MINUTE;
            (self.since, self.made) = (slot, 0);
        }
        self.made = self.made.saturating_add(1);
        slot
    }

    /// Nothing is asked for a while.
    pub fn hold(&mut self, now: f64, milliseconds: f64) {
        self.not_before = self.not_before.max(now + milliseconds);
    }

    /// The service asked for patience, in seconds if it said how long.
    pub fn busy(&mut self, now: f64, seconds: Option<f64>) {
        let doubled = PATIENCE * f64::from(1_u32 << self.strained.min(8));
        self.strained = self.strained.saturating_add(1);
        let wait = seconds.map_or(doubled.min(MOST_PATIENCE), |seconds| (seconds * 1_000.0).clamp(0.0, MOST_BELIEVED));
        self.hold(now, wait);
    }

    /// The service answered.
    pub const fn eased(&mut self) {
        self.strained = 0;
    }

    /// How long this many requests take at least, in milliseconds, if each takes `each`.
    pub fn takes(requests: usize, each: f64) -> f64 {
        let least = MINUTE / f64::from(MOST_PER_MINUTE);
        #[expect(clippy::cast_precision_loss, reason = "far fewer than a double counts")]
        let requests = requests as f64;
        requests * each.max(least)
    }
}
