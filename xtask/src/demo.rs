//! `demo`: the practice portal and the extension, in a browser of its own.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;
use crate::setup::{chromium, node, wasm};
use crate::{build, paths, step};

/// What the person asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wish {
    headless: bool,
    scenario: Option<String>,
    out: PathBuf,
}

impl Wish {
    /// Read before anything is prepared: a slip must not cost minutes.
    fn read(arguments: &[String]) -> Result<Self, Failure> {
        let mut wish = Self { headless: false, scenario: None, out: paths::target().join("demo") };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| Failure::new(format!("{argument} needs a value")));
            match argument.as_str() {
                "--headless" => wish.headless = true,
                "--scenario" => wish.scenario = Some(value()?.clone()),
                "--out" => wish.out = PathBuf::from(value()?),
                other => return Err(Failure::new(format!("the demo knows no {other}: use --headless, --scenario NAME, --out DIR"))),
            }
        }
        Ok(wish)
    }
}

/// Prepares everything and starts the demo.
///
/// # Errors
/// Where something can't be prepared, or the demo fails.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let wish = Wish::read(arguments)?;
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    node::packages("www")?;
    let browser = chromium::prepare()?;
    build::extension(&toolchain)?;
    portal()?;
    let cargo = |verb: &str| {
        let mut cargo = Command::new("cargo");
        cargo.args([verb, "--package", "connection-lens-e2e", "--bin", "demo", "--locked"]);
        cargo
    };
    step::run("building the demo", cargo("build").current_dir(paths::root()), None)?;
    // In the person's own folder, which a relative --out means; hence the manifest by its name.
    let mut demo = cargo("run");
    demo.args(["--quiet", "--manifest-path"]).arg(paths::root().join("Cargo.toml")).arg("--").arg("--out").arg(wish.out);
    if wish.headless {
        demo.arg("--headless");
    }
    if let Some(scenario) = wish.scenario {
        demo.args(["--scenario", &scenario]);
    }
    let status = browser.told_to(&mut demo).status().map_err(|error| Failure::new(format!("the demo could not be started: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::new("the demo failed, see above")) }
}

/// Builds the practice portal's pages.
///
/// # Errors
/// Where npm fails.
pub fn portal() -> Result<(), Failure> {
    step::run("building the practice portal", node::npm().args(["run", "--silent", "build"]).current_dir(paths::root().join("www")), None).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str]) -> Result<Wish, String> {
        Wish::read(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>()).map_err(|failure| failure.to_string())
    }

    #[test]
    fn wishes_are_read() {
        let usual = paths::target().join("demo");
        assert_eq!(read(&[]), Ok(Wish { headless: false, scenario: None, out: usual.clone() }));
        assert_eq!(read(&["--scenario", "large", "--headless"]), Ok(Wish { headless: true, scenario: Some("large".to_owned()), out: usual }));
        assert_eq!(read(&["--out", "here"]).map(|wish| wish.out), Ok(PathBuf::from("here")));
        assert_eq!(read(&["--out"]), Err("--out needs a value".to_owned()));
        assert_eq!(read(&["--scenrio", "x"]), Err("the demo knows no --scenrio: use --headless, --scenario NAME, --out DIR".to_owned()));
    }
}
