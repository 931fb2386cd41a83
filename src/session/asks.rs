//! What the page didn't load itself is asked for, politely: after a while, a few times, and only from a closed set.

use super::facts::Tries;
use super::{Facts, Session, Sight};
use crate::audit::{Verdict, Why};
use crate::protocol::{Ask, Asked};

/// The page gets this long to load by itself what we would ask for, in milliseconds.
const GRACE: u32 = 3_000;

/// How often one thing is asked for, until a person asks again. A throttled or cold service answers the second time, or tells a person what is wrong.
pub(super) const MOST_TRIES: u32 = 3;

/// A service that says "too many requests" without saying for how long gets this long, in milliseconds.
const PATIENCE: u32 = 10_000;

/// Nobody watches a spinner longer than this; beyond it the person is told instead, in seconds.
const MOST_PATIENCE: f64 = 120.0;

impl Sight<'_> {
    /// What is missing now and may be asked for.
    pub(super) fn wanted(&self) -> Vec<Asked> {
        let is_unseen = |why| self.audit.operations.iter().any(|judged| judged.verdict == Verdict::Unknown { why });
        match () {
            () if !self.may_ask || !may_be_asked(self.facts) => Vec::new(),
            () if self.facts.saved.as_ref().is_none_or(|saved| saved.old) => vec![Asked::Flow],
            () if self.facts.picker.is_none() => vec![Asked::FlowConnections],
            () if is_unseen(Why::NotVisible) && self.pool.is_none_or(|pool| pool.seen.is_none()) => vec![Asked::Connections],
            () => Vec::new(),
        }
    }
}

impl Session {
    /// The GETs for what is missing of the flow that the document shows.
    pub(super) fn asked(&mut self, wanted: Vec<Asked>) -> Vec<Ask> {
        let Some((environment, flow)) = self.facts().map(|facts| (facts.environment.clone(), facts.id.clone())) else { return Vec::new() };
        wanted.into_iter().filter_map(|what| self.ask(what, &environment, &flow, GRACE)).collect()
    }

    /// One more try, if one is left and none is under way.
    fn ask(&mut self, what: Asked, environment: &str, flow: &str, after: u32) -> Option<Ask> {
        let facts = self.flows.iter_mut().find(|facts| facts.is(flow))?;
        let tries = facts.tries.entry(what).or_default();
        let stays_refused = facts.troubles.iter().any(|trouble| trouble.what == what && !trouble.is_passing());
        if tries.waiting || tries.made >= MOST_TRIES || stays_refused {
            return None;
        }
        let after = facts.troubles.iter().find(|trouble| trouble.what == what).map_or(after, |trouble| trouble.patience(after));
        let tries = facts.tries.entry(what).or_default();
        *tries = Tries { made: tries.made + 1, waiting: true };
        Some(Ask::new(what, environment.to_owned(), flow.to_owned(), after))
    }
}

/// Whether there is a service to ask about the flow: it isn't from a file, and what its address names are ids.
pub(super) fn may_be_asked(facts: &Facts) -> bool {
    /// The longest is `Default-` and a GUID.
    const LONGEST_ID: usize = 64;
    let is_id = |id: &str| !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    facts.file.is_none() && is_id(&facts.id) && is_id(&facts.environment)
}

impl super::Trouble {
    /// How long to wait before the next try, in milliseconds.
    fn patience(&self, otherwise: u32) -> u32 {
        if self.status == 429 { self.wait.map_or(PATIENCE, milliseconds) } else { otherwise }
    }

    /// Whether another try may help: the service was busy, broken or not reached. A refusal stays one, and what is too large doesn't get smaller.
    pub(super) fn is_passing(&self) -> bool {
        self.code.as_deref() != Some("too_large")
            && matches!(self.status, 0 | 401 | 408 | 429 | 500..=599)
            && self.wait.is_none_or(|seconds| seconds <= MOST_PATIENCE)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to two minutes and to no less than nothing")]
fn milliseconds(seconds: f64) -> u32 {
    (seconds.clamp(0.0, MOST_PATIENCE) * 1_000.0) as u32
}
