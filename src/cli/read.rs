//! `read`: what is in a flow.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use connection_lens::read;
use serde_json::{Value, json};

use super::{NOT_READABLE, bytes, complain, say};

pub(super) fn run(files: &[PathBuf]) -> ExitCode {
    let mut all_read = true;
    if let [file] = files {
        match one(file) {
            Ok(document) => say(&format!("{document:#}\n")),
            Err(what) => {
                complain(file, &what);
                all_read = false;
            }
        }
    } else {
        for file in files {
            let given = file.to_string_lossy();
            let line = match one(file) {
                Ok(result) => json!({ "file": given, "result": result }),
                Err(what) => {
                    all_read = false;
                    json!({ "file": given, "error": what })
                }
            };
            say(&format!("{line}\n"));
        }
    }
    if all_read { ExitCode::SUCCESS } else { ExitCode::from(NOT_READABLE) }
}

fn one(file: &Path) -> Result<Value, String> {
    let reading = read::flow(&bytes(file)?).map_err(|error| error.to_string())?;
    Ok(read::document(&reading))
}
