//! The record as Markdown (GitHub's flavour, for its tables).

use std::fmt::Write as _;

use super::page::{Cell, Line, Page, Section};
use super::{Report, Voice};

/// The records as one Markdown document, ending with a line break.
#[must_use]
pub fn markdown(reports: &[Report], voice: &dyn Voice) -> String {
    reports.iter().map(|report| page(&Page::new(report, voice))).collect::<Vec<_>>().join("\n")
}

// Writing to a string can't fail: results are let go.
pub(super) fn page(page: &Page) -> String {
    let mut said = String::new();
    let _ = writeln!(
        said,
        "# {}\n\n**{}**\n",
        escaped(&page.title),
        escaped(&page.summary.iter().map(|(words, _)| words.as_str()).collect::<Vec<_>>().join(" · "))
    );
    if let Some((what, figures)) = &page.notice {
        let _ = writeln!(said, "**{}** {}\n", escaped(what), escaped(figures));
    }
    for (word, value) in &page.facts {
        let _ = writeln!(said, "- {}: {}", escaped(word), lines(value).join(" · "));
    }
    for section in &page.sections {
        write_section(&mut said, section);
    }
    let _ = writeln!(said, "\n{}", escaped(&page.foot));
    said
}

fn write_section(said: &mut String, section: &Section) {
    let _ = writeln!(said, "\n## {}", escaped(&section.heading));
    if let Some(lead) = &section.lead {
        let _ = writeln!(said, "\n{}", escaped(lead));
    }
    if let Some(table) = &section.table {
        let _ = writeln!(said, "\n| {} |", table.head.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "));
        let _ = writeln!(said, "|{}", " --- |".repeat(table.head.len()));
        for row in &table.rows {
            let _ = writeln!(said, "| {} |", row.iter().map(cell).collect::<Vec<_>>().join(" | "));
        }
    }
    if !section.notes.is_empty() {
        said.push('\n');
    }
    for note in &section.notes {
        let _ = writeln!(said, "- {}", escaped(note));
    }
}

fn cell(cell: &Cell) -> String {
    lines(cell).join("<br>")
}

fn lines(cell: &Cell) -> Vec<String> {
    let below = cell.below.iter().map(|line| match line {
        Line::Words(words) => escaped(words),
        Line::Names(names) => names.iter().map(|name| escaped(name)).collect::<Vec<_>>().join(" · "),
    });
    std::iter::once(escaped(&cell.words)).chain(below).filter(|line| !line.is_empty()).collect()
}

/// Every sign that could mean something to Markdown, told to mean itself; so is the colon of an address, so that no name becomes a link. Line breaks
/// are gone already.
fn escaped(words: &str) -> String {
    let mut said = String::with_capacity(words.len());
    let mut rest = words.chars().peekable();
    while let Some(c) = rest.next() {
        let is_link = c == ':' && rest.peek() == Some(&'/');
        if is_link || matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '$' | '^') {
            said.push('\\');
        }
        said.push(c);
    }
    said
}
