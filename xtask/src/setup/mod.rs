//! What a fresh machine lacks, each part in a file of its own. A second run skips what is done.

mod chrome_for_testing;
pub mod chromium;
mod debian;
mod debian_wasm;
pub mod firefox;
pub mod node;
mod sysroot;
pub mod wasm;
