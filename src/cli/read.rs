//! `read`: what is in a flow.

use std::path::PathBuf;
use std::process::ExitCode;

use connection_lens::read;
use serde_json::json;

use super::given::{Given, flows};
use super::{NOT_READABLE, complain, say};

pub(super) fn run(files: &[PathBuf]) -> ExitCode {
    let mut all_read = true;
    if let [file] = files {
        let given = flows(file);
        match given.as_slice() {
            [only] => match &only.flow {
                Ok(reading) => say(&format!("{:#}\n", read::document(reading))),
                Err(what) => {
                    complain(&only.name, what);
                    all_read = false;
                }
            },
            several => several.iter().for_each(|given| all_read &= line(given)),
        }
    } else {
        // One after the other: a folder full of archives needn't be held at once.
        for given in files.iter().flat_map(|file| flows(file)) {
            all_read &= line(&given);
        }
    }
    if all_read { ExitCode::SUCCESS } else { ExitCode::from(NOT_READABLE) }
}

/// Says a flow in a line; tells whether it was read.
fn line(given: &Given) -> bool {
    let line = match &given.flow {
        Ok(reading) => json!({ "file": given.name, "result": read::document(reading) }),
        Err(what) => json!({ "file": given.name, "error": what }),
    };
    say(&format!("{line}\n"));
    given.flow.is_ok()
}
