//! The audit as a table for a terminal.

use std::fmt::Write as _;

use super::clean;
use super::record::{Differs, HealthWord, LeftoverRow, OperationRow, Report, Said, Who};
use crate::audit::{Grade, Why, title};

/// The widest a column of names gets, in characters; longer ones end in an ellipsis.
const WIDEST: usize = 44;

/// The audit as text, ending with a line break.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut said = String::new();
    // Writing to a string can't fail.
    let _ = writeln!(said, "{}", clean(report.flow.name.as_deref().unwrap_or("(a flow without a name)")));
    let _ = writeln!(said, "{}\n", summary(report));
    let rows: Vec<[String; 5]> = report.operations.iter().filter(|row| row.verdict != Said::NoConnection).map(row).collect();
    if !rows.is_empty() {
        said.push_str(&table(["operation", "connector", "acts as", "owner", "verdict"].map(str::to_owned), &rows));
    }
    let bare = report.counts.operations - report.counts.with_connection;
    if bare > 0 {
        let _ = writeln!(said, "\n{bare} more need no connection.");
    }
    if !report.leftovers.is_empty() {
        said.push_str("\nNot used by any operation:\n");
        for row in &report.leftovers {
            let _ = writeln!(said, "  {}", leftover(row));
        }
    }
    for gap in &report.gaps {
        let _ = writeln!(said, "could not read {}: {}", clean(&gap.place), clean(&gap.what));
    }
    said
}

fn summary(report: &Report) -> String {
    let counts = report.counts;
    let mut parts = vec![format!("{} of {} as intended", counts.as_intended, counts.with_connection)];
    for (count, word) in [(counts.mismatch, "to change"), (counts.unknown, "not known"), (counts.run_only, "run-only"), (counts.leftovers, "left over")] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    parts.join(" · ")
}

fn leftover(row: &LeftoverRow) -> String {
    let grade = match row.grade {
        Grade::Certain => "certain",
        Grade::Likely => "likely",
        Grade::Hint => "hint",
    };
    let runs_on = &row.runs_on;
    let who = runs_on.sign_in.as_ref().or(runs_on.owner.as_ref()).and_then(|who| who.address.as_deref()).unwrap_or("account not known");
    let what = runs_on.reference.as_deref().or(runs_on.connection.as_deref()).unwrap_or_default();
    let still = if row.connection_used_by.is_empty() {
        String::new()
    } else {
        format!("; its connection is still used by {}", clean(&row.connection_used_by.join(", ")))
    };
    format!("{} ({grade}): {}{still}", clean(what), clean(who))
}

fn row(row: &OperationRow) -> [String; 5] {
    let who = |who: &Option<Who>| who.as_ref().and_then(|who| who.address.as_deref()).unwrap_or("–").to_owned();
    let mut verdict = match (row.verdict, row.differs, row.why) {
        (Said::AsIntended, ..) => "as intended".to_owned(),
        (Said::Mismatch, Some(Differs { sign_in: true, owner: true }), _) => "mismatch".to_owned(),
        (Said::Mismatch, Some(Differs { sign_in: true, .. }), _) => "mismatch (sign-in account)".to_owned(),
        (Said::Mismatch, ..) => "mismatch (owner)".to_owned(),
        (Said::Unknown, _, why) => format!("unknown: {}", why.map_or("", reason)),
        (Said::RunOnly, ..) => "run-only".to_owned(),
        (Said::NoConnection, ..) => String::new(),
    };
    if row.runs_on.health == Some(HealthWord::Broken) {
        verdict.push_str(", broken");
    }
    let place: Vec<String> = row.path.iter().map(|name| title(name)).chain([row.title.clone()]).collect();
    let runs_on = &row.runs_on;
    [place.join(" › "), runs_on.connector.clone().unwrap_or_else(|| "–".to_owned()), who(&runs_on.sign_in), who(&runs_on.owner), verdict]
}

fn reason(why: Why) -> &'static str {
    match why {
        Why::NoIntendedAccount => "no intended account given",
        Why::NotDeclared => "its reference is not declared in the flow",
        Why::NoConnectionNamed => "its reference names no connection",
        Why::ConnectionsNotRead => "no list of connections was given",
        Why::NotVisible => "its connection is in none of the lists",
        Why::NobodyNamed => "its connection names nobody",
    }
}

fn table(head: [String; 5], rows: &[[String; 5]]) -> String {
    let cells = |row: &[String; 5]| row.clone().map(|cell| shortened(&clean(&cell)));
    let rows: Vec<[String; 5]> = [head].iter().chain(rows).map(cells).collect();
    let mut widths = [0; 5];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; 5]| {
        row.iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.chars().count())))
            .collect::<Vec<_>>()
            .join("  ")
            .trim_end()
            .to_owned()
            + "\n"
    };
    rows.iter().map(line).collect()
}

fn shortened(cell: &str) -> String {
    if cell.chars().count() <= WIDEST { cell.to_owned() } else { cell.chars().take(WIDEST - 1).chain(['…']).collect() }
}
