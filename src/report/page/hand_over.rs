//! How far the hand-over is: what is open, what was done, what was decided by hand, the notes, the steps.

use super::connections::quoted;
use super::operations::account;
use super::{Cell, Section, Table, Tone};
use crate::audit::{StepId, Unsaved, title};
use crate::report::clean;
use crate::report::open::open_items;
use crate::report::record::{Decided, GroupRow, NeedRow, NoteRow, OperationRow, Report, RunsOn, StateWord, StepRow};
use crate::report::say::Speech;
use crate::words::Text;

/// What remains to be done, by step; none while no hand-over is under way, or when all is done.
pub fn open(report: &Report, speech: Speech) -> Option<Section> {
    let rows = open_items(report, speech).into_iter().map(|item| {
        let what = item.runs_on.map_or_else(|| Cell::plain(item.name), |runs_on| connection(runs_on, speech));
        vec![Cell::plain(speech.step(item.step)), what, Cell::plain(item.to_do).tone(tone(item.state)).names(item.operations.iter().map(|name| title(name)))]
    });
    let table = Table::new(speech, &["record_step", "record_what", "record_standing"], rows.collect())?;
    Some(Section::new(speech.key("record_still_open"), Some(table)))
}

/// The connector, and whose connection it is.
fn connection(runs_on: &RunsOn, speech: Speech) -> Cell {
    let who = runs_on.sign_in.as_ref().or(runs_on.owner.as_ref()).map(|who| speech.who(Some(who)));
    let id = || runs_on.connection.clone().or_else(|| runs_on.reference.clone());
    Cell::plain(runs_on.connector_name.as_deref().unwrap_or("–")).below(who.or_else(id).unwrap_or_default())
}

pub fn before(report: &Report, speech: Speech) -> Option<Section> {
    let look = report.first_look.as_ref()?;
    let rows = speech.figures(report).into_iter().map(|(name, before, now)| vec![Cell::plain(name), figure(before), figure(now)]).collect();
    let first = speech.say(&Text::new("record_first_look").with(speech.time(look.at)));
    let table = Table { head: vec![speech.key("record_figure"), first, speech.key("record_now")], rows };
    Some(Section::new(speech.key("record_before"), Some(table)))
}

fn figure(count: usize) -> Cell {
    Cell::plain(count.to_string())
}

/// What was reassigned since the first look.
pub fn done(report: &Report, speech: Speech) -> Option<Section> {
    let reassigned: Vec<&OperationRow> = report.operations.iter().filter(|row| row.is_reassigned()).collect();
    let row = |row: &&OperationRow| {
        let saved = if row.unsaved == Unsaved::Same { speech.key("record_saved") } else { speech.unsaved(row.unsaved) };
        let operation = Cell::plain(&row.title).below(speech.place(&row.place));
        vec![operation, account(row.before.as_ref(), speech), account(row.face(), speech), Cell::plain(saved)]
    };
    let rows = reassigned.iter().map(row).collect();
    let table = Table::new(speech, &["record_operation", "done_first_look", "record_now", "record_state"], rows)?;
    let count = speech.say(&Text::counted("panel_reassigned", reassigned.len()));
    Some(Section::new(speech.key("record_done"), Some(table)).lead(count))
}

/// What the data doesn't show: that somebody looked at it, or that it stays. Leftovers tell that themselves.
pub fn decided(report: &Report, speech: Speech) -> Option<Section> {
    let decision = |decided: &Decided| Cell::plain(speech.decided(decided)).below(quoted(decided.reason.as_deref().unwrap_or_default(), speech));
    let group = |row: &GroupRow| {
        let decided = row.decided.as_ref()?;
        let operations = Cell::plain(speech.say(&Text::counted("people_operations", row.operations.len())));
        Some(vec![connection(&row.runs_on, speech), operations.names(row.operations.iter().map(|name| title(name))), decision(decided)])
    };
    let need = |row: &NeedRow| {
        let decided = row.decided.as_ref()?;
        let operations = Cell::plain(speech.say(&Text::counted("people_operations", row.operations.len())));
        let what = Cell::plain(&row.connector_name).below(speech.step(StepId::Connect));
        Some(vec![what, operations.names(row.operations.iter().map(|name| title(name))), decision(decided)])
    };
    let rows = report.needs.iter().filter_map(need).chain(report.groups.iter().filter_map(group)).collect();
    let table = Table::new(speech, &["record_what", "record_operations", "record_decision"], rows)?;
    Some(Section::new(speech.key("record_decided"), Some(table)))
}

pub fn notes(report: &Report, speech: Speech) -> Option<Section> {
    let row = |row: &NoteRow| {
        let about = row.about.as_deref().unwrap_or_default();
        let what = row.step.map_or_else(|| Cell::plain(about), |step| Cell::plain(speech.step(step)).below(about));
        let who = row.runs_on.as_ref().and_then(|runs_on| runs_on.sign_in.as_ref().or(runs_on.owner.as_ref()));
        let what = what.below(who.map(|who| speech.who(Some(who))).unwrap_or_default());
        vec![what, Cell::plain(quoted(&row.text, speech)), Cell::plain(speech.time(row.at))]
    };
    let rows = report.notes.iter().map(row).collect();
    let table = Table::new(speech, &["record_what", "record_note", "record_when"], rows)?;
    Some(Section::new(speech.key("record_notes"), Some(table)))
}

pub fn checklist(report: &Report, speech: Speech) -> Section {
    let row = |(place, row): (usize, &StepRow)| vec![figure(place + 1), Cell::plain(speech.step(row.id)), Cell::plain(speech.state(row)).tone(tone(row.state))];
    let rows = report.checklist.iter().enumerate().map(row).collect();
    Section::new(speech.key("step_title"), Table::new(speech, &["record_number", "record_step", "record_state"], rows))
}

/// What the data shows looks different from what a person says.
const fn tone(state: StateWord) -> Option<Tone> {
    match state {
        StateWord::Verified => Some(Tone::Intended),
        StateWord::ByHand | StateWord::Decided => None,
        StateWord::Open | StateWord::Waiting => Some(Tone::Mismatch),
        StateWord::Later => Some(Tone::Unknown),
    }
}

pub fn needs(report: &Report, speech: Speech) -> Option<Section> {
    let row = |row: &NeedRow| vec![Cell::plain(&row.connector_name).below(&row.connector), Cell::plain(clean(&speech.need(row)))];
    let rows = report.needs.iter().map(row).collect();
    let table = Table::new(speech, &["record_connection", "record_state"], rows)?;
    Some(Section::new(speech.key("step_connect_any"), Some(table)))
}
