//! What the intended account still needs: only it can sign itself in, so this waits for somebody.

use super::items::{self, Can};
use super::{Scene, parts};
use crate::audit::{Mark, Need, Step, StepState};
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::{Icon, connector};
use crate::words::Text;

fn named(need: &Need) -> String {
    crate::model::connector_name(Some(need.connector), need.example.connector_name.as_deref())
}

fn missing<'a, 'b>(scene: &'b Scene<'a>) -> impl Iterator<Item = &'b Need<'a>> {
    scene.checklist.needs.iter().filter(|need| need.ready.is_empty() && !scene.sight.record.items.contains_key(&need.id()))
}

/// Somebody says that it is there, though nothing that was read shows it.
fn by_hand(scene: &Scene, need: &Need, title: &str) -> Option<Element> {
    let tick = scene.sight.record.items.get(&need.id()).filter(|_| need.ready.is_empty())?;
    items::decided(scene, &need.id(), Some(Mark::ByHand(tick.at)), title)
}

/// One line on how far it is.
pub fn status(scene: &Scene, done: bool) -> Text {
    let needs = &scene.checklist.needs;
    let missing: Vec<String> = missing(scene).map(named).collect();
    match missing.as_slice() {
        _ if !scene.sight.audit.intent_said => Text::new("step_connect_later"),
        [] if needs.is_empty() && scene.unseen() > 0 => Text::new("step_connect_none_known"),
        [] if needs.is_empty() => Text::new("step_connect_none"),
        [] if done => Text::counted("step_connect_ready", needs.len()),
        [] if scene.unseen() > 0 && scene.sight.known.connections_read => Text::new("step_connect_ready_known"),
        [] => Text::new("step_connect_unread"),
        [only] => Text::new("step_connect_missing").with(only.clone()),
        several => Text::counted("step_connect_missing_several", several.len()),
    }
}

/// What to send to whoever holds the intended account.
pub fn message(scene: &Scene, step: &Step) -> Option<Element> {
    if step.state != StepState::Waiting {
        return None;
    }
    let connectors: Vec<String> = missing(scene).map(named).collect();
    let flow = scene.flow_name().unwrap_or_default().to_owned();
    let who = scene.sight.intent.base.accounts.iter().map(crate::model::AccountPattern::as_str).collect::<Vec<_>>().join(", ");
    let environment = scene.sight.facts.environment.clone();
    let host = scene.session.place.as_ref().map(|place| place.host.clone()).unwrap_or_default();
    let lines = vec![Text::new("copy_need").with(flow).with(who).with(environment).with(connectors.join(", ")), Text::new("copy_need_where").with(host)];
    let needs = scene.checklist.needs.len();
    let there = Text::counted("step_connect_there", needs).with((needs - connectors.len()).to_string());
    Some(el(Tag::Div, "row").key("need-message").with(parts::copier(scene, "copy:need", lines)).with(el(Tag::Span, "caption ellipsis").with(there)))
}

/// Each connector that is needed.
pub fn list(scene: &Scene) -> Vec<Element> {
    if scene.checklist.needs.is_empty() {
        return Vec::new();
    }
    let row = |need: &Need| {
        let title = named(need);
        let ready = need.ready.first().map(|connection| {
            let account = connection.sign_in.as_ref().or(connection.owner.as_ref());
            connection.label.clone().or_else(|| account.and_then(|account| account.address().map(str::to_owned))).unwrap_or_default()
        });
        let (icon, class, words) = match ready {
            Some(label) => (Icon::Check, "intended", name(label)),
            None if !need.broken.is_empty() => (Icon::Warning, "broken", Text::new("step_need_broken").into()),
            None => (Icon::Hourglass, "missing", Text::new("step_need_missing").into()),
        };
        let state = el(Tag::Span, "state").class(true, class).with(icon).with(el(Tag::Span, "ellipsis").with(words));
        el(Tag::Li, "need")
            .key(format!("need:{}", need.connector))
            .with(connector::glyph(Some(need.connector), &title))
            .with(el(Tag::B, "ellipsis").with(name(title.clone())))
            .with(state)
            .with(items::opener(scene, &need.id(), Text::new("item_more").with(title.clone())))
            .maybe(by_hand(scene, need, &title))
            .maybe(items::note(scene, &need.id()))
            .maybe(items::sheet(scene, &need.id(), if need.ready.is_empty() { Can::Tick } else { Can::Note }))
    };
    vec![el(Tag::Section, "card").key("needs").with(el(Tag::Ul, "needs").all(scene.checklist.needs.iter().map(row)))]
}
