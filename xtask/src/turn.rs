//! One build at a time: two terminals, or a person and an editor, may run the project's commands at once.

use std::fs::{self, File, TryLockError};

use crate::failure::Failure;
use crate::paths;

/// The right to build; given back when it is dropped, or when the process ends in whatever way.
#[must_use = "it is given back when it is dropped"]
pub struct Turn(#[expect(dead_code, reason = "held, never read")] File);

impl Turn {
    /// Waits for it.
    ///
    /// # Errors
    /// Where the build folder can't be written.
    pub fn wait() -> Result<Self, Failure> {
        let folder = paths::target().join("xtask");
        fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, error))?;
        let path = folder.join("turn");
        let file = File::create(&path).map_err(|error| Failure::at(&path, error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                println!("Another xtask is building here: waiting for it.");
                file.lock().map_err(|error| Failure::at(&path, error))?;
            }
            // A file system without locks: then two at once are the person's own affair.
            Err(TryLockError::Error(_)) | Ok(()) => {}
        }
        Ok(Self(file))
    }
}
