//! What a fresh machine lacks, each part in a file of its own. A second run skips what is done.

pub mod chromium;
pub mod node;
pub mod wasm;
