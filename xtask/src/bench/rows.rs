//! Measurements as they come from the runners, and rows as they are told.

use serde_json::{Value, json};

/// A measurement.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Which row of [`super::goals`] it is for.
    pub row: String,
    /// The figure, in the goal's unit.
    pub figure: f64,
    /// What stands beside it: the peer, or the floor.
    pub peer: String,
    /// Where the goal hangs on a floor that is measured in the same run: that floor, in the goal's unit.
    pub floor: Option<f64>,
}

/// A point of the picture: a flow's size in bytes, and milliseconds by contender.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// The flow's size.
    pub bytes: f64,
    /// Milliseconds: this reader, the one in JavaScript, `JSON.parse` alone, this one natively.
    pub took: [f64; 4],
}

/// Everything that was found.
#[derive(Debug, Default)]
pub struct Found {
    /// The measurements.
    pub measured: Vec<Measured>,
    /// The points.
    pub points: Vec<Point>,
}

/// A row with its goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it is about.
    pub title: String,
    /// The goal, as people read it.
    pub goal: String,
    /// The figure.
    pub measured: f64,
    /// Its unit.
    pub unit: &'static str,
    /// Whether the goal is met.
    pub ok: bool,
    /// The peer or the floor.
    pub peer: String,
}

impl Found {
    pub fn add(&mut self, measured: Vec<Measured>) {
        self.measured.extend(measured);
    }

    /// Takes in what a runner printed: a JSON object a line.
    pub fn take(&mut self, output: &str) {
        for told in output.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
            let number = |name: &str| told.get(name).and_then(Value::as_f64);
            if let (Some(row), Some(figure)) = (told.get("row").and_then(Value::as_str), number("measured")) {
                let peer = told.get("peer").and_then(Value::as_str).unwrap_or_default().to_owned();
                self.measured.push(Measured { row: row.to_owned(), figure, peer, floor: number("floor") });
            } else if let (Some(bytes), [Some(wasm), Some(javascript), Some(parse), Some(native)]) =
                (number("bytes"), ["wasm", "javascript", "parse", "native"].map(number))
            {
                self.points.push(Point { bytes, took: [wasm, javascript, parse, native] });
            }
        }
    }
}

/// The table.
pub fn table(rows: &[Row]) -> String {
    let figure = |row: &Row| format!("{:.2} {}", row.measured, row.unit);
    let width = |text: fn(&Row) -> usize| rows.iter().map(text).max().unwrap_or_default();
    let (title, goal) = (width(|row| row.title.chars().count()), width(|row| row.goal.chars().count()));
    let line = |row: &Row| format!("{}  {:title$}  {:>goal$}  {:>12}  {}", if row.ok { "met " } else { "MISS" }, row.title, row.goal, figure(row), row.peer);
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The same for docs/speed.md.
pub fn markdown(rows: &[Row]) -> String {
    let line = |row: &Row| {
        format!("| {} | {} | {} | {:.2} {} | {} |", if row.ok { "met" } else { "**missed**" }, row.title, row.goal, row.measured, row.unit, row.peer)
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    format!("| | row | goal | measured | beside it |\n|---|---|---|---|---|\n{}\n", lines.join("\n"))
}

/// The same for machines.
pub fn summary(rows: &[Row]) -> String {
    let row = |row: &Row| json!({ "row": row.title, "goal": row.goal, "measured": (row.measured * 1000.0).round() / 1000.0, "unit": row.unit, "ok": row.ok, "peer": row.peer });
    format!("{:#}\n", Value::Array(rows.iter().map(row).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runners_lines_are_taken_in() {
        let mut found = Found::default();
        found.take("noise\n{\"row\":\"a\",\"measured\":1.5,\"peer\":\"p\"}\n{\"point\":\"x\",\"bytes\":10,\"wasm\":1,\"javascript\":2,\"parse\":3,\"native\":4}\n{\"row\":\"b\"}\n");
        assert_eq!(found.measured, [Measured { row: "a".to_owned(), figure: 1.5, peer: "p".to_owned(), floor: None }]);
        assert_eq!(found.points, [Point { bytes: 10.0, took: [1.0, 2.0, 3.0, 4.0] }]);
    }

    #[test]
    fn a_row_tells_whether_it_is_met() {
        let row = Row { title: "size".to_owned(), goal: "≤ 1 kB".to_owned(), measured: 2.0, unit: "kB", ok: false, peer: String::new() };
        assert_eq!(table(std::slice::from_ref(&row)).trim_end(), "MISS  size  ≤ 1 kB       2.00 kB");
        let told: Value = serde_json::from_str(&summary(&[row])).expect("JSON");
        assert_eq!(told, json!([{ "row": "size", "goal": "≤ 1 kB", "measured": 2.0, "unit": "kB", "ok": false, "peer": "" }]));
    }
}
