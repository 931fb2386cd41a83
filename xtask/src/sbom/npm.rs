//! npm's part: nothing of it ships, but one tool's work does.

use std::fs;

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::hex::hex;
use crate::paths;

/// A package of `extension/package-lock.json`.
#[derive(Debug)]
pub struct Tool {
    name: String,
    version: String,
    licence: String,
    /// SHA-512 of its archive, in hexadecimal digits.
    hash: String,
}

impl Tool {
    /// As the bill of materials tells it.
    pub fn component(&self) -> Value {
        let Self { name, version, licence, hash } = self;
        let purl = format!("pkg:npm/{name}@{version}");
        json!({ "type": "application", "bom-ref": purl, "name": name, "version": version, "scope": "excluded",
            "hashes": [{ "alg": "SHA-512", "content": hash }], "licenses": [{ "expression": licence }], "purl": purl })
    }
}

/// A tool as the lock file holds it.
///
/// # Errors
/// Where it doesn't.
pub fn tool(name: &str) -> Result<Tool, Failure> {
    let entry = &lock()?["packages"][format!("node_modules/{name}")];
    let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
    let hash =
        text("integrity").strip_prefix("sha512-").and_then(hexadecimal).ok_or_else(|| Failure::new(format!("package-lock.json holds no SHA-512 of {name}")))?;
    Ok(Tool { name: name.to_owned(), version: text("version"), licence: text("license"), hash })
}

fn lock() -> Result<Value, Failure> {
    let path = paths::root().join("extension/package-lock.json");
    let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
    serde_json::from_str(&text).map_err(|error| Failure::at(&path, error))
}

/// Base64, as npm writes hashes, in the digits that the bill wants.
fn hexadecimal(base64: &str) -> Option<String> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for digit in base64.trim_end_matches('=').bytes() {
        bits = bits << 6 | u32::try_from(DIGITS.iter().position(|one| *one == digit)?).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from(bits >> held).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    Some(hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_read() {
        assert_eq!(hexadecimal("AP8QgA==").as_deref(), Some("00ff1080"));
        assert_eq!(hexadecimal("!"), None);
        let tool = tool("binaryen").expect("the optimiser");
        assert_eq!((tool.hash.len(), tool.name.as_str()), (128, "binaryen"));
        assert!(!tool.version.is_empty() && !tool.licence.is_empty());
    }

    /// What would ship would be named here.
    #[test]
    fn nothing_of_npm_ships() {
        assert_eq!(lock().expect("the lock file")["packages"][""]["dependencies"], Value::Null);
    }
}
