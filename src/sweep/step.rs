//! What happens to a sweep, and what is to be asked next.

use std::collections::HashSet;

use super::entry::{Entry, Reach};
use super::head::{Head, LISTS, List, Phase, Task, UnderWay, VERSION, Waits};
use super::pace::MOST_BELIEVED;
use super::parts::Sweep;
use crate::protocol::{Ask, Asked, SweepEvent, SweepOutcome};

/// The most requests at one time.
pub const MOST_UNDER_WAY: usize = 2;

/// A request that got no answer for so long after it could be made never gets one: whoever carried it is gone. In milliseconds: a page waits half a minute for a token,
/// and half a minute for an answer.
const LOST: f64 = 90_000.0;

/// The latest time that a request's number begins at, in milliseconds since 1970: after it there is room for as many requests as anybody makes.
const LATEST: f64 = 4e15;

/// The longest wait, in milliseconds. A page is told all of it: what is under way it hears of once.
const LONGEST_WAIT: f64 = MOST_BELIEVED;

impl Sweep {
    /// Takes in what happened and says what follows. `from`: the document that it comes from, by its key. `body`: the text that travels beside an answer.
    pub fn feed(&mut self, key: &str, event: &SweepEvent, from: Option<&str>, body: &[u8]) -> SweepOutcome {
        // Nobody has begun it, or it was deleted: then nothing happens to it.
        if self.head.version != VERSION && !matches!(event, SweepEvent::Start { .. }) {
            return SweepOutcome::default();
        }
        let now = match event {
            SweepEvent::Start { environment, host, account, tenant, at } => {
                let known = (environment.clone(), host.clone(), account.clone(), tenant.clone());
                let head = Head { environment: known.0, host: known.1, account: known.2, tenant: known.3, ..Head::default() };
                // There is nothing to ask about what is no environment of a portal.
                if !head.is_somewhere() {
                    return SweepOutcome::default();
                }
                self.begin(head, *at);
                self.carry(from);
                *at
            }
            SweepEvent::Go { at } => {
                if self.head.phase == Phase::Counted {
                    self.head.phase = Phase::Reading;
                    self.head.went = Some((*at, self.head.requests));
                    self.head.paused = false;
                }
                *at
            }
            SweepEvent::Pause { at } => {
                self.head.paused = matches!(self.head.phase, Phase::Listing | Phase::Reading);
                *at
            }
            SweepEvent::Continue { at } => {
                self.go_on(*at);
                *at
            }
            SweepEvent::Cancel { at } => {
                if matches!(self.head.phase, Phase::Listing | Phase::Counted | Phase::Reading) {
                    self.head.phase = Phase::Cancelled;
                    self.head.ended = Some(*at);
                    self.head.paused = false;
                    // What is under way stays so: it was asked for, and what comes of it is taken in.
                }
                *at
            }
            SweepEvent::Here { at } => {
                self.carry(from);
                *at
            }
            SweepEvent::Gone { at } => {
                if from.is_none() || self.head.carrier.as_deref() == from {
                    self.carry(None);
                }
                *at
            }
            SweepEvent::Full { at } => {
                self.rest_for_room();
                *at
            }
            SweepEvent::Swept { at, .. } => {
                self.answered(event, body);
                *at
            }
            SweepEvent::Unswept { number, why, at } => {
                self.unanswered(*number, why, *at);
                *at
            }
            SweepEvent::Waited { at } => {
                // One that is further away than any may be is of a time when the clock was wrong.
                self.head.under_way.retain(|ask| (ask.slot - LONGEST_WAIT - LOST..ask.slot + LOST).contains(at));
                *at
            }
        };
        if self.head.phase == Phase::Cancelled {
            self.head.waits = None;
        }
        let asks = self.asks(now);
        let (keep, delete) = self.stored(key);
        SweepOutcome { keep, delete, asks, carrier: self.head.carrier.clone(), wants_carrier: self.head.is_running() && self.head.carrier.is_none() }
    }

    /// A new sweep, over what one before may have left.
    fn begin(&mut self, head: Head, now: f64) {
        let before = std::mem::take(&mut self.head);
        let ended = before.ended.or((before.began > 0.0).then_some(before.began));
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "milliseconds since 1970; numbers grow on from one sweep to the next, so that no answer is mistaken"
        )]
        let number = (now.clamp(0.0, LATEST) as u64).max(before.number);
        // What of it is stored is known by the head that it is stored with.
        let (flows, connections) = (before.flows, before.connections);
        self.head = Head { version: VERSION, began: now, before: ended, number, pace: before.pace, flows, connections, ..head };
        let kept: HashSet<u32> =
            self.entries.iter().flat_map(|entry| entry.held().into_iter().chain(entry.before.iter().flatten().copied())).map(|held| held.0).collect();
        let moved = self.table.begin(|place| kept.contains(&place));
        for entry in &mut self.entries {
            let mut old = if entry.is_done() && entry.trouble.is_none() { Some(entry.held()) } else { entry.before.take() };
            for held in old.iter_mut().flatten() {
                held.0 = moved.get(&held.0).copied().unwrap_or(held.0);
            }
            *entry = Entry { id: std::mem::take(&mut entry.id), name: entry.name.take(), before: old, reach: Reach::Known, ..Entry::default() };
        }
        self.changed_all();
    }

    /// Somebody wants it to go on: also one that ended without having read everything.
    fn go_on(&mut self, now: f64) {
        self.head.paused = false;
        if self.head.phase == Phase::Cancelled {
            self.head.ended = None;
            let listed = self.head.lists.iter().all(|list| list.done);
            self.head.phase = match self.head.went {
                _ if !listed => Phase::Listing,
                None => Phase::Counted,
                Some(_) => Phase::Reading,
            };
        }
        if self.head.waits != Some(Waits::Tab) {
            self.head.waits = None;
        }
        self.head.went = self.head.went.map(|_| (now, self.head.requests));
    }

    /// What can't be stored isn't asked for again and again: it rests, and says why. Nothing is under way any more, so the head is shorter than what stands there,
    /// and fits.
    fn rest_for_room(&mut self) {
        if matches!(self.head.phase, Phase::Listing | Phase::Reading) {
            self.head.paused = true;
            self.head.under_way.clear();
            self.head.waits = Some(Waits::Room);
        }
    }

    /// Another document carries the requests, or none. What was under way is lost, and so is where the lists went on.
    fn carry(&mut self, carrier: Option<&str>) {
        if self.head.carrier.as_deref() == carrier {
            return;
        }
        self.head.carrier = carrier.map(str::to_owned);
        self.head.under_way.clear();
        if !self.head.paused {
            self.head.waits = (carrier.is_none() && self.head.is_running()).then_some(Waits::Tab);
        }
        for list in self.head.lists.iter_mut().filter(|list| !list.done) {
            list.page = 0;
        }
    }

    /// Whether it goes on, and there is somebody who carries its requests.
    const fn may_ask(&self) -> bool {
        self.head.is_running() && self.head.carrier.is_some()
    }

    /// Every request that is to be under way now.
    fn asks(&mut self, now: f64) -> Vec<Ask> {
        while self.may_ask() && self.head.under_way.len() < MOST_UNDER_WAY {
            let Some((task, not_before)) = self.next(now) else { break };
            let slot = self.head.pace.slot(now.max(not_before.min(now + LONGEST_WAIT)));
            self.head.number += 1;
            self.head.under_way.push(UnderWay { number: self.head.number, task, slot });
        }
        let under_way = if self.may_ask() { self.head.under_way.clone() } else { Vec::new() };
        under_way.iter().filter_map(|ask| self.ask(ask, now)).collect()
    }

    fn ask(&self, under_way: &UnderWay, now: f64) -> Option<Ask> {
        let (what, flow, page) = match under_way.task {
            Task::Page(what, page) => (what, "", Some(page)),
            Task::Flow(index) => (Asked::Flow, self.entries.get(index)?.id.as_str(), None),
            Task::Picker(index) => {
                let entry = self.entries.get(index)?;
                (Asked::FlowConnections, entry.id.as_str(), entry.page)
            }
        };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to an hour and to no less than nothing")]
        let after = (under_way.slot - now).clamp(0.0, LONGEST_WAIT) as u32;
        Some(Ask { number: Some(under_way.number), page, ..Ask::new(what, self.head.environment.clone(), flow.to_owned(), after) })
    }

    /// What to ask for next, and not before when; what is at its end ends here.
    fn next(&mut self, now: f64) -> Option<(Task, f64)> {
        let is_under_way = |head: &Head, task: Task| head.under_way.iter().any(|ask| ask.task == task);
        if self.head.phase == Phase::Listing {
            let page = |list: &List, what| Task::Page(what, list.page);
            let mut wanted = LISTS.into_iter().zip(&self.head.lists).filter(|(_, list)| !list.done).map(|(what, list)| (page(list, what), list.not_before));
            let next = wanted.find(|(task, _)| !is_under_way(&self.head, *task));
            if next.is_none() && self.head.under_way.is_empty() {
                self.counted();
            }
            return next;
        }
        let mut soonest: Option<(Task, f64)> = None;
        let mut is_left = false;
        let mut settled = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let task = match entry.reach {
                Reach::Done => continue,
                Reach::Listed | Reach::Known => Task::Flow(index),
                // Another flow's list may have shown its connections meanwhile.
                Reach::Picker if !is_under_way(&self.head, Task::Picker(index)) && !entry.names_unseen(&self.table) => {
                    settled.push(index);
                    continue;
                }
                Reach::Picker => Task::Picker(index),
            };
            is_left = true;
            if is_under_way(&self.head, task) || (entry.reach == Reach::Picker && self.may_soon_be_seen(entry)) {
                continue;
            }
            let not_before = entry.not_before.unwrap_or_default();
            if soonest.is_none_or(|(_, other)| not_before.max(now) < other.max(now)) {
                soonest = Some((task, not_before));
            }
            if not_before <= now {
                break;
            }
        }
        for index in settled {
            if let Some(entry) = self.entries.get_mut(index) {
                entry.end();
            }
            self.changed_flow(index);
        }
        if !is_left {
            self.head.phase = Phase::Done;
            self.head.ended = Some(now);
            self.head.waits = None;
        }
        soonest
    }

    /// Whether a list that is under way for another flow may show a connection that this one names.
    fn may_soon_be_seen(&self, entry: &Entry) -> bool {
        let others = self.head.under_way.iter().filter_map(|ask| if let Task::Picker(index) = ask.task { self.entries.get(index) } else { None });
        let unseen = |entry: &Entry| -> Vec<u32> { entry.unseen(&self.table).collect() };
        let mine = unseen(entry);
        others.flat_map(unseen).any(|connection| mine.contains(&connection))
    }

    /// The lists are read. What was known before and is in none of them is gone, unless one wasn't read whole: then it is asked for by its id.
    fn counted(&mut self) {
        self.head.phase = Phase::Counted;
        self.head.waits = None;
        if self.head.not_whole().next().is_none() {
            self.entries.retain(|entry| entry.reach != Reach::Known);
            self.at = self.entries.iter().enumerate().map(|(index, entry)| (entry.id.to_ascii_lowercase(), index)).collect();
        }
        for entry in self.entries.iter_mut().filter(|entry| entry.reach == Reach::Known) {
            entry.reach = Reach::Listed;
        }
        self.changed_all();
    }
}
