//! What is true of a sweep as a whole. It is small, and stored at every step; flows and connections are stored in parts of their own.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::entry::Trouble;
use super::pace::Pace;
use super::step::MOST_UNDER_WAY;
use super::take::MOST_FLOWS;
use crate::portal;
use crate::protocol::Asked;

/// Another version is set aside, and the environment is read anew.
pub(super) const VERSION: u32 = 1;

/// The last number of a request: scripts count exactly up to here.
pub(super) const LAST_NUMBER: u64 = 1 << 53;

/// How far a sweep has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The lists are read.
    #[default]
    Listing,
    /// They are: the person sees how many requests it will be.
    Counted,
    /// The flows are read, one by one.
    Reading,
    /// All of them are.
    Done,
    /// Somebody ended it.
    Cancelled,
}

/// What it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// The service asked for patience.
    Busy,
    /// The page has no token that the service takes: a person has to do something there.
    SignIn,
    /// There is no tab that could carry the requests.
    Tab,
    /// The service can't be reached.
    Offline,
    /// The browser stores nothing more: a person has to make room.
    Room,
}

/// One of the lists.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct List {
    /// The next page.
    pub page: u32,
    pub done: bool,
    pub tries: u8,
    pub not_before: f64,
    /// How many rows it had.
    pub rows: usize,
    /// There is more of it, at a place where nothing is asked for, or beyond what is read.
    pub cut: bool,
    pub trouble: Option<Trouble>,
}

/// Something that one request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Task {
    /// A page of a list.
    #[serde(rename = "l")]
    Page(Asked, u32),
    /// A flow, by its place.
    #[serde(rename = "f")]
    Flow(usize),
    /// A flow's picker list.
    #[serde(rename = "p")]
    Picker(usize),
}

impl Task {
    /// Whether it is a page of this list.
    pub fn is_of(self, list: Asked) -> bool {
        matches!(self, Self::Page(what, _) if what == list)
    }

    /// Whether a sweep of so many flows may ask for it.
    fn is_of_a_sweep(self, flows: usize) -> bool {
        match self {
            Self::Page(list, _) => LISTS.contains(&list),
            Self::Flow(index) | Self::Picker(index) => index < flows,
        }
    }
}

/// A request that is to be under way.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct UnderWay {
    pub number: u64,
    pub task: Task,
    /// When it may be made.
    pub slot: f64,
}

/// The lists, in their order.
pub(super) const LISTS: [Asked; 3] = [Asked::Connections, Asked::Flows, Asked::SharedFlows];

/// What is true of a sweep as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    pub(super) version: u32,
    /// The environment's id.
    pub environment: String,
    /// The portal's host.
    pub host: String,
    /// Object id of whoever was signed in.
    pub account: String,
    /// Their tenant.
    pub tenant: String,
    /// How far it has come.
    pub phase: Phase,
    /// Whether a person lets it rest.
    pub paused: bool,
    /// What it waits for.
    pub waits: Option<Waits>,
    /// When it began.
    pub began: f64,
    /// When the person wanted the flows read, and how many requests had been made by then.
    pub went: Option<(f64, u64)>,
    /// When it ended.
    pub ended: Option<f64>,
    /// When the sweep before ended.
    pub before: Option<f64>,
    /// The document that carries the requests, by its key.
    pub carrier: Option<String>,
    /// The requests that were made.
    pub requests: u64,
    pub(super) lists: [List; 3],
    pub(super) under_way: Vec<UnderWay>,
    pub(super) number: u64,
    pub(super) pace: Pace,
    pub(super) flows: usize,
    pub(super) connections: usize,
}

impl Head {
    /// What was stored; none where it is no head of this version that we could have written.
    pub(super) fn stored(value: &Value) -> Option<Self> {
        let head: Self = Deserialize::deserialize(value).ok()?;
        let is_ours = head.version == VERSION && head.flows <= MOST_FLOWS && head.number.max(head.requests) < LAST_NUMBER;
        Some(head).filter(|head| is_ours && head.could_be_under_way() && head.is_somewhere())
    }

    /// Whether what is under way could be: few requests, each for a thing of its own, by a number of its own that was given.
    fn could_be_under_way(&self) -> bool {
        let is_alone = |(at, ask): (usize, &UnderWay)| self.under_way.iter().take(at).all(|other| other.number != ask.number && other.task != ask.task);
        let could_be_made = |ask: &UnderWay| ask.number <= self.number && ask.task.is_of_a_sweep(self.flows);
        self.under_way.len() <= MOST_UNDER_WAY && self.under_way.iter().all(could_be_made) && self.under_way.iter().enumerate().all(is_alone)
    }

    /// Whether it is about an environment of a portal: nothing else may come into an address.
    pub(super) fn is_somewhere(&self) -> bool {
        portal::flows_of(&self.host, &self.environment).is_some()
    }

    /// Whether requests are to be made as soon as they can be.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Listing | Phase::Reading) && !self.paused
    }

    pub(super) fn list(&mut self, what: Asked) -> Option<&mut List> {
        let at = LISTS.iter().position(|known| *known == what)?;
        self.lists.get_mut(at)
    }

    /// Whether the environment's own list of connections was read to its end.
    pub(super) fn connections_read(&self) -> bool {
        self.lists.first().is_some_and(|list| list.done && list.trouble.is_none() && !list.cut)
    }

    /// How long this many more requests take, in milliseconds, by how long those before took.
    #[must_use]
    pub fn takes(&self, requests: usize, now: f64) -> f64 {
        let (since, before) = self.went.unwrap_or((self.began, 0));
        let made = self.requests.saturating_sub(before);
        #[expect(clippy::cast_precision_loss, reason = "far fewer than a double counts")]
        let each = if made < 4 { 0.0 } else { (now - since).max(0.0) / made as f64 };
        Pace::takes(requests, each)
    }

    /// The lists that could not be read whole, and why; none: there is more of it than is read.
    pub fn not_whole(&self) -> impl Iterator<Item = (Asked, Option<&Trouble>)> {
        let not_whole = |list: &List| list.cut || list.trouble.is_some();
        LISTS.into_iter().zip(&self.lists).filter(move |(_, list)| not_whole(list)).map(|(what, list)| (what, list.trouble.as_ref()))
    }
}
