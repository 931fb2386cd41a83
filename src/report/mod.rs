//! Audit → what people read and machines parse outside the browser.
//!
//! 1. [`record`] makes a [`Report`] of everything that the audit found and people decided: plain values, and as JSON its own schema.
//! 2. Four writers make papers of it, for the panel and the command line alike: [`markdown`], [`csv`], [`json`], [`html`].
//! 3. [`Swept`] is what a sweep over many flows found, written by the same four.
//! 4. [`text`] is the short table for a terminal.

mod csv;
mod html;
mod markdown;
mod open;
mod page;
mod paper;
mod record;
mod say;
mod sweep;
mod text;
mod time;
mod voice;

use serde_json::Value;

pub use csv::csv;
pub use html::html;
pub use markdown::markdown;
pub use paper::{Paper, file_name};
pub use record::{
    Before, Decided, Differs, Dismissed, EmbeddedRow, FinishedRow, FlowRow, GroupKind, GroupRow, HealthWord, How, IntendedRow, LeftoverRow, Missing, NeedRow,
    NoteRow, OperationRow, PersonRow, Report, RunsOn, SCHEMA, Said, SaidBy, Source, SourceKind, Speaker, StateWord, StepRow, Way, Who, record,
};
pub use sweep::{Account, Left, Mark, Moved, SWEEP_SCHEMA, Swept, SweptFlow, SweptFlows, UnusedReference};
pub use text::text;
pub use time::At;
#[cfg(not(target_arch = "wasm32"))]
pub use voice::English;
pub use voice::Voice;

use crate::audit::{Audit, Checklist, Directory, Intent, Record};
use crate::model::Gap;

/// What a record is made from.
pub struct Subject<'a> {
    /// When it is made.
    pub made_at: Option<At>,
    /// Which flow.
    pub flow: FlowRow,
    /// What the audit was made from.
    pub sources: Vec<Source>,
    /// What was wanted and isn't there.
    pub missing: Vec<Missing>,
    /// What could not be read.
    pub gaps: &'a [Gap],
    /// Who should stand behind the operations.
    pub intent: &'a Intent,
    /// The audit.
    pub audit: &'a Audit,
    /// The checklist that follows from it.
    pub checklist: &'a Checklist<'a>,
    /// What people decided: ticks, dismissals, notes, the first look.
    pub decided: &'a Record,
    /// Everybody that was named.
    pub directory: &'a Directory,
}

/// The record as one JSON document, by the schema in `docs/audit.schema.json`.
#[must_use]
pub fn json(report: &Report) -> Value {
    serde_json::to_value(report).unwrap_or_default()
}

/// Names come from strangers: nothing that could steer a terminal, break a line or turn the reading direction gets through, and nothing that Unicode
/// keeps out of texts.
fn clean(name: &str) -> String {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = |c: char| matches!(c, '\u{fdd0}'..='\u{fdef}') || (c as u32) & 0xfffe == 0xfffe;
    name.chars().map(|c| if c.is_control() || turns(c) || is_none(c) { '\u{fffd}' } else { c }).collect()
}
