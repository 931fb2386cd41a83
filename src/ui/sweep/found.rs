//! What is looked for, and the answer in figures.

use super::{Deed, Field, Filter, Scene, View};
use crate::ui::node::{Attr, Element, Tag, el};
use crate::ui::{Act, Icon};
use crate::words::Text;

/// The section.
pub fn section(scene: &Scene, view: &View) -> Element {
    let section = el(Tag::Section, "found").key("found").with(el(Tag::H2, "").with(Text::new("sweep_found"))).with(question(view));
    let totals = scene.totals();
    let Some(known) = scene.known else { return section };
    if known.question.is_none() {
        return section.with(el(Tag::P, "caption").with(Text::new("sweep_whom")));
    }
    let who = scene.looked_for();
    let figure = |count: usize, key: &'static str, tone: &'static str| (count > 0).then(|| el(Tag::Li, tone).with(Text::counted(key, count)));
    let first = match &who {
        Some(who) => Text::counted("sweep_uses", totals.uses).with(totals.flows.to_string()).with(who),
        None => Text::counted("sweep_uses_rules", totals.uses).with(totals.flows.to_string()),
    };
    let figures = [
        figure(totals.left, "sweep_only_left", "left"),
        figure(totals.unknown, "sweep_unknown", "unknown"),
        figure(totals.unreadable, "sweep_unreadable", "unreadable"),
        figure(totals.broken, "sweep_broken", "broken"),
        figure(totals.done, "sweep_turned", "done"),
        figure(totals.flows - totals.read, "sweep_to_read", "waiting"),
    ];
    let list = el(Tag::Ul, "figures").key("figures").with(el(Tag::Li, "first").with(first)).all(figures.into_iter().flatten());
    section.with(list).maybe(since(scene)).maybe(who.map(|who| tomorrow(scene, &who)))
}

fn question(view: &View) -> Element {
    let input = el(Tag::Input, "field")
        .attr(Attr::Type("text"))
        .attr(Attr::Value(view.account.clone()))
        .attr(Attr::Placeholder(Text::new("sweep_account_hint")))
        .act("sweep:account", Act::Sweep(Deed::Type(Field::Account)));
    let label = el(Tag::Label, "account").with(el(Tag::Span, "").with(Text::new("sweep_account"))).with(input);
    let rules = el(Tag::Button, "button small")
        .attr(Attr::Pressed(view.by_rules))
        .with(Text::new("sweep_by_rules"))
        .act("rules", Act::Sweep(Deed::ByRules(!view.by_rules)));
    el(Tag::Div, "question").key("question").with(label).with(rules)
}

/// What became of it since the sweep before.
fn since(scene: &Scene) -> Option<Element> {
    let before = scene.head()?.before?;
    let [fixed, new, unchanged] = scene.totals().changes;
    let words = Text::new("sweep_since").with(scene.clock.day(before)).with(fixed.to_string()).with(new.to_string()).with(unchanged.to_string());
    Some(el(Tag::P, "since").key("since").with(words))
}

/// If the account disappeared tomorrow: how many flows, and at a press which.
fn tomorrow(scene: &Scene, who: &str) -> Element {
    let totals = scene.totals();
    let goes_on = totals.clean + totals.left + totals.done;
    let line = |key, count, tone, id: &str, filter| {
        let words = Text::counted(key, count);
        let press = || el(Tag::Button, "link").with(words.clone()).act(format!("list:{id}"), Act::Sweep(Deed::List(filter)));
        if count > 0 { el(Tag::Li, tone).with(press()) } else { el(Tag::Li, tone).with(words) }
    };
    let unsaid = totals.unknown + totals.unreadable + (totals.flows - totals.read);
    let list = el(Tag::Ul, "figures")
        .with(line("sweep_would_stop", totals.uses - totals.off, "first", "stops", Filter::Stops))
        .maybe((totals.off > 0).then(|| line("sweep_off", totals.off, "", "off", Filter::Off)))
        .with(line("sweep_goes_on", goes_on, "", "goes-on", Filter::GoesOn))
        .maybe((unsaid > 0).then(|| line("sweep_unsaid", unsaid, "unknown", "unsaid", Filter::Unsaid)));
    let title = el(Tag::H3, "").with(Icon::Leave).with(el(Tag::Span, "").with(Text::new("sweep_tomorrow").with(who)));
    el(Tag::Div, "card tomorrow").key("tomorrow").with(title).with(list)
}
