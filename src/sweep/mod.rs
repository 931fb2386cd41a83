//! A sweep: every flow of an environment that the person can open, listed, read and judged. Sans-IO, like a document's session: events in, asks and what to store out.
//!
//! What is stored are reduced facts, so that the account that is looked for is asked of them afterwards, and no flow is read twice for it.
//!
//! 1. [`Entry`] and [`Table`]: a flow reduced to what it runs on, and the connections that all of them share.
//! 2. [`Sweep`]: the whole, in parts that are stored each by itself; `step`, `take`, `fail` and `pace` are what happens to it.
//!    [`Whereabouts`]: what a document of the portal has to do with it.
//! 3. [`Sight`]: what the facts say, judged by the same core as a single flow; [`Question`]: what is asked of them.

mod entry;
mod fail;
mod files;
mod head;
mod pace;
mod parts;
mod question;
mod sheet;
mod sight;
mod step;
mod table;
mod take;
mod whereabouts;

pub use entry::{Entry, Held, Trouble, Use, reduced};
pub use head::{Head, Phase, Waits};
pub use pace::MOST_PER_MINUTE;
pub use parts::{Sweep, keys_of, sweep_key};
pub use question::{Answer, Change, Person, Question, Row, RowState, Totals};
pub use sheet::sheet;
pub use sight::{Flow, Sight, Used};
pub use step::MOST_UNDER_WAY;
pub use table::Table;
pub use whereabouts::Whereabouts;
