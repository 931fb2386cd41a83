//! `audit`: a flow against the accounts that should stand behind it.

use std::path::PathBuf;
use std::process::ExitCode;

use connection_lens::audit::{Intent, Known, Record, checklist, judge};
use connection_lens::model::{AccountPattern, Connection, FlowKind};
use connection_lens::{read, report};

use super::{Format, NOT_READABLE, bytes, complain, say};

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
    let checklist = checklist(&audit, &known, &intent, &Record::default());
    let subject = report::Subject { name: reading.found.display_name.as_deref(), audit: &audit, checklist: &checklist, intent: &intent, gaps: &reading.gaps };
    match wanted.format {
        Format::Text => say(&report::text(&subject)),
        Format::Json => say(&format!("{:#}\n", report::document(&subject))),
    }
    let counts = audit.counts;
    Ok(match () {
        () if counts.mismatch + counts.leftovers > 0 => TO_CHANGE,
        () if counts.unknown > 0 => UNKNOWN,
        () => 0,
    })
}
