//! The command line: files in, a table or a document out, and exit codes for pipelines.

mod audit;
mod given;
mod read;
mod sweep;

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

/// Whose connection stands behind every operation of an exported cloud flow.
#[derive(Parser)]
#[command(name = "connection-lens", version, about, after_help = "A FILE may be `-` for standard input.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Tell what is in a flow: its operations, its references, what nothing uses, what is used and not declared.
    ///
    /// One flow gives a document; several give a line each, in order. Ends with 2 if one was not readable.
    Read {
        /// Export packages and solutions as .zip, packages' definition.json, solutions' Workflows/*.json, Dataverse rows, API answers.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Judge a flow against the accounts that should stand behind it.
    ///
    /// Ends with 0: everything as intended; 1: mismatches or leftovers; 2: not readable, or not writable; 3: no mismatch found, but something unknown.
    /// Of several flows in an archive the worst counts, in the order 2, 1, 3, 0.
    Audit {
        /// The flow, or a .zip with several. Several give a table, a section or a page each; as JSON a line each; as CSV one table.
        file: PathBuf,
        /// A list of connections, as the service answers it. May be given several times.
        #[arg(long = "connections", value_name = "FILE")]
        connections: Vec<PathBuf>,
        /// An account that should stand behind the operations: a mail address, UPN or object id; `*` stands for any characters.
        #[arg(long, value_name = "ACCOUNT", required = true, num_args = 1..)]
        intended: Vec<String>,
        /// The sign-in account alone decides; connections may be owned by anybody.
        #[arg(long)]
        sign_in_alone: bool,
        /// What to make of it.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Write it to this file instead of standard output. A file that is there is written anew.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Tell which flows of a folder still run on an account, and what of it is only left over.
    ///
    /// Reads every .json and .zip in the folder and below it. Of solutions it also tells the references that none of their flows uses.
    /// Ends with 0: no flow has it; 1: some have; 2: not readable, or not writable; 3: none found, but of some flows it can't be said.
    Sweep {
        /// The folder.
        folder: PathBuf,
        /// The account: a mail address, UPN or object id; `*` stands for any characters.
        #[arg(long, value_name = "ACCOUNT")]
        account: String,
        /// A list of connections, as the service answers it. May be given several times.
        #[arg(long = "connections", value_name = "FILE")]
        connections: Vec<PathBuf>,
        /// What to make of it.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Write it to this file instead of standard output. A file that is there is written anew.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A short table for a terminal.
    Text,
    /// A document for machines, by the schema in docs/audit-schema.md.
    Json,
    /// The whole record, to paste into a ticket or a wiki.
    Markdown,
    /// One table for a spreadsheet, a row for each operation, leftover and step.
    Csv,
    /// The whole record as one page to keep, to send or to print.
    Html,
}

/// What could not be read.
const NOT_READABLE: u8 = 2;

/// Runs the command line that the process was started with.
pub fn run() -> ExitCode {
    match Arguments::parse().command {
        Command::Read { files } => read::run(&files),
        Command::Audit { file, connections, intended, sign_in_alone, format, out } => {
            audit::run(&audit::Wanted { file, connections, intended, sign_in_alone, format, out })
        }
        Command::Sweep { folder, account, connections, format, out } => sweep::run(&sweep::Wanted { folder, account, connections, format, out }),
    }
}

fn bytes(file: &Path) -> Result<Vec<u8>, String> {
    if file == Path::new("-") {
        let mut read = Vec::new();
        std::io::stdin().lock().read_to_end(&mut read).map_err(|error| error.to_string())?;
        return Ok(read);
    }
    std::fs::read(file).map_err(|error| error.to_string())
}

/// Says something on standard output. A reader that has gone away (`| head`) is no error.
fn say(text: &str) {
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Puts a paper where it is wanted: into a file, else on standard output.
fn put(out: Option<&Path>, paper: &str) -> Result<(), String> {
    match out {
        Some(file) if file != Path::new("-") => std::fs::write(file, paper).map_err(|error| error.to_string()),
        _ => {
            say(paper);
            Ok(())
        }
    }
}

/// A name for a terminal: archives come from strangers, and nothing in them may steer it.
fn shown(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Tells on standard error what was wrong.
fn complain(name: &str, what: &str) {
    let _ = writeln!(std::io::stderr().lock(), "connection-lens: {}: {what}", shown(name));
}
