//! Connections that are to go: those that nothing uses, and those that the saved flow still runs on.

use super::operations::whose;
use super::{Cell, Section, Table};
use crate::audit::title;
use crate::report::clean;
use crate::report::record::{EmbeddedRow, LeftoverRow, Report};
use crate::report::say::Speech;
use crate::words::Text;

pub fn leftovers(report: &Report, speech: Speech) -> Section {
    let row = |row: &LeftoverRow| {
        let [connector, sign_in, owner, _] = whose(&row.runs_on, speech);
        let evidence = row.evidence.iter().fold(Cell::plain(speech.grade(row.grade)), |cell, evidence| cell.below(speech.evidence(*evidence)));
        let reason = row.dismissed.as_ref().map(|dismissed| dismissed.reason.as_str()).unwrap_or_default();
        let standing = Cell::plain(speech.standing(row)).below(quoted(reason, speech)).names(row.connection_used_by.iter().map(|name| title(name)));
        vec![connector, sign_in, owner, evidence, standing]
    };
    let rows: Vec<Vec<Cell>> = report.leftovers.iter().map(row).collect();
    let notes = if rows.is_empty() { vec![speech.key("leftover_none_seen")] } else { Vec::new() };
    let keys = ["record_connection", "record_sign_in", "record_owner", "evidence_title", "record_standing"];
    Section::new(speech.key("step_leftovers"), Table::new(speech, &keys, rows)).notes(notes)
}

/// Beside these Power Automate's own page shows a cross that breaks the flow: here stands what it would break.
pub fn embedded(report: &Report, speech: Speech) -> Option<Section> {
    let row = |row: &EmbeddedRow| {
        let [connector, sign_in, owner, _] = whose(&row.runs_on, speech);
        let breaks = Cell::plain(speech.say(&Text::counted("people_operations", row.connection_used_by.len())));
        let decided = report.decision(&row.connection_used_by).map(|decided| speech.decided(decided));
        let breaks = breaks.names(row.connection_used_by.iter().map(|name| title(name))).below(decided.unwrap_or_default());
        vec![connector, sign_in, owner, breaks]
    };
    let rows = report.embedded.iter().filter(|_| report.is_under_way()).map(row).collect();
    let table = Table::new(speech, &["record_connection", "record_sign_in", "record_owner", "record_breaks"], rows)?;
    Some(Section::new(speech.key("step_embedded"), Some(table)).lead(speech.key("record_embedded")))
}

/// Somebody's own words, marked as such; nothing where there are none.
pub fn quoted(words: &str, speech: Speech) -> String {
    if words.is_empty() { String::new() } else { speech.say(&Text::new("record_quoted").with(clean(words))) }
}
