//! How we know: where an operation's connection was read, and where whose it is; what it was compared with.

use super::Scene;
use crate::audit::{Judged, Unsaved};
use crate::session::Seen;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::{Act, Attr, Change, Icon, Part};
use crate::words::Text;

/// The button that opens it.
pub fn opener(scene: &Scene, list: &str, judged: &Judged) -> Element {
    let part = Part::Evidence(format!("{list}:{}", judged.node));
    let open = scene.is_open(&part);
    el(Tag::Button, "icon-button small")
        .attr(Attr::Label(Text::new("evidence_of").with(judged.title())))
        .attr(Attr::Expanded(open))
        .with(Icon::Info)
        .act(format!("evidence:{list}:{}", judged.node), Act::turn(Change::Open(part, !open)))
}

/// What is known of an operation and from where, while it is open.
pub fn of(scene: &Scene, list: &str, judged: &Judged) -> Option<Element> {
    if !scene.is_open(&Part::Evidence(format!("{list}:{}", judged.node))) {
        return None;
    }
    let facts = scene.sight.facts;
    let entry = |what: &'static str, how: Text, address: Option<&str>| {
        let address = address.map(|address| el(Tag::Code, "").with(name(address)));
        [el(Tag::Dt, "").with(Text::new(what)), el(Tag::Dd, "").with(el(Tag::Span, "").with(how)).maybe(address)]
    };
    let read = |seen: &Seen| Text::new(if seen.asked { "source_asked" } else { "source_seen" }).with(scene.clock.moment(seen.at));
    let which = match (scene.sight.known.designer.and(facts.live.as_ref()), &facts.saved) {
        (Some(live), saved) if judged.unsaved != Unsaved::Same || saved.is_none() => {
            entry("evidence_which", Text::new("evidence_designer").with(scene.clock.moment(live.at)), None)
        }
        (_, Some(saved)) => entry("evidence_which", read(&saved.seen), Some(saved.seen.source.as_str())),
        _ => entry("evidence_which", Text::new("source_not_read"), None),
    };
    let origin = judged.connection.as_deref().and_then(|id| scene.sight.pool?.origin(id));
    let whose = match origin {
        Some(seen) => entry("evidence_whose", read(seen), Some(seen.source.as_str())),
        None => entry("evidence_whose", Text::new("evidence_not_shown"), None),
    };
    let intended = Text::new(match (scene.sight.intent.is_said(), scene.sight.intent_is_own) {
        (false, _) => "evidence_nobody_said",
        (true, true) => "evidence_for_flow",
        (true, false) => "evidence_everywhere",
    });
    let with = entry("evidence_against", intended, None);
    Some(el(Tag::Dl, "evidence-of").key(format!("evidence-of:{list}:{}", judged.node)).all(which).all(whose).all(with))
}
