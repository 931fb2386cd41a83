//! Everything that the parts of the page look at.

use crate::model::{Account, Environment};
use crate::portal;
use crate::sweep::{Answer, Entry, Head, Phase, Question, Sight, Sweep, Totals, Waits, sweep_key};
use crate::ui::node::Node;
use crate::ui::panel::Clock;
use crate::words::Text;

/// An environment that can be swept, or was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The environment's id.
    pub environment: String,
    /// Its name, where the portal listed it.
    pub title: Option<String>,
    /// The portal's host.
    pub host: String,
    /// Object id of whoever is signed in.
    pub account: String,
    /// Their tenant.
    pub tenant: String,
    /// Their address, where an answer told it.
    pub name: Option<String>,
    /// In a private window.
    pub is_private: bool,
    /// Whether a tab of it is open.
    pub is_open: bool,
}

impl Place {
    /// The key of its sweep.
    #[must_use]
    pub fn key(&self) -> String {
        sweep_key(&self.environment, &self.account)
    }

    /// By what it is chosen.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}{}", if self.is_private { "private:" } else { "" }, self.key())
    }

    pub(super) fn name(&self) -> Node {
        let is_default = self.title.is_none() && self.environment.to_ascii_lowercase().starts_with("default-");
        let title = self.title.as_ref().unwrap_or(&self.environment);
        Text::new(if is_default { "sweep_place_default" } else { "sweep_place" }).with(title).with(self.name.as_ref().unwrap_or(&self.account)).into()
    }
}

/// An environment that the portal listed, and no tab of which is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// The environment.
    pub environment: Environment,
    /// The portal's host.
    pub host: String,
}

impl Elsewhere {
    /// Where its flows are listed.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        portal::flows_of(&self.host, &self.environment.id)
    }
}

/// A sweep, what is asked of it, and the answer.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The sweep.
    pub sweep: &'a Sweep,
    /// Judged.
    pub sight: &'a Sight,
    /// What is asked; none: nothing that could be answered is typed yet.
    pub question: Option<&'a Question>,
    /// The answer.
    pub answer: &'a Answer,
}

/// What the page is drawn from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The environments to choose from.
    pub places: &'a [Place],
    /// Those that can be chosen once a tab of them is open.
    pub elsewhere: &'a [Elsewhere],
    /// Which is chosen.
    pub chosen: Option<usize>,
    /// Its sweep, if there is one.
    pub known: Option<Known<'a>>,
    /// Whether requests may be made at all.
    pub may_ask: bool,
    /// Now, in milliseconds since 1970.
    pub now: f64,
    /// Says times.
    pub clock: &'a dyn Clock,
}

impl<'a> Scene<'a> {
    /// The chosen environment.
    #[must_use]
    pub fn place(&self) -> Option<&'a Place> {
        self.places.get(self.chosen?)
    }

    /// What is true of the sweep as a whole.
    #[must_use]
    pub fn head(&self) -> Option<&'a Head> {
        self.known.map(|known| &known.sweep.head)
    }

    /// The figures.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.known.map(|known| known.answer.totals).unwrap_or_default()
    }

    /// How far it has come, in a word for the style.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match self.head() {
            None if self.places.is_empty() => "nowhere",
            None => "choose",
            Some(head) if head.paused => "paused",
            Some(head) => match head.phase {
                Phase::Listing => "listing",
                Phase::Counted => "counted",
                Phase::Reading => "reading",
                Phase::Done => "done",
                Phase::Cancelled => "cancelled",
            },
        }
    }

    /// What it waits for, in a word for the style.
    #[must_use]
    pub fn waits(&self) -> &'static str {
        match self.head().and_then(|head| head.waits) {
            None => "",
            Some(Waits::Busy) => "busy",
            Some(Waits::SignIn) => "sign_in",
            Some(Waits::Tab) => "tab",
            Some(Waits::Offline) => "offline",
            Some(Waits::Room) => "room",
        }
    }

    pub(super) fn figures(&self) -> [(&'static str, u64); 5] {
        let totals = self.totals();
        let figure = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let requests = self.head().map_or(0, |head| head.requests);
        [
            ("data-flows", figure(totals.flows)),
            ("data-read", figure(totals.read)),
            ("data-requests", requests),
            ("data-found", figure(totals.uses)),
            ("data-left", figure(totals.left)),
        ]
    }

    /// The account that is looked for, as people know it.
    #[must_use]
    pub fn looked_for(&self) -> Option<String> {
        let known = self.known?;
        let Question::Account(pattern) = known.question? else { return None };
        let mut meant = known.answer.meant.iter().zip(&known.sight.people).filter(|(meant, _)| **meant).map(|(_, account)| account);
        match (meant.next(), meant.next()) {
            (Some(only), None) => Some(only.short_name()),
            _ => Some(pattern.as_str().to_owned()),
        }
    }

    /// An account by its place.
    #[must_use]
    pub fn account(&self, person: usize) -> Option<&'a Account> {
        self.known?.sight.people.get(person)
    }

    /// Where a flow is opened: what is left over stands on its details page, all else in the designer.
    #[must_use]
    pub fn address(&self, entry: &Entry, is_left: bool) -> Option<String> {
        let head = self.head()?;
        let place = portal::Place {
            environment: Some(head.environment.clone()),
            flow: Some(entry.id.clone()),
            solution: None,
            view: portal::View::Details,
            embedded: false,
            host: head.host.clone(),
        };
        if is_left { place.details() } else { place.designer() }
    }
}
