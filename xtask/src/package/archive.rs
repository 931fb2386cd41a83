//! An archive that is the same wherever and whenever it is packed: sorted names, one time, one kind of permissions, one compressor.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::failure::Failure;

/// As small as it gets; a package is packed seldom and fetched often.
const LEVEL: i64 = 9;

/// A file of an archive.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path, with `/` on every system.
    pub name: String,
    pub bytes: Vec<u8>,
    pub is_executable: bool,
}

/// The archive of some files.
///
/// # Errors
/// Where two have one name.
pub fn pack(mut entries: Vec<Entry>) -> Result<Vec<u8>, Failure> {
    entries.sort();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let failed = |error: &dyn std::fmt::Display| Failure::new(format!("the archive could not be packed: {error}"));
    for entry in &entries {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(LEVEL))
            // The earliest that the format knows. The default is the present, where another crate of the workspace asks for it.
            .last_modified_time(DateTime::DEFAULT)
            .system(System::Unix)
            .unix_permissions(if entry.is_executable { 0o755 } else { 0o644 });
        writer.start_file(&entry.name, options).map_err(|error| failed(&error))?;
        writer.write_all(&entry.bytes).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    fn entry(name: &str, text: &str, is_executable: bool) -> Entry {
        Entry { name: name.to_owned(), bytes: text.into(), is_executable }
    }

    #[test]
    fn nothing_but_names_and_contents_decides() {
        let (one, other) = (entry("b/c.js", &"x".repeat(5000), false), entry("a", "run", true));
        let packed = pack(vec![one.clone(), other.clone()]).expect("an archive");
        assert_eq!(packed, pack(vec![other, one]).expect("an archive"));
        let mut archive = zip::ZipArchive::new(Cursor::new(packed)).expect("an archive");
        let mut seen = Vec::new();
        for place in 0..archive.len() {
            let mut file = archive.by_index(place).expect("a file");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("its text");
            let time = file.last_modified().expect("a time");
            seen.push((file.name().expect("a name").into_owned(), file.unix_mode(), (time.year(), time.month(), time.day(), time.hour()), text.len()));
        }
        let time = (1980, 1, 1, 0);
        assert_eq!(seen, [("a".to_owned(), Some(0o100_755), time, 3), ("b/c.js".to_owned(), Some(0o100_644), time, 5000)]);
    }

    #[test]
    fn two_of_one_name_are_refused() {
        assert!(pack(vec![entry("a", "1", false), entry("a", "2", false)]).is_err());
    }
}
