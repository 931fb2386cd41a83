//! The two switches of the overlay, the same as on the designer's own page.

use super::Scene;
use crate::protocol::Event;
use crate::ui::node::{Element, Tag, el};
use crate::ui::{Act, Attr, Icon};
use crate::words::Text;

/// Highlight and owners; a sentence instead where the tab doesn't show the designer.
pub fn toggles(scene: &Scene) -> Element {
    if !scene.is_designing() {
        return el(Tag::P, "message").key("toggles").with(Icon::Info).with(el(Tag::Span, "").with(Text::new("toggle_no_designer")));
    }
    let counts = scene.counts();
    let (highlight, owners) = (scene.session.highlight, scene.session.owners);
    let button = |on: bool, icon: Icon, words: Text| {
        el(Tag::Button, "button large").class(on, "on").attr(Attr::Pressed(on)).with(if on { Icon::Check } else { icon }).with(el(Tag::Span, "").with(words))
    };
    let words = if highlight { Text::counted("toggle_highlighting", counts.mismatch) } else { Text::new("toggle_highlight") };
    let first =
        button(highlight, Icon::Highlight, words).class(!highlight, "primary").act("toggle:highlight", Act::tell(Event::Highlight { on: Some(!highlight) }));
    let words = Text::new(if owners { "toggle_owners_on" } else { "toggle_owners" });
    let second = button(owners, Icon::People, words).act("toggle:owners", Act::tell(Event::Owners { on: Some(!owners) }));
    let marked = if owners { counts.with_connection } else { counts.mismatch };
    let found = scene.session.found.filter(|found| (highlight || owners) && *found < marked);
    let found = found.map(|found| el(Tag::P, "caption wide").attr(Attr::Live).with(Text::counted("toggle_found", marked).with(found.to_string())));
    el(Tag::Div, "toggles").key("toggles").maybe((highlight || counts.mismatch > 0).then_some(first)).with(second).maybe(found)
}
