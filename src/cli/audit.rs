//! `audit`: flows against the accounts that should stand behind them.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use connection_lens::audit::{Counts, Directory, Intent, Known, Record, checklist, judge};
use connection_lens::model::{AccountPattern, Connection, Flow, FlowKind, Reading};
use connection_lens::report::{At, English, FlowRow, Missing, Report, Source, SourceKind, Subject, Way};
use connection_lens::{read, report};
use serde_json::json;

use super::given::{Given, flows};
use super::{Format, NOT_READABLE, bytes, complain, put};

/// Mismatches or leftovers.
const TO_CHANGE: u8 = 1;

/// No mismatch, but something could not be judged.
const UNKNOWN: u8 = 3;

pub(super) struct Wanted {
    pub file: PathBuf,
    pub connections: Vec<PathBuf>,
    pub intended: Vec<String>,
    pub sign_in_alone: bool,
    pub format: Format,
    pub out: Option<PathBuf>,
}

pub(super) fn run(wanted: &Wanted) -> ExitCode {
    match audit(wanted) {
        Ok(code) => ExitCode::from(code),
        Err((name, what)) => {
            complain(&name, &what);
            ExitCode::from(NOT_READABLE)
        }
    }
}

/// The exit code, or the name of what could not be used and why.
fn audit(wanted: &Wanted) -> Result<u8, (String, String)> {
    let name = |file: &PathBuf| file.to_string_lossy().into_owned();
    let accounts: Vec<AccountPattern> = wanted.intended.iter().filter_map(|typed| AccountPattern::new(typed)).collect();
    if accounts.is_empty() {
        return Err((name(&wanted.file), "no intended account: give a mail address, UPN or object id".to_owned()));
    }
    let intent = Intent::of_all(accounts, wanted.sign_in_alone);
    let mut lists: Vec<Connection> = Vec::new();
    for file in &wanted.connections {
        let list = bytes(file).and_then(|bytes| read::connections(&bytes).map_err(|error| error.to_string())).map_err(|error| (name(file), error))?;
        if list.found.more {
            complain(&name(file), "not a whole list: it has more pages, or more rows than are read; whatever it doesn't hold is not known");
        }
        lists.extend(list.found.list);
    }
    let mut code = 0;
    let mut reports: Vec<Report> = Vec::new();
    let mut other_kinds: Vec<(String, String)> = Vec::new();
    for given in flows(&wanted.file) {
        match &given.flow {
            Ok(Reading { found: Flow { kind: FlowKind::Other(kind), .. }, .. }) => {
                let what = format!("a process of the kind \"{kind}\", not a cloud flow: it has no connections to judge");
                other_kinds.push((given.name, what));
            }
            Ok(reading) => {
                let report = one(&given, reading, &lists, &intent, wanted);
                code = worse(code, judged(report.counts));
                reports.push(report);
            }
            // Alone, it is the answer; among others it is told, and they go on.
            Err(what) if !given.packed => return Err((given.name, what.clone())),
            Err(what) => {
                complain(&given.name, what);
                code = NOT_READABLE;
            }
        }
    }
    // A solution may hold other processes beside its flows; only by themselves they are a mistake.
    if reports.is_empty() && !other_kinds.is_empty() {
        code = NOT_READABLE;
    }
    for (name, what) in &other_kinds {
        complain(name, what);
    }
    if !reports.is_empty() {
        put(wanted.out.as_deref(), &paper(&reports, wanted.format)).map_err(|error| (wanted.out.as_ref().map(name).unwrap_or_default(), error))?;
    }
    Ok(code)
}

fn one(given: &Given, reading: &Reading<Flow>, lists: &[Connection], intent: &Intent, wanted: &Wanted) -> Report {
    // A list that was given knows more of a connection than the package does.
    let in_lists = |connection: &&Connection| lists.iter().any(|known| known.id.eq_ignore_ascii_case(&connection.id));
    let packaged = given.connections.iter().filter(|connection| !in_lists(connection));
    let connections: Vec<Connection> = lists.iter().chain(packaged).cloned().collect();
    let flow = &reading.found;
    let known = Known { saved: Some(flow), connections: &connections, connections_read: !wanted.connections.is_empty(), ..Known::default() };
    let audit = judge(&known, intent);
    let decided = Record::default();
    report::record(&Subject {
        made_at: now(),
        flow: FlowRow {
            name: flow.display_name.clone(),
            id: flow.id.clone().or_else(|| flow.workflow_id.clone()),
            environment: flow.environment.clone(),
            form: Some(flow.form),
            file: Some(given.name.clone()),
            modified: flow.modified.clone(),
        },
        sources: sources(given, wanted),
        missing: missing(wanted),
        gaps: &reading.gaps,
        intent,
        audit: &audit,
        checklist: &checklist(&audit, &known, intent, &decided),
        decided: &decided,
        directory: &Directory::new(&connections, []),
    })
}

fn paper(reports: &[Report], format: Format) -> String {
    match (format, reports) {
        (Format::Text, _) => reports.iter().map(report::text).collect::<Vec<_>>().join("\n"),
        (Format::Json, [only]) => format!("{:#}\n", report::json(only)),
        (Format::Json, several) => several.iter().map(line).collect(),
        (Format::Markdown, _) => report::markdown(reports, &English),
        (Format::Csv, _) => report::csv(reports, &English),
        (Format::Html, _) => report::html(reports, &English),
    }
}

/// A record in a line, as `read` has them.
fn line(report: &Report) -> String {
    json!({ "file": report.flow.file, "result": report::json(report) }).to_string() + "\n"
}

/// What was given. A file's own date says when it was copied, not when the service told it: times stay open.
fn sources(given: &Given, wanted: &Wanted) -> Vec<Source> {
    let from = |what, name: &str| Source { what, by: Way::File, at: None, from: Some(name.to_owned()) };
    let package = (!given.connections.is_empty()).then(|| from(SourceKind::Package, &given.name));
    let lists = wanted.connections.iter().map(|file| from(SourceKind::Connections, &file.to_string_lossy()));
    std::iter::once(from(SourceKind::Flow, &given.name)).chain(package).chain(lists).collect()
}

/// What no file holds, or wasn't given: what is attached to a flow without being used is told by its connections pane alone.
fn missing(wanted: &Wanted) -> Vec<Missing> {
    let lists = wanted.connections.is_empty().then_some(SourceKind::Connections);
    lists.into_iter().chain([SourceKind::Listed]).map(|what| Missing { what, status: None, code: None, at: None }).collect()
}

fn judged(counts: Counts) -> u8 {
    match () {
        () if counts.mismatch + counts.leftovers > 0 => TO_CHANGE,
        () if counts.unknown > 0 => UNKNOWN,
        () => 0,
    }
}

/// Of two exit codes the one that asks for more.
fn worse(one: u8, other: u8) -> u8 {
    let rank = |code: &u8| [0, UNKNOWN, TO_CHANGE, NOT_READABLE].iter().position(|known| known == code);
    std::cmp::max_by_key(one, other, rank)
}

pub(super) fn now() -> Option<At> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(At(since.as_secs_f64() * 1000.0))
}
