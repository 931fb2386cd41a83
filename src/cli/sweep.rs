//! `sweep`: which flows of a folder still run on an account.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;

use connection_lens::audit::Intent;
use connection_lens::model::{AccountPattern, FlowKind};
use connection_lens::read;
use connection_lens::report::{English, Mark, Paper, Swept, UnusedReference};
use connection_lens::sweep::{Answer, Question, Sight, Sweep, sheet};

use super::given::{Given, flows};
use super::{Format, NOT_READABLE, bytes, complain, put};

/// Flows that still run on it, or have it left over.
const FOUND: u8 = 1;

/// None found, but of some it can't be said.
const UNKNOWN: u8 = 3;

/// How many files may be read and not yet taken in: memory stays flat, however large the folder.
const WAITING: usize = 32;

pub(super) struct Wanted {
    pub folder: PathBuf,
    pub account: String,
    pub connections: Vec<PathBuf>,
    pub format: Format,
    pub out: Option<PathBuf>,
}

/// What a file holds.
struct File {
    flows: Vec<Given>,
    unused: Vec<UnusedReference>,
    complaint: Option<String>,
}

pub(super) fn run(wanted: &Wanted) -> ExitCode {
    match sweep(wanted) {
        Ok(code) => ExitCode::from(code),
        Err((name, what)) => {
            complain(&name, &what);
            ExitCode::from(NOT_READABLE)
        }
    }
}

/// The exit code, or the name of what could not be used and why.
fn sweep(wanted: &Wanted) -> Result<u8, (String, String)> {
    let name = |file: &Path| file.to_string_lossy().into_owned();
    let no_account = || (wanted.account.clone(), "no account: give a mail address, UPN or object id".to_owned());
    let pattern = AccountPattern::typed(&wanted.account).ok_or_else(no_account)?;
    let mut sweep = Sweep::default();
    for file in &wanted.connections {
        let list = bytes(file).and_then(|bytes| read::connections(&bytes).map_err(|error| error.to_string())).map_err(|error| (name(file), error))?;
        sweep.know(list.found.list);
    }
    let files = files(&wanted.folder).map_err(|error| (name(&wanted.folder), error))?;
    let mut unused = Vec::new();
    let mut all_read = true;
    each(&files, |path, file| {
        if let Some(what) = &file.complaint {
            complain(&name(path), what);
            all_read = false;
        }
        for given in file.flows {
            match &given.flow {
                Ok(reading) if matches!(reading.found.kind, FlowKind::Other(_)) => {}
                Ok(reading) => sweep.add(given.name, Ok(reading), given.connections),
                Err(what) => {
                    all_read = false;
                    sweep.add(given.name, Err(what.clone()), Vec::new());
                }
            }
        }
        unused.extend(file.unused);
    });
    if sweep.entries().is_empty() {
        return Err((name(&wanted.folder), "no flow in it".to_owned()));
    }
    let now = super::audit::now();
    sweep.end(now.map_or(0.0, |at| at.0));
    let question = Question::Account(pattern);
    let sight = Sight::new(&sweep, &|_| Intent::default());
    let answer = Answer::new(&sweep, &sight, &question);
    let mut found = sheet(&sweep, &sight, &question, &answer, now, &|_, _| None);
    for flow in &mut found.flows {
        flow.file = flow.id.take();
    }
    found.unused_references = unused;
    put(wanted.out.as_deref(), &written(&found, wanted.format)).map_err(|error| (wanted.out.as_deref().map(name).unwrap_or_default(), error))?;
    let has = |marks: &[Mark]| found.flows.iter().any(|flow| marks.contains(&flow.mark));
    Ok(match () {
        () if !all_read => NOT_READABLE,
        () if has(&[Mark::Uses, Mark::LeftOver]) => FOUND,
        () if has(&[Mark::Unknown]) => UNKNOWN,
        () => 0,
    })
}

fn written(found: &Swept, format: Format) -> String {
    match format {
        Format::Text => found.text(),
        Format::Json => found.write(Paper::Json, &English),
        Format::Markdown => found.write(Paper::Markdown, &English),
        Format::Csv => found.write(Paper::Csv, &English),
        Format::Html => found.write(Paper::Html, &English),
    }
}

/// Everything in the folder and below it that may hold a flow, by name.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| error.to_string())? {
            let entry = entry.map_err(|error| error.to_string())?;
            let kind = entry.file_type().map_err(|error| error.to_string())?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ["json", "zip"].iter().any(|known| ending.eq_ignore_ascii_case(known))) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads the files by as many threads as there are processors, and takes them in one by one in their order.
fn each(files: &[PathBuf], mut take: impl FnMut(&Path, File)) {
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from).min(files.len().max(1));
    let (send, receive) = sync_channel::<(usize, File)>(WAITING);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                while let Some((index, path)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((index, files.get(index)?))) {
                    // Nobody takes anything any more: then there is nothing left to read for.
                    if send.send((index, read_one(path))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut early: BTreeMap<usize, File> = BTreeMap::new();
        let mut taken = 0;
        while let Ok((index, file)) = receive.recv() {
            early.insert(index, file);
            while let Some(file) = early.remove(&taken) {
                if let Some(path) = files.get(taken) {
                    take(path, file);
                }
                taken += 1;
                progress(taken, files.len());
            }
        }
    });
}

fn read_one(path: &Path) -> File {
    let nothing = |complaint| File { flows: Vec::new(), unused: Vec::new(), complaint };
    let bytes = match bytes(path) {
        Ok(bytes) => bytes,
        Err(what) => return nothing(Some(what)),
    };
    if !read::is_archive(&bytes) {
        return match read::flow(&bytes) {
            Ok(reading) => {
                let name = path.to_string_lossy().into_owned();
                File { flows: vec![Given { name, flow: Ok(reading), connections: Vec::new(), packed: false }], ..nothing(None) }
            }
            // A folder of exports holds other JSON too: manifests, lists.
            Err(error) if error.kind_name() == "not_a_flow" => nothing(None),
            Err(error) => nothing(Some(error.to_string())),
        };
    }
    let flows = flows(path);
    let named = |logical: &str| {
        let references = flows.iter().filter_map(|given| given.flow.as_ref().ok()).flat_map(|reading| &reading.found.references);
        references.filter_map(|reference| reference.logical_name.as_deref()).any(|known| known.eq_ignore_ascii_case(logical))
    };
    let (unused, complaint) = match read::solution_references(&bytes) {
        Ok(rows) => {
            let unused = rows.into_iter().filter(|row| !named(&row.logical_name));
            let file = path.to_string_lossy().into_owned();
            (unused.map(|row| UnusedReference { file: file.clone(), logical_name: row.logical_name, connector: row.connector }).collect(), None)
        }
        Err(error) => (Vec::new(), Some(error.to_string())),
    };
    File { flows, unused, complaint }
}

/// On a terminal, how far it has come.
fn progress(taken: usize, all: usize) {
    let mut terminal = std::io::stderr();
    if !terminal.is_terminal() {
        return;
    }
    // A terminal that can't be written to is nobody's.
    let _ = write!(terminal, "\r{taken} of {all} files read");
    if taken == all {
        let _ = write!(terminal, "\r{:40}\r", "");
    }
    let _ = terminal.flush();
}
