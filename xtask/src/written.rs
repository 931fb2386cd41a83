//! Pages of docs/ with a table that a command writes into them, between two lines.

use std::fs;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::failure::Failure;
use crate::paths;

const END: &str = "<!-- /measured -->";

/// A page, taken apart.
pub struct Page {
    path: PathBuf,
    begin: String,
    before: String,
    /// What stands there now.
    pub table: String,
    after: String,
}

impl Page {
    /// Reads it. `command`: who writes the table.
    ///
    /// # Errors
    /// Where it can't be read, or has no place for the table.
    pub fn read(name: &str, command: &str) -> Result<Self, Failure> {
        let (path, begin) = (paths::root().join("docs").join(name), format!("<!-- measured: written by `{command}` -->"));
        let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
        let parts = text.split_once(&begin).and_then(|(before, rest)| Some((before, rest.split_once(END)?)));
        let (before, (table, after)) = parts.ok_or_else(|| Failure::at(&path, "it has no place for the table"))?;
        Ok(Self { before: before.to_owned(), table: table.to_owned(), after: after.to_owned(), path, begin })
    }

    /// Writes it with another table.
    ///
    /// # Errors
    /// Where it can't be written.
    pub fn put(&self, table: &str) -> Result<(), Failure> {
        let Self { path, begin, before, after, .. } = self;
        fs::write(path, format!("{before}{begin}\n\n{table}\n{END}{after}")).map_err(|error| Failure::at(path, error))
    }
}

/// The day of a moment, by the calendar (in UTC).
pub fn date(moment: SystemTime) -> String {
    let mut days = moment.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs() / 86_400;
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let mut month = 1;
    for length in [31, 28 + u64::from(is_leap(year)), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn days_are_told() {
        let on = |seconds| date(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!([on(0), on(951_782_400), on(1_795_651_200), on(1_798_675_200)], ["1970-01-01", "2000-02-29", "2026-11-26", "2026-12-31"]);
    }

    #[test]
    fn the_pages_have_a_place_for_their_tables() {
        for (name, command) in [("TRUST.md", "cargo xtask trust --write"), ("speed.md", "cargo xtask bench --write")] {
            let page = Page::read(name, command).expect("a place for the table");
            assert!(page.table.contains("| "), "{name}: no table stands there");
        }
    }
}
