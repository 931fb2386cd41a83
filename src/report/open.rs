//! What remains to be done, by step: for the page and the spreadsheet alike.

use super::record::{GroupKind, GroupRow, Report, RunsOn, StateWord, StepRow};
use super::say::Speech;
use crate::audit::StepId;

/// Something to do.
pub(super) struct OpenItem<'a> {
    /// The step that it belongs to.
    pub step: StepId,
    /// How far it is.
    pub state: StateWord,
    /// What it is about, where that is no connection that was seen; may be empty.
    pub name: &'a str,
    /// What runs there now.
    pub runs_on: Option<&'a RunsOn>,
    /// What to do, or what it waits for.
    pub to_do: String,
    /// The operations that it is about.
    pub operations: &'a [String],
}

/// Everything that is open; nothing while no hand-over is under way.
pub(super) fn open_items<'a>(report: &'a Report, speech: Speech) -> Vec<OpenItem<'a>> {
    let steps = report.checklist.iter().filter(|step| report.is_under_way() && step.id != StepId::Done && step.is_open());
    steps.flat_map(|step| of_step(step, report, speech)).collect()
}

fn of_step<'a>(step: &StepRow, report: &'a Report, speech: Speech) -> Vec<OpenItem<'a>> {
    // What there is to do can be done now, whatever else comes first.
    let item = |to_do| OpenItem { step: step.id, state: StateWord::Open, name: "", runs_on: None, to_do, operations: &[] };
    let needs = report.needs.iter().filter(|row| row.ready == 0 && row.decided.is_none());
    let groups = report.groups.iter().filter(|row| row.decided.is_none());
    let leftovers = report.leftovers.iter().filter(|row| row.dismissed.is_none());
    let items: Vec<OpenItem> = match step.id {
        StepId::Connect => needs.map(|row| OpenItem { state: step.state, name: &row.connector_name, ..item(speech.need(row)) }).collect(),
        StepId::Reassign => groups.map(|row| OpenItem { runs_on: Some(&row.runs_on), operations: &row.operations, ..item(to_do(row, speech)) }).collect(),
        StepId::Leftovers => {
            leftovers.map(|row| OpenItem { runs_on: Some(&row.runs_on), operations: &row.connection_used_by, ..item(speech.standing(row)) }).collect()
        }
        _ => Vec::new(),
    };
    if items.is_empty() { vec![OpenItem { state: step.state, ..item(in_general(step, speech)) }] } else { items }
}

/// What to do for a step that has no items of its own, or whose items aren't known yet.
fn in_general(step: &StepRow, speech: Speech) -> String {
    match (step.id, step.state) {
        (_, StateWord::Later) => speech.key("record_later"),
        (StepId::Intend, _) => speech.key("why_no_intended_account"),
        (StepId::Save, _) => speech.key("step_save_unsaved"),
        (StepId::Embedded, _) => speech.key("step_embedded_open"),
        (StepId::Leftovers, _) => speech.key("leftover_not_listed"),
        (StepId::People, _) => speech.key("step_people_open"),
        _ => speech.state(step),
    }
}

fn to_do(row: &GroupRow, speech: Speech) -> String {
    speech.key(match row.kind {
        GroupKind::Reassign => "record_mismatch",
        GroupKind::Unknown => "record_unknown",
    })
}
