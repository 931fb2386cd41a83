//! What is asked of a sweep's facts: where an account still is, or what isn't as the rules say.

use super::entry::{Entry, Held};
use super::parts::Sweep;
use super::sight::{Flow, Sight, Used};
use crate::audit::{Verdict, Why};
use crate::model::AccountPattern;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Every flow that still runs on this account.
    Account(AccountPattern),
    /// Every flow in which something isn't as the person's rules say.
    Rules,
}

/// How a flow stands to what is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowState {
    /// Operations of it run on the account.
    Uses,
    /// Only something left over names it.
    Left,
    /// It could not be read.
    Unreadable,
    /// It was read, and whose some of its connections are stays unknown.
    Unknown,
    /// It isn't read yet.
    Waiting,
    /// The sweep found the account in it; since then somebody opened it, and it is gone.
    Done,
    /// Nothing of the account is in it.
    Clean,
}

/// What became of a flow since the sweep before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The account was in it, and no longer is.
    Fixed,
    /// It wasn't, and is now.
    New,
    /// It was, and is.
    Unchanged,
}

/// A flow, in the light of the question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the sweep.
    pub place: usize,
    /// How it stands.
    pub state: RowState,
    /// How many of its operations are meant.
    pub operations: usize,
    /// What became of it since the sweep before; none: it was as clean then, or wasn't read.
    pub change: Option<Change>,
    /// Whether something in it runs on a connection that doesn't work.
    pub broken: bool,
    /// Whether it is switched off.
    pub off: bool,
}

/// An account, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its place among the sight's people.
    pub person: usize,
    /// Flows with operations that run on it.
    pub flows: usize,
    /// Flows in which it is left over only.
    pub left: usize,
}

/// The figures.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Flows listed.
    pub flows: usize,
    /// Flows with nothing left to ask about, those that can't be read too.
    pub read: usize,
    /// Flows that still run on it.
    pub uses: usize,
    /// Of those, the ones that are switched off.
    pub off: usize,
    /// Flows in which it is left over only.
    pub left: usize,
    /// Flows in which whose some connection is stays unknown.
    pub unknown: usize,
    /// Flows that can't be read.
    pub unreadable: usize,
    /// Flows from which it is gone since the sweep read them.
    pub done: usize,
    /// Flows with nothing of it.
    pub clean: usize,
    /// Flows with a connection that doesn't work.
    pub broken: usize,
    /// Since the sweep before: gone, new, still there.
    pub changes: [usize; 3],
}

/// The answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// A row for each flow, in the sweep's order.
    pub rows: Vec<Row>,
    /// Who is meant, by their places among the people.
    pub meant: Vec<bool>,
    /// Everybody in use, most flows first.
    pub people: Vec<Person>,
    /// The figures.
    pub totals: Totals,
}

impl Answer {
    /// Asks.
    #[must_use]
    pub fn new(sweep: &Sweep, sight: &Sight, question: &Question) -> Self {
        let is_meant = |account: &crate::model::Account| matches!(question, Question::Account(pattern) if pattern.matches(account));
        let meant: Vec<bool> = sight.people.iter().map(is_meant).collect();
        let asked = Asked { meant: &meant, sight, question };
        let mut totals = Totals::default();
        let mut rows = Vec::with_capacity(sweep.entries().len());
        for (place, (entry, flow)) in sweep.entries().iter().zip(&sight.flows).enumerate() {
            let row = asked.row(place, entry, flow);
            totals.count(&row, entry);
            rows.push(row);
        }
        let people = people(sweep, sight);
        Self { rows, meant, people, totals }
    }

    /// Whether a use is what is looked for.
    #[must_use]
    pub fn means(&self, used: &Used, question: &Question) -> bool {
        match question {
            Question::Account(_) => [used.sign_in, used.owner].into_iter().flatten().any(|person| self.meant.get(person).copied().unwrap_or_default()),
            Question::Rules => matches!(used.verdict, Verdict::Mismatch { .. }) || used.operations == 0,
        }
    }
}

impl Totals {
    fn count(&mut self, row: &Row, entry: &Entry) {
        self.flows += 1;
        self.read += usize::from(entry.is_done());
        self.broken += usize::from(row.broken);
        match row.state {
            RowState::Uses => {
                self.uses += 1;
                self.off += usize::from(row.off);
            }
            RowState::Left => self.left += 1,
            RowState::Unreadable => self.unreadable += 1,
            RowState::Unknown => self.unknown += 1,
            RowState::Done => self.done += 1,
            RowState::Clean => self.clean += 1,
            RowState::Waiting => {}
        }
        let [fixed, new, unchanged] = &mut self.changes;
        match row.change {
            Some(Change::Fixed) => *fixed += 1,
            Some(Change::New) => *new += 1,
            Some(Change::Unchanged) => *unchanged += 1,
            None => {}
        }
    }
}

impl Entry {
    /// Whether it is switched off.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.state.as_deref().is_some_and(|state| !state.eq_ignore_ascii_case("started"))
    }
}

struct Asked<'a> {
    meant: &'a [bool],
    sight: &'a Sight,
    question: &'a Question,
}

impl Asked<'_> {
    fn is_one(&self, people: [Option<usize>; 2]) -> bool {
        people.into_iter().flatten().any(|person| self.meant.get(person).copied().unwrap_or_default())
    }

    fn row(&self, place: usize, entry: &Entry, flow: &Flow) -> Row {
        let by_rules = *self.question == Question::Rules;
        let mut row = Row { place, state: RowState::Clean, operations: 0, change: None, broken: false, off: entry.is_off() };
        let (mut left, mut unknown) = (false, false);
        for used in &flow.used {
            row.broken |= used.broken && used.operations > 0;
            let is_meant = if by_rules { matches!(used.verdict, Verdict::Mismatch { .. }) } else { self.is_one([used.sign_in, used.owner]) };
            if used.operations == 0 {
                left |= is_meant;
            } else if is_meant {
                row.operations += used.operations;
            }
            // Whoever is looked for: it matters only that somebody is known.
            unknown |= matches!(used.verdict, Verdict::Unknown { why } if by_rules || why != Why::NoIntendedAccount);
        }
        left |= by_rules && flow.removable;
        let is_in = |held: &[Held]| held.iter().any(|held| self.is_one(self.sight.behind(held.0)));
        let [before, was] = if by_rules { [flow.before, flow.was] } else { [&entry.before, &entry.was].map(|held| held.as_deref().map(is_in)) };
        let now = row.operations > 0 || left;
        row.state = match () {
            () if entry.trouble.is_some() => RowState::Unreadable,
            () if entry.at.is_none() => RowState::Waiting,
            () if row.operations > 0 => RowState::Uses,
            () if left => RowState::Left,
            () if was == Some(true) => RowState::Done,
            () if unknown => RowState::Unknown,
            () => RowState::Clean,
        };
        if entry.at.is_some() {
            row.change = match (before, now) {
                (Some(true), false) => Some(Change::Fixed),
                (Some(false), true) => Some(Change::New),
                (Some(true), true) => Some(Change::Unchanged),
                _ => None,
            };
        }
        row
    }
}

fn people(sweep: &Sweep, sight: &Sight) -> Vec<Person> {
    let mut people: Vec<Person> = (0..sight.people.len()).map(|person| Person { person, flows: 0, left: 0 }).collect();
    for (entry, flow) in sweep.entries().iter().zip(&sight.flows) {
        if entry.at.is_none() {
            continue;
        }
        let of = |used: bool| {
            let uses = flow.used.iter().filter(move |one| (one.operations > 0) == used);
            let mut found: Vec<usize> = uses.flat_map(|one| [one.sign_in, one.owner]).flatten().collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let used = of(true);
        for person in of(false).into_iter().filter(|person| !used.contains(person)) {
            if let Some(known) = people.get_mut(person) {
                known.left += 1;
            }
        }
        for person in used {
            if let Some(known) = people.get_mut(person) {
                known.flows += 1;
            }
        }
    }
    people.retain(|person| person.flows + person.left > 0);
    people.sort_by_key(|person| std::cmp::Reverse((person.flows, person.left)));
    people
}
