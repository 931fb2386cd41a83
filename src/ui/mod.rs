//! Side panel and sweep as pure views: what is known → a tree of plain values. Nothing here knows a browser.
//!
//! 1. [`node`], [`icon`], [`act`]: what the tree is made of, and what a person can do with it.
//! 2. [`view`]: what is open and typed in the panel itself.
//! 3. [`rich`], [`path`], [`connector`], [`person`]: sentences, places, connectors and people as they are shown everywhere.
//! 4. [`panel`]: the panel.
//! 5. [`sweep`]: the page of sweeps.
//! 6. [`mod@print`]: any tree as text.

pub mod act;
pub mod connector;
pub mod icon;
pub mod node;
pub mod panel;
pub mod path;
pub mod person;
pub mod print;
pub mod rich;
pub mod sweep;
pub mod view;

pub use act::Act;
pub use icon::{Icon, Shape};
pub use node::{Attr, Element, Node, Tag};
pub use view::{Change, Field, Filter, Part, Tab, View};
