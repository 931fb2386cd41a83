//! The thin shell around the core, for wasm32 only. Each file is one door to the browser.
//!
//! - `lens`: what `background.js` calls.
//! - `panel`: the side panel's page; `dom` mounts its tree, `hands` hears what a person does, `say` and `clock` speak the reader's language.
//! - `chrome`: the extension's interfaces; `error`: how errors reach JavaScript.

mod attributes;
mod chrome;
mod clock;
mod dom;
mod error;
mod focus;
mod hands;
mod lens;
mod panel;
mod say;
mod store;
