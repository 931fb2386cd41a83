//! Audit → what people read and machines parse outside the browser.

mod document;
mod text;

pub use document::document;
pub use text::text;

use crate::audit::{Audit, Checklist, Intent};
use crate::model::Gap;

/// What a report is made from.
pub struct Subject<'a> {
    /// The flow's name, where the file carries one.
    pub name: Option<&'a str>,
    /// The audit.
    pub audit: &'a Audit,
    /// The checklist that follows from it.
    pub checklist: &'a Checklist<'a>,
    /// Who should stand behind the operations.
    pub intent: &'a Intent,
    /// What could not be read.
    pub gaps: &'a [Gap],
}
