//! The product in real browsers: the built package against the practice portal.
//!
//! A [`Stage`] is one browser with a fresh profile, the extension, and a portal of its own. Tests wait for states, never for time to pass.

#![allow(clippy::indexing_slicing, reason = "all indices here are keys of JSON values, and an absent one gives null")]

mod axe;
mod bar;
mod brim;
mod browser;
mod chromium;
mod console;
mod designer;
mod failure;
mod firefox;
mod keyboard;
mod launch;
mod look;
mod measured;
mod package;
mod panel;
mod policy;
mod saving;
mod shadow;
mod sweep;
mod wait;
mod worker;

pub use browser::Stage;
pub use console::Said;
pub use failure::{Failure, Outcome};
pub use look::{Browser, Change, Look, skipped};
pub use measured::measured;
pub use policy::Policy;
pub use sweep::{Figures, Row, WITHOUT_MINUTES};
pub use wait::wait_for;
