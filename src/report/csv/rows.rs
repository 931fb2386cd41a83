//! The rows of the table: what differs from row to row.

use crate::audit::{StepId, title};
use crate::report::open::open_items;
use crate::report::record::{Decided, EmbeddedRow, LeftoverRow, NoteRow, OperationRow, Report, RunsOn, StepRow};
use crate::report::say::Speech;
use crate::words::Text;

/// A row without the columns that are the same for the whole flow.
#[derive(Default)]
pub struct Row<'a> {
    pub kind: &'static str,
    pub name: String,
    pub place: String,
    /// The connector's name, where there is nothing else to say of what it runs on.
    pub connector: &'a str,
    pub runs_on: Option<&'a RunsOn>,
    pub verdict: String,
    pub reason: String,
    pub note: String,
}

/// Who is intended, then how things stand, then what was decided and done, then where it is from.
pub fn rows<'a>(report: &'a Report, speech: Speech) -> Vec<Row<'a>> {
    let operations = report.operations.iter().map(|row| operation(row, report, speech));
    let leftovers = report.leftovers.iter().map(|row| leftover(row, speech));
    let embedded = report.embedded.iter().filter(|_| report.is_under_way()).map(|row| embedded(row, report, speech));
    let steps = report.checklist.iter().map(|row| step(row, speech));
    let notes = report.notes.iter().map(|row| note(row, speech));
    let connections = operations.chain(leftovers).chain(embedded);
    let hand_over =
        steps.chain(open(report, speech)).chain(decisions(report, speech)).chain(notes).chain(figures(report, speech)).chain(finished(report, speech));
    intended(report, speech).into_iter().chain(connections).chain(hand_over).chain(sources(report, speech)).collect()
}

fn intended<'a>(report: &'a Report, speech: Speech) -> Vec<Row<'a>> {
    let row = |[accounts, whose, strictly]: [String; 3], connector: &'a str| Row {
        kind: "intended_title",
        name: accounts,
        connector,
        reason: whose,
        note: strictly,
        ..Row::default()
    };
    let general = !report.intended.is_empty() || report.intended_by_connector.is_empty();
    let general = general.then(|| row(speech.intended(&report.intended, report.sign_in_alone, report.said_by), ""));
    let by_connector = report.intended_by_connector.iter();
    let by_connector = by_connector.map(|one| row(speech.intended(&one.accounts, one.sign_in_alone, one.said_by), &one.connector_name));
    general.into_iter().chain(by_connector).collect()
}

fn operation<'a>(row: &'a OperationRow, report: &Report, speech: Speech) -> Row<'a> {
    Row {
        kind: "record_row_operation",
        name: row.title.clone(),
        place: speech.place(&row.place),
        runs_on: Some(&row.runs_on),
        verdict: speech.verdict(row.verdict),
        reason: speech.reason(row, report.is_sign_in_alone(row)),
        connector: "",
        note: speech.more_of(row, row.before.as_ref(), report.decision(std::slice::from_ref(&row.name))).join(" · "),
    }
}

fn leftover<'a>(row: &'a LeftoverRow, speech: Speech) -> Row<'a> {
    let reason = row.dismissed.as_ref().map(|dismissed| dismissed.reason.clone()).filter(|reason| !reason.is_empty());
    let used_by = titles(&row.connection_used_by);
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

fn embedded<'a>(row: &'a EmbeddedRow, report: &Report, speech: Speech) -> Row<'a> {
    let decided = report.decision(&row.connection_used_by).map(|decided| speech.decided(decided));
    Row {
        kind: "record_row_embedded",
        name: row.runs_on.label.clone().unwrap_or_default(),
        runs_on: Some(&row.runs_on),
        verdict: decided.unwrap_or_else(|| speech.key("record_mismatch")),
        reason: speech.key("record_breaks"),
        note: titles(&row.connection_used_by),
        ..Row::default()
    }
}

fn step<'a>(row: &StepRow, speech: Speech) -> Row<'a> {
    Row { kind: "record_row_step", name: speech.step(row.id), verdict: speech.state(row), ..Row::default() }
}

fn open<'a>(report: &'a Report, speech: Speech) -> Vec<Row<'a>> {
    let items = open_items(report, speech).into_iter().map(|item| Row {
        kind: "record_open",
        name: speech.step(item.step),
        connector: item.name,
        runs_on: item.runs_on,
        verdict: item.to_do,
        note: titles(item.operations),
        ..Row::default()
    });
    items.collect()
}

fn decisions<'a>(report: &'a Report, speech: Speech) -> Vec<Row<'a>> {
    let row = |step, connector: &'a str, runs_on, operations: &[String], decided: &Decided| Row {
        kind: "record_decision",
        name: speech.step(step),
        connector,
        runs_on,
        verdict: speech.decided(decided),
        reason: decided.reason.clone().unwrap_or_default(),
        note: titles(operations),
        ..Row::default()
    };
    let needs = report.needs.iter().filter_map(|need| Some(row(StepId::Connect, &need.connector_name, None, &need.operations, need.decided.as_ref()?)));
    let groups = report.groups.iter().filter_map(|group| Some(row(StepId::Reassign, "", Some(&group.runs_on), &group.operations, group.decided.as_ref()?)));
    needs.chain(groups).collect()
}

fn note<'a>(row: &'a NoteRow, speech: Speech) -> Row<'a> {
    Row {
        kind: "record_note",
        name: row.step.map(|step| speech.step(step)).unwrap_or_default(),
        connector: row.about.as_deref().unwrap_or_default(),
        runs_on: row.runs_on.as_ref(),
        verdict: speech.time(row.at),
        note: row.text.clone(),
        ..Row::default()
    }
}

/// The figures before and after.
fn figures<'a>(report: &Report, speech: Speech) -> Vec<Row<'a>> {
    let at = report.first_look.as_ref().map(|look| speech.time(look.at)).unwrap_or_default();
    let row = |(name, before, now): (String, usize, usize)| Row {
        kind: "record_row_figure",
        name,
        verdict: now.to_string(),
        note: speech.say(&Text::new("record_before_figure").with(at.clone()).with(before.to_string())),
        ..Row::default()
    };
    speech.figures(report).into_iter().map(row).collect()
}

fn finished<'a>(report: &Report, speech: Speech) -> Option<Row<'a>> {
    let finished = report.finished?;
    Some(Row { kind: "done_finished", name: speech.finished(finished), verdict: speech.finished_figures(finished), ..Row::default() })
}

fn sources<'a>(report: &Report, speech: Speech) -> Vec<Row<'a>> {
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
    read.chain(missing).collect()
}

fn titles(names: &[String]) -> String {
    names.iter().map(|name| title(name)).collect::<Vec<_>>().join(", ")
}
