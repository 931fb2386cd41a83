//! What is chosen, typed and turned to on the page of sweeps at this moment.

use crate::protocol::SweepEvent;
use crate::report::Paper;

/// What is typed into, or chosen in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The environment.
    Environment,
    /// The account that is looked for.
    Account,
    /// The search in the table.
    Search,
    /// By what the table is grouped.
    Group,
}

/// Which flows the table lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a state of a row, or says which rows it means")]
pub enum Filter {
    /// What is looked for: in use, left over, and what has become of it since.
    #[default]
    Found,
    All,
    Uses,
    Left,
    Broken,
    Unknown,
    Unreadable,
    Changed,
    /// Of what the account is in use in: what isn't switched off.
    Stops,
    Off,
    GoesOn,
    Unsaid,
}

impl Filter {
    /// Those that are always to be had, where there is something to list.
    pub const USUAL: [Self; 8] = [Self::Found, Self::Uses, Self::Left, Self::Changed, Self::Broken, Self::Unknown, Self::Unreadable, Self::All];

    /// What would become of a flow without the account; one of them is shown while it is chosen.
    pub const TOMORROW: [Self; 4] = [Self::Stops, Self::Off, Self::GoesOn, Self::Unsaid];
}

/// By what the table is grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what it says")]
pub enum Group {
    #[default]
    Flow,
    Account,
    Connector,
}

/// The columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is what stands in it")]
pub enum Column {
    Name,
    State,
    Account,
    Connector,
    Operations,
}

/// What a person does.
#[derive(Debug, Clone, PartialEq)]
pub enum Deed {
    /// Wants a sweep of the chosen environment, for the first time or anew.
    Start,
    /// Tells the sweep.
    Tell(SweepEvent),
    /// Types into, or chooses in.
    Type(Field),
    /// Looks for this account.
    LookFor(String),
    /// Looks by the rules, or no longer.
    ByRules(bool),
    /// Lists other flows.
    Filter(Filter),
    /// The same from further up the page: the list is brought into view.
    List(Filter),
    /// Sorts by a column; once more: the other way.
    Sort(Column),
    /// Turns to another page of the table.
    Page(usize),
    /// Saves what was found.
    Save(Paper),
}

/// What is chosen, typed and turned to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct View {
    /// The id of the chosen place; none: the first.
    pub place: Option<String>,
    /// What is typed as the account.
    pub account: String,
    /// The rules are looked by, not one account.
    pub by_rules: bool,
    /// What is searched for.
    pub search: String,
    /// Which flows are listed.
    pub filter: Filter,
    /// By what they are grouped.
    pub group: Group,
    /// By which column they are sorted, and whether the other way round; none: what matters most first.
    pub sort: Option<(Column, bool)>,
    /// Which page of the table, from 0.
    pub page: usize,
    /// Why the last thing a person did didn't happen, where it didn't.
    pub unheard: Option<Unheard>,
}

/// Why something that a person did on the page didn't happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unheard {
    /// The background didn't answer, or refused.
    Silence,
    /// The browser stores nothing more.
    Room,
}

impl Unheard {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Silence => "sweep_unheard",
            Self::Room => "sweep_waits_room",
        }
    }
}

impl View {
    /// Takes over what was typed or chosen.
    pub fn type_into(&mut self, field: Field, typed: String) {
        self.page = 0;
        match field {
            Field::Environment => *self = Self { place: Some(typed), ..Self::default() },
            Field::Account => {
                self.account = typed;
                self.by_rules = false;
            }
            Field::Search => self.search = typed,
            Field::Group => {
                self.group = match typed.as_str() {
                    "account" => Group::Account,
                    "connector" => Group::Connector,
                    _ => Group::Flow,
                }
            }
        }
    }

    /// Makes a change that only this page sees; false where it is somebody else's to make.
    pub fn apply(&mut self, deed: &Deed) -> bool {
        if !matches!(deed, Deed::Page(_)) {
            self.page = 0;
        }
        match deed {
            Deed::LookFor(account) => {
                self.account.clone_from(account);
                self.by_rules = false;
            }
            Deed::ByRules(by_rules) => self.by_rules = *by_rules,
            Deed::Filter(filter) | Deed::List(filter) => self.filter = *filter,
            Deed::Sort(column) => {
                self.sort = match self.sort {
                    Some((known, back)) if known == *column => Some((known, !back)),
                    _ => Some((*column, false)),
                }
            }
            Deed::Page(page) => self.page = *page,
            Deed::Start | Deed::Tell(_) | Deed::Type(_) | Deed::Save(_) => return false,
        }
        true
    }
}
