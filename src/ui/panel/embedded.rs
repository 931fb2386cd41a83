//! What the saved flow still runs on in somebody else's name. Beside these Power Automate's own page shows a cross that breaks the flow: here stands what it would break.

use super::{Scene, parts};
use crate::audit::Embedded;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar, short};
use crate::ui::{Attr, Icon, connector};
use crate::words::Text;

/// So many operations are named.
const MOST: usize = 12;

/// The list with its warning; nothing where nothing is left.
pub fn list(scene: &Scene) -> Vec<Element> {
    if scene.checklist.embedded.is_empty() {
        return Vec::new();
    }
    let rows = scene.checklist.embedded.iter().map(row);
    let card = el(Tag::Section, "card")
        .key("embedded")
        .attr(Attr::Label(Text::new("step_embedded")))
        .with(parts::notice(Icon::Warning, Text::new("embedded_note")))
        .with(el(Tag::Ul, "").all(rows));
    vec![card]
}

fn row(embedded: &Embedded) -> Element {
    let first = &embedded.first;
    let title = parts::connector_name(first);
    let operations: Vec<String> = embedded.operations.iter().map(|name| crate::audit::title(name)).collect();
    let whose = el(Tag::Div, "whose").with(avatar(first.face(), Manner::Mismatch).class(true, "small")).with(el(Tag::B, "ellipsis").with(short(first.face())));
    el(Tag::Li, "item")
        .key(format!("embedded:{}", first.connection.as_deref().unwrap_or_default()))
        .with(connector::glyph(first.connector.as_deref(), &title))
        .with(el(Tag::Div, "connector").with(el(Tag::B, "ellipsis").with(name(title))))
        .with(whose)
        .with(breaks(Text::counted("embedded_breaks", operations.len()), &operations))
}

/// What would break, by name.
pub fn breaks(words: Text, operations: &[String]) -> Element {
    let rest = operations.len().saturating_sub(MOST);
    let rows = operations.iter().take(MOST).map(|title| el(Tag::Li, "").with(name(title.clone())));
    let more = (rest > 0).then(|| el(Tag::Li, "").with(Text::counted("people_more", rest)));
    el(Tag::Div, "breaks").with(el(Tag::P, "caption").with(words)).with(el(Tag::Ul, "").all(rows).maybe(more))
}
