//! `audit`: a flow against the accounts that should stand behind it.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use connection_lens::audit::{Intent, Known, Record, checklist, judge};
use connection_lens::model::{AccountPattern, Connection, FlowKind};
use connection_lens::report::{At, English, FlowRow, Missing, Source, SourceKind, Subject, Way};
use connection_lens::{read, report};

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
        Err((file, what)) => {
            complain(file, &what);
            ExitCode::from(NOT_READABLE)
        }
    }
}

fn audit(wanted: &Wanted) -> Result<u8, (&PathBuf, String)> {
    let failed = |file, error: &dyn ToString| (file, error.to_string());
    let file = &wanted.file;
    let reading = bytes(file).and_then(|bytes| read::flow(&bytes).map_err(|error| error.to_string())).map_err(|error| failed(file, &error))?;
    if let FlowKind::Other(kind) = &reading.found.kind {
        return Err((file, format!("a process of the kind \"{kind}\", not a cloud flow: it has no connections to judge")));
    }
    let mut connections: Vec<Connection> = Vec::new();
    for file in &wanted.connections {
        let list = bytes(file).and_then(|bytes| read::connections(&bytes).map_err(|error| error.to_string())).map_err(|error| failed(file, &error))?;
        connections.extend(list.found.list);
    }
    let accounts: Vec<AccountPattern> = wanted.intended.iter().filter_map(|typed| AccountPattern::new(typed)).collect();
    if accounts.is_empty() {
        return Err((file, "no intended account: give a mail address, UPN or object id".to_owned()));
    }
    let intent = Intent { accounts, sign_in_alone: wanted.sign_in_alone };
    let known = Known { saved: Some(&reading.found), connections: &connections, connections_read: !wanted.connections.is_empty(), ..Known::default() };
    let audit = judge(&known, &intent);
    let decided = Record::default();
    let checklist = checklist(&audit, &known, &intent, &decided);
    let flow = &reading.found;
    let report = report::record(&Subject {
        made_at: now(),
        flow: FlowRow {
            name: flow.display_name.clone(),
            id: flow.id.clone().or_else(|| flow.workflow_id.clone()),
            environment: flow.environment.clone(),
            form: Some(flow.form),
            file: Some(file.to_string_lossy().into_owned()),
            modified: flow.modified.clone(),
        },
        sources: sources(wanted),
        missing: missing(wanted),
        gaps: &reading.gaps,
        intent: &intent,
        audit: &audit,
        checklist: &checklist,
        decided: &decided,
    });
    let reports = std::slice::from_ref(&report);
    let paper = match wanted.format {
        Format::Text => report::text(&report),
        Format::Json => format!("{:#}\n", report::json(&report)),
        Format::Markdown => report::markdown(reports, &English),
        Format::Csv => report::csv(reports, &English),
        Format::Html => report::html(reports, &English),
    };
    put(wanted.out.as_deref(), &paper).map_err(|error| (wanted.out.as_ref().unwrap_or(file), error))?;
    let counts = audit.counts;
    Ok(match () {
        () if counts.mismatch + counts.leftovers > 0 => TO_CHANGE,
        () if counts.unknown > 0 => UNKNOWN,
        () => 0,
    })
}

/// What was given. A file's own date says when it was copied, not when the service told it: times stay open.
fn sources(wanted: &Wanted) -> Vec<Source> {
    let from = |what, file: &PathBuf| Source { what, by: Way::File, at: None, from: Some(file.to_string_lossy().into_owned()) };
    let lists = wanted.connections.iter().map(|file| from(SourceKind::Connections, file));
    std::iter::once(from(SourceKind::Flow, &wanted.file)).chain(lists).collect()
}

/// What no file holds, or wasn't given: what is attached to a flow without being used is told by its connections pane alone.
fn missing(wanted: &Wanted) -> Vec<Missing> {
    let lists = wanted.connections.is_empty().then_some(SourceKind::Connections);
    lists.into_iter().chain([SourceKind::Listed]).map(|what| Missing { what, status: None, code: None, at: None }).collect()
}

fn now() -> Option<At> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(At(since.as_secs_f64() * 1000.0))
}
