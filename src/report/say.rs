//! What the record's words and figures are called: one place for all papers.

use super::record::{Differs, HealthWord, LeftoverRow, Missing, OperationRow, RunsOn, Said, Source, SourceKind, StateWord, StepRow, Way};
use super::{At, Voice};
use crate::audit::{Evidence, Grade, StepId, Unsaved, Why};
use crate::words::{Text, Words};

/// Says things of a record in one voice.
#[derive(Clone, Copy)]
pub(super) struct Speech<'a>(pub &'a dyn Voice);

impl Speech<'_> {
    pub fn key(self, key: &'static str) -> String {
        self.0.say(&Text::new(key))
    }

    pub fn say(self, text: &Text) -> String {
        self.0.say(text)
    }

    pub fn time(self, at: At) -> String {
        self.0.time(at.0)
    }

    /// `Approved › If yes`.
    pub fn place(self, place: &[Words]) -> String {
        let step = |words: &Words| match words {
            Words::Say(text) => self.say(text),
            Words::Name(name) => name.clone(),
        };
        place.iter().map(step).collect::<Vec<_>>().join(" › ")
    }

    pub fn verdict(self, said: Said) -> String {
        self.key(match said {
            Said::AsIntended => "record_intended",
            Said::Mismatch => "record_mismatch",
            Said::Unknown => "record_unknown",
            Said::RunOnly => "record_run_only",
            Said::NoConnection => "record_no_connection",
        })
    }

    /// Why the verdict is as it is.
    pub fn reason(self, row: &OperationRow, sign_in_alone: bool) -> String {
        let (sign_in, owner) = (row.runs_on.sign_in.is_some(), row.runs_on.owner.is_some());
        self.key(match (row.verdict, row.differs, row.why) {
            (Said::AsIntended, ..) if sign_in_alone && sign_in => "record_why_intended_alone",
            (Said::AsIntended, ..) if sign_in && owner => "record_why_intended",
            (Said::AsIntended, ..) if sign_in => "record_why_intended_sign_in",
            (Said::AsIntended, ..) => "record_why_intended_owner",
            (Said::Mismatch, Some(Differs { sign_in: true, owner: true }), _) => "record_why_both",
            (Said::Mismatch, Some(Differs { sign_in: true, .. }), _) => "record_why_sign_in",
            (Said::Mismatch, ..) => "record_why_owner",
            (Said::Unknown, _, Some(why)) => why_key(why),
            (Said::Unknown, ..) => "people_unknown",
            (Said::RunOnly, ..) => "record_why_run_only",
            (Said::NoConnection, ..) => "record_why_no_connection",
        })
    }

    /// What isn't saved about it; empty where it is as saved.
    pub fn unsaved(self, unsaved: Unsaved) -> String {
        match unsaved {
            Unsaved::Same => String::new(),
            Unsaved::New => self.key("panel_new"),
            Unsaved::Rebound => self.key("panel_rebound"),
        }
    }

    pub fn health(self, runs_on: &RunsOn) -> String {
        let Some(health) = runs_on.health else { return String::new() };
        let word = self.key(match health {
            HealthWord::Connected => "health_connected",
            HealthWord::Broken => "health_broken",
            HealthWord::Unknown => "people_unknown",
        });
        runs_on.health_code.as_ref().map_or_else(|| word.clone(), |code| format!("{word} ({code})"))
    }

    pub fn grade(self, grade: Grade) -> String {
        self.key(match grade {
            Grade::Certain => "evidence_certain",
            Grade::Likely => "evidence_likely",
            Grade::Hint => "evidence_hint",
        })
    }

    pub fn evidence(self, evidence: Evidence) -> String {
        self.key(match evidence {
            Evidence::Listed => "evidence_listed",
            Evidence::ReferenceUnused => "evidence_reference_unused",
            Evidence::InstalledUnused => "evidence_installed_unused",
            Evidence::OthersInPicker => "evidence_others_in_picker",
        })
    }

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
            (StateWord::Verified | StateWord::ByHand, _) => self.key("step_verified"),
            (StateWord::Open, _) => self.key("record_open"),
            (StateWord::Waiting, _) => self.key("record_waiting"),
            (StateWord::Later, _) => self.key("record_later"),
        }
    }

    pub fn what(self, what: SourceKind) -> String {
        self.key(match what {
            SourceKind::Flow => "source_flow",
            SourceKind::FlowBeforeSave => "source_before_save",
            SourceKind::Designer => "source_designer",
            SourceKind::DesignerUnsaved => "record_designer_unsaved",
            SourceKind::Picker => "source_picker",
            SourceKind::Environment => "source_environment",
            SourceKind::Listed => "source_listed",
            SourceKind::Connections => "record_connections",
            SourceKind::Package => "record_package",
        })
    }

    pub fn by(self, source: &Source) -> String {
        let at = source.at.map(|at| self.time(at)).unwrap_or_default();
        match source.by {
            Way::Page => self.say(&Text::new("source_seen").with(at)),
            Way::Asked => self.say(&Text::new("source_asked").with(at)),
            Way::File => self.key("record_from_file"),
        }
    }

    /// Why something isn't there.
    pub fn lack(self, missing: &Missing) -> String {
        let said = match (missing.status, &missing.code) {
            (None, _) => self.key("source_not_read"),
            (Some(0), Some(code)) => self.say(&Text::new("record_no_answer_because").with(code.clone())),
            (Some(0), None) => self.key("trouble_no_answer"),
            (Some(status), Some(code)) => self.say(&Text::new("record_answered_because").with(status.to_string()).with(code.clone())),
            (Some(status), None) => self.say(&Text::new("trouble_status").with(status.to_string())),
        };
        match missing.at {
            Some(at) => format!("{said} ({})", self.time(at)),
            None => said,
        }
    }
}

fn why_key(why: Why) -> &'static str {
    match why {
        Why::NoIntendedAccount => "why_no_intended_account",
        Why::NotDeclared => "why_not_declared",
        Why::NoConnectionNamed => "why_no_connection_named",
        Why::ConnectionsNotRead => "why_connections_not_read",
        Why::NotVisible => "why_not_visible",
        Why::NobodyNamed => "why_nobody_named",
    }
}
