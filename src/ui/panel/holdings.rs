//! The same account many times over: which of its connections this flow uses.

use super::{Scene, parts};
use crate::audit::{Holding, holdings};
use crate::model::connector_name;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar};
use crate::ui::{Attr, Part, connector};
use crate::words::Text;

/// A part that opens; none where no account holds a connector twice.
pub fn holdings_of(scene: &Scene) -> Option<Element> {
    let several = holdings(&scene.sight.audit, &scene.sight.known);
    if several.is_empty() {
        return None;
    }
    let opener = parts::opener(scene, "open:holdings".to_owned(), Part::Holdings, Text::new("holding_show"));
    let head = el(Tag::Div, "done-row").with(el(Tag::Span, "grow").with(Text::counted("holding_title", several.len()))).with(opener);
    let list = scene.is_open(&Part::Holdings).then(|| {
        let note = parts::notice(crate::ui::Icon::Info, Text::new("holding_note"));
        el(Tag::Div, "card").with(note).with(el(Tag::Ul, "").all(several.iter().map(row)))
    });
    Some(el(Tag::Section, "holdings").key("holdings").attr(Attr::Label(Text::counted("holding_title", several.len()))).with(head).maybe(list))
}

fn row(holding: &Holding) -> Element {
    let named = connector_name(Some(holding.connector), None);
    let operations: usize = holding.used.iter().map(|(_, count)| count).sum();
    let words = match holding.used.len() {
        0 => Text::counted("holding_none_used", holding.connections),
        used => Text::counted("holding_used", holding.connections).with(used.to_string()).with(operations.to_string()),
    };
    let key = format!("holding:{}:{}", holding.connector, holding.account.address().unwrap_or_default());
    el(Tag::Li, "item")
        .key(key)
        .with(connector::glyph(Some(holding.connector), &named))
        .with(el(Tag::Div, "connector").with(el(Tag::B, "ellipsis").with(name(named))))
        .with(
            el(Tag::Div, "whose")
                .with(avatar(Some(&holding.account), Manner::Plain).class(true, "small"))
                .with(el(Tag::B, "ellipsis").with(name(holding.account.short_name()))),
        )
        .with(el(Tag::P, "proof quiet").with(el(Tag::Span, "").with(words)))
}
