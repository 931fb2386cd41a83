//! The flows that readers are measured with, as files.

use std::path::Path;

use connection_lens_e2e::Outcome;
use practice_portal::sized;
use serde_json::{Value, json};

/// Name, operations, bytes of swagger in each of seven references.
const FLOWS: [(&str, usize, usize); 8] =
    [("15k", 20, 0), ("100k", 150, 0), ("350k", 530, 0), ("1000-actions", 1_000, 0), ("5m", 150, 650_000), ("10", 10, 0), ("100", 100, 0), ("2000", 2_000, 0)];

/// Writes them into a folder, with their list of connections, and the ids by which an address names them.
pub fn write(folder: &Path) -> Outcome<()> {
    std::fs::create_dir_all(folder)?;
    let put = |name: &str, value: &Value| std::fs::write(folder.join(format!("{name}.json")), value.to_string());
    for (name, operations, swagger) in FLOWS {
        let (flow, connections) = sized(operations, swagger);
        put(name, &flow)?;
        if name == "100k" {
            // As a code editor saves it: of such size, it holds fewer operations.
            let (flow, _) = sized(92, 0);
            std::fs::write(folder.join("100k-pretty.json"), format!("{flow:#}"))?;
            put("connections", &connections)?;
            put("ids", &json!({ "environment": flow["properties"]["environment"]["name"], "flow": flow["name"] }))?;
        }
    }
    Ok(())
}
