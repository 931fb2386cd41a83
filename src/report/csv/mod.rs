//! The record as comma-separated values (RFC 4180), for spreadsheets: one table for as many flows as wanted, with a row for each account intended, operation,
//! leftover, step, open item, decision, note, figure and source.
//!
//! Spreadsheets take a cell that starts with `=`, `+`, `-` or `@` for a formula, and names come from strangers. Such a cell gets an apostrophe in
//! front, which spreadsheets know as "this is text"; so does a cell that starts with an apostrophe, so that taking one away always gives the name.

mod rows;

use super::record::{Report, Who};
use super::say::Speech;
use super::{At, Voice};
use rows::{Row, rows};

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

/// The records as one table. It starts with a byte order mark: without it Excel takes UTF-8 for something else.
#[must_use]
pub fn csv(reports: &[Report], voice: &dyn Voice) -> String {
    let speech = Speech(voice);
    let head = line(HEAD.iter().map(|key| speech.key(key)));
    let rows = reports.iter().flat_map(|report| rows(report, speech).into_iter().map(|row| whole(report, row, speech)).collect::<Vec<_>>());
    std::iter::once(format!("\u{feff}{head}")).chain(rows).collect()
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
        runs_on.and_then(|on| on.connector_name.clone()).unwrap_or_else(|| row.connector.to_owned()),
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

pub(super) fn line(cells: impl IntoIterator<Item = String>) -> String {
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
