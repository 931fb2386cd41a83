//! `sbom`: the software bill of materials (`CycloneDX` 1.6) of what ships. It holds neither a time nor a machine's name, so that it is the same everywhere.

mod npm;

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use crate::failure::Failure;
use crate::setup::wasm::{self, Toolchain};
use crate::ships::{self, Crate, Part};
use crate::{manifest, package, paths, web};

/// Writes it to dist/.
///
/// # Errors
/// Where cargo can't tell what ships.
pub fn run() -> Result<(), Failure> {
    let version = manifest::version()?;
    let folder = paths::root().join("dist");
    fs::create_dir_all(&folder).map_err(|error| Failure::at(&folder, error))?;
    let path = folder.join(name(&version));
    fs::write(&path, of(&wasm::prepare()?, &version)?).map_err(|error| Failure::at(&path, error))?;
    println!("{} is written.", path.display());
    Ok(())
}

/// What its file is called.
pub fn name(version: &str) -> String {
    format!("connection-lens-{version}.cdx.json")
}

/// The bill as text.
///
/// # Errors
/// Where cargo can't tell what ships.
pub fn of(toolchain: &Toolchain, version: &str) -> Result<String, Failure> {
    let mut bill = bill(version, &rust(toolchain), &ships::crates()?, &npm::tool("binaryen")?, &ships::edges()?);
    let hash = package::sha256(bill.to_string().as_bytes());
    // A name of its own that the same contents always get: version 8 of the format leaves the rest to us.
    let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    bill["serialNumber"] = format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30)).into();
    Ok(format!("{bill:#}\n"))
}

/// What the compiler really put in, against what the bill says of it.
///
/// # Errors
/// Where they differ.
pub fn check(toolchain: &Toolchain) -> Result<(), Failure> {
    let compiled = web::compiled(toolchain)?;
    let billed: BTreeSet<_> = ships::crates()?.into_iter().filter(|one| one.part == Part::Linked).map(|one| (one.name, one.version)).collect();
    let differ: Vec<_> = compiled.symmetric_difference(&billed).map(|(name, version)| format!("{name} {version}")).collect();
    if differ.is_empty() { Ok(()) } else { Err(Failure::new(format!("the bill of materials and what was compiled differ: {}", differ.join(", ")))) }
}

fn rust(toolchain: &Toolchain) -> String {
    let told = toolchain.rustc().arg("--version").output().map(|told| String::from_utf8_lossy(&told.stdout).into_owned()).unwrap_or_default();
    told.split(' ').nth(1).unwrap_or("unknown").to_owned()
}

fn bill(version: &str, rust: &str, crates: &[Crate], optimiser: &npm::Tool, edges: &BTreeSet<(String, String)>) -> Value {
    let product = format!("connection-lens@{version}");
    let std = format!("pkg:generic/rust-std@{rust}");
    let mut components =
        vec![json!({ "type": "library", "bom-ref": std, "name": "rust-std", "version": rust, "description": "Rust's standard library", "scope": "required",
            "licenses": [{ "expression": "(MIT OR Apache-2.0) AND Zlib AND Unicode-3.0" }], "purl": std })];
    components.extend(crates.iter().map(component));
    components.push(optimiser.component());
    let of = |name: &str| if name.starts_with("connection-lens@") { product.clone() } else { format!("pkg:cargo/{name}") };
    let refs: BTreeSet<&str> = edges.iter().map(|(from, _)| from.as_str()).collect();
    let dependencies: Vec<Value> = refs
        .into_iter()
        .map(|from| json!({ "ref": of(from), "dependsOn": edges.iter().filter(|(one, _)| one == from).map(|(_, to)| of(to)).collect::<Vec<_>>() }))
        .collect();
    json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": null,
        "version": 1,
        "metadata": { "component": { "type": "application", "bom-ref": product, "name": "connection-lens", "version": version,
            "description": "Connection Lens for Power Automate, a browser extension", "licenses": [{ "license": { "id": "MIT" } }] } },
        "components": components,
        "dependencies": dependencies,
    })
}

fn component(one: &Crate) -> Value {
    let Crate { name, version, part, licence, checksum, .. } = one;
    let purl = format!("pkg:cargo/{name}@{version}");
    // In the format's words: excluded is what helped to make it and isn't in it.
    let scope = if *part == Part::Linked { "required" } else { "excluded" };
    json!({ "type": "library", "bom-ref": purl, "name": name, "version": version, "scope": scope,
        "hashes": [{ "alg": "SHA-256", "content": checksum }], "licenses": [{ "expression": licence }], "purl": purl })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> Value {
        let text = of(&Toolchain::default(), "1.2.3").expect("a bill");
        assert_eq!(text, of(&Toolchain::default(), "1.2.3").expect("a bill"), "the same twice");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Of every crate the version and the checksum that the lock file holds; of what ships, none is missing.
    #[test]
    fn the_bill_is_that_of_the_lock_files() {
        let bill = whole();
        let components = bill["components"].as_array().expect("components");
        let locked = ships::locked().expect("Cargo.lock");
        let text = |one: &Value, key: &str| one[key].as_str().unwrap_or_default().to_owned();
        let mut crates = 0;
        for one in components.iter().filter(|one| text(one, "purl").starts_with("pkg:cargo/")) {
            let checksum = locked.get(&(text(one, "name"), text(one, "version")));
            assert_eq!(one["hashes"][0]["content"].as_str(), checksum.map(String::as_str), "{one}");
            crates += 1;
        }
        assert_eq!((crates, components.len()), (ships::crates().expect("crates").len(), crates + 2));
        // What the product names itself for the browser, read from its own manifest.
        let manifest = fs::read_to_string(paths::root().join("Cargo.toml")).expect("Cargo.toml");
        let own = manifest.split("[dev-dependencies]").next().expect("a part").split("[dependencies]").nth(1).expect("dependencies");
        let named = own.lines().filter_map(|line| line.split_once(" = ")?.0.split('.').next()).filter(|name| !name.starts_with('[') && *name != "clap");
        for name in named {
            assert!(components.iter().any(|one| one["name"] == name && one["scope"] == "required"), "{name} is missing");
        }
    }

    #[test]
    fn every_reference_leads_to_a_component() {
        let bill = whole();
        let mut known: BTreeSet<&str> = bill["components"].as_array().expect("components").iter().filter_map(|one| one["bom-ref"].as_str()).collect();
        known.insert(bill["metadata"]["component"]["bom-ref"].as_str().expect("the product"));
        let dependencies = bill["dependencies"].as_array().expect("dependencies");
        assert!(dependencies.len() > 20);
        for one in dependencies {
            for reference in one["dependsOn"].as_array().expect("a list").iter().chain([&one["ref"]]) {
                assert!(known.contains(reference.as_str().expect("text")), "{reference}");
            }
        }
        assert!(bill["serialNumber"].as_str().is_some_and(|number| number.len() == "urn:uuid:".len() + 36));
    }
}
