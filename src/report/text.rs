//! The audit as a table for a terminal.

use std::fmt::Write as _;

use super::Subject;
use crate::audit::{Audit, Grade, Judged, Verdict, Why, title};
use crate::model::{Account, Health};

/// The widest a column of names gets, in characters; longer ones end in an ellipsis.
const WIDEST: usize = 44;

/// The audit as text, ending with a line break.
#[must_use]
pub fn text(subject: &Subject) -> String {
    let mut said = String::new();
    let audit = subject.audit;
    // Writing to a string can't fail.
    let _ = writeln!(said, "{}", clean(subject.name.unwrap_or("(a flow without a name)")));
    let _ = writeln!(said, "{}\n", summary(audit));
    let rows: Vec<[String; 5]> = audit.operations.iter().filter(|judged| judged.verdict != Verdict::NoConnection).map(row).collect();
    if !rows.is_empty() {
        said.push_str(&table(["operation", "connector", "acts as", "owner", "verdict"].map(str::to_owned), &rows));
    }
    let bare = audit.counts.operations - audit.counts.with_connection;
    if bare > 0 {
        let _ = writeln!(said, "\n{bare} more need no connection.");
    }
    if !audit.leftovers.is_empty() {
        said.push_str("\nNot used by any operation:\n");
        for leftover in &audit.leftovers {
            let grade = match leftover.grade {
                Grade::Certain => "certain",
                Grade::Likely => "likely",
                Grade::Hint => "hint",
            };
            let who = leftover.sign_in.as_ref().or(leftover.owner.as_ref()).and_then(Account::address).unwrap_or("account not known");
            let what = leftover.reference.as_deref().or(leftover.connection.as_deref()).unwrap_or_default();
            let still = if leftover.connection_used_by.is_empty() {
                String::new()
            } else {
                format!("; its connection is still used by {}", clean(&leftover.connection_used_by.join(", ")))
            };
            let _ = writeln!(said, "  {} ({grade}): {}{still}", clean(what), clean(who));
        }
    }
    for gap in subject.gaps {
        let _ = writeln!(said, "could not read {}: {}", clean(&gap.place), gap.what);
    }
    said
}

fn summary(audit: &Audit) -> String {
    let counts = audit.counts;
    let mut parts = vec![format!("{} of {} as intended", counts.as_intended, counts.with_connection)];
    for (count, word) in [(counts.mismatch, "to change"), (counts.unknown, "not known"), (counts.run_only, "run-only"), (counts.leftovers, "left over")] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    parts.join(" · ")
}

fn row(judged: &Judged) -> [String; 5] {
    let who = |account: &Option<Account>| account.as_ref().and_then(Account::address).unwrap_or("–").to_owned();
    let mut verdict = match &judged.verdict {
        Verdict::AsIntended => "as intended".to_owned(),
        Verdict::Mismatch { sign_in: true, owner: true } => "mismatch".to_owned(),
        Verdict::Mismatch { sign_in: true, .. } => "mismatch (sign-in account)".to_owned(),
        Verdict::Mismatch { .. } => "mismatch (owner)".to_owned(),
        Verdict::Unknown { why } => format!("unknown: {}", reason(*why)),
        Verdict::RunOnly => "run-only".to_owned(),
        Verdict::NoConnection => String::new(),
    };
    if matches!(judged.health, Some(Health::Broken(_))) {
        verdict.push_str(", broken");
    }
    let place: Vec<String> = judged.path.iter().map(|name| title(name)).chain([judged.title()]).collect();
    [place.join(" › "), judged.connector.clone().unwrap_or_else(|| "–".to_owned()), who(&judged.sign_in), who(&judged.owner), verdict]
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

/// Names come from strangers: nothing that could steer a terminal or turn the reading direction gets through.
fn clean(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') { '\u{fffd}' } else { c })
        .collect()
}
