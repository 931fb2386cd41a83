//! A licence's text, as the crate brings it.

use std::fs;

use super::choice::Licence;
use crate::failure::Failure;
use crate::ships::Crate;

/// For crates that name the MIT licence and bring no text.
const MIT: &str = include_str!("../../texts/mit.txt");

/// A licence's text, in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// Whose work it is.
    pub owners: String,
    /// What is permitted, and on what terms; the same words for many crates.
    pub terms: String,
}

impl Text {
    /// The terms without regard to where their lines break.
    pub fn folded(&self) -> String {
        folded(&self.terms)
    }

    /// None where the text isn't this licence's.
    fn read(text: &str, licence: &Licence) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        // Words may stand in two lines: the first line from which on they come first.
        let start = (0..lines.len()).rev().find(|&at| folded(&lines.get(at..).unwrap_or_default().join(" ")).starts_with(licence.words))?;
        let (owners, terms) = lines.split_at_checked(start)?;
        let owners: Vec<&str> = owners.iter().copied().filter(|line| !line.is_empty() && !is_title(line)).collect();
        Some(Self { owners: owners.join("\n"), terms: terms.join("\n").trim().to_owned() })
    }
}

/// "The MIT License (MIT)", "zlib License": said already.
fn is_title(line: &str) -> bool {
    let line = line.to_lowercase();
    line.contains("license") && !line.contains("copyright")
}

/// The text that a crate brings.
///
/// # Errors
/// Where it brings none that is known, or another than it says.
pub fn of(one: &Crate, licence: &Licence) -> Result<Text, Failure> {
    let entries = fs::read_dir(&one.folder).map_err(|error| Failure::at(&one.folder, error))?;
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut files: Vec<String> = names.filter(|name| ["LICENSE", "LICENCE", "COPYING"].iter().any(|word| name.to_uppercase().starts_with(word))).collect();
    files.sort();
    if files.is_empty() && licence.name == "MIT" && !one.authors.is_empty() {
        return Ok(Text { owners: format!("Copyright (c) {}", one.authors.join(", ")), terms: MIT.trim().to_owned() });
    }
    for file in wanted(&files, licence) {
        let path = one.folder.join(file);
        let text = fs::read_to_string(&path).map_err(|error| Failure::at(&path, error))?;
        if let Some(text) = Text::read(&text, licence) {
            return Ok(text);
        }
    }
    Err(Failure::new(format!("{} {} is under {}, and no text of it is in {}", one.name, one.version, licence.name, one.folder.display())))
}

/// The file that bears the licence's name; else one that bears none.
fn wanted<'a>(files: &'a [String], licence: &Licence) -> impl Iterator<Item = &'a String> {
    let rest = |name: &str| name.to_uppercase().replace(['-', '_', '.'], "").replace("MD", "").replace("TXT", "");
    let named = files.iter().filter(move |file| rest(file).ends_with(licence.file));
    let plain = files.iter().filter(move |file| ["LICENSE", "LICENCE", "COPYING"].contains(&rest(file).as_str()));
    named.chain(plain)
}

/// Its words in one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::choice;
    use super::*;

    #[test]
    fn a_text_tells_whose_it_is_and_what_it_permits() {
        let mit = choice::of("MIT").expect("known")[0];
        let text = Text::read(&format!("The MIT License (MIT)\r\n\r\nCopyright (c) 2019 A. Person\r\n\r\n{MIT}"), mit).expect("a licence");
        assert_eq!((text.owners.as_str(), text.terms.as_str()), ("Copyright (c) 2019 A. Person", MIT.trim()));
        assert_eq!(Text::read("Apache License\n\nVersion 2.0", mit), None);
    }

    #[test]
    fn the_named_file_comes_first() {
        let files: Vec<String> = ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT.md", "LICENSE-MIT0"].map(str::to_owned).into();
        let of = |name: &str| {
            let licence = choice::AGREED.iter().find(|licence| licence.name == name).expect("a licence");
            wanted(&files, licence).map(String::as_str).collect::<Vec<_>>()
        };
        assert_eq!(of("MIT"), ["LICENSE-MIT.md", "LICENSE"]);
        assert_eq!(of("MIT-0"), ["LICENSE-MIT0", "LICENSE"]);
        assert_eq!(of("Zlib"), ["LICENSE"]);
    }
}
