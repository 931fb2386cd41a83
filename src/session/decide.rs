//! What people decide, and what is remembered by itself beside it.

use serde_json::Value;

use super::{Facts, Kept, Session, Sight, flow_key};
use crate::audit::{self, Dismissal, Finished, FirstLook, Record, Tick};
use crate::protocol::{Event, Outcome, Scope};

impl Session {
    /// Takes down a decision of the person's.
    pub(super) fn decide(&mut self, event: &Event, kept: &mut Kept, outcome: &mut Outcome) {
        let locked = self.sight(kept).is_some_and(|sight| sight.intent.base.locked);
        if locked && matches!(event, Event::Intend { .. }) {
            return;
        }
        let change = match event {
            Event::SignInAlone { on } => kept.change_settings(|settings| settings.sign_in_alone = *on),
            Event::Intend { accounts, scope: Scope::Everywhere, .. } => kept.change_settings(|settings| settings.accounts.clone_from(accounts)),
            Event::Intend { accounts, scope: Scope::Environment, .. } => {
                let Some(environment) = self.facts().map(|facts| facts.environment.clone()) else { return };
                kept.change_settings(|settings| settings.intend_in(&environment, accounts))
            }
            _ => {
                outcome.keep.extend(self.decide_here(event, kept));
                return;
            }
        };
        outcome.keep.extend([change]);
    }

    /// What is decided about the flow that the document shows.
    fn decide_here(&self, event: &Event, kept: &mut Kept) -> Option<(String, Value)> {
        let item = match event {
            Event::TickItem { item, .. } | Event::Dismiss { item, .. } => item.as_str(),
            _ => "",
        };
        let of = self.sight(kept).map(|sight| sight.operations_of(item)).unwrap_or_default();
        self.change_record(kept, |record| match event {
            Event::Intend { accounts, at, .. } => record.intend((!accounts.is_empty()).then(|| accounts.clone()), *at),
            Event::Tick { step, on, at } => record.tick_step(*step, *on, *at),
            Event::TickItem { item, on, at } => record.tick_item(item, on.then_some(Tick { at: *at, of }), *at),
            Event::Dismiss { item, reason, at } => {
                record.dismiss(item, reason.as_ref().map(|reason| Dismissal { reason: reason.clone(), at: *at, of }), *at);
            }
            Event::Note { item, text, at } => record.note(item, text.as_deref(), *at),
            Event::Undo { of } => record.undo(*of),
            Event::Reset { at } => record.reset(*at),
            _ => {}
        })
    }

    /// Changes the record of the flow that the document shows.
    fn change_record(&self, kept: &mut Kept, change: impl FnOnce(&mut Record)) -> Option<(String, Value)> {
        Some(self.facts()?.change_record(kept, change))
    }
}

impl Facts {
    /// Changes the flow's record. The flow's name is kept with it, for the list of what is kept.
    fn change_record(&self, kept: &mut Kept, change: impl FnOnce(&mut Record)) -> (String, Value) {
        let name = self.saved.as_ref().and_then(|saved| saved.flow.display_name.clone());
        kept.change_record(&flow_key(&self.environment, &self.id), |record| {
            record.name = name.or_else(|| record.name.take());
            change(record);
        })
    }
}

impl Sight<'_> {
    /// What is remembered by itself: the state of the first complete judgement, to be compared with later; and when the last step was done.
    pub(super) fn remembered(&mut self, event: &Event, shown_at: f64, kept: &mut Kept) -> Option<(String, Value)> {
        let at = match event {
            Event::Captured { at, .. }
            | Event::Designer { at, .. }
            | Event::Tick { at, .. }
            | Event::TickItem { at, .. }
            | Event::Dismiss { at, .. }
            | Event::Reset { at }
            | Event::Shown { at, .. } => *at,
            Event::Intend { at, .. } => shown_at.max(*at),
            Event::Undo { .. } | Event::Look {} => shown_at,
            _ => return None,
        };
        if !self.audit.intent_said || self.is_reading() || self.audit.counts.with_connection == 0 {
            return None;
        }
        let counts = self.audit.counts;
        let first_look = self.record.first_look.is_none().then(|| FirstLook {
            mismatch: counts.mismatch,
            leftovers: counts.leftovers,
            at,
            operations: counts.with_connection,
            acting: audit::acting(&self.audit),
        });
        let checklist = self.checklist();
        let finished = match self.record.finished {
            // Who only looks may know less than another document of this flow.
            Some(known) if checklist.is_done() || matches!(event, Event::Look {}) => Some(known),
            None if checklist.is_done() => Some(Finished { at, as_intended: counts.as_intended, dismissed: checklist.dismissals() }),
            _ => None,
        };
        if first_look.is_none() && finished == self.record.finished {
            return None;
        }
        let change = self.facts.change_record(kept, |record| {
            record.first_look = record.first_look.take().or(first_look);
            record.finished = finished;
        });
        self.record = kept.record(&change.0);
        Some(change)
    }
}
