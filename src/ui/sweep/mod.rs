//! The page of sweeps: an environment is chosen, its flows are read, and what is found stands in a table. A pure view like the panel's.

mod accounts;
mod flows;
mod found;
mod group;
mod progress;
mod row;
mod scene;
mod tools;
mod view;

pub use scene::{Elsewhere, Known, Place, Scene};
pub use view::{Column, Deed, Field, Filter, Group, Unheard, View};

use super::node::{Attr, Element, Node, Tag, el, name};
use super::{Act, Icon};
use crate::words::Text;

/// The page.
#[must_use]
pub fn draw(scene: &Scene, view: &View) -> Node {
    let page = el(Tag::Main, "sweep").attr(Attr::Data("data-state", scene.state().to_owned())).attr(Attr::Data("data-waits", scene.waits().to_owned()));
    let page = scene.figures().into_iter().fold(page, |page, (name, figure)| page.attr(Attr::Data(name, figure.to_string())));
    let page = page.with(head(scene));
    if scene.places.is_empty() {
        return page.with(nowhere()).into();
    }
    let unheard = view
        .unheard
        .map(|why| el(Tag::P, "message warn").key("unheard").attr(Attr::Role("alert")).with(Icon::Warning).with(el(Tag::Span, "").with(Text::new(why.key()))));
    let page = page.maybe(unheard).with(progress::section(scene)).maybe(progress::news(scene));
    // Before the first flow is read there is nothing to say of any.
    if scene.known.is_none_or(|known| known.sweep.entries().iter().all(|entry| !entry.is_done())) {
        return page.into();
    }
    page.with(found::section(scene, view)).with(accounts::section(scene, view)).with(flows::section(scene, view)).into()
}

fn head(scene: &Scene) -> Element {
    let lead = el(Tag::P, "lead").with(Text::new("sweep_lead"));
    let title = el(Tag::H1, "").with(Icon::Lens).with(el(Tag::Span, "").with(Text::new("sweep_title")));
    el(Tag::Header, "").key("header").with(title).with(lead).maybe((!scene.places.is_empty()).then(|| environments(scene))).maybe(elsewhere(scene))
}

/// The environments to choose from.
fn environments(scene: &Scene) -> Element {
    let options = scene.places.iter().enumerate().map(|(index, place)| {
        let chosen = scene.chosen == Some(index);
        let option = el(Tag::Option, "").key(format!("option:{}", place.id())).attr(Attr::Data("value", place.id())).attr(Attr::Chosen(chosen));
        let words = place.name();
        option.with(words)
    });
    let select = el(Tag::Select, "field").all(options).act("sweep:environment", Act::Sweep(Deed::Type(Field::Environment)));
    el(Tag::Label, "environment").key("environment").with(el(Tag::Span, "").with(Text::new("sweep_environment"))).with(select)
}

/// Environments whose flows can be asked for in a tab of their own only: its token is for them alone.
fn elsewhere(scene: &Scene) -> Option<Element> {
    let links = scene.elsewhere.iter().filter_map(|elsewhere| {
        let link = el(Tag::A, "").attr(Attr::Link(elsewhere.address()?)).with(words(&elsewhere.environment.name));
        Some(el(Tag::Li, "").key(format!("elsewhere:{}", elsewhere.environment.id)).with(link))
    });
    let links: Vec<Element> = links.collect();
    let say = || el(Tag::P, "caption").with(Text::new("sweep_elsewhere"));
    (!links.is_empty()).then(|| el(Tag::Div, "elsewhere").key("elsewhere").with(say()).with(el(Tag::Ul, "").all(links)))
}

/// There is no tab of Power Automate, and nothing was swept before.
fn nowhere() -> Element {
    let say = |key| el(Tag::P, "").with(Text::new(key));
    el(Tag::Section, "card empty").key("nowhere").with(el(Tag::H2, "").with(Text::new("sweep_nowhere"))).with(say("sweep_nowhere_what"))
}

/// Somebody's name, whatever it is written in.
fn words(text: impl Into<String>) -> Node {
    name(text)
}
