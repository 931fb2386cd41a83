//! Before and after: the state at the first look, and when everything was done.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::runs_on::Who;
use crate::audit::{self, Audit, Directory, FirstLook, Judged};
use crate::model::Account;
use crate::report::{At, Subject};

/// The figures at the first look.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Before {
    /// Operations to change, by what is intended now.
    pub mismatch: usize,
    /// Leftovers that were counted.
    pub leftovers: usize,
    /// Operations with a connection; none where that wasn't kept.
    pub operations: Option<usize>,
    /// Everybody who stood behind an operation then or stands behind one now; empty where names weren't kept.
    pub people: Vec<PersonRow>,
    /// When.
    pub at: At,
}

/// Somebody, and how many operations they stood behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// Who; none: not known, or whoever runs the flow.
    pub who: Option<Who>,
    /// At the first look.
    pub before: usize,
    /// Now.
    pub now: usize,
}

/// The state when everything was done.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FinishedRow {
    /// Operations as intended.
    pub as_intended: usize,
    /// Items that stay as they are by decision.
    pub dismissed: usize,
    /// When.
    pub at: At,
}

impl Before {
    pub(super) fn of(look: &FirstLook, subject: &Subject) -> Self {
        Self {
            mismatch: look.to_change(subject.audit, subject.intent, subject.directory),
            leftovers: look.leftovers,
            operations: Some(look.operations).filter(|count| *count > 0),
            people: people(look, subject.audit, subject.directory),
            at: At(look.at),
        }
    }
}

impl FinishedRow {
    /// None while something is open.
    pub(super) fn of(subject: &Subject) -> Option<Self> {
        let finished = subject.decided.finished.as_ref().filter(|_| subject.checklist.is_done())?;
        Some(Self { as_intended: finished.as_intended, dismissed: finished.dismissed, at: At(finished.at) })
    }
}

/// Everybody, those with most operations before first, then those who came.
fn people(look: &FirstLook, audit: &Audit, directory: &Directory) -> Vec<PersonRow> {
    let mut people: Vec<(Option<Account>, PersonRow)> = Vec::new();
    let mut count = |label: &str, before: usize, now: usize| {
        let account = Account::from_label(label).map(|account| directory.complete(&account));
        let same = |known: &Option<Account>| match (known, &account) {
            (Some(known), Some(account)) => known.is_same(account),
            (known, account) => known.is_none() && account.is_none(),
        };
        match people.iter_mut().find(|(known, _)| same(known)) {
            Some((_, row)) => {
                row.before += before;
                row.now += now;
            }
            None => people.push((account.clone(), PersonRow { who: account.as_ref().and_then(Who::of), before, now })),
        }
    };
    // Without names from then there is nothing to compare with.
    if !look.acting.is_empty() {
        for acting in &look.acting {
            count(&acting.who, acting.names.len(), 0);
        }
        for acting in audit::acting(audit) {
            count(&acting.who, 0, acting.names.len());
        }
    }
    let mut rows: Vec<PersonRow> = people.into_iter().map(|(_, row)| row).collect();
    rows.sort_by_key(|row| (row.who.is_none(), std::cmp::Reverse((row.before, row.now))));
    rows
}

/// What became of each operation since the first look.
pub(super) struct Since<'a> {
    /// By name: who stood behind it then.
    then: HashMap<&'a str, Account>,
    relapses: HashSet<&'a str>,
    directory: &'a Directory,
}

impl<'a> Since<'a> {
    pub fn new(subject: &Subject<'a>) -> Self {
        let look = subject.decided.first_look.as_ref();
        let then = look.into_iter().flat_map(|look| &look.acting).flat_map(|acting| {
            let account = Account::from_label(&acting.who).map(|account| subject.directory.complete(&account));
            acting.names.iter().filter_map(move |name| Some((name.as_str(), account.clone()?)))
        });
        let relapses = audit::relapses(subject.audit, look).into_iter().map(|judged| judged.name.as_str());
        Self { then: then.collect(), relapses: relapses.collect(), directory: subject.directory }
    }

    /// Who stood behind it, where that was somebody else.
    pub fn before(&self, judged: &Judged) -> Option<Who> {
        let then = self.then.get(judged.name.as_str())?;
        let is_still = judged.face().is_some_and(|now| self.directory.complete(now).is_same(then));
        if is_still { None } else { Who::of(then) }
    }

    /// Whether it came later, in a name that was to go.
    pub fn is_relapse(&self, judged: &Judged) -> bool {
        self.relapses.contains(judged.name.as_str())
    }
}
