//! What people decide, and what is remembered by itself beside it.

use serde_json::Value;

use super::{Kept, Session, flow_key};
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

    /// Changes the record of the flow that the document shows. The flow's name is kept with it, for the list of what is kept.
    fn change_record(&self, kept: &mut Kept, change: impl FnOnce(&mut Record)) -> Option<(String, Value)> {
        let facts = self.facts()?;
        let name = facts.saved.as_ref().and_then(|saved| saved.flow.display_name.clone());
        let change = kept.change_record(&flow_key(&facts.environment, &facts.id), |record| {
            record.name = name.or_else(|| record.name.take());
            change(record);
        });
        Some(change)
    }

    /// What is remembered by itself: the state of the first complete judgement, to be compared with later; and when the last step was done.
    pub(super) fn remember(&mut self, event: &Event, kept: &mut Kept, outcome: &mut Outcome) {
        let at = match event {
            Event::Captured { at, .. }
            | Event::Designer { at, .. }
            | Event::Tick { at, .. }
            | Event::TickItem { at, .. }
            | Event::Dismiss { at, .. }
            | Event::Reset { at }
            | Event::Shown { at, .. } => *at,
            Event::Intend { at, .. } => self.shown_at.max(*at),
            // After one of these something may be open again, and never done.
            Event::Undo { .. } | Event::Look {} => self.shown_at,
            _ => return,
        };
        let Some(sight) = self.sight(kept) else { return };
        if !sight.audit.intent_said || sight.is_reading() || sight.audit.counts.with_connection == 0 {
            return;
        }
        let counts = sight.audit.counts;
        let first_look = sight.record.first_look.is_none().then(|| FirstLook {
            mismatch: counts.mismatch,
            leftovers: counts.leftovers,
            at,
            operations: counts.with_connection,
            acting: audit::acting(&sight.audit),
        });
        let is_done = sight.checklist().is_done();
        let finished = match sight.record.finished {
            Some(known) if is_done => Some(known),
            None if is_done => Some(Finished { at, as_intended: counts.as_intended, dismissed: sight.checklist().dismissals() }),
            _ => None,
        };
        if first_look.is_none() && finished == sight.record.finished {
            return;
        }
        let change = self.change_record(kept, |record| {
            record.first_look = record.first_look.take().or(first_look);
            record.finished = finished;
        });
        outcome.keep.extend(change);
    }
}
