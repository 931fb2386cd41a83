//! Connections that are as intended and don't work: no verdict, but the flow fails all the same.

use super::{Scene, parts};
use crate::audit::{Judged, Verdict};
use crate::model::Health;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar, short};
use crate::ui::{Icon, Part, connector};
use crate::words::Text;

/// The section; none while everything works. What is to change anyway says so where it is to be changed.
pub fn broken(scene: &Scene) -> Option<Element> {
    let mut groups: Vec<Vec<&Judged>> = Vec::new();
    let fails = |judged: &&Judged| matches!(judged.health, Some(Health::Broken(_))) && !matches!(judged.verdict, Verdict::Mismatch { .. });
    for judged in scene.sight.audit.operations.iter().filter(fails) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| first.connection == judged.connection)) {
            Some(group) => group.push(judged),
            None => groups.push(vec![judged]),
        }
    }
    if groups.is_empty() {
        return None;
    }
    let heading = el(Tag::H2, "label").with(Text::counted("broken_title", groups.len()));
    let rows = groups.iter().filter_map(|group| row(scene, group.first()?, group));
    Some(el(Tag::Section, "connections").key("broken").with(heading).with(el(Tag::Div, "card").with(el(Tag::Ul, "").all(rows))))
}

fn row(scene: &Scene, first: &Judged, group: &[&Judged]) -> Option<Element> {
    let key = first.connection.clone()?;
    let part = Part::Broken(key.clone());
    let open = scene.is_open(&part);
    let named = parts::connector_name(first);
    let opener = parts::opener(scene, format!("open:broken:{key}"), part, Text::new("unseen_show").with(named.clone()));
    let title = el(Tag::Div, "connector").with(el(Tag::B, "ellipsis").with(name(named.clone()))).maybe(parts::health(first.health.as_ref())).with(opener);
    let manner = Manner::of(&first.verdict).filter(|manner| *manner == Manner::Intended).unwrap_or(Manner::Plain);
    let count = el(Tag::Span, "chip neutral").with(Text::counted("people_operations", group.len()));
    let whose =
        el(Tag::Div, "whose").with(avatar(first.face(), manner).class(true, "small")).with(el(Tag::B, "ellipsis").with(short(first.face()))).with(count);
    let repairer = first.owner.as_ref().or(first.sign_in.as_ref());
    let advice = repairer.map_or_else(|| Text::new("broken_repair"), |owner| Text::new("broken_repair_by").with(owner.short_name()));
    let account = first.sign_in.as_ref().or(first.owner.as_ref()).and_then(|account| account.address()).unwrap_or_default();
    let lines = vec![Text::new("broken_copy").with(scene.flow_name().unwrap_or_default()).with(named.clone()).with(account)];
    let message = el(Tag::Div, "row").with(parts::copier(scene, &format!("copy:broken:{key}"), lines));
    let advice = el(Tag::P, "proof warning").with(Icon::Warning).with(el(Tag::Span, "").with(advice));
    let operations = open.then(|| el(Tag::Ul, "operations").all(group.iter().map(|judged| parts::operation(scene, "broken", judged))));
    Some(
        el(Tag::Li, "item")
            .key(format!("broken:{key}"))
            .with(connector::glyph(first.connector.as_deref(), &named))
            .with(title)
            .with(whose)
            .with(advice)
            .with(message)
            .maybe(operations),
    )
}
