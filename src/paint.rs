//! Audit → what to draw on the designer. The page's side draws it and decides nothing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::audit::{self, Audit, Judged, Verdict};
use crate::model::{Account, Connection, Flow, Reference, connector_name};
use crate::words::Text;

/// Everything the page's side needs to draw. Drawing the same paint twice changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Paint {
    /// The bar; none: this document shows no flow, so nothing is drawn.
    pub bar: Option<Bar>,
    /// By the designer's id of the operation. Operations without a connection carry no mark.
    pub marks: BTreeMap<String, Mark>,
    /// By the connection's id: what the rows of the flow's connections pane say. Empty anywhere but on the details page.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub rows: BTreeMap<String, Row>,
    /// Whether mismatches stand out.
    pub highlight: bool,
    /// Whether every operation with a connection carries its label.
    pub owners: bool,
    /// How the person wants it to look.
    #[serde(default)]
    pub look: Look,
}

/// How a person wants marks and bar to look, as the options page keeps it under `appearance`. The colour scheme of panel and options stands beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// What labels say.
    pub labels: Labels,
    /// Which colours tell "as intended" from "to change".
    pub colours: Colours,
    /// Where the bar stands until somebody moves it.
    pub bar: Edge,
}

/// What a label on a card says of somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Labels {
    /// The name, else the part of the address before `@`.
    #[default]
    Name,
    /// The initials.
    Initials,
    /// The mail address.
    Address,
}

/// Which colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// Orange and green.
    #[default]
    Standard,
    /// Orange and blue, for eyes that mix up orange and green.
    Safe,
}

/// An edge of the designer's canvas.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edge {
    /// The lower one.
    #[default]
    Bottom,
    /// The upper one.
    Top,
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

/// What is known of a connection in the flow's connections pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowStyle {
    /// Operations run on it: removing it breaks them.
    Used,
    /// None does.
    Unused,
    /// Not known.
    Unknown,
}

/// A row of the connections pane. Where the page doesn't name the connection's id, the row that holds both texts is meant, if there is one only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// How it looks.
    pub style: RowStyle,
    /// What it says.
    pub label: Text,
    /// The connection's label.
    pub name: Option<String>,
    /// The connector's name as people know it.
    pub connector: String,
}

/// The rows of the connections pane: every connection that was seen in the environment, and what of the flow uses it. The pane itself shows some of them.
/// `whole`: the saved flow was read without a gap, so that absence proves something.
#[must_use]
pub fn rows(audit: &Audit, flow: &Flow, connections: &[Connection], whole: bool) -> BTreeMap<String, Row> {
    let told = |connection: &Connection| {
        let same = |reference: &&Reference| reference.connector == connection.connector;
        flow.references.iter().find(same).and_then(|reference| reference.connector_name.as_deref())
    };
    let uses = audit::uses(&audit.operations, Some(flow));
    let row = |connection: &Connection| {
        let by = uses.get(&connection.id.to_ascii_lowercase()).map_or(&[][..], Vec::as_slice);
        let (style, label) = match by {
            [] if whole => (RowStyle::Unused, Text::new("row_unused")),
            [] => (RowStyle::Unknown, Text::new("row_unknown")),
            [first, ..] => (RowStyle::Used, Text::counted("row_used", by.len()).with(audit::title(first))),
        };
        (
            connection.id.clone(),
            Row { style, label, name: connection.label.clone(), connector: connector_name(connection.connector.as_deref(), told(connection)) },
        )
    };
    connections.iter().map(row).collect()
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
    /// An operation that came after the first look in a name that was to go; with more of them the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<News>,
}

/// Something to say at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// The designer's id of the operation.
    pub node: String,
    /// What there is to say.
    pub says: Text,
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
pub fn mark(judged: &Judged, listed: bool, labels: Labels) -> Option<Mark> {
    let named = |account: &Account| match labels {
        Labels::Name => account.short_name(),
        Labels::Initials => account.initials(),
        Labels::Address => account.address().map_or_else(|| account.short_name(), str::to_owned),
    };
    let name = || judged.face().map(named).unwrap_or_default();
    let initials = || judged.face().map(Account::initials).unwrap_or_default();
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
pub fn bar(flow: String, audit: &Audit, relapses: &[&Judged], reading: bool, current: Option<&str>) -> Bar {
    let counts = audit.counts;
    let stops = stops(audit);
    let at = current.and_then(|current| stops.iter().position(|judged| judged.node == current)).map_or(0, |at| at + 1);
    let of_all = || Text::counted("bar_as_intended", counts.with_connection).with(counts.as_intended.to_string());
    let (headline, detail, tone) = match () {
        () if reading => (Text::new("bar_reading"), None, Tone::Neutral),
        () if counts.operations == 0 => (Text::new("bar_unread"), None, Tone::Neutral),
        () if counts.with_connection == 0 => (Text::new("bar_no_connections"), None, Tone::Neutral),
        () if !audit.intent_said => (Text::new("bar_choose"), Some(Text::counted("bar_operations", counts.with_connection)), Tone::Neutral),
        () if counts.mismatch > 0 => (Text::counted("bar_to_change", counts.mismatch), Some(of_all()), Tone::Mismatch),
        () if counts.unknown > 0 => (Text::counted("bar_unknown", counts.unknown), Some(of_all()), Tone::Neutral),
        () if counts.as_intended == 0 => (Text::counted("bar_run_only", counts.run_only), None, Tone::Neutral),
        () => (Text::counted("bar_all_intended", counts.as_intended), None, Tone::Intended),
    };
    let meter = Meter { mismatch: counts.mismatch, unknown: counts.unknown, intended: counts.as_intended, run_only: counts.run_only };
    let news = relapses.first().map(|judged| News {
        node: judged.node.clone(),
        says: Text::counted("bar_relapse", relapses.len()).with(judged.title()).with(judged.face().map(Account::short_name).unwrap_or_default()),
    });
    Bar { flow, headline, detail, tone, meter, steps: Steps { at, of: stops.len() }, news }
}
