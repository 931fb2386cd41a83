//! What is open, typed and chosen in the panel at this moment. It lives in memory only, and for one flow.

use std::collections::BTreeSet;

use crate::audit::StepId;
use crate::protocol::Scope;

/// A part of the panel that can be open or closed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The list of accounts to choose from.
    Chooser,
    /// The small menu.
    Menu,
    /// Everybody in the summary, not only the first.
    People,
    /// What could not be read.
    Gaps,
    /// Where everything was read.
    Sources,
    /// A step.
    Step(StepId),
    /// The rest of a long group of operations, by the group's key.
    Rest(String),
    /// The operations behind a connection that can't be seen, by the group's key.
    Unseen(String),
    /// The operations on a connection that doesn't work, by its id.
    Broken(String),
    /// What was reassigned and isn't saved.
    Reassigned,
    /// How we know what is said of an operation, by its list and id.
    Evidence(String),
    /// Accounts that hold several connections to one connector.
    Holdings,
    /// What can be decided about an item, by its id.
    Item(String),
    /// What has changed since the first look.
    Since,
    /// The checklist below the news that all is done.
    DoneSteps,
}

/// The two ways of looking at a flow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tab {
    /// What to do, in its order.
    #[default]
    Checklist,
    /// Every operation.
    Operations,
}

/// Which operations are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// Those somebody else acts for.
    #[default]
    ToChange,
    /// Those nobody knows.
    Unknown,
    /// Those on the run-only user's own connection.
    RunOnly,
    /// All, those without a connection too.
    All,
}

/// What is typed into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The search in the list of operations.
    Search,
    /// The search for an account, or a new one.
    Account,
    /// Why something stays as it is.
    Reason,
    /// A note.
    Note,
}

/// A change of what is open, typed or chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Opens or closes a part.
    Open(Part, bool),
    /// The other way of looking at the flow.
    Tab(Tab),
    /// Lists other operations.
    Filter(Filter),
    /// More than one account is wanted.
    Several(bool),
    /// For which flows the choice shall hold.
    Reach(Scope),
    /// What was typed is done with.
    Typed(Field, String),
}

/// What is open, typed and chosen.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    flow: String,
    open: BTreeSet<Part>,
    closed: BTreeSet<Part>,
    order: Vec<String>,
    /// The way of looking at the flow.
    pub tab: Tab,
    /// Which operations are listed; none: those that matter most now.
    pub filter: Option<Filter>,
    /// What is searched for.
    pub search: String,
    /// What is typed as an account.
    pub account: String,
    /// What is typed as a reason.
    pub reason: String,
    /// What is typed as a note.
    pub note: String,
    /// Whether more than one account is wanted.
    pub several: bool,
    /// For which flows the choice shall hold; none: as it holds now.
    pub reach: Option<Scope>,
    /// The key of what was just copied.
    pub copied: Option<String>,
    /// Whether the last thing a person did could not be told to the session.
    pub unheard: bool,
    /// The names of the flows in a dropped file; empty where the tab's flow is shown.
    pub flows: Vec<Option<String>>,
    /// Which of them is shown.
    pub turned: usize,
    /// A file that could not be read: its name, and why.
    pub refused: Option<(String, String)>,
}

impl View {
    /// Whether a part is open.
    #[must_use]
    pub fn is_open(&self, part: &Part) -> bool {
        self.open.contains(part)
    }

    /// Starts anew for another flow.
    pub fn turn_to(&mut self, flow: &str) {
        if self.flow != flow {
            let (flows, turned) = (std::mem::take(&mut self.flows), self.turned);
            *self = Self { flow: flow.to_owned(), flows, turned, ..Self::default() };
        }
    }

    /// Opens a part that has something to do in it, unless a person has closed it. It is never closed by itself: somebody may be reading.
    pub fn propose(&mut self, part: Part) {
        if !self.closed.contains(&part) {
            self.open.insert(part);
        }
    }

    /// The place of a group: groups stay where they were first seen, new ones come last.
    pub fn place(&mut self, group: &str) -> usize {
        if let Some(place) = self.place_of(group) {
            return place;
        }
        self.order.push(group.to_owned());
        self.order.len() - 1
    }

    /// The place of a group that was seen before.
    #[must_use]
    pub fn place_of(&self, group: &str) -> Option<usize> {
        self.order.iter().position(|known| known == group)
    }

    /// Takes over what was typed.
    pub fn type_into(&mut self, field: Field, typed: String) {
        match field {
            Field::Search => self.search = typed,
            Field::Account => self.account = typed,
            Field::Reason => self.reason = typed,
            Field::Note => self.note = typed,
        }
    }

    /// Makes a change.
    pub fn apply(&mut self, change: Change) {
        self.copied = None;
        match change {
            Change::Open(part, open) => self.set_open(part, open),
            Change::Tab(tab) => self.tab = tab,
            Change::Filter(filter) => self.filter = Some(filter),
            Change::Several(several) => self.several = several,
            Change::Reach(reach) => self.reach = Some(reach),
            Change::Typed(field, typed) => self.type_into(field, typed),
        }
    }

    fn set_open(&mut self, part: Part, open: bool) {
        if let Part::Item(_) = part {
            self.reason.clear();
            self.note.clear();
            self.open.retain(|other| !matches!(other, Part::Item(_)));
        }
        if part == Part::Chooser {
            self.account.clear();
            self.reach = None;
            self.several = false;
        }
        if open {
            self.closed.remove(&part);
            self.open.insert(part);
        } else {
            self.open.remove(&part);
            self.closed.insert(part);
        }
    }

    /// Closes what floats above the rest; tells which part it was.
    pub fn close_floating(&mut self) -> Option<Part> {
        let floating = [Part::Menu, Part::Chooser].into_iter().find(|part| self.is_open(part))?;
        self.set_open(floating.clone(), false);
        Some(floating)
    }
}
