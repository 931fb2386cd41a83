//! What the organisation says beside the person, and what it takes for granted.

use super::Scene;
use crate::audit::Level;
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::{Attr, Icon};
use crate::words::Text;

/// Cards for what the person should know of it.
pub fn cards(scene: &Scene) -> Vec<Element> {
    let faults = (!scene.sight.faults.is_empty()).then(|| {
        let places = scene.sight.faults.iter().map(|place| el(Tag::Li, "").with(el(Tag::Code, "").with(name(place.clone()))));
        let words = el(Tag::Div, "")
            .with(el(Tag::B, "").with(Text::new("policy_faults")))
            .with(el(Tag::P, "").with(Text::new("policy_faults_what")))
            .with(el(Tag::Ul, "gaps").all(places));
        el(Tag::Div, "message bad").key("policy:faults").attr(Attr::Role("alert")).with(Icon::Alert).with(words)
    });
    let missing = scene.sight.known.saved.is_none() || scene.unseen() > 0;
    let quiet = (!scene.sight.may_ask && missing).then(|| {
        let words = el(Tag::Div, "").with(el(Tag::B, "").with(Text::new("policy_no_requests"))).with(el(Tag::P, "").with(Text::new("policy_no_requests_what")));
        el(Tag::Div, "message").key("policy:quiet").with(Icon::Info).with(words)
    });
    faults.into_iter().chain(quiet).collect()
}

/// How far the choice that holds for the flow reaches, and whose it is.
pub fn reach(scene: &Scene) -> Option<Text> {
    let origin = scene.sight.intent.base.from?;
    if origin.managed {
        return Some(Text::new("intended_managed"));
    }
    Some(Text::new(match origin.level {
        Level::Flow => "intended_for_flow",
        Level::Environment => "intended_environment",
        Level::Everywhere | Level::Connector | Level::ConnectorHere => "intended_everywhere",
    }))
}

/// Connectors for which other accounts are intended.
pub fn exceptions(scene: &Scene) -> Option<Element> {
    let here =
        |key: &str| scene.sight.audit.operations.iter().find(|judged| judged.connector.as_deref().is_some_and(|id| crate::audit::connector_key(id) == key));
    let rows = scene.sight.intent.connectors.iter().filter_map(|(key, choice)| {
        let judged = here(key)?;
        let who = choice.accounts.iter().map(|pattern| scene.intended_name(pattern)).collect::<Vec<_>>().join(", ");
        let words = if choice.from.is_some_and(|origin| origin.managed) { "intended_connector_managed" } else { "intended_connector" };
        Some(el(Tag::Li, "caption").key(format!("exception:{key}")).with(Text::new(words).with(super::parts::connector_name(judged)).with(who)))
    });
    let rows: Vec<Element> = rows.collect();
    (!rows.is_empty()).then(|| el(Tag::Ul, "exceptions").key("exceptions").all(rows))
}
