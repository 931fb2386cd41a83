//! What the record's words and figures are called: one place for all papers.

mod hand_over;
mod source;

use super::record::{Decided, Differs, HealthWord, OperationRow, RunsOn, Said, SaidBy, Speaker, Who};
use super::{At, Voice, clean};
use crate::audit::{Evidence, Grade, Level, Unsaved, Why};
use crate::model::AccountPattern;
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

    /// `Ana Kovač (ana@contoso.com)`, or what there is of it; that nobody knows, where that is so.
    pub fn who(self, who: Option<&Who>) -> String {
        match who.map(|who| (&who.name, &who.address)) {
            Some((Some(name), Some(address))) if name != address => format!("{name} ({address})"),
            Some((Some(one), _) | (None, Some(one))) => one.clone(),
            Some((None, None)) | None => self.key("people_unknown"),
        }
    }

    /// What else there is to say of an operation: what isn't saved, who it was before, that it came back, what somebody decided.
    pub fn more_of(self, row: &OperationRow, before: Option<&Who>, decided: Option<&Decided>) -> Vec<String> {
        let before = before.map(|who| self.say(&Text::new("record_at_first_look").with(clean(&self.who(Some(who))))));
        let relapse = row.relapse.then(|| self.key("record_relapse"));
        let unsaved = Some(self.unsaved(row.unsaved)).filter(|words| !words.is_empty());
        [unsaved, relapse, before, decided.map(|decided| self.decided(decided))].into_iter().flatten().collect()
    }

    /// The intended accounts, whose saying that is, and how strictly it is meant; the last two may be empty.
    pub fn intended(self, accounts: &[AccountPattern], sign_in_alone: bool, by: Option<SaidBy>) -> [String; 3] {
        let names = accounts.iter().map(|pattern| clean(pattern.as_str())).collect::<Vec<_>>().join(", ");
        let names = if names.is_empty() { self.key("why_no_intended_account") } else { names };
        let whose = match by {
            Some(by) if by.locked => format!("{} · {}", self.key(said_by(by)), self.key("record_locked")),
            Some(by) => self.key(said_by(by)),
            None if accounts.is_empty() => String::new(),
            None => self.key("record_given"),
        };
        [names, whose, if sign_in_alone { self.key("intended_alone") } else { String::new() }]
    }
}

const fn said_by(by: SaidBy) -> &'static str {
    match (by.who, by.reach) {
        (_, Level::Flow) => "record_said_flow",
        (Speaker::Person, Level::Environment) => "record_said_environment",
        (Speaker::Person, Level::Everywhere) => "record_said_everywhere",
        (Speaker::Person, Level::Connector) => "record_said_connector",
        (Speaker::Person, Level::ConnectorHere) => "record_said_connector_here",
        (Speaker::Organisation, Level::Environment) => "record_set_environment",
        (Speaker::Organisation, Level::Everywhere) => "record_set_everywhere",
        (Speaker::Organisation, Level::Connector) => "record_set_connector",
        (Speaker::Organisation, Level::ConnectorHere) => "record_set_connector_here",
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
