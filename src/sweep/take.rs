//! What the service answered: lists, flows, pickers.

use super::entry::{Entry, Reach, Trouble, Use, reduced};
use super::head::{Task, UnderWay};
use super::parts::Sweep;
use super::table::place;
use crate::model::{Connection, Flow, FlowKind};
use crate::protocol::{Asked, SweepEvent};
use crate::read::{self, Listed};

/// The most flows of one sweep: so many fit beside everything else that is stored.
pub(super) const MOST_FLOWS: usize = 5_000;

/// The most pages of one list. So many flows stand on a hundred; a list that goes on has no end, or says the same again and again.
const MOST_PAGES: u32 = 500;

/// The most that is kept of one flow, in bytes: one with as many references as are read at all, and ids as services give them, comes to some 150 KB.
const MOST_OF_FLOW: usize = 256 * 1024;

/// The most pages of a flow's own picker list, as many as the page's script follows for the flow in sight.
const MOST_PICKER_PAGES: u32 = 10;

/// How often an empty list of connections is asked for: a service just woken up answers so for some seconds.
const MOST_TRIES_WHILE_COLD: u8 = 3;

/// The pause before such a list is asked for again, in milliseconds.
const COLD: f64 = 2_000.0;

/// A flow as a document shows it.
#[derive(Clone, Copy)]
pub(super) struct Opened<'a> {
    /// As it was saved.
    pub flow: &'a Flow,
    /// How much in it could not be read.
    pub gaps: usize,
    /// The connections that the document saw.
    pub connections: &'a [Connection],
    /// When.
    pub at: f64,
}

impl Sweep {
    /// The request of this number is no longer under way.
    pub(super) fn ended(&mut self, number: u64) -> Option<UnderWay> {
        let at = self.head.under_way.iter().position(|ask| ask.number == number)?;
        Some(self.head.under_way.remove(at))
    }

    /// An answer came. One that nobody waits for any more was taken in before.
    pub(super) fn answered(&mut self, event: &SweepEvent, body: &[u8]) {
        let SweepEvent::Swept { number, status, at, retry_after, more, cut } = event else { return };
        let Some(UnderWay { task, .. }) = self.ended(*number) else { return };
        self.head.requests += 1;
        if *status >= 400 {
            let refusal = read::refusal(body);
            let wait = retry_after.or_else(|| refusal.as_ref().and_then(|refusal| refusal.wait_seconds));
            self.refused(task, *status, refusal.map(|refusal| refusal.code), wait, *at);
            return;
        }
        self.head.pace.eased();
        self.head.waits = None;
        match task {
            Task::Page(Asked::Connections, page) => self.take_connections(page, body, *more, *cut, *at),
            Task::Page(what, page) => self.take_flows(what, page, body, *more, *cut),
            Task::Flow(index) => self.take_flow(index, body, *at),
            Task::Picker(index) => self.take_picker(index, body, *more),
        }
    }

    fn take_connections(&mut self, page: u32, body: &[u8], more: bool, cut: bool, now: f64) {
        let read = read::connections(body);
        let is_empty = read.as_ref().is_ok_and(|reading| reading.found.list.is_empty());
        match read {
            Err(error) => self.unreadable(Asked::Connections, error.kind_name()),
            Ok(reading) => {
                let rows = reading.found.list.len();
                for place in self.table.take(reading.found.list) {
                    self.changed_connection(place);
                }
                let Some(list) = self.head.list(Asked::Connections) else { return };
                if page == 0 && is_empty && !more && !cut && list.tries.saturating_add(1) < MOST_TRIES_WHILE_COLD {
                    list.tries += 1;
                    list.not_before = now + COLD;
                    return;
                }
                list.turned(page, rows, more, cut);
            }
        }
    }

    fn take_flows(&mut self, what: Asked, page: u32, body: &[u8], more: bool, cut: bool) {
        let reading = match read::flow_list(body) {
            Err(error) => return self.unreadable(what, error.kind_name()),
            Ok(reading) => reading,
        };
        let rows = reading.found.len();
        let mut is_full = false;
        for listed in reading.found {
            is_full |= !self.list(listed);
        }
        if let Some(list) = self.head.list(what) {
            list.turned(page, rows, more && !is_full, cut || is_full || !reading.gaps.is_empty());
        }
    }

    fn unreadable(&mut self, what: Asked, kind: &str) {
        if let Some(list) = self.head.list(what) {
            list.done = true;
            list.trouble = Some(Trouble { status: 200, code: Some(kind.to_owned()) });
        }
    }

    /// Adds a flow that a list names, once; false where there are too many.
    fn list(&mut self, listed: Listed) -> bool {
        let key = listed.id.to_ascii_lowercase();
        let index = self.at.get(&key).copied().unwrap_or(self.entries.len());
        if index == self.entries.len() {
            if index >= MOST_FLOWS {
                return false;
            }
            self.entries.push(Entry { id: listed.id.clone(), reach: Reach::Known, ..Entry::default() });
            self.at.insert(key, index);
        }
        if let Some(entry) = self.entries.get_mut(index).filter(|entry| entry.reach == Reach::Known) {
            *entry = Entry { name: listed.name, state: listed.state, modified: listed.modified, reach: Reach::Listed, ..std::mem::take(entry) };
        }
        self.changed_flow(index);
        true
    }

    fn take_flow(&mut self, index: usize, body: &[u8], now: f64) {
        let read = read::flow(body);
        let Some(entry) = self.entries.get_mut(index) else { return };
        (entry.tries, entry.not_before) = (None, None);
        match read {
            Ok(reading) => {
                self.fill(index, &reading.found, reading.gaps.len(), now);
                if let Some(entry) = self.entries.get_mut(index) {
                    entry.reach = if entry.names_unseen(&self.table) { Reach::Picker } else { Reach::Done };
                }
            }
            Err(error) => {
                entry.reach = Reach::Done;
                entry.trouble = Some(Trouble { status: 200, code: Some(error.kind_name().to_owned()) });
            }
        }
        self.changed_flow(index);
    }

    /// A flow as it was read is reduced to what it runs on.
    pub(super) fn fill(&mut self, index: usize, flow: &Flow, gaps: usize, now: f64) {
        let uses = self.placed(flow);
        if let Some(entry) = self.entries.get_mut(index) {
            entry.at = uses.is_some().then_some(now);
            entry.trouble = uses.is_none().then(Trouble::too_large);
            entry.uses = uses.unwrap_or_default();
            entry.gaps = gaps;
            entry.name = flow.display_name.clone().or_else(|| entry.name.take());
            entry.modified = flow.modified.clone().or_else(|| entry.modified.take());
        }
        self.changed_flow(index);
    }

    /// What a flow runs on, its connections by their places: those that had none yet are to be stored. None where it is more than is kept of one flow.
    fn placed(&mut self, flow: &Flow) -> Option<Vec<Use>> {
        let mut ids: Vec<String> = Vec::new();
        let mut number = |id: &str| {
            ids.push(id.to_owned());
            place(ids.len() - 1)
        };
        let mut uses = if flow.kind == FlowKind::Cloud { reduced(flow, &mut number) } else { Vec::new() };
        let room = uses.iter().map(Use::room).sum::<usize>() + ids.iter().map(String::len).sum::<usize>();
        if room > MOST_OF_FLOW {
            return None;
        }
        let before = self.table.rows().len();
        for used in &mut uses {
            used.connection = used.connection.and_then(|number| ids.get(number as usize)).map(|id| self.table.place(id));
        }
        for index in before..self.table.rows().len() {
            self.changed_connection(place(index));
        }
        Some(uses)
    }

    fn take_picker(&mut self, index: usize, body: &[u8], more: bool) {
        if let Ok(reading) = read::connections(body) {
            for place in self.table.take(reading.found.list) {
                self.changed_connection(place);
            }
        }
        if let Some(entry) = self.entries.get_mut(index) {
            let next = entry.page.unwrap_or_default().saturating_add(1);
            if more && next < MOST_PICKER_PAGES && entry.names_unseen(&self.table) {
                (entry.tries, entry.not_before, entry.page) = (None, None, Some(next));
            } else {
                entry.end();
            }
        }
        self.changed_flow(index);
    }

    /// A flow of the sweep was opened by somebody, and read: what it holds now. Tells whether anything changed by it.
    pub(super) fn opened(&mut self, index: usize, opened: &Opened) -> bool {
        let Opened { flow, gaps, connections, at } = *opened;
        let Some(entry) = self.entries.get(index).filter(|entry| entry.is_done()) else { return false };
        let (uses, was) = (entry.uses.clone(), entry.was.clone().unwrap_or_else(|| entry.held()));
        let was_too_large = entry.trouble == Some(Trouble::too_large());
        // Of all that the person has, only what this flow names is news.
        let named = |connection: &&Connection| {
            flow.references.iter().any(|reference| reference.connection.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(&connection.id)))
        };
        let changed = self.table.take(connections.iter().filter(named).cloned().collect());
        for place in &changed {
            self.changed_connection(*place);
        }
        let before = self.table.rows().len();
        let is_alike = self.placed(flow).map_or(was_too_large, |now| now == uses);
        if is_alike && changed.is_empty() && self.table.rows().len() == before {
            return false;
        }
        self.fill(index, flow, gaps, at);
        if let Some(entry) = self.entries.get_mut(index) {
            entry.was = Some(was);
        }
        true
    }
}

impl super::head::List {
    /// A page was read.
    const fn turned(&mut self, page: u32, rows: usize, more: bool, cut: bool) {
        self.rows = if page == 0 { rows } else { self.rows.saturating_add(rows) };
        (self.page, self.tries, self.not_before) = (page.saturating_add(1), 0, 0.0);
        self.done = !more || self.page >= MOST_PAGES;
        self.cut |= cut || more && self.done;
    }
}
