//! What tests say that they measured (`trust: 4 ports got 0`), gathered into a table.

use std::fmt::Write as _;

/// What the figures are about, in the order of docs/TRUST.md.
const FIGURES: [&str; 13] = [
    "hostile flows are text",
    "only GETs, only to the snapshot",
    "the token stays",
    "nothing forged, nothing drowned",
    "a killed background loses nothing",
    "the extension goes, pages come back",
    "every fault is told",
    "large and deep answers are bounded",
    "the page's own requests stay the same",
    "for everybody",
    "every sentence in every language",
    "private windows",
    "the same bytes from everywhere",
];

/// A line that a test said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    figure: usize,
    /// The test's name, without the browser.
    test: String,
    /// In which browser; empty: in none.
    browser: &'static str,
    what: String,
}

impl Measured {
    /// What was measured without a test of a runner's.
    pub fn new(figure: usize, test: &str, what: String) -> Self {
        Self { figure, test: test.to_owned(), browser: "", what }
    }
}

fn read(line: &str, test: &str) -> Option<Measured> {
    let (figure, what) = line.trim_start_matches('#').trim().strip_prefix("trust: ")?.split_once(' ')?;
    let browser = [("chromium::", "Chromium"), ("firefox::", "Firefox")].into_iter().find(|(part, _)| test.contains(part));
    // Without the modules that it stands in. (Node's are sentences.)
    let name = if test.contains(' ') { test } else { test.rsplit("::").next().unwrap_or(test) };
    Some(Measured { figure: figure.parse().ok()?, test: name.to_owned(), browser: browser.map_or("", |(_, name)| name), what: what.to_owned() })
}

/// Of cargo's output: each test's own lines stand below its name.
pub fn cargo(output: &str) -> Vec<Measured> {
    let mut test = String::new();
    let mut found = Vec::new();
    for line in output.lines() {
        if let Some(name) = line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" stdout ----")) {
            name.clone_into(&mut test);
        }
        found.extend(read(line, &test));
    }
    found
}

/// Of Node's: each test's own lines stand above its name.
pub fn node(output: &str) -> Vec<Measured> {
    let mut waiting: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for line in output.lines() {
        if line.starts_with("# trust: ") {
            waiting.push(line);
        } else if let Some((_, name)) = line.split_once(" - ").filter(|(start, _)| start.starts_with("ok ") || start.starts_with("not ok ")) {
            found.extend(waiting.drain(..).filter_map(|line| read(line, name)));
        }
    }
    found
}

/// A figure's row in a table that was written before, where it has one of a single line.
pub fn row(table: &str, figure: usize) -> Option<Measured> {
    let row = table.lines().find_map(|line| line.strip_prefix(&format!("| {figure}: "))?.strip_suffix(" |"))?;
    let mut cells = row.split(" | ").skip(1);
    Some(Measured::new(figure, cells.next()?.trim_matches('`'), cells.next()?.to_owned()))
}

/// What nobody told: figures without a line, and tests that told something in one of the browsers only.
pub fn missing(measured: &[Measured]) -> Vec<String> {
    let figures = FIGURES.iter().enumerate().filter(|(at, _)| !measured.iter().any(|line| line.figure == at + 1));
    let figures = figures.map(|(at, title)| format!("nothing was measured for figure {}: {title}", at + 1));
    let other = |line: &Measured| if line.browser == "Chromium" { "Firefox" } else { "Chromium" };
    let alone = measured.iter().filter(|line| {
        !line.browser.is_empty()
            && !measured.iter().any(|told| (told.figure, told.test.as_str(), told.browser) == (line.figure, line.test.as_str(), other(line)))
    });
    let alone = alone.map(|line| format!("{} told nothing in {}", line.test, other(line)));
    figures.chain(alone).collect()
}

/// The table: a line for each test, what it measured in both browsers beside it.
pub fn table(measured: &[Measured]) -> String {
    let mut table = "| figure | test | measured |\n|---|---|---|\n".to_owned();
    for (at, title) in FIGURES.iter().enumerate() {
        let of_figure: Vec<&Measured> = measured.iter().filter(|line| line.figure == at + 1).collect();
        let mut tests: Vec<&str> = of_figure.iter().map(|line| line.test.as_str()).collect();
        tests.sort_unstable();
        tests.dedup();
        for test in tests {
            let of_test: Vec<&Measured> = of_figure.iter().copied().filter(|line| line.test == test).collect();
            let told = |browser: &str| of_test.iter().filter(|line| line.browser == browser).map(|line| line.what.as_str()).collect::<Vec<_>>().join("; ");
            let cell = match (told(""), told("Chromium"), told("Firefox")) {
                (alone, chromium, firefox) if chromium.is_empty() && firefox.is_empty() => alone,
                (_, chromium, firefox) if chromium == firefox => format!("both: {chromium}"),
                (_, chromium, firefox) if firefox.is_empty() => format!("Chromium: {chromium}"),
                (_, chromium, firefox) if chromium.is_empty() => format!("Firefox: {firefox}"),
                (_, chromium, firefox) => format!("Chromium: {chromium}<br>Firefox: {firefox}"),
            };
            // Writing to a text can't fail.
            let _ = writeln!(table, "| {}: {title} | `{test}` | {} |", at + 1, cell.replace('|', "\\|"));
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_in_both_runners_words() {
        let told =
            "running 2 tests\n---- chromium::a_page stdout ----\nseed 7\ntrust: 4 ports got 0\n\n---- firefox::a_page stdout ----\ntrust: 4 ports got 0\n";
        let line = |browser| Measured { figure: 4, test: "a_page".to_owned(), browser, what: "ports got 0".to_owned() };
        assert_eq!(cargo(told), [line("Chromium"), line("Firefox")]);
        let told = "# trust: 5 moments 252\n# Subtest: stopped\nok 3 - stopped\n  ---\nok 4 - another\n";
        assert_eq!(node(told), [Measured { figure: 5, test: "stopped".to_owned(), browser: "", what: "moments 252".to_owned() }]);
    }

    #[test]
    fn a_test_is_known_by_its_own_name() {
        let told = cargo("---- everyone::a_page stdout ----\ntrust: 10 violations 0\n");
        assert_eq!(told, [Measured { figure: 10, test: "a_page".to_owned(), browser: "", what: "violations 0".to_owned() }]);
    }

    #[test]
    fn browsers_that_agree_share_a_cell() {
        let line = |test: &str, browser, what: &str| Measured { figure: 8, test: test.to_owned(), browser, what: what.to_owned() };
        let table = table(&[
            line("a_b", "Chromium", "x"),
            line("a_b", "Firefox", "x"),
            line("c", "Chromium", "1 s"),
            line("c", "Chromium", "2 s"),
            line("c", "Firefox", "3 s"),
            line("d", "", "y|z"),
        ]);
        let rows: Vec<&str> = table.lines().skip(2).map(|row| row.split_once(" bounded | ").map_or(row, |(_, rest)| rest)).collect();
        assert_eq!(rows, ["`a_b` | both: x |", "`c` | Chromium: 1 s; 2 s<br>Firefox: 3 s |", "`d` | y\\|z |"]);
    }

    #[test]
    fn what_nobody_told_is_missing() {
        let told = |figure, browser| Measured { figure, test: "a".to_owned(), browser, what: String::new() };
        let all: Vec<Measured> = (1..=FIGURES.len()).flat_map(|figure| [told(figure, "Chromium"), told(figure, "Firefox")]).collect();
        assert_eq!(missing(&all), Vec::<String>::new());
        assert_eq!(missing(&all[1..]), ["a told nothing in Chromium"]);
        assert_eq!(missing(&all[2..]), ["nothing was measured for figure 1: hostile flows are text"]);
    }

    #[test]
    fn a_row_is_read_back() {
        let told = Measured::new(13, "cargo xtask package --twice", "the same bytes".to_owned());
        assert_eq!(row(&table(std::slice::from_ref(&told)), 13), Some(told));
        assert_eq!(row("| 1: x | `y` | z |", 13), None);
    }
}
