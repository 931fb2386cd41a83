//! `licences`: `extension/licences.txt`, which ships: what the product is made of, and under whose terms.

mod choice;
mod text;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::failure::Failure;
use crate::paths;
use crate::ships::{self, Crate};

/// Rust's own std is compiled in too, and no lock file names it. Its terms, gathered from the toolchain's `COPYRIGHT-library.html`.
const STD: &str = include_str!("../../texts/std.txt");

const RULE: &str = "--------------------------------------------------------------------------------";

/// Writes the file.
///
/// # Errors
/// Where a crate's terms can't be told, or nobody has agreed to them.
pub fn run() -> Result<(), Failure> {
    let path = place();
    fs::write(&path, whole()?).map_err(|error| Failure::at(&path, error))?;
    println!("{} is written.", path.display());
    Ok(())
}

fn place() -> PathBuf {
    paths::root().join("extension/licences.txt")
}

fn whole() -> Result<String, Failure> {
    let own = paths::root().join("LICENSE");
    let own = fs::read_to_string(&own).map_err(|error| Failure::at(&own, error))?;
    let mut list = String::new();
    // The same terms once, with everybody who gives them; by the words alone, since lines break differently.
    let mut terms: BTreeMap<String, (String, String)> = BTreeMap::new();
    for one in ships::crates()? {
        let Crate { name, version, licence, .. } = &one;
        let _ = writeln!(list, "{name} {version} ({licence})");
        for chosen in choice::of(licence).map_err(|failure| Failure::new(format!("{name} {version}: {failure}")))? {
            let text = text::of(&one, chosen)?;
            let (givers, _) = terms.entry(text.folded()).or_insert_with(|| (String::new(), text.terms));
            let _ = writeln!(givers, "{name} {version}");
            for line in text.owners.lines() {
                let _ = writeln!(givers, "  {}", line.trim());
            }
        }
    }
    let mut whole = format!(
        "Connection Lens for Power Automate\n\n{}\n\n{RULE}\n\nIts core is compiled with Rust's standard library and from these crates (https://crates.io/crates/NAME).\n\
         Where their authors leave a choice, the licence whose text stands below is the one taken.\n\n{list}",
        own.trim()
    );
    // In the order of who comes first in the list.
    let mut terms: Vec<_> = terms.into_values().collect();
    terms.sort();
    for (givers, words) in terms {
        let _ = write!(whole, "\n{RULE}\n\n{givers}\n{words}\n");
    }
    let _ = write!(whole, "\n{RULE}\n\nRust's standard library\n\n{}\n", STD.trim());
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It changes with Cargo.lock. `cargo xtask licences` writes it anew.
    #[test]
    fn the_licences_that_ship_are_those_of_the_lock_file() {
        let written = fs::read_to_string(place()).unwrap_or_default();
        assert!(
            written == whole().expect("licences"),
            "extension/licences.txt is not what Cargo.lock asks for: run `cargo xtask licences` and look at what changed"
        );
        assert!(written.contains("\nserde_json 1.") && !written.contains("\nclap "));
    }
}
