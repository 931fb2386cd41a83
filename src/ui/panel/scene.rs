//! Everything that the parts of the panel look at.

use crate::audit::{Checklist, Counts, Need, Person, StepId, Verdict, Why};
use crate::model::{Account, AccountPattern};
use crate::session::{Session, Sight};
use crate::ui::node::{Attr, Element, Tag, el};
use crate::ui::path::Paths;
use crate::ui::{Part, View};
use crate::words::Text;

/// Says times in the reader's way.
pub trait Clock {
    /// A time of today as the hour, an earlier one with its day.
    fn moment(&self, at: f64) -> String;
    /// The day.
    fn day(&self, at: f64) -> String;
}

/// What the panel is drawn from.
pub struct Scene<'a> {
    /// The document's session.
    pub session: &'a Session,
    /// The flow, judged.
    pub sight: &'a Sight<'a>,
    /// What to do.
    pub checklist: &'a Checklist<'a>,
    /// What is open and typed.
    pub view: &'a View,
    /// Says times.
    pub clock: &'a dyn Clock,
    /// Where operations stand.
    pub paths: Paths<'a>,
}

impl<'a> Scene<'a> {
    /// Puts it together.
    #[must_use]
    pub fn new(session: &'a Session, sight: &'a Sight<'a>, checklist: &'a Checklist<'a>, view: &'a View, clock: &'a dyn Clock) -> Self {
        Self { session, sight, checklist, view, clock, paths: Paths::new(&sight.audit.operations) }
    }

    /// The figures.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.sight.audit.counts
    }

    /// Whether a part is open.
    #[must_use]
    pub fn is_open(&self, part: &Part) -> bool {
        self.view.is_open(part)
    }

    /// Whether the tab shows the designer, where operations can be highlighted and brought into view.
    #[must_use]
    pub fn is_designing(&self) -> bool {
        self.session.place.as_ref().is_some_and(|place| place.view.is_designer())
    }

    /// Whether every step is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.checklist.is_done()
    }

    /// How many operations were to change at the first look, by what is intended now.
    #[must_use]
    pub fn first_mismatch(&self) -> usize {
        self.sight.record.first_look.as_ref().map_or(0, |first| first.to_change(&self.sight.audit, &self.sight.intent, &self.sight.directory()))
    }

    /// How many operations aren't known, whoever is intended.
    #[must_use]
    pub fn unseen(&self) -> usize {
        let unseen = |verdict: &Verdict| matches!(verdict, Verdict::Unknown { why } if *why != Why::NoIntendedAccount);
        self.sight.audit.operations.iter().filter(|judged| unseen(&judged.verdict)).count()
    }

    /// Whether something is missing in what was read.
    #[must_use]
    pub fn is_partly_known(&self) -> bool {
        self.unseen() > 0 || self.sight.known.saved.is_none() || self.sight.facts.saved.as_ref().is_some_and(|saved| !saved.gaps.is_empty())
    }

    /// The flow's name.
    #[must_use]
    pub fn flow_name(&self) -> Option<&str> {
        self.sight.known.saved.and_then(|flow| flow.display_name.as_deref()).map(str::trim).filter(|name| !name.is_empty())
    }

    /// Who is seen behind an intended account, where the pattern means one account.
    #[must_use]
    pub fn person(&self, pattern: &AccountPattern) -> Option<&Person> {
        let means_one = !pattern.as_str().contains('*');
        self.sight.audit.people.iter().find(|person| means_one && pattern.matches(&person.account))
    }

    /// An intended account by name.
    #[must_use]
    pub fn intended_name(&self, pattern: &AccountPattern) -> String {
        if pattern.as_str().contains('*') {
            return pattern.as_str().to_owned();
        }
        self.person(pattern).map_or_else(
            || Account::from_label(pattern.as_str()).map_or_else(|| pattern.as_str().to_owned(), |account| account.short_name()),
            |person| person.account.short_name(),
        )
    }

    /// The one intended account by name; none where there are several, or a pattern for several, or none.
    #[must_use]
    pub fn only_intended(&self) -> Option<String> {
        match self.sight.intent.base.accounts.as_slice() {
            [only] if !only.as_str().contains('*') => Some(self.intended_name(only)),
            _ => None,
        }
    }

    /// What an intended account needs for a connector.
    #[must_use]
    pub fn need(&self, connector: Option<&str>) -> Option<&Need<'a>> {
        self.checklist.needs.iter().find(|need| connector.is_some_and(|connector| connector.eq_ignore_ascii_case(need.connector)))
    }

    /// The place of a step, from 1.
    #[must_use]
    pub fn step_number(&self, id: StepId) -> usize {
        self.checklist.steps.iter().position(|step| step.id == id).map_or(0, |place| place + 1)
    }

    /// What a screen reader says when the figures change.
    #[must_use]
    pub fn news(&self) -> Element {
        let counts = self.counts();
        let words = if self.sight.is_reading() {
            Text::new("panel_reading")
        } else {
            Text::counted("panel_news", counts.mismatch).with(counts.unknown.to_string()).with(counts.as_intended.to_string())
        };
        el(Tag::P, "spoken").key("news").attr(Attr::Live).with(words)
    }
}
