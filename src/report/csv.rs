//! The record as comma-separated values (RFC 4180), for spreadsheets: one table for as many flows as wanted, with a row for each operation, leftover,
//! step, figure and source.
//!
//! Spreadsheets take a cell that starts with `=`, `+`, `-` or `@` for a formula, and names come from strangers. Such a cell gets an apostrophe in
//! front, which spreadsheets know as "this is text"; so does a cell that starts with an apostrophe, so that taking one away always gives the name.

use super::record::{LeftoverRow, OperationRow, Report, RunsOn, StepRow, Who};
use super::say::Speech;
use super::{At, Voice};
use crate::words::Text;

/// The columns, as message names.
const HEAD: [&str; 19] = [
    "record_flow_name",
    "record_flow",
    "record_environment",
    "record_file",
    "record_made_on",
    "record_row",
    "record_name",
    "record_place",
    "record_connector",
    "record_connection",
    "record_reference",
    "record_sign_in",
    "record_sign_in_name",
    "record_owner",
    "record_owner_name",
    "record_health",
    "record_verdict",
    "record_reason",
    "record_note",
];

/// What differs from row to row.
#[derive(Default)]
struct Row<'a> {
    kind: &'static str,
    name: String,
    place: String,
    runs_on: Option<&'a RunsOn>,
    verdict: String,
    reason: String,
    note: String,
}

/// The records as one table. It starts with a byte order mark: without it Excel takes UTF-8 for something else.
#[must_use]
pub fn csv(reports: &[Report], voice: &dyn Voice) -> String {
    let speech = Speech(voice);
    let head = line(HEAD.iter().map(|key| speech.key(key)));
    let rows = reports.iter().flat_map(|report| rows(report, speech).into_iter().map(|row| whole(report, row, speech)).collect::<Vec<_>>());
    std::iter::once(format!("\u{feff}{head}")).chain(rows).collect()
}

fn rows<'a>(report: &'a Report, speech: Speech) -> Vec<Row<'a>> {
    let operations = report.operations.iter().map(|row| operation(row, report.sign_in_alone, speech));
    let leftovers = report.leftovers.iter().map(|row| leftover(row, speech));
    let steps = report.checklist.iter().map(|row| step(row, speech));
    let read = report.sources.iter().map(|source| Row {
        kind: "record_row_source",
        name: speech.what(source.what),
        verdict: speech.by(source),
        note: source.from.clone().unwrap_or_default(),
        ..Row::default()
    });
    let missing = report.missing.iter().map(|missing| Row {
        kind: "record_row_missing",
        name: speech.what(missing.what),
        verdict: speech.lack(missing),
        ..Row::default()
    });
    operations.chain(leftovers).chain(steps).chain(figures(report, speech)).chain(read).chain(missing).collect()
}

fn operation<'a>(row: &'a OperationRow, sign_in_alone: bool, speech: Speech) -> Row<'a> {
    Row {
        kind: "record_row_operation",
        name: row.title.clone(),
        place: speech.place(&row.place),
        runs_on: Some(&row.runs_on),
        verdict: speech.verdict(row.verdict),
        reason: speech.reason(row, sign_in_alone),
        note: speech.unsaved(row.unsaved),
    }
}

fn leftover<'a>(row: &'a LeftoverRow, speech: Speech) -> Row<'a> {
    let reason = row.dismissed.as_ref().map(|dismissed| dismissed.reason.clone()).filter(|reason| !reason.is_empty());
    let used_by = row.connection_used_by.join(", ");
    Row {
        kind: "record_row_leftover",
        name: row.runs_on.label.clone().unwrap_or_default(),
        runs_on: Some(&row.runs_on),
        verdict: speech.grade(row.grade),
        reason: row.evidence.iter().map(|evidence| speech.evidence(*evidence)).collect::<Vec<_>>().join(" "),
        note: [Some(speech.standing(row)), reason, Some(used_by).filter(|used_by| !used_by.is_empty())].into_iter().flatten().collect::<Vec<_>>().join(": "),
        ..Row::default()
    }
}

fn step<'a>(row: &StepRow, speech: Speech) -> Row<'a> {
    Row { kind: "record_row_step", name: speech.step(row.id), verdict: speech.state(row), ..Row::default() }
}

/// The figures before and after.
fn figures<'a>(report: &Report, speech: Speech) -> Vec<Row<'a>> {
    let Some(look) = report.first_look else { return Vec::new() };
    let row = |name: &'static str, before: usize, now: usize| Row {
        kind: "record_row_figure",
        name: speech.key(name),
        verdict: now.to_string(),
        note: speech.say(&Text::new("record_before_figure").with(speech.time(look.at)).with(before.to_string())),
        ..Row::default()
    };
    vec![row("done_acting", look.mismatch, report.counts.mismatch), row("done_not_in_use", look.leftovers, report.to_remove())]
}

fn whole(report: &Report, row: Row, speech: Speech) -> String {
    let flow = &report.flow;
    let runs_on = row.runs_on;
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let address = |who: Option<&Who>| text(who.and_then(|who| who.address.as_ref()));
    let name = |who: Option<&Who>| text(who.and_then(|who| who.name.as_ref()));
    let (sign_in, owner) = (runs_on.and_then(|on| on.sign_in.as_ref()), runs_on.and_then(|on| on.owner.as_ref()));
    line([
        text(flow.name.as_ref()),
        text(flow.id.as_ref()),
        text(flow.environment.as_ref()),
        text(flow.file.as_ref()),
        report.made_at.map(At::rfc3339).unwrap_or_default(),
        speech.key(row.kind),
        row.name,
        row.place,
        text(runs_on.and_then(|on| on.connector_name.as_ref())),
        text(runs_on.and_then(|on| on.connection.as_ref())),
        text(runs_on.and_then(|on| on.reference.as_ref())),
        address(sign_in),
        name(sign_in),
        address(owner),
        name(owner),
        runs_on.map(|on| speech.health(on)).unwrap_or_default(),
        row.verdict,
        row.reason,
        row.note,
    ])
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    cells.into_iter().map(|cell| quoted(&as_text(cell))).collect::<Vec<_>>().join(",") + "\r\n"
}

/// A cell that no spreadsheet takes for a formula. Blanks and signs that aren't seen are looked through, as some spreadsheets do.
fn as_text(cell: String) -> String {
    let unseen = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    let starts = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let is_formula = cell.starts_with(['\t', '\r', '\n', '\'']) || cell.trim_start_matches(unseen).starts_with(starts);
    if is_formula { format!("'{cell}") } else { cell }
}

fn quoted(cell: &str) -> String {
    let plain = !cell.contains(['"', ',', ';', '\t', '\r', '\n']) && cell.trim() == cell;
    if plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}
