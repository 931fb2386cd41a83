//! Before and after, always in sight.

use super::Scene;
use crate::protocol::Event;
use crate::ui::node::{Element, Tag, el};
use crate::ui::{Act, Attr, Icon};
use crate::words::Text;

/// The footer; none while there is nothing to compare, or all is done.
pub fn footer(scene: &Scene) -> Option<Element> {
    let first = scene.first_mismatch();
    let now = scene.counts().mismatch;
    if first == 0 || scene.is_done() || scene.sight.is_reading() {
        return None;
    }
    let filled = first.saturating_sub(now) * 100 / first;
    let words = el(Tag::Div, "compare").with(Text::new("footer_compare").with(first.to_string()).with(now.to_string()));
    let meter = el(Tag::Div, "meter").attr(Attr::Decoration).with(el(Tag::Span, "filled").attr(Attr::Filled(filled)));
    let next = (scene.is_designing() && now > 0).then(|| {
        el(Tag::Button, "button")
            .with(Icon::Target)
            .with(el(Tag::Span, "").with(Text::new("footer_next")))
            .act("next", Act::tell(Event::Step { forward: true }))
    });
    Some(el(Tag::Footer, "footer").key("footer").with(el(Tag::Div, "grow").with(words).with(meter)).maybe(next))
}
