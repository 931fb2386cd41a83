//! What has changed since the first look: figures, and in whose name the operations run.

use std::collections::BTreeMap;

use super::Scene;
use crate::audit::{Verdict, acting};
use crate::model::Account;
use crate::ui::node::{Element, Node, Tag, el, name};
use crate::ui::{Act, Attr, Change, Icon, Part};
use crate::words::Text;

/// From one figure to another; an unchanged one stands alone.
pub fn figure(words: impl Into<Node>, before: usize, now: usize) -> [Element; 2] {
    let values = el(Tag::Dd, "");
    let values = if before == now {
        values.with(name(now.to_string()))
    } else {
        let to = el(Tag::Span, "to").with(Text::new("done_to"));
        values.with(name(before.to_string())).with(to).with(el(Tag::B, "").with(name(now.to_string())))
    };
    [el(Tag::Dt, "").with(words), values]
}

/// The section below the checklist; none before the first look.
pub fn since(scene: &Scene) -> Option<Element> {
    let first = scene.sight.record.first_look.as_ref()?;
    let open = scene.is_open(&Part::Since);
    let words = el(Tag::Span, "grow").with(Text::new("since_title").with(scene.clock.day(first.at)));
    let head = el(Tag::Button, "message").attr(Attr::Expanded(open)).with(Icon::Info).with(words).with(if open { Icon::Up } else { Icon::Down });
    let head = head.act("since:open", Act::turn(Change::Open(Part::Since, !open)));
    Some(el(Tag::Section, "").key("since").with(head).maybe(open.then(|| figures(scene))))
}

fn figures(scene: &Scene) -> Element {
    let counts = scene.counts();
    let first = scene.sight.record.first_look.clone().unwrap_or_default();
    let rows = figure(Text::new("done_acting"), scene.first_mismatch(), counts.mismatch).into_iter().chain(figure(
        Text::new("done_not_in_use"),
        first.leftovers,
        counts.leftovers,
    ));
    let operations = (first.operations > 0).then(|| figure(Text::new("since_operations"), first.operations, counts.with_connection));
    let mut people: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for then in &first.acting {
        people.entry(then.who.clone()).or_default().0 = then.names.len();
    }
    // Without names from then there is nothing to compare these with.
    for now in acting(&scene.sight.audit).into_iter().filter(|_| !first.acting.is_empty()) {
        people.entry(now.who).or_default().1 = now.names.len();
    }
    let people = people.into_iter().flat_map(|(who, (before, now))| figure(called(scene, &who), before, now));
    el(Tag::Dl, "summary figures").key("since:figures").all(rows).all(operations.into_iter().flatten()).all(people)
}

fn called(scene: &Scene, who: &str) -> Node {
    let Some(account) = Account::from_label(who) else {
        let run_only = scene.sight.audit.operations.iter().any(|judged| judged.verdict == Verdict::RunOnly);
        return Text::new(if run_only { "since_nobody_or_run_only" } else { "since_nobody" }).into();
    };
    let person = scene.sight.audit.people.iter().find(|person| person.account.is_same(&account));
    name(person.map_or_else(|| account.short_name(), |person| person.account.short_name()))
}
