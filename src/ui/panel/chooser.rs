//! Who should stand behind the flow: one of the accounts seen, or one that is typed; one or several; for this flow or for every flow.

use super::reach::{foot, intend};
use super::{Scene, policy};
use crate::audit::Person;
use crate::model::{Account, AccountPattern};
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar, called};
use crate::ui::{Act, Attr, Change, Field, Icon, Part};
use crate::words::Text;

/// The chooser, closed or open.
pub fn chooser(scene: &Scene) -> Element {
    let locked = scene.sight.intent.base.locked;
    let open = scene.is_open(&Part::Chooser) && !locked;
    let section = el(Tag::Section, "chooser").key("chooser").attr(Attr::LabelledBy("intended"));
    let heading = el(Tag::H2, "label").attr(Attr::Id("intended")).with(Text::new("intended_title"));
    let label = el(Tag::Div, "label-row").with(heading);
    let label = label.maybe(policy::reach(scene).map(|words| el(Tag::Span, "caption").with(words)));
    if locked {
        let shown = el(Tag::Div, "combo locked").key("chooser:locked").all(chosen(scene)).with(Icon::Lock);
        return section.with(label).with(shown).maybe(policy::exceptions(scene));
    }
    let button = el(Tag::Button, "combo")
        .class(open, "focused")
        .class(!open && !scene.sight.intent.base.is_said(), "wanted")
        .attr(Attr::Expanded(open))
        .attr(Attr::Controls("accounts"))
        .all(chosen(scene))
        .with(Icon::Down);
    section
        .with(label)
        .with(button.act("chooser:open", Act::turn(Change::Open(Part::Chooser, !open))))
        .maybe(open.then(|| list(scene)))
        .maybe(policy::exceptions(scene))
}

/// What the closed chooser shows.
fn chosen(scene: &Scene) -> Vec<Element> {
    let patterns = &scene.sight.intent.base.accounts;
    let Some(first) = patterns.first() else {
        let hint = el(Tag::Span, "address ellipsis").with(Text::new("intended_hint"));
        return vec![avatar(None, Manner::Unknown), el(Tag::Span, "who").with(el(Tag::B, "ellipsis").with(Text::new("intended_choose"))).with(hint)];
    };
    if patterns.len() > 1 {
        let marks = el(Tag::Span, "marks").all(patterns.iter().take(3).map(|pattern| mark(scene, pattern)));
        let names = patterns.iter().map(|pattern| scene.intended_name(pattern)).collect::<Vec<_>>().join(", ");
        let count = el(Tag::B, "ellipsis").with(Text::counted("intended_several", patterns.len()));
        return vec![marks, el(Tag::Span, "who").with(count).with(el(Tag::Span, "address ellipsis").with(name(names)))];
    }
    vec![mark(scene, first), words(scene, first)]
}

fn mark(scene: &Scene, pattern: &AccountPattern) -> Element {
    match scene.person(pattern) {
        Some(person) => avatar(Some(&person.account), Manner::Chosen),
        None => match Account::from_label(pattern.as_str()).filter(|_| !pattern.as_str().contains('*')) {
            Some(account) => avatar(Some(&account), Manner::Chosen),
            None => el(Tag::Span, "avatar chosen").attr(Attr::Decoration).with(name("✱")),
        },
    }
}

fn words(scene: &Scene, pattern: &AccountPattern) -> Element {
    if let Some(person) = scene.person(pattern) {
        return called(&person.account);
    }
    let seen = scene.sight.audit.people.iter().filter(|person| pattern.matches(&person.account)).count();
    let below = if seen == 0 { Text::new("intended_not_seen") } else { Text::counted("intended_matches", seen) };
    el(Tag::Span, "who").with(el(Tag::B, "ellipsis").with(name(pattern.as_str()))).with(el(Tag::Span, "address ellipsis").with(below))
}

fn list(scene: &Scene) -> Element {
    let sought = scene.view.account.trim().to_lowercase();
    let fits = |account: &Account| {
        sought.is_empty() || account.short_name().to_lowercase().contains(&sought) || account.canonical().any(|identity| identity.contains(&sought))
    };
    let people = || scene.sight.audit.people.iter().filter(|person| person.account.is_known() && fits(&person.account));
    let seen_only: Vec<&AccountPattern> = scene.sight.intent.base.accounts.iter().filter(|pattern| scene.person(pattern).is_none()).collect();
    let rows = el(Tag::Ul, "accounts")
        .all(seen_only.into_iter().map(|pattern| chosen_row(scene, pattern)))
        .all(group(scene, "intended_seen_flow", people().filter(|person| person.operations > 0)))
        .all(group(scene, "intended_seen_environment", people().filter(|person| person.operations == 0)));
    el(Tag::Div, "floating").key("chooser:list").attr(Attr::Id("accounts")).with(typing(scene)).with(rows).with(foot(scene))
}

fn typing(scene: &Scene) -> Element {
    let typed = AccountPattern::typed(&scene.view.account);
    let input = el(Tag::Input, "")
        .attr(Attr::Type("text"))
        .attr(Attr::Value(scene.view.account.clone()))
        .attr(Attr::Placeholder(Text::new("intended_type")))
        .attr(Attr::Label(Text::new("intended_type_label")))
        .attr(Attr::Focus)
        .act("chooser:type", Act::Type(Field::Account));
    let form = el(Tag::Form, "field plain").with(Icon::Search).with(input);
    let Some(typed) = typed else { return form.act("chooser:use", Act::Do(vec![], vec![])) };
    let add = el(Tag::Button, "button small").with(Text::new("intended_use"));
    form.with(add).act("chooser:use", choose(scene, typed))
}

/// Chooses one, beside those chosen already where several are wanted.
fn choose(scene: &Scene, pattern: AccountPattern) -> Act {
    let several = wants_several(scene);
    let mut accounts = if several { scene.sight.intent.base.accounts.clone() } else { Vec::new() };
    accounts.push(pattern);
    Act::Do(intend(scene, accounts), vec![if several { Change::Typed(Field::Account, String::new()) } else { Change::Open(Part::Chooser, false) }])
}

/// Whether one more account is added to those chosen.
pub fn wants_several(scene: &Scene) -> bool {
    scene.view.several || scene.sight.intent.base.accounts.len() > 1
}

/// An intended account that wasn't seen, or stands for more than one.
fn chosen_row(scene: &Scene, pattern: &AccountPattern) -> Element {
    let row = el(Tag::Button, "account").attr(Attr::Pressed(true)).with(mark(scene, pattern)).with(words(scene, pattern)).with(Icon::Check);
    let rest: Vec<_> = scene.sight.intent.base.accounts.iter().filter(|other| *other != pattern).cloned().collect();
    let key = format!("chooser:drop:{}", pattern.as_str());
    el(Tag::Li, "").key(format!("li:{key}")).with(row.act(key, Act::Do(intend(scene, rest), vec![])))
}

fn group<'a>(scene: &Scene, heading: &'static str, people: impl Iterator<Item = &'a Person>) -> Vec<Element> {
    let mut rows: Vec<Element> = people.map(|person| person_row(scene, person)).collect();
    if !rows.is_empty() {
        rows.insert(0, el(Tag::Li, "heading").key(format!("chooser:{heading}")).with(Text::new(heading)));
    }
    rows
}

fn person_row(scene: &Scene, person: &Person) -> Element {
    let mine = |pattern: &&AccountPattern| scene.person(pattern).is_some_and(|known| known.account.is_same(&person.account));
    let chosen = scene.sight.intent.base.accounts.iter().find(mine);
    let address = person.account.address().unwrap_or_default();
    let act = match chosen {
        Some(chosen) => {
            let rest: Vec<_> = scene.sight.intent.base.accounts.iter().filter(|other| *other != chosen).cloned().collect();
            let stays = wants_several(scene) && !rest.is_empty();
            if stays { Act::Do(intend(scene, rest), vec![]) } else { Act::Do(intend(scene, vec![chosen.clone()]), vec![Change::Open(Part::Chooser, false)]) }
        }
        None => AccountPattern::new(address).map_or(Act::Do(vec![], vec![]), |pattern| choose(scene, pattern)),
    };
    let uses =
        if person.operations > 0 { Text::counted("intended_operations", person.operations) } else { Text::counted("intended_connections", person.connections) };
    let row = el(Tag::Button, "account")
        .attr(Attr::Pressed(chosen.is_some()))
        .with(avatar(Some(&person.account), if chosen.is_some() { Manner::Chosen } else { Manner::Plain }))
        .with(called(&person.account))
        .with(el(Tag::Span, "caption").with(uses))
        .maybe(chosen.map(|_| Icon::Check));
    let key = format!("chooser:pick:{address}");
    el(Tag::Li, "").key(format!("li:{key}")).with(row.act(key, act))
}
