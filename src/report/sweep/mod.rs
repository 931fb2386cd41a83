//! What a sweep over many flows found, as plain values. Every paper is written from it; as JSON it is its own document.

mod page;
mod table;
mod text;

use serde::Serialize;

use super::record::Who;
use super::{At, Paper, Voice, html, markdown};

/// The document's name and version.
pub const SWEEP_SCHEMA: &str = "connection-lens/sweep/1";

/// How a flow stands to what was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the same as in the sweep's rows")]
pub enum Mark {
    Uses,
    LeftOver,
    Unreadable,
    Unknown,
    NotRead,
    Done,
    Clean,
}

/// What became of a flow since the sweep before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is what it says")]
pub enum Moved {
    Fixed,
    New,
    Unchanged,
}

/// Something that a flow runs on, or has left over.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Left {
    /// The connector, as people know it.
    pub connector: String,
    /// The account it acts as.
    pub sign_in: Option<Who>,
    /// Who made it.
    pub owner: Option<Who>,
    /// Whether it is what was looked for.
    pub meant: bool,
    /// Whether no operation uses it.
    pub left_over: bool,
    /// How many operations run on it.
    pub operations: usize,
    /// Their names, as far as they are kept.
    pub names: Vec<String>,
    /// Whether it doesn't work.
    pub broken: bool,
}

/// A flow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweptFlow {
    /// Its id.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// The file that it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Where it is opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How it stands.
    pub mark: Mark,
    /// Whether it is switched off, where that is known.
    pub switched_off: Option<bool>,
    /// How many of its operations are meant.
    pub operations: usize,
    /// What became of it since the sweep before.
    pub since: Option<Moved>,
    /// Why it could not be read.
    pub trouble: Option<String>,
    /// When it was last saved.
    pub modified: Option<String>,
    /// What it runs on, and what is left over in it.
    pub runs_on: Vec<Left>,
}

/// An account, and where it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Account {
    /// Who.
    #[serde(flatten)]
    pub who: Who,
    /// Flows with operations that run on it.
    pub flows: usize,
    /// Flows in which it is left over only.
    pub left_over: usize,
}

/// A solution's reference that no flow of it uses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnusedReference {
    /// The file.
    pub file: String,
    /// The reference's logical name.
    pub logical_name: String,
    /// Its connector.
    pub connector: Option<String>,
}

/// How many flows stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the same as in the marks")]
pub struct SweptFlows {
    pub all: usize,
    pub uses: usize,
    /// Of those in use, the ones that are switched off.
    pub switched_off: usize,
    pub left_over: usize,
    pub unreadable: usize,
    pub unknown: usize,
    pub not_read: usize,
    pub done: usize,
    pub clean: usize,
    pub broken: usize,
}

/// What a sweep found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Swept {
    /// [`SWEEP_SCHEMA`].
    pub schema: &'static str,
    /// The program and its version.
    pub made_with: String,
    /// When it was made.
    pub made_at: Option<At>,
    /// The environment, where it was one.
    pub environment: Option<String>,
    /// The account that was looked for; none: whatever isn't as the rules say.
    pub looked_for: Option<String>,
    /// When the flows were read.
    pub swept_at: Option<At>,
    /// Whether everything that could be listed was.
    pub whole: bool,
    /// The figures.
    pub counts: SweptFlows,
    /// The accounts behind them, most flows first.
    pub accounts: Vec<Account>,
    /// The flows, what matters most first.
    pub flows: Vec<SweptFlow>,
    /// References of solutions that none of their flows uses.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unused_references: Vec<UnusedReference>,
}

impl Swept {
    /// Counts the flows.
    #[must_use]
    pub fn counted(flows: &[SweptFlow]) -> SweptFlows {
        let count = |mark: Mark| flows.iter().filter(|flow| flow.mark == mark).count();
        SweptFlows {
            all: flows.len(),
            uses: count(Mark::Uses),
            switched_off: flows.iter().filter(|flow| flow.mark == Mark::Uses && flow.switched_off == Some(true)).count(),
            left_over: count(Mark::LeftOver),
            unreadable: count(Mark::Unreadable),
            unknown: count(Mark::Unknown),
            not_read: count(Mark::NotRead),
            done: count(Mark::Done),
            clean: count(Mark::Clean),
            broken: flows.iter().filter(|flow| flow.runs_on.iter().any(|one| one.broken && !one.left_over)).count(),
        }
    }

    /// As a paper.
    #[must_use]
    pub fn write(&self, paper: Paper, voice: &dyn Voice) -> String {
        match paper {
            Paper::Markdown => markdown::page(&page::page(self, voice)),
            Paper::Html => html::written(&[page::page(self, voice)], voice),
            Paper::Csv => table::csv(self, voice),
            Paper::Json => format!("{:#}\n", serde_json::to_value(self).unwrap_or_default()),
        }
    }

    /// As a short table for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        text::text(self)
    }
}
