//! `connection-lens`: the same audit over exported flows.

#[cfg(not(target_arch = "wasm32"))]
mod cli;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    cli::run()
}

/// The command line isn't for browsers.
#[cfg(target_arch = "wasm32")]
fn main() {}
