//! The thin shell around the core, for wasm32 only. Each file is one door to the browser.
//!
//! - `lens`, `sweeps`: what `background.js` calls.
//! - `options`: what the options page asks.
//! - `panel`: the side panel's page, which `store` reads for. `dom` mounts its tree, with `attributes`, `draw` and `focus`; `hands` hears what a person
//!   does, `deeds` does it; `say` and `clock` speak the reader's language.
//! - `sweep`: the page of sweeps, with `places` that can be swept.
//! - `papers`: the record saved or copied; `drop`: files that a person drops on the panel.
//! - `chrome`: the extension's interfaces; `error`: how errors reach JavaScript.

mod attributes;
mod chrome;
mod clock;
mod deeds;
mod dom;
mod draw;
mod drop;
mod error;
mod focus;
mod hands;
mod lens;
mod options;
mod panel;
mod papers;
mod places;
mod say;
mod store;
mod sweep;
mod sweeps;
