//! Audit → what to draw on the designer. The page's side draws it and decides nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::audit::{Audit, Judged, Verdict};
use crate::words::Text;

/// Everything the page's side needs to draw. Drawing the same paint twice changes nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Paint {
    /// The bar; none: this document shows no flow, so nothing is drawn.
    pub bar: Option<Bar>,
    /// By the designer's id of the operation. Operations without a connection carry no mark.
    pub marks: BTreeMap<String, Mark>,
    /// Whether mismatches stand out.
    pub highlight: bool,
    /// Whether every operation with a connection carries its label.
    pub owners: bool,
}

/// How a mark looks. The names are those of the `data-connection-lens` attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// Somebody else acts.
    Mismatch,
    /// The owner alone differs.
    Owner,
    /// As intended.
    Intended,
    /// Not known.
    Unknown,
    /// The run-only user's own connection.
    RunOnly,
}

/// The mark of one operation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// How it looks.
    pub style: Style,
    /// What its label says.
    pub label: Text,
    /// For where the label has no room.
    pub initials: String,
    /// True where the designer itself lists the operation (it may be scrolled out of the document).
    pub listed: bool,
}

/// The bar on the designer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The flow, so that the page's side notices that it is another one.
    pub flow: String,
    /// "3 to change", or what is being waited for.
    pub headline: Text,
    /// "9 of 12 as intended".
    pub detail: Option<Text>,
    /// How loud the headline is.
    pub tone: Tone,
    /// The widths of the little meter.
    pub meter: Meter,
    /// How many operations can be stepped through with ‹ ›, and at which one we are (from 1; 0: none yet).
    pub steps: Steps,
}

/// What the headline's colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Something is to change.
    Mismatch,
    /// All is as intended.
    Intended,
    /// Something isn't known, or nothing is said yet.
    Neutral,
}

/// Operations by verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meter {
    /// To change.
    pub mismatch: usize,
    /// Not known.
    pub unknown: usize,
    /// As intended.
    pub intended: usize,
    /// Run-only.
    pub run_only: usize,
}

/// Where ‹ › stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steps {
    /// From 1; 0 before the first step.
    pub at: usize,
    /// How many there are.
    pub of: usize,
}

/// Which operations ‹ › goes through: those to change; while there are none, those not known.
#[must_use]
pub fn stops(audit: &Audit) -> Vec<&Judged> {
    let mismatches: Vec<&Judged> = audit.operations.iter().filter(|judged| matches!(judged.verdict, Verdict::Mismatch { .. })).collect();
    if !mismatches.is_empty() {
        return mismatches;
    }
    audit.operations.iter().filter(|judged| matches!(judged.verdict, Verdict::Unknown { .. })).collect()
}

/// The mark of an operation; none where it needs no connection.
#[must_use]
pub fn mark(judged: &Judged, listed: bool) -> Option<Mark> {
    let name = || judged.face().map(crate::model::Account::short_name).unwrap_or_default();
    let initials = || judged.face().map(crate::model::Account::initials).unwrap_or_default();
    let (style, label, initials) = match judged.verdict {
        Verdict::NoConnection => return None,
        Verdict::Mismatch { sign_in: false, .. } => (Style::Owner, Text::new("mark_owner").with(name()), initials()),
        Verdict::Mismatch { .. } => (Style::Mismatch, Text::new("mark_name").with(name()), initials()),
        Verdict::AsIntended => (Style::Intended, Text::new("mark_name").with(name()), initials()),
        Verdict::Unknown { .. } if judged.face().is_some() => (Style::Unknown, Text::new("mark_name").with(name()), initials()),
        Verdict::Unknown { .. } => (Style::Unknown, Text::new("mark_unknown"), "?".to_owned()),
        Verdict::RunOnly => (Style::RunOnly, Text::new("mark_run_only"), String::new()),
    };
    Some(Mark { style, label, initials, listed })
}

/// The bar's words and figures.
#[must_use]
pub fn bar(flow: String, audit: &Audit, reading: bool, current: Option<&str>) -> Bar {
    let counts = audit.counts;
    let stops = stops(audit);
    let at = current.and_then(|current| stops.iter().position(|judged| judged.node == current)).map_or(0, |at| at + 1);
    let of_all = || Text::counted("bar_as_intended", counts.with_connection).with(counts.as_intended.to_string());
    let (headline, detail, tone) = match () {
        () if reading => (Text::new("bar_reading"), None, Tone::Neutral),
        () if counts.with_connection == 0 => (Text::new("bar_no_connections"), None, Tone::Neutral),
        () if !audit.intent_said => (Text::new("bar_choose"), Some(Text::counted("bar_operations", counts.with_connection)), Tone::Neutral),
        () if counts.mismatch > 0 => (Text::counted("bar_to_change", counts.mismatch), Some(of_all()), Tone::Mismatch),
        () if counts.unknown > 0 => (Text::counted("bar_unknown", counts.unknown), Some(of_all()), Tone::Neutral),
        () if counts.as_intended == 0 => (Text::counted("bar_run_only", counts.run_only), None, Tone::Neutral),
        () => (Text::counted("bar_all_intended", counts.as_intended), None, Tone::Intended),
    };
    let meter = Meter { mismatch: counts.mismatch, unknown: counts.unknown, intended: counts.as_intended, run_only: counts.run_only };
    Bar { flow, headline, detail, tone, meter, steps: Steps { at, of: stops.len() } }
}
