//! Bytes → entries of a zip archive, bounded: somebody else made it.

use std::io::{Cursor, Read as _};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::read::error::{Kind, ReadError};

/// How much is read of an archive, and at most.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// The largest archive, in bytes. Dataverse takes solutions up to 95 MB.
    archive: usize,
    /// The most entries that are looked through. A large solution has some thousand web resources and forms.
    entries: usize,
    /// The longest entry that is unpacked, in bytes. Real flows end at 350 kB; a large solution's `customizations.xml` has some ten megabytes.
    entry: u64,
    /// The most that is unpacked of one archive, in bytes.
    total: u64,
    /// How many times longer an entry may get by unpacking. JSON and XML get 10 to 40 times longer; deflate's utmost, of which bombs are made, is 1,032.
    ratio: u64,
    /// Up to this length, in bytes, no ratio is looked at: it can't hurt.
    harmless: u64,
}

const MEGABYTE: u64 = 1024 * 1024;

const LIMITS: Limits = Limits { archive: 256 * 1024 * 1024, entries: 20_000, entry: 64 * MEGABYTE, total: 512 * MEGABYTE, ratio: 200, harmless: MEGABYTE };

/// An entry that is a file.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its number in the archive.
    pub index: usize,
    /// Its name with forward slashes, as written.
    pub place: String,
    /// The same in lower case: to look for it.
    key: String,
}

impl Entry {
    /// The parts of its place, in lower case.
    pub fn parts(&self) -> Vec<&str> {
        self.key.split('/').collect()
    }

    /// Whether its place ends so (in lower case).
    pub fn ends_with(&self, end: &str) -> bool {
        self.key.ends_with(end)
    }

    /// Whether it stands at this place, compared without case.
    pub fn is_at(&self, place: &str) -> bool {
        self.key == place.to_lowercase()
    }

    /// The place of its folder with its last slash, in lower case; empty at the top.
    pub fn folder(&self) -> &str {
        self.key.rfind('/').and_then(|end| self.key.get(..=end)).unwrap_or_default()
    }
}

/// An archive being unpacked.
pub(super) struct Unpack<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: Limits,
    left: u64,
}

impl<'a> Unpack<'a> {
    /// Opens an archive.
    pub fn new(bytes: &'a [u8]) -> Result<Self, ReadError> {
        Self::within(bytes, LIMITS)
    }

    fn within(bytes: &'a [u8], limits: Limits) -> Result<Self, ReadError> {
        if bytes.len() > limits.archive {
            return Err(ReadError::new(Kind::TooLong(limits.archive)));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ReadError::new(Kind::NotAnArchive))?;
        if zip.len() > limits.entries {
            return Err(ReadError::new(Kind::TooManyEntries(limits.entries)));
        }
        Ok(Self { zip, limits, left: limits.total })
    }

    /// Its files, in its order. Some tools on Windows write backslashes; the Finder adds a folder of its own.
    pub fn entries(&self) -> Vec<Entry> {
        let names = (0..self.zip.len()).filter_map(|index| Some((index, self.zip.name_for_index(index)?.ok()?.replace('\\', "/"))));
        names
            .map(|(index, name)| (index, name.trim_start_matches("./").trim_start_matches('/').to_owned()))
            .filter(|(_, name)| !name.ends_with('/') && !name.starts_with("__MACOSX/"))
            .map(|(index, place)| Entry { index, key: place.to_lowercase(), place })
            .collect()
    }

    /// Unpacks an entry.
    pub fn bytes(&mut self, entry: &Entry) -> Result<Vec<u8>, ReadError> {
        let mut file = self.zip.by_index(entry.index).map_err(|error| ReadError::new(kind(&error)))?;
        if !matches!(file.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
            return Err(ReadError::new(Kind::PackedOtherwise));
        }
        let (packed, declared) = (file.compressed_size(), file.size());
        let limits = self.limits;
        if declared > limits.entry {
            return Err(ReadError::new(Kind::TooLong(usize::try_from(limits.entry).unwrap_or(usize::MAX))));
        }
        if declared > limits.harmless && declared / packed.max(1) > limits.ratio {
            return Err(ReadError::new(Kind::TooTight));
        }
        if declared > self.left {
            return Err(ReadError::new(Kind::TooMuch(limits.total)));
        }
        // Counted before it is read: what turns out to be damaged cost as much.
        self.left = self.left.saturating_sub(declared);
        let mut bytes = Vec::new();
        // What an entry says of its length is only a promise: one byte more than that is already an error.
        file.by_ref().take(declared.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| ReadError::new(Kind::Damaged))?;
        if bytes.len() as u64 == declared { Ok(bytes) } else { Err(ReadError::new(Kind::Damaged)) }
    }
}

fn kind(error: &ZipError) -> Kind {
    match error {
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => Kind::Encrypted,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Kind::PackedOtherwise,
        _ => Kind::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, SimpleFileOptions::default()).expect("an entry");
            writer.write_all(bytes).expect("its bytes");
        }
        writer.finish().expect("an archive").into_inner()
    }

    fn unpacked(bytes: &[u8], limits: Limits) -> Result<Vec<Result<usize, &'static str>>, &'static str> {
        let mut unpack = Unpack::within(bytes, limits).map_err(|error| error.kind_name())?;
        let entries = unpack.entries();
        Ok(entries.iter().map(|entry| unpack.bytes(entry).map(|bytes| bytes.len()).map_err(|error| error.kind_name())).collect())
    }

    #[test]
    fn every_limit_holds() {
        let random: Vec<u8> = (0..4000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let bytes = zipped(&[("a", &random), ("b", &vec![b' '; 16_000]), ("c", b"c")]);
        assert_eq!(unpacked(&bytes, LIMITS), Ok(vec![Ok(16_000), Ok(16_000), Ok(1)]));
        assert_eq!(unpacked(&bytes, Limits { archive: 100, ..LIMITS }), Err("too_long"));
        assert_eq!(unpacked(&bytes, Limits { entries: 2, ..LIMITS }), Err("too_many_entries"));
        assert_eq!(unpacked(&bytes, Limits { entry: 15_999, ..LIMITS }), Ok(vec![Err("too_long"), Err("too_long"), Ok(1)]));
        assert_eq!(unpacked(&bytes, Limits { total: 16_001, ..LIMITS }), Ok(vec![Ok(16_000), Err("too_much"), Ok(1)]));
        assert_eq!(unpacked(&bytes, Limits { harmless: 10, ..LIMITS }), Ok(vec![Ok(16_000), Err("too_tight"), Ok(1)]));
    }

    #[test]
    fn an_entry_is_as_long_as_it_says_or_damaged() {
        let bytes = zipped(&[("a", &[b'x'; 1000])]);
        let entry = bytes.windows(4).position(|four| four == b"PK\x01\x02").expect("the table of contents");
        for said in [999_u32, 1001] {
            let mut lying = bytes.clone();
            // The length stands 24 bytes into an entry of the table.
            lying[entry + 24..entry + 28].copy_from_slice(&said.to_le_bytes());
            assert_eq!(unpacked(&lying, LIMITS), Ok(vec![Err("damaged")]));
        }
    }
}
