//! Connections about which nothing is known here: why, and who can tell.

use super::items::{self, Can};
use super::{Scene, parts};
use crate::audit::{Group, Verdict, Why};
use crate::protocol::Asked;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar};
use crate::ui::{Icon, Part, connector};
use crate::words::Text;

/// The section; none while everything is known.
pub fn unseen(scene: &Scene) -> Option<Element> {
    let groups: Vec<(&Group, Why)> = parts::in_place(scene, &scene.checklist.unknown).into_iter().filter_map(|group| Some((group, why(group)?))).collect();
    if groups.is_empty() {
        return None;
    }
    let heading = el(Tag::H2, "label").with(Text::counted("unseen_title", groups.len()));
    let rows = groups.iter().map(|(group, why)| row(scene, group, *why));
    let card = el(Tag::Div, "card").with(el(Tag::Ul, "unseen-list").all(rows)).maybe(who_can_tell(scene, &groups));
    Some(el(Tag::Section, "connections").key("unseen").with(heading).with(card))
}

/// Why nothing is known; that nobody has said who is intended is no secret of the connection.
fn why(group: &Group) -> Option<Why> {
    match group.first.verdict {
        Verdict::Unknown { why } if why != Why::NoIntendedAccount => Some(why),
        _ => None,
    }
}

/// The sentence for a reason. What is in no list is taken for not shared, unless a list could not be read.
pub fn reason(scene: &Scene, why: Why) -> Text {
    let is_read = scene.sight.facts.trouble(Asked::Connections).is_none();
    Text::new(match why {
        Why::NotVisible if !is_read => "why_connections_not_read",
        Why::NoIntendedAccount => "why_no_intended_account",
        Why::NotDeclared => "why_not_declared",
        Why::NoConnectionNamed => "why_no_connection_named",
        Why::ConnectionsNotRead => "why_connections_not_read",
        Why::NotVisible => "why_not_visible",
        Why::NobodyNamed => "why_nobody_named",
    })
}

fn row(scene: &Scene, group: &Group, why: Why) -> Element {
    let key = parts::group_key(group);
    let part = Part::Unseen(key.clone());
    let open = scene.is_open(&part);
    let named = parts::connector_name(group.first);
    let named = if named.is_empty() { group.first.reference.clone().unwrap_or_else(|| group.first.title()) } else { named };
    let count = el(Tag::Span, "chip neutral").with(Text::counted("people_operations", group.operations.len()));
    let opener = parts::opener(scene, format!("open:unseen:{key}"), part, Text::new("unseen_show").with(named.clone()));
    let label = group.first.label.as_deref().filter(|label| !label.trim().is_empty());
    let more = items::opener(scene, &group.id, Text::new("item_more").with(named.clone()));
    let title = el(Tag::Div, "connector").with(el(Tag::B, "ellipsis").with(name(named.clone()))).with(count).with(more).with(opener);
    let reason = el(Tag::P, "proof quiet").with(Icon::Eye).with(el(Tag::Span, "").with(reason(scene, why)));
    let label = label.map(|label| el(Tag::P, "caption").with(Text::new("unseen_label").with(label)));
    let operations = open.then(|| el(Tag::Ul, "operations").all(group.operations.iter().map(|judged| parts::operation(scene, "unseen", judged))));
    el(Tag::Li, "item")
        .key(format!("unseen:{key}"))
        .with(connector::glyph(group.first.connector.as_deref(), &named))
        .with(title)
        .with(reason)
        .maybe(label)
        .maybe(items::decided(scene, &group.id, group.mark, &named))
        .maybe(items::note(scene, &group.id))
        .maybe(items::sheet(scene, &group.id, Can::TickOrStay))
        .maybe(operations)
}

/// The flow's owners, with a message for them.
fn who_can_tell(scene: &Scene, groups: &[(&Group, Why)]) -> Option<Element> {
    let asks_somebody = groups.iter().any(|(_, why)| matches!(why, Why::NotVisible | Why::NobodyNamed | Why::NoConnectionNamed | Why::NotDeclared));
    let told: Vec<_> = scene
        .sight
        .audit
        .who_can_tell
        .iter()
        .filter(|account| account.display_name.is_some() || account.address().is_some_and(|address| address.contains('@')))
        .collect();
    if !asks_somebody {
        return None;
    }
    let connectors: Vec<String> = groups.iter().map(|(group, _)| parts::connector_name(group.first)).collect();
    let lines = vec![Text::new("copy_unseen").with(scene.flow_name().unwrap_or_default()).with(connectors.join(", "))];
    let copy = parts::copier(scene, "copy:unseen", lines);
    let words = match told.first() {
        Some(who) => el(Tag::Span, "grow")
            .with(el(Tag::B, "").with(Text::new("unseen_can_tell").with(who.short_name())))
            .with(el(Tag::Small, "").with(Text::new("unseen_owner"))),
        None => {
            el(Tag::Span, "grow").with(el(Tag::B, "").with(Text::new("unseen_owners_can_tell"))).with(el(Tag::Small, "").with(Text::new("unseen_owners_where")))
        }
    };
    Some(el(Tag::Div, "notice ask").with(avatar(told.first().copied(), if told.is_empty() { Manner::Unknown } else { Manner::Plain })).with(words).with(copy))
}
