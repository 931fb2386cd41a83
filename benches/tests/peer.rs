//! The peer in JavaScript does the same work as the core: on each of the fixtures it comes to the same audit, or neither reads it.
#![allow(clippy::expect_used, clippy::panic, reason = "tests panic where they fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use connection_lens_bench::Bench;

const CONNECTIONS: &str = "tests/fixtures/shapes/connections-value.json";

/// Audits each file named; a line each, empty where there is no flow in it.
const RUN: &str = "const [peer, connections, intended, ...files] = process.argv.slice(1); const { readFileSync } = await import('node:fs'); \
    const { audit, prepare } = await import(peer); const known = prepare(new Uint8Array(readFileSync(connections)), intended); \
    for (const file of files) { let said = ''; try { said = audit(new Uint8Array(readFileSync(file)), known); } catch { /* no flow */ } console.log(said); }";

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|kind| kind == "json")).collect();
    files.sort();
    files
}

#[test]
fn the_peer_comes_to_the_cores_result() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = files(&root.join("tests/fixtures/shapes"));
    let own = found.len();
    // Real flows as well, where they are at hand.
    found.extend(std::env::var_os("FLOW_CORPUS").map(|folder| files(Path::new(&folder))).unwrap_or_default());
    let connections = fs::read(root.join(CONNECTIONS)).expect("connections");
    for intended in ["svc-flows@contoso.com", "ana@contoso.com", "nobody@contoso.com"] {
        let bench = Bench::new(&connections, intended).expect("a list of connections");
        let mut node = Command::new("node");
        node.args(["--input-type=module", "-e", RUN]).arg(root.join("benches/reader.js")).arg(root.join(CONNECTIONS)).arg(intended).args(&found);
        let told = node.output().expect("Node runs");
        assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
        let told = String::from_utf8_lossy(&told.stdout);
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), found.len());
        let mut audits = 0;
        for (file, line) in found.iter().zip(lines) {
            let ours = fs::read(file).ok().and_then(|bytes| bench.audit(&bytes).ok()).unwrap_or_default();
            assert_eq!(line, ours, "{} for {intended}", file.display());
            audits += usize::from(!ours.is_empty());
        }
        assert!(audits >= 5, "{audits} of {own} fixtures hold a flow");
    }
}
