//! A record as a page: headings, facts and tables in words. What stands on it is decided here, once; Markdown and HTML only write it down.

use super::record::{LeftoverRow, OperationRow, Report, RunsOn, Said, Who};
use super::say::Speech;
use super::{Voice, clean};
use crate::words::Text;

/// A page about one flow.
pub(super) struct Page {
    /// Its title.
    pub title: String,
    /// The answer in one line.
    pub summary: String,
    /// What it is about: a word, and what stands for it.
    pub facts: Vec<(String, String)>,
    /// The sections below.
    pub sections: Vec<Section>,
    /// Who made it, and with what.
    pub foot: String,
}

/// A section of a page.
pub(super) struct Section {
    /// Its heading.
    pub heading: String,
    /// Sentences before the table.
    pub notes: Vec<String>,
    /// The table, if there is anything in it.
    pub table: Option<Table>,
}

/// A table.
pub(super) struct Table {
    /// What the columns are called.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Default)]
pub(super) struct Cell {
    /// Its words; may be empty.
    pub words: String,
    /// What stands below them, smaller.
    pub below: Vec<String>,
    /// How it is marked.
    pub tone: Option<Tone>,
}

/// How a cell is marked. The words say the same.
#[derive(Clone, Copy)]
pub(super) enum Tone {
    Mismatch,
    Intended,
    Unknown,
    RunOnly,
    Broken,
}

impl Cell {
    fn plain(words: impl AsRef<str>) -> Self {
        Self { words: clean(words.as_ref()), ..Self::default() }
    }

    fn below(mut self, words: impl AsRef<str>) -> Self {
        if !words.as_ref().is_empty() {
            self.below.push(clean(words.as_ref()));
        }
        self
    }

    fn tone(mut self, tone: Option<Tone>) -> Self {
        self.tone = tone;
        self
    }
}

impl Page {
    /// The page of a record.
    pub fn new(report: &Report, voice: &dyn Voice) -> Self {
        let speech = Speech(voice);
        let sections = [
            Some(operations(report, speech)),
            Some(leftovers(report, speech)),
            Some(checklist(report, speech)),
            needs(report, speech),
            before(report, speech),
            Some(sources(report, speech)),
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
            facts: facts(report, speech),
            sections: sections.into_iter().flatten().collect(),
            foot,
        }
    }
}

fn summary(report: &Report, speech: Speech) -> String {
    let counts = report.counts;
    let mut parts = vec![speech.say(&Text::counted("bar_as_intended", counts.with_connection).with(counts.as_intended.to_string()))];
    let others = [
        (counts.mismatch, "bar_to_change"),
        (counts.unknown, "bar_unknown"),
        (counts.run_only, "bar_run_only"),
        (counts.broken, "record_broken"),
        (report.to_remove(), "record_left"),
    ];
    parts.extend(others.into_iter().filter(|(count, _)| *count > 0).map(|(count, key)| speech.say(&Text::counted(key, count))));
    parts.join(" · ")
}

fn facts(report: &Report, speech: Speech) -> Vec<(String, String)> {
    let flow = &report.flow;
    let intended = report.intended.iter().map(|pattern| clean(pattern.as_str())).collect::<Vec<_>>().join(", ");
    let intended = if intended.is_empty() { speech.key("why_no_intended_account") } else { intended };
    let intended = if report.sign_in_alone { format!("{intended} · {}", speech.key("intended_alone")) } else { intended };
    let who_can_tell = report.who_can_tell.iter().map(in_line).collect::<Vec<_>>().join(", ");
    let told = |key: &'static str, value: Option<&String>| value.map(|value| (speech.key(key), clean(value)));
    [
        Some((speech.key("intended_title"), intended)),
        told("record_environment", flow.environment.as_ref()),
        told("record_flow", flow.id.as_ref()),
        told("record_file", flow.file.as_ref()),
        told("record_modified", flow.modified.as_ref()),
        (report.counts.unknown > 0 && !who_can_tell.is_empty()).then(|| (speech.key("record_who_can_tell"), clean(&who_can_tell))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `Ana Kovač (ana@contoso.com)`, or what there is of it.
fn in_line(who: &Who) -> String {
    match (&who.name, &who.address) {
        (Some(name), Some(address)) if name != address => format!("{name} ({address})"),
        (Some(one), _) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

fn head(speech: Speech, keys: &[&'static str]) -> Vec<String> {
    keys.iter().map(|key| speech.key(key)).collect()
}

fn table(head: Vec<String>, rows: Vec<Vec<Cell>>) -> Option<Table> {
    (!rows.is_empty()).then_some(Table { head, rows })
}

fn operations(report: &Report, speech: Speech) -> Section {
    let row = |row: &OperationRow| {
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
        let verdict = Cell::plain(speech.verdict(row.verdict)).tone(Some(tone));
        vec![
            Cell::plain(&row.title).below(speech.place(&row.place)),
            connector,
            sign_in,
            owner,
            health,
            verdict.below(speech.reason(row, report.sign_in_alone)).below(speech.unsaved(row.unsaved)),
        ]
    };
    let rows = report.operations.iter().filter(|row| row.verdict != Said::NoConnection).map(row).collect();
    let without = report.counts.operations - report.counts.with_connection;
    let notes = if without > 0 { vec![speech.say(&Text::counted("summary_no_connection", without))] } else { Vec::new() };
    let keys = ["record_operation", "record_connection", "record_sign_in", "record_owner", "record_health", "record_verdict"];
    Section { heading: speech.key("record_operations"), notes, table: table(head(speech, &keys), rows) }
}

/// Connector and connection, sign-in account, owner, health.
fn whose(runs_on: &RunsOn, speech: Speech) -> [Cell; 4] {
    let is_account = |label: &&String| runs_on.sign_in.as_ref().and_then(|who| who.address.as_ref()) == Some(label);
    let label = runs_on.label.as_ref().filter(|label| !is_account(label));
    let connector = Cell::plain(runs_on.connector_name.as_deref().unwrap_or("–"))
        .below(label.map(String::as_str).unwrap_or_default())
        .below(runs_on.connection.as_deref().or(runs_on.reference.as_deref()).unwrap_or_default());
    let account = |who: &Option<Who>| {
        let Some(who) = who else { return Cell::plain(speech.key("people_unknown")).tone(Some(Tone::Unknown)) };
        match (&who.name, &who.address) {
            (Some(name), Some(address)) if name != address => Cell::plain(name).below(address),
            (Some(one), _) | (None, Some(one)) => Cell::plain(one),
            (None, None) => Cell::default(),
        }
    };
    let broken = (runs_on.health == Some(super::HealthWord::Broken)).then_some(Tone::Broken);
    [connector, account(&runs_on.sign_in), account(&runs_on.owner), Cell::plain(speech.health(runs_on)).tone(broken)]
}

fn leftovers(report: &Report, speech: Speech) -> Section {
    let row = |row: &LeftoverRow| {
        let [connector, sign_in, owner, _] = whose(&row.runs_on, speech);
        let evidence = row.evidence.iter().fold(Cell::plain(speech.grade(row.grade)), |cell, evidence| cell.below(speech.evidence(*evidence)));
        let reason = row.dismissed.as_ref().map(|dismissed| dismissed.reason.as_str()).unwrap_or_default();
        let reason = if reason.is_empty() { String::new() } else { speech.say(&Text::new("record_quoted").with(clean(reason))) };
        let standing = Cell::plain(speech.standing(row)).below(reason).below(row.connection_used_by.join(", "));
        vec![connector, sign_in, owner, evidence, standing]
    };
    let rows: Vec<Vec<Cell>> = report.leftovers.iter().map(row).collect();
    let notes = if rows.is_empty() { vec![speech.key("leftover_none_seen")] } else { Vec::new() };
    let keys = ["record_connection", "record_sign_in", "record_owner", "evidence_title", "record_standing"];
    Section { heading: speech.key("step_leftovers"), notes, table: table(head(speech, &keys), rows) }
}

fn checklist(report: &Report, speech: Speech) -> Section {
    let rows: Vec<Vec<Cell>> = report
        .checklist
        .iter()
        .enumerate()
        .map(|(place, row)| vec![Cell::plain((place + 1).to_string()), Cell::plain(speech.step(row.id)), Cell::plain(speech.state(row))])
        .collect();
    Section { heading: speech.key("step_title"), notes: Vec::new(), table: table(head(speech, &["record_number", "record_step", "record_state"]), rows) }
}

fn needs(report: &Report, speech: Speech) -> Option<Section> {
    let rows: Vec<Vec<Cell>> = report
        .needs
        .iter()
        .map(|row| {
            let state = match (row.ready, row.broken) {
                (0, 0) => "step_need_missing",
                (0, _) => "step_need_broken",
                _ => "record_need_ready",
            };
            vec![Cell::plain(&row.connector_name).below(&row.connector), Cell::plain(speech.key(state))]
        })
        .collect();
    let table = table(head(speech, &["record_connection", "record_state"]), rows)?;
    Some(Section { heading: speech.key("step_connect_any"), notes: Vec::new(), table: Some(table) })
}

fn before(report: &Report, speech: Speech) -> Option<Section> {
    let look = report.first_look?;
    let figure = |count: usize| Cell::plain(count.to_string());
    let rows = vec![
        vec![Cell::plain(speech.key("done_acting")), figure(look.mismatch), figure(report.counts.mismatch)],
        vec![Cell::plain(speech.key("done_not_in_use")), figure(look.leftovers), figure(report.to_remove())],
    ];
    let first = speech.say(&Text::new("record_first_look").with(speech.time(look.at)));
    let head = vec![speech.key("record_figure"), first, speech.key("record_now")];
    Some(Section { heading: speech.key("record_before"), notes: Vec::new(), table: table(head, rows) })
}

fn sources(report: &Report, speech: Speech) -> Section {
    let read = report
        .sources
        .iter()
        .map(|source| vec![Cell::plain(speech.what(source.what)), Cell::plain(speech.by(source)), Cell::plain(source.from.as_deref().unwrap_or_default())]);
    let missing = report
        .missing
        .iter()
        .map(|missing| vec![Cell::plain(speech.what(missing.what)), Cell::plain(speech.lack(missing)).tone(Some(Tone::Unknown)), Cell::default()]);
    let rows = read.chain(missing).collect();
    let notes = report.gaps.iter().map(|gap| speech.say(&Text::new("details_gap").with(clean(&gap.place)).with(clean(&gap.what)))).collect();
    Section { heading: speech.key("record_sources"), notes, table: table(head(speech, &["record_what", "record_how", "record_from"]), rows) }
}
