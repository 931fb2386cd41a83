//! Connection Lens: whose connection stands behind every trigger and action of a Power Automate cloud flow.
//!
//! The modules stand in reading order, and imports run only downwards in this list: a room may use those above it.
//!
//! 1. [`model`]: what the product talks about. Knows no JSON shape of Microsoft's and no browser.
//!    [`words`]: what is said to people, as message names.
//! 2. [`read`]: Microsoft's shapes → model. The only room that knows them.
//! 3. [`portal`]: addresses → which environment and flow a tab shows, and what an answered request was.
//! 4. [`audit`]: who should stand behind what → verdicts, leftovers, checklist.
//! 5. [`paint`]: audit → what to draw on which operation.
//! 6. [`protocol`]: every message that crosses from one context to another.
//!    [`report`]: audit → the record, and the papers written from it.
//! 7. [`session`]: one document's state machine: event → state → effects. Sans-IO.
//!    [`sweep`]: every flow of an environment, listed, read and judged: event → state → asks. Sans-IO too.
//! 8. [`ui`]: side panel and sweep as pure views.
//! 9. `browser`: the thin shell around all of it (wasm32 only).

pub mod audit;
pub mod model;
pub mod paint;
pub mod portal;
pub mod protocol;
pub mod read;
pub mod report;
pub mod session;
pub mod sweep;
pub mod ui;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod browser;
