//! Connectors by drawing. Theirs would come from the network; ours are a few shapes on the brand's colour, else the first letter.

use super::node::{Element, Tag, el};
use super::{Attr, Icon};
pub use crate::model::connector_name as name;

/// The usual ones: id, drawing, colour. From public flow files, November 2026.
const KNOWN: [(&str, Icon, &str); 20] = [
    ("shared_office365", Icon::Mail, "blue"),
    ("shared_outlook", Icon::Mail, "blue"),
    ("shared_sendmail", Icon::Mail, "grey"),
    ("shared_sharepointonline", Icon::Sheet, "teal"),
    ("shared_onedriveforbusiness", Icon::Cloud, "sky"),
    ("shared_onedrive", Icon::Cloud, "sky"),
    ("shared_azureblob", Icon::Cloud, "blue"),
    ("shared_teams", Icon::Chat, "violet"),
    ("shared_slack", Icon::Chat, "plum"),
    ("shared_commondataserviceforapps", Icon::Database, "green"),
    ("shared_commondataservice", Icon::Database, "green"),
    ("shared_sql", Icon::Database, "red"),
    ("shared_excelonlinebusiness", Icon::Sheet, "green"),
    ("shared_excelonline", Icon::Sheet, "green"),
    ("shared_office365users", Icon::Person, "blue"),
    ("shared_office365groups", Icon::People, "blue"),
    ("shared_approvals", Icon::Approval, "violet"),
    ("shared_planner", Icon::Approval, "green"),
    ("shared_powerplatformforadmins", Icon::Settings, "grey"),
    ("shared_flowmanagement", Icon::Settings, "sky"),
];

/// The colours of those without an entry, by their letters.
const OTHERS: [&str; 5] = ["grey", "plum", "teal", "violet", "sky"];

/// Its drawing on its colour.
#[must_use]
pub fn glyph(id: Option<&str>, name: &str) -> Element {
    let entry = id.and_then(|id| KNOWN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(id)));
    let letter = name.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_uppercase().next()).unwrap_or('?');
    let spread = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    let colour = entry.map(|(.., colour)| *colour).or_else(|| OTHERS.get(spread % OTHERS.len()).copied()).unwrap_or("grey");
    let icon = entry.map_or(Icon::Letter(letter), |(_, icon, _)| *icon);
    el(Tag::Span, "glyph").class(true, colour).attr(Attr::Decoration).with(icon)
}
