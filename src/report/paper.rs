//! The record's papers by name: what the panel saves and copies.

use super::{Report, Voice, csv, html, json, markdown};

/// A way in which the record is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// For people, in a wiki or a ticket.
    Markdown,
    /// For a spreadsheet.
    Csv,
    /// For machines, by the schema in `docs/audit.schema.json`.
    Json,
    /// To print.
    Html,
}

impl Paper {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Html, Self::Markdown, Self::Csv, Self::Json];

    /// What its files' names end in.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::Csv => "text/csv;charset=utf-8",
            Self::Json => "application/json;charset=utf-8",
            Self::Html => "text/html;charset=utf-8",
        }
    }

    /// The record of one flow, written so.
    #[must_use]
    pub fn write(self, report: &Report, voice: &dyn Voice) -> String {
        let one = std::slice::from_ref(report);
        match self {
            Self::Markdown => markdown(one, voice),
            Self::Csv => csv(one, voice),
            Self::Json => format!("{:#}\n", json(report)),
            Self::Html => html(one, voice),
        }
    }
}

/// A file's name for a flow's record: the flow's name without what file systems refuse.
#[must_use]
pub fn file_name(flow: Option<&str>, paper: Paper) -> String {
    let plain: String = flow.unwrap_or_default().chars().map(|c| if c.is_alphanumeric() || c == ' ' || c == '-' { c } else { ' ' }).collect();
    let name: String = plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(80).collect();
    let name = if name.is_empty() { "flow" } else { &name };
    format!("Connections of {name}.{}", paper.ending())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_every_file_system_takes() {
        assert_eq!(file_name(Some("Invoice: \"A/B\" <1>"), Paper::Csv), "Connections of Invoice A B 1.csv");
        assert_eq!(file_name(None, Paper::Html), "Connections of flow.html");
        assert!(file_name(Some(&"x".repeat(500)), Paper::Json).len() < 110);
    }
}
