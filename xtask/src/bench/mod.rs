//! `bench`: how fast and how large, beside a peer or a floor that is measured in the same run. Timings are no tests: nothing here fails.

mod browser;
mod command_line;
mod goals;
mod native;
mod picture;
mod rows;
mod size;

use std::fs;
use std::time::SystemTime;

use crate::failure::Failure;
use crate::setup::{chromium, node, wasm};
use crate::written::{Page, date};
use crate::{build, demo, paths};

/// Measures, prints the table, and writes `target/bench/summary.json` and the picture in `docs/`; with `--write` the table stands in docs/speed.md, too.
///
/// # Errors
/// Where something can't be built or run. A goal that is missed is a row, and no error.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let (arguments, page) = match arguments {
        [rest @ .., last] if last == "--write" => (rest, Some(Page::read("speed.md", "cargo xtask bench --write")?)),
        all => (all, None),
    };
    let only = match arguments {
        [] => None,
        [flag, part] if flag == "--only" && ["native", "browser", "size"].contains(&part.as_str()) => Some(part.as_str()),
        _ => return Err(Failure::new("bench knows --only native, --only browser and --only size; and --write as its last word")),
    };
    let is_wanted = |part: &str| only.is_none_or(|only| only == part);
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    build::extension(&toolchain)?;
    let folder = paths::target().join("bench");
    fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, error))?;
    let mut found = rows::Found::default();
    let mut with = Vec::new();
    if is_wanted("size") {
        found.add(size::measure()?);
    }
    if is_wanted("native") {
        let program = browser::program()?;
        native::measure(&toolchain, &program, &folder, &mut found)?;
        found.add(command_line::measure()?);
        picture::draw(&found)?;
    }
    if is_wanted("browser") {
        node::packages("www")?;
        let chromium = chromium::prepare()?;
        demo::portal()?;
        browser::measure(&browser::program()?, &chromium, &mut found)?;
        with.extend(chromium.version());
    }
    let table = goals::against(&found);
    println!("\n{}", rows::table(&table));
    for title in goals::missing(&found) {
        println!("not measured: {title}");
    }
    let path = folder.join("summary.json");
    fs::write(&path, rows::summary(&table)).map_err(|error| Failure::at(&path, error))?;
    if let Some(page) = page {
        let with = if with.is_empty() { String::new() } else { format!(" with {}", with.join(" and ")) };
        page.put(&format!("Measured on {}{with}.\n\n{}", date(SystemTime::now()), rows::markdown(&table)))?;
    }
    println!("{} of {} goals are met; {}", table.iter().filter(|row| row.ok).count(), table.len(), path.display());
    Ok(())
}
