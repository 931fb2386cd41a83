//! The operations, and the columns that every table about connections shares.

use super::{Cell, Section, Table, Tone};
use crate::report::record::{HealthWord, OperationRow, Report, RunsOn, Said, Who};
use crate::report::say::Speech;
use crate::words::Text;

pub fn section(report: &Report, speech: Speech) -> Section {
    let rows = report.operations.iter().filter(|row| row.verdict != Said::NoConnection).map(|row| operation(row, report, speech)).collect();
    let without = report.counts.operations - report.counts.with_connection;
    let notes = if without > 0 { vec![speech.say(&Text::counted("summary_no_connection", without))] } else { Vec::new() };
    let keys = ["record_operation", "record_connection", "record_sign_in", "record_owner", "record_health", "record_verdict"];
    Section::new(speech.key("record_operations"), Table::new(speech, &keys, rows)).notes(notes)
}

fn operation(row: &OperationRow, report: &Report, speech: Speech) -> Vec<Cell> {
    let tone = match row.verdict {
        Said::AsIntended => Tone::Intended,
        Said::Mismatch => Tone::Mismatch,
        Said::Unknown | Said::NoConnection => Tone::Unknown,
        Said::RunOnly => Tone::RunOnly,
    };
    let [connector, mut sign_in, mut owner, health] = whose(&row.runs_on, speech);
    if row.verdict == Said::RunOnly {
        [sign_in, owner] = [Cell::plain(speech.key("people_run_only")), Cell::default()];
    }
    let verdict = Cell::plain(speech.verdict(row.verdict)).tone(Some(tone)).below(speech.reason(row, report.is_sign_in_alone(row)));
    // What was put right has a table of its own.
    let before = row.before.as_ref().filter(|_| !row.is_reassigned());
    let more = speech.more_of(row, before, report.decision(std::slice::from_ref(&row.name)));
    vec![Cell::plain(&row.title).below(speech.place(&row.place)), connector, sign_in, owner, health, more.into_iter().fold(verdict, Cell::below)]
}

/// Connector and connection, sign-in account, owner, health.
pub fn whose(runs_on: &RunsOn, speech: Speech) -> [Cell; 4] {
    let is_account = |label: &&String| runs_on.sign_in.as_ref().and_then(|who| who.address.as_ref()) == Some(label);
    let label = runs_on.label.as_ref().filter(|label| !is_account(label));
    let connector = Cell::plain(runs_on.connector_name.as_deref().unwrap_or("–"))
        .below(label.map(String::as_str).unwrap_or_default())
        .below(runs_on.connection.as_deref().or(runs_on.reference.as_deref()).unwrap_or_default());
    let broken = (runs_on.health == Some(HealthWord::Broken)).then_some(Tone::Broken);
    let health = Cell::plain(speech.health(runs_on)).tone(broken);
    [connector, account(runs_on.sign_in.as_ref(), speech), account(runs_on.owner.as_ref(), speech), health]
}

/// Somebody, with the address below the name.
pub fn account(who: Option<&Who>, speech: Speech) -> Cell {
    let Some(who) = who else { return Cell::plain(speech.key("people_unknown")).tone(Some(Tone::Unknown)) };
    match (&who.name, &who.address) {
        (Some(name), Some(address)) if name != address => Cell::plain(name).below(address),
        (Some(one), _) | (None, Some(one)) => Cell::plain(one),
        (None, None) => Cell::default(),
    }
}
