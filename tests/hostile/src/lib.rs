//! Whatever comes in: what is fed to the core, and what must hold then. Each [`TARGETS`] body takes any bytes and panics where something doesn't hold.
//!
//! `fuzz/` feeds these bodies with libFuzzer, guided by coverage; `tests/corpus.rs` beside this with the committed corpus and seeded mutations of it, in
//! every run of the tests. So nothing is said twice.
//!
//! 1. [`draw`]: bytes → choices. The same bytes give the same choices. [`chance`]: an input → others like it.
//! 2. [`shapes`]: choices → documents almost as Power Automate answers them. [`facts`]: choices → the model itself.
//! 3. [`readers`], [`archives`], [`addresses`], [`play`], [`keeping`], [`judging`], [`papers`], [`sweeping`], [`swept`], [`sheets`]: the bodies, by room.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::missing_panics_doc, clippy::panic, reason = "a body panics where something doesn't hold")]

pub mod addresses;
pub mod archives;
pub mod chance;
pub mod draw;
pub mod facts;
pub mod judging;
pub mod keeping;
pub mod papers;
pub mod play;
pub mod readers;
pub mod shapes;
pub mod sheets;
pub mod sweeping;
pub mod swept;

/// A body: it takes any bytes.
pub type Body = fn(&[u8]);

/// Every body by its name, which is also its corpus's.
pub const TARGETS: [(&str, Body); 22] = [
    ("address", addresses::address),
    ("archive", archives::archive),
    ("audit", judging::audit),
    ("connections", readers::connections),
    ("csv", papers::csv),
    ("designer", readers::designer),
    ("flow", readers::flow),
    ("html", papers::html),
    ("json", papers::json),
    ("kept", keeping::kept),
    ("lists", readers::lists),
    ("markdown", papers::markdown),
    ("people", readers::people),
    ("refusal", readers::refusal),
    ("restored", play::restored),
    ("rows", readers::rows),
    ("session", play::session),
    ("settings", keeping::settings),
    ("shape", readers::shape),
    ("sheet", sheets::sheet),
    ("sweep", sweeping::sweep),
    ("swept", swept::swept),
];
