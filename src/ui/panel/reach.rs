//! How far the choice of an account reaches, and how strictly it is meant.

use super::Scene;
use super::chooser::wants_several;
use crate::audit::{Level, Origin};
use crate::model::AccountPattern;
use crate::protocol::{Event, Scope};
use crate::ui::node::{Element, Tag, el};
use crate::ui::{Act, Attr, Change, Icon, Part};
use crate::words::Text;

/// The choice as it would be told for the flows it is to hold for. What somebody said for less would hide it: it is taken back.
pub fn intend(scene: &Scene, accounts: Vec<AccountPattern>) -> Vec<Event> {
    told(scene, accounts, reach(scene))
}

fn told(scene: &Scene, accounts: Vec<AccountPattern>, scope: Scope) -> Vec<Event> {
    let hides = |level: Level, scope: Scope| scene.sight.own_levels.contains(&level).then(|| Event::Intend { accounts: vec![], scope, at: 0.0 });
    let (environment, flow) = match scope {
        Scope::Flow => (None, None),
        Scope::Environment => (None, hides(Level::Flow, Scope::Flow)),
        Scope::Everywhere => (hides(Level::Environment, Scope::Environment), hides(Level::Flow, Scope::Flow)),
    };
    std::iter::once(Event::Intend { accounts, scope, at: 0.0 }).chain(environment).chain(flow).collect()
}

fn reach(scene: &Scene) -> Scope {
    let now = match scene.sight.intent.base.from {
        Some(Origin { level: Level::Everywhere, managed: false }) => Scope::Everywhere,
        Some(Origin { level: Level::Environment, managed: false }) => Scope::Environment,
        _ => Scope::Flow,
    };
    scene.view.reach.unwrap_or(now)
}

/// What stands below the accounts.
pub fn foot(scene: &Scene) -> Element {
    let reach = reach(scene);
    let said = scene.sight.intent.base.is_said();
    let segment = |scope: Scope, key: &'static str, words: &'static str| {
        let now = scene.sight.intent.base.accounts.clone();
        let events = if !said || scope == reach { vec![] } else { told(scene, now, scope) };
        el(Tag::Button, "segment").attr(Attr::Pressed(scope == reach)).with(Text::new(words)).act(key, Act::Do(events, vec![Change::Reach(scope)]))
    };
    let reaches = el(Tag::Div, "segments")
        .attr(Attr::Role("group"))
        .attr(Attr::LabelledBy("reach"))
        .with(segment(Scope::Flow, "reach:flow", "intended_this_flow"))
        .with(segment(Scope::Environment, "reach:environment", "intended_this_environment"))
        .with(segment(Scope::Everywhere, "reach:everywhere", "intended_every_flow"));
    let alone = scene.sight.intent.base.sign_in_alone;
    let switch = el(Tag::Input, "")
        .attr(Attr::Type("checkbox"))
        .attr(Attr::Role("switch"))
        .attr(Attr::Checked(alone))
        .act("chooser:alone", Act::tell(Event::SignInAlone { on: !alone }));
    let hint = el(Tag::Small, "").with(Text::new("intended_alone_hint"));
    let alone = el(Tag::Label, "switch").with(switch).with(el(Tag::Span, "").with(Text::new("intended_alone")).with(hint));
    let mut links = el(Tag::Div, "links");
    if said && !wants_several(scene) {
        links = links.with(quiet(Icon::Add, "intended_add").act("chooser:several", Act::turn(Change::Several(true))));
    }
    if said {
        let back = Act::Do(vec![Event::Intend { accounts: vec![], scope: reach, at: 0.0 }], vec![Change::Open(Part::Chooser, false)]);
        links = links.with(quiet(Icon::Undo, "intended_take_back").act("chooser:take-back", back));
    }
    let caption = el(Tag::Div, "caption").attr(Attr::Id("reach")).with(Text::new("intended_use_for"));
    el(Tag::Div, "foot")
        .with(caption)
        .with(reaches)
        .maybe(wants_several(scene).then(|| el(Tag::P, "caption").with(Text::new("intended_pick_more"))))
        .maybe((!links.children.is_empty()).then_some(links))
        .with(alone)
}

fn quiet(icon: Icon, words: &'static str) -> Element {
    el(Tag::Button, "button small quiet").with(icon).with(el(Tag::Span, "").with(Text::new(words)))
}
