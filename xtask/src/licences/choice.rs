//! Which of the licences that a crate offers is taken.

use crate::failure::Failure;

/// Licences that have been read and agreed to, the one that asks least first: their names in SPDX, what their files are called, and words that only they have.
pub const AGREED: [Licence; 4] = [
    Licence { name: "MIT", file: "MIT", words: "Permission is hereby granted, free of charge, to any person obtaining a copy of this software" },
    Licence { name: "MIT-0", file: "MIT0", words: "Permission is hereby granted, free of charge, to any person obtaining a copy of this software" },
    Licence { name: "Zlib", file: "ZLIB", words: "This software is provided 'as-is', without any express or implied warranty" },
    Licence { name: "Unicode-3.0", file: "UNICODE", words: "UNICODE LICENSE V3" },
];

/// A licence that may ship.
#[derive(Debug, PartialEq, Eq)]
pub struct Licence {
    pub name: &'static str,
    pub file: &'static str,
    pub words: &'static str,
}

/// One for each part that holds by itself: of `(MIT OR Apache-2.0) AND Unicode-3.0`, MIT and Unicode's.
///
/// # Errors
/// Where a part offers none that has been agreed to.
pub fn of(expression: &str) -> Result<Vec<&'static Licence>, Failure> {
    let parts = expression.split(" AND ").map(|part| part.trim().trim_start_matches('(').trim_end_matches(')'));
    parts
        .map(|part| {
            let offered: Vec<&str> = part.split(" OR ").flat_map(|offer| offer.split('/')).map(str::trim).collect();
            let agreed = AGREED.iter().find(|licence| offered.contains(&licence.name));
            agreed
                .ok_or_else(|| Failure::new(format!("nobody has agreed to ship anything under {part}: read it, then name it in xtask/src/licences/choice.rs")))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_taken_for_each_part() {
        let names = |expression: &str| of(expression).map(|taken| taken.iter().map(|licence| licence.name).collect::<Vec<_>>()).ok();
        assert_eq!(names("MIT"), Some(vec!["MIT"]));
        assert_eq!(names("Apache-2.0 OR MIT"), Some(vec!["MIT"]));
        assert_eq!(names("MIT/Apache-2.0"), Some(vec!["MIT"]));
        assert_eq!(names("CC0-1.0 OR MIT-0 OR Apache-2.0"), Some(vec!["MIT-0"]));
        assert_eq!(names("(MIT OR Apache-2.0) AND Unicode-3.0"), Some(vec!["MIT", "Unicode-3.0"]));
        assert_eq!(names("GPL-3.0-only"), None);
        assert_eq!(names("MIT AND LGPL-2.1"), None);
    }
}
