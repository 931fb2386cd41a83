//! The accounts behind the flows: a chart, and the same figures in its table.

use super::{Deed, Scene, View, words};
use crate::ui::Act;
use crate::ui::node::{Attr, Element, Tag, el};
use crate::words::Text;

/// The most accounts that are listed: beyond them nobody compares any more.
const MOST: usize = 50;

/// The section.
pub fn section(scene: &Scene, view: &View) -> Element {
    let section = el(Tag::Section, "people").key("people").with(el(Tag::H2, "").with(Text::new("sweep_accounts")));
    let Some(known) = scene.known.filter(|known| !known.answer.people.is_empty()) else {
        return section.with(el(Tag::P, "caption").with(Text::new("sweep_no_accounts")));
    };
    let most = known.answer.people.iter().map(|person| person.flows).max().unwrap_or_default().max(1);
    let rows = known.answer.people.iter().take(MOST).filter_map(|person| {
        let account = scene.account(person.person)?;
        let address = account.address()?.to_owned();
        let is_meant = known.answer.meant.get(person.person).copied().unwrap_or_default() && !view.by_rules;
        let press = el(Tag::Button, "link")
            .attr(Attr::Pressed(is_meant))
            .with(words(account.short_name()))
            .act(format!("person:{address}"), Act::Sweep(Deed::LookFor(address.clone())));
        let who = el(Tag::Th, "").attr(Attr::Scope("row")).with(press).with(el(Tag::Small, "").with(words(&address)));
        let bar = el(Tag::Td, "bar").attr(Attr::Decoration).with(el(Tag::Span, "filled").attr(Attr::Filled(person.flows * 100 / most)));
        let number = |count: usize, class| el(Tag::Td, class).with(words(count.to_string()));
        Some(
            el(Tag::Tr, "account")
                .class(is_meant, "meant")
                .key(format!("account:{address}"))
                .attr(Attr::Data("data-account", address))
                .with(who)
                .with(bar)
                .with(number(person.flows, "number"))
                .with(number(person.left, "left")),
        )
    });
    let head = |key| el(Tag::Th, "").attr(Attr::Scope("col")).with(Text::new(key));
    let heads = el(Tag::Tr, "")
        .with(head("sweep_column_account"))
        .with(el(Tag::Td, "bar").attr(Attr::Decoration))
        .with(head("sweep_column_flows"))
        .with(head("sweep_column_left"));
    let table = el(Tag::Table, "")
        .attr(Attr::Id("accounts"))
        .with(el(Tag::Caption, "spoken").with(Text::new("sweep_accounts")))
        .with(el(Tag::Thead, "").with(heads))
        .with(el(Tag::Tbody, "").all(rows));
    let more = known.answer.people.len().saturating_sub(MOST);
    section.with(el(Tag::Div, "card").with(table)).maybe((more > 0).then(|| el(Tag::P, "caption").with(Text::counted("sweep_more_accounts", more))))
}
