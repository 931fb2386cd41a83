//! What a person should know of the page itself: what can't be seen there, and what can.

use super::Scene;
use crate::portal::View;
use crate::ui::Icon;
use crate::ui::node::{Element, Tag, el};
use crate::words::Text;

/// A note on the page; none where all is as usual.
pub fn note(scene: &Scene) -> Option<Element> {
    let place = scene.session.place.as_ref()?;
    let words = match place.view {
        View::Classic => Text::new("place_classic"),
        View::Run => Text::new("place_run"),
        View::Details => pane(scene)?,
        _ => return None,
    };
    Some(el(Tag::P, "message").key("place").with(Icon::Info).with(el(Tag::Span, "").with(words)))
}

/// The connections pane: whether its rows could be told apart.
fn pane(scene: &Scene) -> Option<Text> {
    let was_listed = scene.sight.facts.listed_seen.is_some();
    match scene.session.rows.unwrap_or_default() {
        0 if was_listed => Some(Text::new("place_pane_unmarked")),
        0 => None,
        marked => Some(Text::counted("place_pane_marked", marked)),
    }
}
