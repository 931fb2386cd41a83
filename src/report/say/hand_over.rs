//! What the hand-over's steps, items and figures are called.

use super::Speech;
use crate::audit::StepId;
use crate::report::record::{Decided, FinishedRow, How, LeftoverRow, NeedRow, Report, Said, StateWord, StepRow};
use crate::words::Text;

impl Speech<'_> {
    /// What is to be done with a leftover, or was decided about it.
    pub fn standing(self, row: &LeftoverRow) -> String {
        match &row.dismissed {
            Some(dismissed) => self.say(&Text::new("record_dismissed").with(self.time(dismissed.at))),
            None if row.removable => self.key("record_removable"),
            None if row.connection_used_by.is_empty() => self.key("record_look"),
            None => self.say(&Text::counted("record_still_used", row.connection_used_by.len())),
        }
    }

    pub fn step(self, id: StepId) -> String {
        self.key(match id {
            StepId::Intend => "step_intend",
            StepId::Connect => "step_connect_any",
            StepId::Reassign => "step_reassign",
            StepId::Save => "step_save",
            StepId::Embedded => "step_embedded",
            StepId::Leftovers => "step_leftovers",
            StepId::People => "step_people",
            StepId::Done => "step_nothing_left",
        })
    }

    pub fn state(self, row: &StepRow) -> String {
        match (row.state, row.at) {
            (StateWord::ByHand, Some(at)) => self.say(&Text::new("record_by_hand").with(self.time(at))),
            (StateWord::Decided, Some(at)) => self.say(&Text::new("record_decided_at").with(self.time(at))),
            (StateWord::Verified | StateWord::ByHand | StateWord::Decided, _) => self.key("step_verified"),
            (StateWord::Open, _) => self.key("record_open"),
            (StateWord::Waiting, _) => self.key("record_waiting"),
            (StateWord::Later, _) => self.key("record_later"),
        }
    }

    /// What somebody decided about an item.
    pub fn decided(self, decided: &Decided) -> String {
        let key = match decided.how {
            How::ByHand => "record_by_hand",
            How::Stays => "record_dismissed",
        };
        self.say(&Text::new(key).with(self.time(decided.at)))
    }

    /// Whether the connection that is needed is there.
    pub fn need(self, row: &NeedRow) -> String {
        match (&row.decided, row.ready, row.broken) {
            (Some(decided), ..) => self.decided(decided),
            (None, 0, 0) => self.key("step_need_missing"),
            (None, 0, _) => self.key("step_need_broken"),
            _ => self.key("record_need_ready"),
        }
    }

    /// That everything was done.
    pub fn finished(self, finished: FinishedRow) -> String {
        self.say(&Text::new("record_finished").with(self.time(finished.at)))
    }

    /// With which figures.
    pub fn finished_figures(self, finished: FinishedRow) -> String {
        let intended = self.say(&Text::counted("people_as_intended", finished.as_intended));
        let stays = (finished.dismissed > 0).then(|| self.say(&Text::counted("record_stays", finished.dismissed)));
        std::iter::once(intended).chain(stays).collect::<Vec<_>>().join(" · ")
    }

    /// Before and after: what is counted, how many at the first look, how many now.
    pub fn figures(self, report: &Report) -> Vec<(String, usize, usize)> {
        let Some(look) = &report.first_look else { return Vec::new() };
        let counts = report.counts;
        let nobody = || {
            let run_only = report.operations.iter().any(|row| row.verdict == Said::RunOnly);
            self.key(if run_only { "since_nobody_or_run_only" } else { "since_nobody" })
        };
        let people = look.people.iter().map(|row| (row.who.as_ref().map_or_else(nobody, |who| self.who(Some(who))), row.before, row.now));
        let operations = look.operations.map(|before| (self.key("since_operations"), before, counts.with_connection));
        [(self.key("done_acting"), look.mismatch, counts.mismatch), (self.key("done_not_in_use"), look.leftovers, report.to_remove())]
            .into_iter()
            .chain(operations)
            .chain(people)
            .collect()
    }
}
