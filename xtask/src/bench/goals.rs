//! What is to be reached, row by row.

use super::rows::{Found, Measured, Row};

/// A goal's direction and figure, in its unit.
#[derive(Debug, Clone, Copy)]
enum Goal {
    /// At least.
    Least(f64),
    /// At most.
    Most(f64),
    /// At most this, or so many times the floor measured in the same run, whichever is larger.
    MostOrFloor(f64, f64),
    /// At most this over the floor measured in the same run.
    OverFloor(f64),
}

const TIMES: &str = "×";
const MS: &str = "ms";
const KB: &str = "kB";
const MB: &str = "MB";

use Goal::{Least, Most, MostOrFloor, OverFloor};

/// The rows in their order: the runners' name, what it is about, the goal, the unit.
const GOALS: [(&str, &str, Goal, &str); 48] = [
    ("reader.15k", "bytes → audit against JavaScript, 15 KB", Least(1.3), TIMES),
    ("reader.100k-pretty", "bytes → audit against JavaScript, 100 KB pretty-printed", Least(1.3), TIMES),
    ("reader.100k", "bytes → audit against JavaScript, 100 KB", Least(1.8), TIMES),
    ("reader.350k", "bytes → audit against JavaScript, 350 KB", Least(2.0), TIMES),
    ("reader.1000-actions", "bytes → audit against JavaScript, 1,000 actions", Least(2.0), TIMES),
    ("reader.5m", "bytes → audit against JavaScript, 5 MB with swagger", Least(3.0), TIMES),
    ("parse.15k", "bytes → audit against JSON.parse, 15 KB", Least(1.0), TIMES),
    ("parse.100k-pretty", "bytes → audit against JSON.parse, 100 KB pretty-printed", Least(1.0), TIMES),
    ("parse.100k", "bytes → audit against JSON.parse, 100 KB", Least(1.0), TIMES),
    ("parse.350k", "bytes → audit against JSON.parse, 350 KB", Least(1.0), TIMES),
    ("parse.1000-actions", "bytes → audit against JSON.parse, 1,000 actions", Least(1.0), TIMES),
    ("parse.5m", "bytes → audit against JSON.parse, 5 MB with swagger", Least(1.0), TIMES),
    ("native.15k", "WebAssembly against native, 15 KB", Most(1.7), TIMES),
    ("native.100k-pretty", "WebAssembly against native, 100 KB pretty-printed", Most(1.7), TIMES),
    ("native.100k", "WebAssembly against native, 100 KB", Most(1.7), TIMES),
    ("native.350k", "WebAssembly against native, 350 KB", Most(1.7), TIMES),
    ("native.1000-actions", "WebAssembly against native, 1,000 actions", Most(1.7), TIMES),
    ("native.5m", "WebAssembly against native, 5 MB with swagger", Most(1.7), TIMES),
    ("fed.100k", "the shipped WebAssembly, event → outcome, against native, 100 KB", Most(1.7), TIMES),
    ("fed.350k", "the shipped WebAssembly, event → outcome, against native, 350 KB", Most(1.7), TIMES),
    ("fed.5m", "the shipped WebAssembly, event → outcome, against native, 5 MB", Most(1.7), TIMES),
    ("growth.read", "time per action at 2,000 against 100: reading and judging", Most(1.5), TIMES),
    ("growth.feed", "time per action at 2,000 against 100: event → outcome", Most(1.5), TIMES),
    ("growth.paint", "time per action at 2,000 against 100: painting", Most(1.5), TIMES),
    ("growth.panel", "time per action at 2,000 against 100: panel", Most(1.5), TIMES),
    ("cli", "connection-lens read over real flows, against Python's json.load", Least(5.0), TIMES),
    ("warm.100k", "response complete → overlay painted, warm worker, 100 KB", MostOrFloor(12.0, 1.2), MS),
    ("warm.350k", "response complete → overlay painted, warm worker, 350 KB", MostOrFloor(20.0, 1.2), MS),
    ("warm.5m", "response complete → overlay painted, warm worker, 5 MB with swagger", MostOrFloor(60.0, 1.2), MS),
    ("cold.350k", "response complete → overlay painted, cold worker, over an empty worker's first reply", OverFloor(25.0), MS),
    ("unsaved", "unsaved change of a connection → repainted", Most(16.0), MS),
    ("overlay.virtual", "overlay of 1,000 operations on the virtualised designer", Most(5.0), MS),
    ("overlay.mounted", "overlay of 1,000 operations, all mounted at once", Most(20.0), MS),
    ("overlay.change", "overlay, one change among 1,000", Most(1.0), MS),
    ("pan", "panning and zooming with labels on 1,000 operations, against without", Most(1.03), TIMES),
    ("load", "page load → designer ready, against without the extension", Most(1.02), TIMES),
    ("load.task", "longest task while loading, over the page's own", Most(50.0), MS),
    ("load.idle", "WebAssembly started by portal pages without a flow", Most(0.0), "starts"),
    ("request", "an observed request's own latency in the page, added", Most(0.3), MS),
    ("panel.30", "panel: open → complete, 30 operations", Most(150.0), MS),
    ("panel.300", "panel: open → complete, 300 operations", Most(250.0), MS),
    ("panel.tick", "panel: a tick → shown", Most(16.0), MS),
    ("memory.one", "the core's memory with one 350 KB flow, over an empty one", Most(12.0), MB),
    ("memory.growth", "the core's memory, growth over 500 navigations between flows", Most(0.0), MB),
    ("size.wasm", "one WebAssembly for background and panel, brotli", Most(110.0), KB),
    ("size.scripts", "all shipped scripts, styles, pages, brotli", Most(40.0), KB),
    ("size.background", "scripts of the background, brotli", Most(20.0), KB),
    ("size.page", "scripts and styles in the page, brotli", Most(20.0), KB),
];

/// The rows that were not measured, by what they are about.
pub fn missing(found: &Found) -> Vec<&'static str> {
    GOALS.into_iter().filter(|(name, ..)| !found.measured.iter().any(|measured| measured.row == *name)).map(|(_, title, ..)| title).collect()
}

/// The rows that were measured, each with its goal.
pub fn against(found: &Found) -> Vec<Row> {
    let rows = GOALS.into_iter().filter_map(|(name, title, goal, unit)| {
        let measured = found.measured.iter().rev().find(|measured| measured.row == name)?;
        Some(row(title, goal, unit, measured))
    });
    rows.collect()
}

fn row(title: &str, goal: Goal, unit: &'static str, measured: &Measured) -> Row {
    let figure = measured.figure;
    let (goal, ok) = match (goal, measured.floor) {
        (Least(least), _) => (format!("≥ {least} {unit}"), figure >= least),
        (MostOrFloor(most, times), Some(floor)) if floor * times > most => (format!("≤ {times} × {floor:.1} {unit}"), figure <= floor * times),
        (Most(most) | MostOrFloor(most, _), _) => (format!("≤ {most} {unit}"), figure <= most),
        (OverFloor(more), floor) => {
            let floor = floor.unwrap_or_default();
            (format!("≤ {floor:.1} + {more} {unit}"), figure <= floor + more)
        }
    };
    Row { title: title.to_owned(), goal, measured: figure, unit, ok, peer: measured.peer.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, figure: f64, floor: Option<f64>) -> (String, bool) {
        let measured = Measured { row: name.to_owned(), figure, peer: String::new(), floor };
        let rows = against(&Found { measured: vec![measured], points: Vec::new() });
        let [row] = rows.as_slice() else { panic!("one row for {name}: {rows:?}") };
        (row.goal.clone(), row.ok)
    }

    #[test]
    fn goals_and_floors() {
        assert_eq!(told("reader.15k", 1.3, None), ("≥ 1.3 ×".to_owned(), true));
        assert_eq!(told("reader.15k", 1.2, None), ("≥ 1.3 ×".to_owned(), false));
        assert_eq!(told("warm.100k", 11.0, Some(4.0)), ("≤ 12 ms".to_owned(), true));
        assert_eq!(told("warm.5m", 118.0, Some(100.0)), ("≤ 1.2 × 100.0 ms".to_owned(), true));
        assert_eq!(told("cold.350k", 66.0, Some(40.0)), ("≤ 40.0 + 25 ms".to_owned(), false));
    }

    #[test]
    fn each_row_has_one_goal() {
        let mut names: Vec<&str> = GOALS.iter().map(|(name, ..)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), GOALS.len());
    }
}
