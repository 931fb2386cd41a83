//! `bench`: how fast and how large, beside a peer or a floor that is measured in the same run. Timings are no tests: nothing here fails.

mod browser;
mod command_line;
mod goals;
mod native;
mod picture;
mod rows;
mod size;

use std::fs;

use crate::failure::Failure;
use crate::setup::{chromium, node, wasm};
use crate::{build, demo, paths};

/// Measures, prints the table, and writes `target/bench/summary.json` and the picture in `docs/`.
///
/// # Errors
/// Where something can't be built or run. A goal that is missed is a row, and no error.
pub fn run(arguments: &[String]) -> Result<(), Failure> {
    let only = match arguments {
        [] => None,
        [flag, part] if flag == "--only" && ["native", "browser", "size"].contains(&part.as_str()) => Some(part.as_str()),
        _ => return Err(Failure::new("bench knows --only native, --only browser and --only size")),
    };
    let is_wanted = |part: &str| only.is_none_or(|only| only == part);
    let toolchain = wasm::prepare()?;
    node::packages("extension")?;
    build::extension(&toolchain)?;
    let folder = paths::target().join("bench");
    fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, error))?;
    let mut found = rows::Found::default();
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
    }
    let table = goals::against(&found);
    println!("\n{}", rows::table(&table));
    for title in goals::missing(&found) {
        println!("not measured: {title}");
    }
    let path = folder.join("summary.json");
    fs::write(&path, rows::summary(&table)).map_err(|error| Failure::at(&path, error))?;
    println!("{} of {} goals are met; {}", table.iter().filter(|row| row.ok).count(), table.len(), path.display());
    Ok(())
}
