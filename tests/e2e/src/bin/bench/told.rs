//! A measurement a line, for `cargo xtask bench` to read.

use serde_json::json;

/// Tells a row.
pub fn row(row: &str, measured: f64, peer: &str, floor: Option<f64>) {
    println!("{}", json!({ "row": row, "measured": measured, "peer": peer, "floor": floor }));
}

/// The middle of them.
pub fn median(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
