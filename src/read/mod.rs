//! Microsoft's shapes → model. The only room that knows them.
//!
//! Every reader takes bytes as they came, returns what it could read with the gaps in it, and never panics. Its errors say what was found, never a
//! name or an address from the document.

mod archive;
mod connection;
mod connections;
mod designer;
mod document;
mod environment_list;
mod error;
mod flow;
mod flow_list;
mod json;
mod key;
mod limits;
mod matching;
mod operations;
mod part;
mod people;
mod reference;
mod refusal;
mod rows;
mod shape;

pub use archive::{Packed, archive, is_archive, solution_references};
pub use connections::{Connections, connections};
pub use designer::designer;
pub use document::document;
pub use environment_list::environment_list;
pub use error::ReadError;
pub use flow::flow;
pub use flow_list::{Listed, flow_list};
pub use people::people;
pub use refusal::{Refusal, refusal};
pub use rows::reference_rows;
pub use shape::shape;
