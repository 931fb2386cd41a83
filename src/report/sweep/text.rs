//! A sweep as a short table for a terminal.

use std::fmt::Write as _;

use super::{Left, Mark, Swept};
use crate::report::clean;

/// The sweep as text, ending with a line break.
// Writing to a string can't fail: results are let go.
pub(super) fn text(swept: &Swept) -> String {
    let mut said = String::new();
    let counts = swept.counts;
    let whom = swept.looked_for.as_deref().map_or_else(|| "what isn't as intended".to_owned(), clean);
    let _ = writeln!(said, "{} of {} flows still use {whom}, {} only as leftovers", counts.uses, counts.all, counts.left_over);
    for (count, what) in
        [(counts.unknown, "with connections that nobody knows"), (counts.unreadable, "not readable"), (counts.broken, "with a broken connection")]
    {
        if count > 0 {
            let _ = writeln!(said, "{count} {what}");
        }
    }
    said.push('\n');
    for flow in swept.flows.iter().filter(|flow| flow.mark != Mark::Clean) {
        let mark = match flow.mark {
            Mark::Uses => "uses",
            Mark::LeftOver => "left over",
            Mark::Unreadable => "unreadable",
            Mark::Unknown => "unknown",
            Mark::NotRead => "not read",
            Mark::Done | Mark::Clean => "clean",
        };
        let name = flow.name.as_deref().unwrap_or("(a flow without a name)");
        let place = flow.file.as_deref().or(flow.id.as_deref()).unwrap_or_default();
        let _ = writeln!(said, "{mark:<10}  {}  ({})", clean(name), clean(place));
        for one in flow.runs_on.iter().filter(|one| one.meant) {
            let _ = writeln!(said, "            {}", used(one));
        }
        if let Some(trouble) = &flow.trouble {
            let _ = writeln!(said, "            {}", clean(trouble));
        }
    }
    if !swept.accounts.is_empty() {
        let _ = writeln!(said, "\nflows  account");
        for account in &swept.accounts {
            let who = account.who.address.as_deref().or(account.who.name.as_deref()).unwrap_or_default();
            let _ = writeln!(said, "{:>5}  {}", account.flows, clean(who));
        }
    }
    if !swept.unused_references.is_empty() {
        let _ = writeln!(said, "\nreferences of a solution that none of its flows uses:");
        for unused in &swept.unused_references {
            let _ = writeln!(said, "  {} ({}) in {}", clean(&unused.logical_name), clean(unused.connector.as_deref().unwrap_or("–")), clean(&unused.file));
        }
    }
    said
}

fn used(one: &Left) -> String {
    if one.left_over {
        return format!("{}: not used by any operation", clean(&one.connector));
    }
    let more = one.operations.saturating_sub(one.names.len());
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}: {}{more}", clean(&one.connector), clean(&one.names.join(", ")))
}
