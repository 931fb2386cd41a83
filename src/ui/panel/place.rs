//! What a person should know of the page itself: what can't be seen there, and what can.

use super::Scene;
use crate::portal::View;
use crate::ui::node::{Element, Node, Tag, el, name};
use crate::ui::{Act, Attr, Icon};
use crate::words::Text;

/// A note on the page; none where all is as usual.
pub fn note(scene: &Scene) -> Option<Element> {
    let place = scene.session.place.as_ref()?;
    let role = scene.sight.known.saved.and_then(|flow| flow.role.as_deref());
    if role.is_some_and(|role| !role.eq_ignore_ascii_case("owner")) {
        return Some(el(Tag::P, "message").key("place").with(Icon::Eye).with(el(Tag::Span, "").with(Text::new("place_read_only"))));
    }
    let words = match place.view {
        View::Classic => Text::new("place_classic"),
        View::Run => Text::new("place_run"),
        View::Details => pane(scene)?,
        _ => return None,
    };
    let note = el(Tag::Div, "message").key("place").with(Icon::Info);
    let words = el(Tag::P, "").with(words);
    // On the details page operations are named; where they stand, the designer shows.
    let link = place.designer().filter(|_| place.view == View::Details).map(|address| {
        let link = el(Tag::A, "button small").attr(Attr::Link(address)).with(Icon::Leave).with(el(Tag::Span, "word").with(Text::new("place_to_designer")));
        el(Tag::Div, "row").with(link)
    });
    Some(note.with(el(Tag::Div, "").with(words).maybe(link)))
}

/// A file's flow: which file, how to go back, and the other flows in it.
pub fn file(scene: &Scene) -> Option<Element> {
    let file = scene.sight.facts.file.as_ref()?;
    let back = el(Tag::Button, "button").with(Icon::Undo).with(el(Tag::Span, "").with(Text::new("file_put_away"))).act("file:away", Act::PutAway);
    let words = el(Tag::P, "").with(Text::new("file_what").with(file.clone()));
    let flows = &scene.view.flows;
    let row = |(index, flow): (usize, &Option<String>)| {
        let called: Node = flow.clone().map_or_else(|| Text::new("file_unnamed").with((index + 1).to_string()).into(), name);
        let button = el(Tag::Button, "account").attr(Attr::Pressed(index == scene.view.turned)).with(el(Tag::Span, "who").with(called));
        el(Tag::Li, "").key(format!("file:row:{index}")).with(button.act(format!("file:{index}"), Act::Turn(index)))
    };
    let list = (flows.len() > 1).then(|| {
        let heading = el(Tag::H2, "label").with(Text::counted("file_several", flows.len()));
        el(Tag::Div, "").key("file:flows").with(heading).with(el(Tag::Ul, "accounts").all(flows.iter().enumerate().map(row)))
    });
    let message = el(Tag::Div, "message").with(Icon::Info).with(el(Tag::Div, "").with(words).with(el(Tag::Div, "row").with(back)));
    Some(el(Tag::Section, "").key("file").with(message).maybe(list))
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
