//! The record: everything that the audit found and people decided, as plain values. Every paper is written from it; as JSON it is its own schema.

mod before;
mod intended;
mod item;
mod left;
mod note;
mod operation;
mod runs_on;
mod source;

use serde::Serialize;

use super::{At, Subject};
use crate::audit::{Counts, Leftover, Places, connector_key};
use crate::model::{AccountPattern, FlowForm, Gap};

pub use before::{Before, FinishedRow, PersonRow};
pub use intended::{IntendedRow, SaidBy, Speaker};
pub use item::{Decided, GroupKind, GroupRow, How, NeedRow, StateWord, StepRow};
pub use left::{Dismissed, EmbeddedRow, LeftoverRow};
pub use note::NoteRow;
pub use operation::{Differs, OperationRow, Said};
pub use runs_on::{HealthWord, RunsOn, Who};
pub use source::{Missing, Source, SourceKind, Way};

/// The schema's name and version. The number changes when a field's meaning does; fields may be added without. See `docs/audit-schema.md`.
pub const SCHEMA: &str = "connection-lens/audit/1";

/// One flow's record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The program and its version.
    pub made_with: String,
    /// When it was made.
    pub made_at: Option<At>,
    /// Which flow.
    pub flow: FlowRow,
    /// Who should stand behind the operations; none: nobody has said.
    pub intended: Vec<AccountPattern>,
    /// The sign-in account alone decides.
    pub sign_in_alone: bool,
    /// Whose saying that is; none: nobody's, or it was given for this one time.
    pub said_by: Option<SaidBy>,
    /// Connectors of this flow for which somebody said something else.
    pub intended_by_connector: Vec<IntendedRow>,
    /// What it was made from.
    pub sources: Vec<Source>,
    /// What was wanted and isn't there.
    pub missing: Vec<Missing>,
    /// What in the flow could not be read.
    pub gaps: Vec<Gap>,
    /// The figures as they are now.
    pub counts: Counts,
    /// The figures when the flow was first judged against an intention.
    pub first_look: Option<Before>,
    /// When everything was done, and with which figures; none while something is open.
    pub finished: Option<FinishedRow>,
    /// Every operation, in the flow's order.
    pub operations: Vec<OperationRow>,
    /// What nothing uses any more, the surest first; those that somebody dismissed come last.
    pub leftovers: Vec<LeftoverRow>,
    /// What the saved flow still runs on in somebody else's name.
    pub embedded: Vec<EmbeddedRow>,
    /// The steps of the hand-over, in their order.
    pub checklist: Vec<StepRow>,
    /// What to reassign and what isn't known, by connection.
    pub groups: Vec<GroupRow>,
    /// The connections that an intended account needs.
    pub needs: Vec<NeedRow>,
    /// Notes on items and steps.
    pub notes: Vec<NoteRow>,
    /// Who can tell what isn't known here: the flow's owners, as far as they are known.
    pub who_can_tell: Vec<Who>,
}

impl Report {
    /// How many leftovers are to be removed: suggested, and dismissed by nobody.
    #[must_use]
    pub fn to_remove(&self) -> usize {
        self.leftovers.iter().filter(|row| row.removable && row.dismissed.is_none()).count()
    }

    /// How many items stay as they are by decision.
    #[must_use]
    pub fn exceptions(&self) -> usize {
        let stays = |group: &&GroupRow| group.decided.as_ref().is_some_and(|decided| decided.how == How::Stays);
        self.groups.iter().filter(stays).count() + self.leftovers.iter().filter(|row| row.dismissed.is_some()).count()
    }

    /// How many operations came after the first look in a name that was to go.
    #[must_use]
    pub fn relapses(&self) -> usize {
        self.operations.iter().filter(|row| row.relapse).count()
    }

    /// Whether a hand-over is under way: somebody said who is intended, and the flow was judged in Power Automate. A file knows only how it was exported.
    #[must_use]
    pub const fn is_under_way(&self) -> bool {
        self.first_look.is_some()
    }

    /// Whether the sign-in account alone decides for this operation.
    #[must_use]
    pub fn is_sign_in_alone(&self, operation: &OperationRow) -> bool {
        let connector = operation.runs_on.connector.as_deref().map(connector_key);
        let own = self.intended_by_connector.iter().find(|row| Some(connector_key(&row.connector)) == connector);
        own.map_or(self.sign_in_alone, |row| row.sign_in_alone)
    }

    /// What was decided about the group that holds all these operations.
    #[must_use]
    pub fn decision(&self, operations: &[String]) -> Option<&Decided> {
        let covers = |group: &&GroupRow| operations.iter().all(|name| group.operations.contains(name));
        self.groups.iter().filter(|group| group.decided.is_some()).find(covers)?.decided.as_ref()
    }
}

/// Which flow.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FlowRow {
    /// Its name.
    pub name: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// The environment's id.
    pub environment: Option<String>,
    /// In which shape it was found.
    pub form: Option<FlowForm>,
    /// The file it was read from; none where it was read in the browser.
    pub file: Option<String>,
    /// When it was last saved, as the service wrote it.
    pub modified: Option<String>,
}

/// Makes the record of a flow.
#[must_use]
pub fn record(subject: &Subject) -> Report {
    let Subject { audit, checklist, intent, decided, .. } = *subject;
    let places = Places::new(&audit.operations);
    let since = before::Since::new(subject);
    let (kept, dismissed): (Vec<&Leftover>, Vec<&Leftover>) = audit.leftovers.iter().partition(|leftover| !decided.dismissals.contains_key(&leftover.id));
    Report {
        schema: SCHEMA,
        made_with: concat!("connection-lens ", env!("CARGO_PKG_VERSION")).to_owned(),
        made_at: subject.made_at,
        flow: subject.flow.clone(),
        intended: intent.base.accounts.clone(),
        sign_in_alone: intent.base.sign_in_alone,
        said_by: SaidBy::of(&intent.base),
        intended_by_connector: intended::by_connector(intent, audit),
        sources: subject.sources.clone(),
        missing: subject.missing.clone(),
        gaps: subject.gaps.to_vec(),
        counts: audit.counts,
        first_look: decided.first_look.as_ref().map(|look| Before::of(look, subject)),
        finished: FinishedRow::of(subject),
        operations: audit.operations.iter().map(|judged| OperationRow::of(judged, &places, since.before(judged), since.is_relapse(judged))).collect(),
        leftovers: kept.into_iter().chain(dismissed).map(|leftover| LeftoverRow::of(leftover, decided.dismissals.get(&leftover.id))).collect(),
        embedded: checklist.embedded.iter().map(EmbeddedRow::of).collect(),
        checklist: checklist.steps.iter().map(|step| StepRow::of(step, decided)).collect(),
        groups: item::groups(checklist),
        needs: checklist.needs.iter().map(|need| item::need(need, checklist, decided)).collect(),
        notes: note::notes(checklist),
        who_can_tell: audit.who_can_tell.iter().filter_map(Who::of).collect(),
    }
}
