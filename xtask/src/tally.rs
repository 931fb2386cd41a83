//! What test runners say when they close, counted.

use std::collections::BTreeSet;

/// What a runner counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Tally {
    /// Both together.
    pub const fn and(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed, skipped: self.skipped + other.skipped }
    }

    /// A runner's count, its way of ending included: one that fails without a failed test (it crashed, or didn't compile), or that
    /// ends without a word, is itself one failure.
    pub fn of(told: Option<Self>, success: bool) -> Self {
        match told {
            Some(told) if success || told.failed > 0 => told,
            told => told.unwrap_or_default().and(Self { failed: 1, ..Self::default() }),
        }
    }

    /// The closing line of all.
    pub fn line(self) -> String {
        let skipped = if self.skipped > 0 { format!(", {} skipped", self.skipped) } else { String::new() };
        format!("{} passed, {} failed{skipped}", self.passed, self.failed)
    }
}

/// The sum of cargo's closing lines: `test result: ok. 3 passed; 0 failed; 0 ignored; …`. None where there is no such line.
pub fn cargo(output: &str) -> Option<Tally> {
    let mut sum: Option<Tally> = None;
    for line in output.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
        let number = |word: &str| line.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.trim().parse::<u32>().ok()).unwrap_or_default();
        let file = Tally { passed: number("passed"), failed: number("failed"), skipped: number("ignored") };
        sum = Some(sum.unwrap_or_default().and(file));
    }
    // Such a test has passed in cargo's eyes.
    let unable = u32::try_from(output.lines().filter_map(unable).count()).unwrap_or_default();
    sum.map(|sum| Tally { passed: sum.passed.saturating_sub(unable), skipped: sum.skipped + unable, ..sum })
}

/// The closing lines of Node's runner: `# pass 3`, `# fail 0`, `# cancelled 0`, `# skipped 0`, `# todo 0`.
pub fn node(output: &str) -> Option<Tally> {
    let number = |word: &str| output.lines().rev().find_map(|line| line.strip_prefix(word)?.trim().parse::<u32>().ok());
    let cancelled = number("# cancelled ").unwrap_or_default();
    let todo = number("# todo ").unwrap_or_default();
    Some(Tally { passed: number("# pass ")?, failed: number("# fail ")? + cancelled, skipped: number("# skipped ").unwrap_or_default() + todo })
}

/// Why something was skipped, each reason once: a test that lacks something and says so, one that cargo ignores, one that Node skips.
pub fn reasons(output: &str) -> BTreeSet<String> {
    output.lines().filter_map(|line| unable(line).map(str::to_owned).or_else(|| ignored(line)).or_else(|| skipped_in_node(line))).collect()
}

fn unable(line: &str) -> Option<&str> {
    line.trim().strip_prefix("skipped: ")
}

fn ignored(line: &str) -> Option<String> {
    let (test, reason) = line.trim().strip_prefix("test ")?.split_once(" ... ignored")?;
    Some(format!("{test}: {}", reason.strip_prefix(", ").unwrap_or("it is marked as ignored")))
}

fn skipped_in_node(line: &str) -> Option<String> {
    let (test, reason) = line.trim().strip_prefix("ok ")?.split_once(" # SKIP").or_else(|| line.trim().split_once(" # TODO"))?;
    let name = test.split_once(" - ").map_or(test, |(_, name)| name);
    Some(format!("{name}: {}", if reason.trim().is_empty() { "it is marked as skipped" } else { reason.trim() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally { passed, failed, skipped }
    }

    #[test]
    fn closing_lines_are_summed() {
        let told = "test a ... ok\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out\nskipped: no folder\n\
            test result: FAILED. 2 passed; 1 failed; 0 ignored;";
        assert_eq!(cargo(told), Some(tally(4, 1, 2)));
        assert_eq!(node("# tests 6\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n"), Some(tally(3, 2, 1)));
    }

    #[test]
    fn silence_and_crashes_are_failures() {
        assert_eq!(cargo("error: could not compile"), None);
        assert_eq!(node("boom"), None);
        assert_eq!(Tally::of(None, true), tally(0, 1, 0));
        assert_eq!(Tally::of(None, false), tally(0, 1, 0));
        assert_eq!(Tally::of(Some(tally(3, 0, 1)), false), tally(3, 1, 1));
        assert_eq!(Tally::of(Some(tally(3, 2, 0)), false), tally(3, 2, 0));
        assert_eq!(Tally::of(Some(tally(3, 0, 0)), true), tally(3, 0, 0));
    }

    #[test]
    fn every_skip_has_a_reason() {
        let told = "test slow ... ignored, needs a network\ntest odd ... ignored\n  skipped: no folder\n  skipped: no folder\nok 4 - drawing # SKIP no canvas\nok 5 - fine\n";
        let reasons: Vec<String> = reasons(told).into_iter().collect();
        assert_eq!(reasons, ["drawing: no canvas", "no folder", "odd: it is marked as ignored", "slow: needs a network"]);
    }

    #[test]
    fn the_last_line() {
        assert_eq!(tally(7, 0, 0).line(), "7 passed, 0 failed");
        assert_eq!(tally(7, 1, 2).line(), "7 passed, 1 failed, 2 skipped");
    }
}
