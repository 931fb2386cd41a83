//! A record as a page: headings, facts and tables in words. What stands on it is decided here, once; Markdown and HTML only write it down.

mod cell;
mod connections;
mod hand_over;
mod operations;
mod sources;

pub use cell::{Cell, Line, Tone};

use super::record::Report;
use super::say::Speech;
use super::{Voice, clean};
use crate::words::Text;

/// A page about one flow.
pub struct Page {
    /// Its title.
    pub title: String,
    /// The answer in one line: figure by figure.
    pub summary: Vec<(String, Option<Tone>)>,
    /// That everything is done, and with which figures.
    pub notice: Option<(String, String)>,
    /// What it is about: a word, and what stands for it.
    pub facts: Vec<(String, Cell)>,
    /// The sections below.
    pub sections: Vec<Section>,
    /// Who made it, and with what.
    pub foot: String,
}

/// A section of a page.
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// A sentence before the table.
    pub lead: Option<String>,
    /// The table, if there is anything in it.
    pub table: Option<Table>,
    /// Sentences after the table.
    pub notes: Vec<String>,
}

/// A table.
pub struct Table {
    /// What the columns are called.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Section {
    pub fn new(heading: String, table: Option<Table>) -> Self {
        Self { heading, lead: None, table, notes: Vec::new() }
    }

    pub fn lead(self, lead: String) -> Self {
        Self { lead: Some(lead), ..self }
    }

    pub fn notes(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }
}

impl Table {
    /// None where there are no rows.
    pub fn new(speech: Speech, head: &[&'static str], rows: Vec<Vec<Cell>>) -> Option<Self> {
        (!rows.is_empty()).then(|| Self { head: head.iter().map(|key| speech.key(key)).collect(), rows })
    }
}

impl Page {
    /// The page of a record: how things stand and what is to do first, then everything that was found, then where it is from.
    pub fn new(report: &Report, voice: &dyn Voice) -> Self {
        let speech = Speech(voice);
        let sections = [
            hand_over::open(report, speech),
            hand_over::before(report, speech),
            hand_over::done(report, speech),
            hand_over::decided(report, speech),
            hand_over::notes(report, speech),
            Some(operations::section(report, speech)),
            Some(connections::leftovers(report, speech)),
            connections::embedded(report, speech),
            Some(hand_over::checklist(report, speech)),
            hand_over::needs(report, speech),
            Some(sources::section(report, speech)),
        ];
        let name = report.flow.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let name = name.map_or_else(|| speech.key("panel_unnamed"), clean);
        let foot = match report.made_at {
            Some(at) => speech.say(&Text::new("record_made_at").with(&report.made_with).with(speech.time(at))),
            None => speech.say(&Text::new("record_made").with(&report.made_with)),
        };
        Self {
            title: speech.say(&Text::new("record_title").with(name)),
            summary: summary(report, speech),
            notice: report.finished.map(|finished| (speech.finished(finished), speech.finished_figures(finished))),
            facts: facts(report, speech),
            sections: sections.into_iter().flatten().collect(),
            foot,
        }
    }
}

fn summary(report: &Report, speech: Speech) -> Vec<(String, Option<Tone>)> {
    let counts = report.counts;
    let intended = speech.say(&Text::counted("bar_as_intended", counts.with_connection).with(counts.as_intended.to_string()));
    let others = [
        (counts.mismatch, "bar_to_change", Some(Tone::Mismatch)),
        (report.relapses(), "relapse_title", Some(Tone::Mismatch)),
        (counts.unknown, "bar_unknown", Some(Tone::Unknown)),
        (counts.run_only, "bar_run_only", Some(Tone::RunOnly)),
        (counts.broken, "record_broken", Some(Tone::Broken)),
        (report.to_remove(), "record_left", Some(Tone::Mismatch)),
        (report.exceptions(), "record_stays", None),
    ];
    let others = others.into_iter().filter(|(count, ..)| *count > 0).map(|(count, key, tone)| (speech.say(&Text::counted(key, count)), tone));
    let some = (counts.as_intended > 0).then_some(Tone::Intended);
    std::iter::once((intended, some)).chain(others).collect()
}

fn facts(report: &Report, speech: Speech) -> Vec<(String, Cell)> {
    let flow = &report.flow;
    let told = |key: &'static str, value: Option<&String>| value.map(|value| (speech.key(key), Cell::plain(value)));
    let who_can_tell = report.who_can_tell.iter().map(|who| speech.who(Some(who))).collect::<Vec<_>>().join(", ");
    let others = [
        told("record_environment", flow.environment.as_ref()),
        told("record_flow", flow.id.as_ref()),
        told("record_file", flow.file.as_ref()),
        told("record_modified", flow.modified.as_ref()),
        (report.counts.unknown > 0 && !who_can_tell.is_empty()).then(|| (speech.key("record_who_can_tell"), Cell::plain(&who_can_tell))),
    ];
    intended(report, speech).into_iter().chain(others.into_iter().flatten()).collect()
}

/// Who should stand behind what: in general, then for single connectors. Where each connector has its own, nothing is missed by saying nothing in general.
fn intended(report: &Report, speech: Speech) -> Vec<(String, Cell)> {
    let general = !report.intended.is_empty() || report.intended_by_connector.is_empty();
    let general = general.then(|| {
        let [accounts, whose, strictly] = speech.intended(&report.intended, report.sign_in_alone, report.said_by);
        (speech.key("intended_title"), Cell::plain(accounts).below(whose).below(strictly))
    });
    let by_connector = report.intended_by_connector.iter().map(|row| {
        let [accounts, whose, strictly] = speech.intended(&row.accounts, row.sign_in_alone, row.said_by);
        let word = speech.say(&Text::new("record_intended_for").with(clean(&row.connector_name)));
        (word, Cell::plain(accounts).below(whose).below(strictly))
    });
    general.into_iter().chain(by_connector).collect()
}
