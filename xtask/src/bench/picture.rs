//! Time against size, as a picture for the documentation.

use std::fmt::Write as _;
use std::fs;

use super::rows::{Found, Point};
use crate::failure::Failure;
use crate::paths;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 190.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 48.0;

/// The lines: what they are called, and their colour on light and on dark.
const LINES: [(&str, &str, &str); 4] = [
    ("this reader, WebAssembly", "#0f6cbd", "#479ef5"),
    ("a reader in JavaScript", "#bc4b09", "#faa06b"),
    ("JSON.parse alone", "#707070", "#adadad"),
    ("this reader, native", "#107c10", "#54b054"),
];

/// Draws `docs/pictures/speed.svg`.
pub fn draw(found: &Found) -> Result<(), Failure> {
    let mut points = found.points.clone();
    points.sort_by(|a, b| a.bytes.total_cmp(&b.bytes));
    let path = paths::root().join("docs/pictures/speed.svg");
    fs::write(&path, svg(&points)).map_err(|error| Failure::at(&path, error))
}

fn svg(points: &[Point]) -> String {
    let across = |bytes: f64| LEFT + (bytes.log10() - 3.5) / (7.0 - 3.5) * (WIDTH - LEFT - RIGHT);
    let up = |took: f64| HEIGHT - BOTTOM - (took.log10() + 2.0) / (2.0 + 2.0) * (HEIGHT - TOP - BOTTOM);
    let mut drawn = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\" \
         aria-label=\"Time to read and judge a flow against its size\">\n<style>\n.ground {{ fill: #fff }} text {{ fill: #424242 }} .grid {{ stroke: #e0e0e0 }}\n\
         @media (prefers-color-scheme: dark) {{ .ground {{ fill: #1f1f1f }} text {{ fill: #d6d6d6 }} .grid {{ stroke: #424242 }} }}\n"
    );
    // Writing into a string doesn't fail.
    for (at, (_, light, dark)) in LINES.iter().enumerate() {
        let _ = writeln!(
            drawn,
            ".l{at} {{ stroke: {light} }} .d{at} {{ fill: {light} }} @media (prefers-color-scheme: dark) {{ .l{at} {{ stroke: {dark} }} .d{at} {{ fill: {dark} }} }}"
        );
    }
    let _ = writeln!(drawn, "</style>\n<rect class=\"ground\" width=\"{WIDTH}\" height=\"{HEIGHT}\"/>");
    for (bytes, name) in [(1e4, "10 KB"), (1e5, "100 KB"), (1e6, "1 MB"), (5e6, "5 MB")] {
        let x = across(bytes);
        let _ = writeln!(
            drawn,
            "<path class=\"grid\" d=\"M{x:.1} {TOP}V{:.1}\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{name}</text>",
            HEIGHT - BOTTOM,
            HEIGHT - BOTTOM + 18.0
        );
    }
    for (took, name) in [(0.01, "0.01 ms"), (0.1, "0.1 ms"), (1.0, "1 ms"), (10.0, "10 ms"), (100.0, "100 ms")] {
        let y = up(took);
        let _ = writeln!(
            drawn,
            "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{:.1}\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{name}</text>",
            WIDTH - RIGHT,
            LEFT - 8.0,
            y + 4.0
        );
    }
    for (at, (name, ..)) in LINES.iter().enumerate() {
        let took = |point: &Point| point.took.get(at).copied().unwrap_or_default();
        let path: Vec<String> = points.iter().map(|point| format!("{:.1} {:.1}", across(point.bytes), up(took(point)))).collect();
        let _ = writeln!(drawn, "<path class=\"l{at}\" fill=\"none\" stroke-width=\"2\" d=\"M{}\"/>", path.join("L"));
        for point in points {
            let _ = writeln!(drawn, "<circle class=\"d{at}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>", across(point.bytes), up(took(point)));
        }
        let y = TOP + 16.0 + 20.0 * f64::from(u8::try_from(at).unwrap_or_default());
        let _ = writeln!(
            drawn,
            "<circle class=\"d{at}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/><text x=\"{:.1}\" y=\"{y:.1}\">{name}</text>",
            WIDTH - RIGHT + 12.0,
            y - 4.0,
            WIDTH - RIGHT + 22.0
        );
    }
    let _ = writeln!(
        drawn,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">the flow as it came</text>\n</svg>",
        f64::midpoint(LEFT, WIDTH - RIGHT),
        HEIGHT - 10.0
    );
    drawn
}
