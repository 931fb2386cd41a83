//! The product in a real browser: the built package against the practice portal.
//!
//! A [`Stage`] is one browser with a fresh profile, the extension, and a portal of its own. Tests wait for states, never for time to pass.

mod bar;
mod browser;
mod designer;
mod failure;
mod panel;
mod shadow;
mod wait;
mod worker;

pub use browser::{Look, Stage};
pub use failure::{Failure, Outcome};
pub use wait::wait_for;
