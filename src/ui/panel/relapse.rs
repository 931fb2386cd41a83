//! A new operation that took somebody's own connection: the designer gives it the one of whoever adds it. Said at once, above everything else.

use super::{Scene, parts};
use crate::ui::node::{Element, Tag, el};
use crate::ui::person::short;
use crate::ui::{Attr, Icon};
use crate::words::Text;

/// So many are listed.
const MOST: usize = 5;

/// The news; none while nothing came back.
pub fn relapse(scene: &Scene) -> Option<Element> {
    let relapses = scene.sight.relapses();
    let first = relapses.first()?;
    let title = Text::counted("relapse_title", relapses.len());
    let words = el(Tag::Div, "grow")
        .with(el(Tag::B, "").with(title))
        .with(el(Tag::P, "").with(Text::new("relapse_what")).with(el(Tag::Span, "spoken").with(short(first.face()))));
    let message = el(Tag::Div, "message warning").attr(Attr::Role("alert")).with(Icon::Warning).with(words);
    let rows = relapses.iter().take(MOST).map(|judged| parts::operation_with_face(scene, "relapse", judged));
    let card = el(Tag::Div, "card").with(el(Tag::Ul, "operations").all(rows));
    Some(el(Tag::Section, "relapse").key("relapse").with(message).with(card))
}
