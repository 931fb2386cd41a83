//! Notes in the record, and what each is about.

use serde::Serialize;

use super::runs_on::RunsOn;
use crate::audit::{Checklist, StepId, connector_key};
use crate::model::connector_name;
use crate::report::At;

/// A note in the person's own words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NoteRow {
    /// The item's or the step's stable identity.
    pub on: String,
    /// The step that it belongs to.
    pub step: Option<StepId>,
    /// The words.
    pub text: String,
    /// When they were last changed.
    pub at: At,
    /// What of the step it is about: the connector, else the id of what is no longer there. None for the step itself.
    #[serde(skip)]
    pub about: Option<String>,
    /// What the item runs on, while it is on the checklist.
    #[serde(skip)]
    pub runs_on: Option<RunsOn>,
}

/// The notes, in the order of the steps.
pub(super) fn notes(checklist: &Checklist) -> Vec<NoteRow> {
    let rows = checklist.notes.iter().map(|(id, note)| {
        let (step, about) = meant(id);
        let runs_on = runs_on(checklist, id);
        let about = runs_on.as_ref().and_then(|runs_on| runs_on.connector_name.clone()).or(about);
        NoteRow { on: (*id).to_owned(), step, text: note.text.clone(), at: At(note.at), about, runs_on }
    });
    let mut rows: Vec<NoteRow> = rows.collect();
    rows.sort_by_key(|row| (row.step.is_none(), row.step, row.about.is_some()));
    rows
}

fn runs_on(checklist: &Checklist, id: &str) -> Option<RunsOn> {
    let group = checklist.groups.iter().chain(&checklist.unknown).find(|group| group.id == id).map(|group| RunsOn::of(group.first));
    let leftovers = || checklist.leftovers.iter().chain(&checklist.dismissed).find(|leftover| leftover.id == id).map(|leftover| RunsOn::left(leftover));
    group.or_else(leftovers)
}

/// By its identity alone: the step that an item belongs to, and what of it is meant. The item itself may be done and gone.
fn meant(id: &str) -> (Option<StepId>, Option<String>) {
    const STEPS: [StepId; 8] =
        [StepId::Intend, StepId::Connect, StepId::Reassign, StepId::Save, StepId::Embedded, StepId::Leftovers, StepId::People, StepId::Done];
    let Some((kind, rest)) = id.split_once(':') else { return (None, Some(id.to_owned())) };
    let connector = || Some(connector_name(Some(&connector_key(rest)), None)).filter(|name| !name.is_empty()).or_else(|| Some(rest.to_owned()));
    match kind {
        "step" => match STEPS.into_iter().find(|step| step.item() == id) {
            Some(step) => (Some(step), None),
            None => (None, Some(id.to_owned())),
        },
        "reassign" | "unknown" => (Some(StepId::Reassign), connector()),
        "need" => (Some(StepId::Connect), connector()),
        "connection" | "reference" => (Some(StepId::Leftovers), Some(rest.to_owned())),
        _ => (None, Some(id.to_owned())),
    }
}
