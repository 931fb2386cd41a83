//! An organisation's policy, as Chromium on Linux reads it: a file in a folder that belongs to the machine.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::failure::{Failure, Outcome};

/// Where Chromium and what is made of it look.
const FOLDERS: [&str; 2] = ["/etc/chromium/policies/managed", "/etc/opt/chrome/policies/managed"];

/// A policy for one package, known by an id of its own. The file goes with the last of it.
#[derive(Debug, Clone)]
pub struct Policy {
    key: &'static str,
    id: &'static str,
    file: std::sync::Arc<File>,
}

#[derive(Debug)]
struct File(Vec<PathBuf>);

impl Drop for File {
    fn drop(&mut self) {
        for file in &self.0 {
            // Another test run may have removed it.
            let _ = fs::remove_file(file);
        }
    }
}

/// Keys made for these tests alone, and the ids that follow from them.
const IDENTITIES: [(&str, &str); 2] = [
    (
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAv8gcCmWci564QIq861wPRuC8oBuH+Fk5pt7YFTV3IAv5Ak273a68aRjrYZnxBz3TkLBklKwvLGMQkQwfDtnYnvUQ4xKOBmP4ssUUKGj6oFRqrU2IrxlgpF0qt/qgCI+gDUfjSoR926g5T+AGIUS32uKHZ7kNnMhuJQkz1N9uXOxvyMoCU1Qu456PHso4s4NIPc9x9CcBXH7eJ3cfTpbDTn46cXckQ6+naCbiMNlBT/6jBjt91MyMI6cYNqaYpPm1JvvahhRQ58BEf8Yyigia1FGxD+ubdDx5TRTpC8wEhGp1/m8oPTsVexX68rGu2IifLVzhDAR0b2liZeGrdXcCnQIDAQAB",
        "hellhoekgemenjanamldmlcaiebciajg",
    ),
    (
        "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEArzuDfWSvOFp1s6P3Kaspbqdz+pQ88Lhyb/ucRwSB7GbUmJFhsnFPC8pSQTh1WinvyoE/lttpjwFeZ52nAQDlRfw+ydJM58bibIXc3tW7fOrkhjLQepyomBSebMlani9s2lG59MFYSA7vnBXOAwWrV/4OSFcKfSX5xJk2zQd94nzdyGrStxEF3lehqlu6z7aRUfRE7ROA+H2uEJIenPA5iyM5kEKFiFu9H2tzgPS8CviCKr2nGLp/XQdnRAZwnvuCd7TDI+nr+G9Vg3SpnZN1Y3dVN8ZlNXbZpDG8g1FYwgQjDQlZqcJNu0yKW12GEgK4da0EqLfV3pH8E7fapg22WwIDAQAB",
        "pllhbmdeidhilbojnldlaglglminclnk",
    ),
];

impl Policy {
    /// The policy number `which` (each test its own), with what the organisation says; none where the machine's folder can't be written to.
    #[must_use]
    pub fn new(which: usize, says: &Value) -> Option<Self> {
        let (key, id) = IDENTITIES.get(which).copied()?;
        let files: Vec<PathBuf> = FOLDERS.iter().map(|folder| Path::new(folder).join(format!("connection-lens-test-{id}.json"))).collect();
        let policy = Self { key, id, file: std::sync::Arc::new(File(files)) };
        policy.say(says).ok().map(|()| policy)
    }

    /// The organisation says something else.
    ///
    /// # Errors
    /// Where the machine's folder can't be written to.
    pub fn say(&self, says: &Value) -> Outcome<()> {
        for file in &self.file.0 {
            fs::create_dir_all(file.parent().unwrap_or(Path::new("/")))?;
            // Whole or not at all: a browser may be reading.
            let fresh = file.with_extension("fresh");
            fs::write(&fresh, json!({ "3rdparty": { "extensions": { self.id: says } } }).to_string())?;
            fs::rename(&fresh, file)?;
        }
        Ok(())
    }

    /// Gives the package the id that the policy is for.
    pub(crate) fn apply(&self, manifest: &Path) -> Outcome<()> {
        let mut value: Value = serde_json::from_slice(&fs::read(manifest)?)?;
        let fields = value.as_object_mut().ok_or_else(|| Failure::new("the manifest is no object"))?;
        fields.insert("key".to_owned(), json!(self.key));
        Ok(fs::write(manifest, value.to_string())?)
    }
}
