//! What npm's registry knows against the packages of a lock file.

use std::time::Duration;

use serde_json::Value;

use super::Found;
use crate::failure::Failure;
use crate::setup::node;
use crate::{paths, step};

/// npm tries again by itself where a registry doesn't answer.
const LIMIT: Duration = Duration::from_secs(300);

pub fn audit(folder: &str) -> Result<Found, Failure> {
    let mut npm = node::npm();
    npm.args(["audit", "--json", "--package-lock-only", "--loglevel", "silent"]).current_dir(paths::root().join(folder));
    let (output, success) = step::attempt(&format!("known weaknesses of npm packages of {folder}"), &mut npm, Some(LIMIT))?;
    Ok(read(&output, success))
}

/// npm ends alike for a finding and for a registry that gives no audit: its answer tells them apart.
fn read(output: &str, success: bool) -> Found {
    let told = output.find('{').and_then(|start| serde_json::from_str::<Value>(output.get(start..)?).ok()).unwrap_or_default();
    let found = told["metadata"]["vulnerabilities"]["total"].as_u64();
    match (found, success) {
        (Some(0), true) => Found::Nothing,
        (Some(_), _) => Found::Something(names(&told)),
        (None, _) => {
            let why = told["message"].as_str().or_else(|| told["error"]["summary"].as_str()).filter(|why| !why.is_empty());
            // Whose registry it is is nobody's business.
            let status = told["statusCode"].as_u64().map(|status| format!("npm's registry answers with status {status}"));
            Found::Unreachable(status.or_else(|| why.map(str::to_owned)).unwrap_or_else(|| "npm's registry gives no audit".to_owned()))
        }
    }
}

fn names(told: &Value) -> String {
    let packages = told["vulnerabilities"].as_object().into_iter().flatten();
    packages
        .map(|(name, one)| format!("  {name} {}: {}", one["range"].as_str().unwrap_or_default(), one["severity"].as_str().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_told_from_a_registry_without_an_audit() {
        assert_eq!(read(r#"{"auditReportVersion": 2, "metadata": {"vulnerabilities": {"total": 0}}}"#, true), Found::Nothing);
        let found = r#"{"vulnerabilities": {"left-pad": {"range": "<1.3", "severity": "high"}}, "metadata": {"vulnerabilities": {"total": 1}}}"#;
        assert_eq!(read(found, false), Found::Something("  left-pad <1.3: high".to_owned()));
        let refused = r#"{"message": "405 Method Not Allowed - POST https://registry.example/", "statusCode": 405}"#;
        assert_eq!(read(refused, false), Found::Unreachable("npm's registry answers with status 405".to_owned()));
        assert_eq!(read("npm error network", false), Found::Unreachable("npm's registry gives no audit".to_owned()));
    }
}
