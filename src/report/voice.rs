//! How a paper speaks.

use crate::words::Text;

/// Says sentences and times in the reader's language: the browser's way in the panel, English on the command line.
pub trait Voice {
    /// A sentence.
    fn say(&self, text: &Text) -> String;
    /// A time, in milliseconds since 1970, with its day: papers outlive it.
    fn time(&self, at: f64) -> String;
}

/// English, with times in UTC.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug, Clone, Copy, Default)]
pub struct English;

#[cfg(not(target_arch = "wasm32"))]
impl Voice for English {
    fn say(&self, text: &Text) -> String {
        text.english()
    }

    fn time(&self, at: f64) -> String {
        super::At(at).to_the_minute()
    }
}
