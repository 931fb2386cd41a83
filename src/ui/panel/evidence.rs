//! How we know: where an operation's connection was read, and where whose it is; what it was compared with.

use super::Scene;
use crate::audit::{Judged, Level, Origin, Unsaved};
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
    let choice = scene.sight.intent.of(judged.connector.as_deref());
    let who = choice.accounts.iter().map(|pattern| scene.intended_name(pattern)).collect::<Vec<_>>().join(", ");
    let intended = match choice.from {
        Some(origin) => Text::new(said_by(origin)).with(who),
        None => Text::new("evidence_nobody_said"),
    };
    let with = entry("evidence_against", intended, None);
    Some(el(Tag::Dl, "evidence-of").key(format!("evidence-of:{list}:{}", judged.node)).all(which).all(whose).all(with))
}

/// Which rule decided.
const fn said_by(origin: Origin) -> &'static str {
    match (origin.managed, origin.level) {
        (false, Level::Everywhere) => "evidence_everywhere",
        (false, Level::Environment) => "evidence_environment",
        (false, Level::Connector) => "evidence_connector",
        (false, Level::ConnectorHere) => "evidence_connector_here",
        (_, Level::Flow) => "evidence_for_flow",
        (true, Level::Everywhere) => "evidence_managed_everywhere",
        (true, Level::Environment) => "evidence_managed_environment",
        (true, Level::Connector) => "evidence_managed_connector",
        (true, Level::ConnectorHere) => "evidence_managed_connector_here",
    }
}
