//! What is told of the packages: how long, which hash, and how much of it is the core.

use std::fs;
use std::path::Path;
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::failure::Failure;
use crate::hex::hex;

/// How many bytes of brotli are aimed at for the one core that background and panel share. docs/speed.md tells why it has more;
/// what it may have, `extension/tests/size.test.js` holds.
const AIM: u64 = 110_000;

/// Brotli as browsers' stores use it, in kilobytes of no library of ours: Node brings it.
const BROTLI: &str = "process.stdout.write(String(require('node:zlib').brotliCompressSync(require('node:fs').readFileSync(process.argv[1])).length))";

/// A file's hash, as `sha256sum` writes it.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The core's size, in a sentence. It is told, not judged.
///
/// # Errors
/// Where it can't be read.
pub fn size(core: &Path) -> Result<String, Failure> {
    let raw = fs::metadata(core).map_err(|error| Failure::at(core, error))?.len();
    let told = Command::new("node").args(["-e", BROTLI]).arg(core).output().map_err(|error| Failure::new(format!("node could not be started: {error}")))?;
    let small: u64 = String::from_utf8_lossy(&told.stdout).trim().parse().map_err(|_| Failure::at(core, String::from_utf8_lossy(&told.stderr)))?;
    let fits = if small <= AIM { "within" } else { "above" };
    Ok(format!("the core: {raw} bytes of WebAssembly, {small} as brotli, {fits} the aim of {AIM}, see docs/speed.md"))
}

#[cfg(test)]
mod tests {
    use super::sha256;

    #[test]
    fn the_hash_of_nothing() {
        assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
