//! What the product talks about, in the field's own words. No JSON shape of Microsoft's, no browser.

mod account;
mod connection;
mod connector;
mod designer;
mod environment;
mod flow;
mod gap;
mod principal;

pub use account::{Account, AccountPattern};
pub use connection::{Connection, Health};
pub use connector::{CONNECTOR_NAMES, connector_name};
pub use designer::{Designer, Node};
pub use environment::Environment;
pub use flow::{Flow, FlowForm, FlowKind, Operation, OperationKind, Reference, ReferenceRow, Source};
pub use gap::{Gap, Reading};
pub use principal::Principal;
