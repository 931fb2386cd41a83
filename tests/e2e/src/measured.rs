//! What tests measure, told in a line that `cargo xtask trust` reads.

use std::fmt::Display;

/// Tells a value that was measured for one of the figures in docs/TRUST.md. The test's own name says in which browser.
pub fn measured(figure: u8, what: impl Display) {
    println!("trust: {figure} {what}");
}
