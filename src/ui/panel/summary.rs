//! The answer at one glance: a figure, a bar, and whose names stand behind it.

use super::{Scene, parts};
use crate::audit::{Person, Verdict};
use crate::ui::node::{Element, Tag, el, name};
use crate::ui::person::{Manner, avatar};
use crate::ui::{Act, Attr, Change, Node, Part};
use crate::words::Text;

/// So many people stand in the summary before "and 3 more".
const FIRST: usize = 4;

/// Somebody's share of the operations.
struct Share<'a> {
    person: Option<&'a Person>,
    manner: Manner,
    count: usize,
}

/// The card.
pub fn summary(scene: &Scene) -> Element {
    let shares = shares(scene);
    let all = scene.is_open(&Part::People);
    let shown = if all || shares.len() <= FIRST + 1 { shares.len() } else { FIRST };
    let rest = shares.len().saturating_sub(shown);
    let rows = el(Tag::Ul, "people").all(shares.iter().take(shown).map(row));
    let more = (rest > 0 || all && shares.len() > FIRST + 1).then(|| {
        let words = if all { Text::new("people_fewer") } else { Text::counted("people_more", rest) };
        el(Tag::Button, "button small link").attr(Attr::Expanded(all)).with(words).act("people:more", Act::turn(Change::Open(Part::People, !all)))
    });
    let counts = scene.counts();
    let without = counts.operations - counts.with_connection;
    let foot = (without > 0).then(|| el(Tag::P, "foot").with(Text::counted("summary_no_connection", without)));
    el(Tag::Section, "summary")
        .key("summary")
        .attr(Attr::Label(Text::new("summary_title")))
        .with(headline(scene))
        .with(bar(&shares))
        .with(rows)
        .maybe(more)
        .maybe(foot)
}

/// What stands in the card while the connections could not be read: what the flow itself tells.
pub fn still_known(scene: &Scene) -> Element {
    let total = scene.counts().with_connection;
    let mut connections: Vec<&str> = scene.sight.audit.operations.iter().filter_map(|judged| judged.connection.as_deref()).collect();
    connections.sort_unstable();
    connections.dedup();
    let words = Text::counted("summary_still_known", total).with(connections.len().to_string());
    let part = el(Tag::Span, "part unknown").with(Text::counted("summary_part_unknown", total));
    el(Tag::Section, "summary still-known")
        .key("summary")
        .with(el(Tag::H2, "").with(Text::new("summary_still_known_title")))
        .with(el(Tag::P, "caption").with(words))
        .with(el(Tag::Div, "bar").attr(Attr::Decoration).with(part))
}

/// The figure with its sentence.
fn headline(scene: &Scene) -> Element {
    let counts = scene.counts();
    let total = counts.with_connection;
    let of_total =
        |key: &'static str, single: &'static str, count: usize| if total == 1 { Text::new(single) } else { Text::counted(key, count).with(total.to_string()) };
    let owners_only = scene.sight.audit.operations.iter().all(|judged| !matches!(judged.verdict, Verdict::Mismatch { sign_in: true, .. }));
    let unseen = scene.unseen();
    let also_unseen = || (unseen > 0).then(|| Text::counted("summary_also_unknown", unseen));
    let (figure, tone, words, below) = match () {
        () if !scene.sight.audit.intent_said => (total, "", Text::counted("summary_unsaid", total), also_unseen()),
        () if counts.mismatch > 0 && owners_only => {
            (counts.mismatch, "mismatch", of_total("summary_owner", "summary_owner_single", counts.mismatch), also_unseen())
        }
        () if counts.mismatch > 0 => (counts.mismatch, "mismatch", of_total("summary_mismatch", "summary_mismatch_single", counts.mismatch), also_unseen()),
        () if counts.unknown > 0 => (
            counts.unknown,
            "",
            of_total("summary_unknown", "summary_unknown_single", counts.unknown),
            (counts.as_intended > 0).then(|| Text::counted("summary_rest_intended", counts.as_intended)),
        ),
        () if counts.as_intended == 0 => (counts.run_only, "", Text::counted("summary_run_only", counts.run_only), None),
        () => (
            counts.as_intended,
            "intended",
            Text::counted("summary_intended", counts.as_intended),
            (counts.run_only > 0).then(|| Text::counted("summary_also_run_only", counts.run_only)),
        ),
    };
    let words = el(Tag::P, "words").with(words).maybe(below.map(|below| el(Tag::Small, "").with(below)));
    el(Tag::Div, "headline").with(el(Tag::Span, "figure").class(!tone.is_empty(), tone).with(name(figure.to_string()))).with(words)
}

/// Who stands behind how many: those to change first, then the unknown, then as intended, then run-only.
fn shares<'a>(scene: &Scene<'a>) -> Vec<Share<'a>> {
    let counts = scene.counts();
    let mut people: Vec<&Person> = scene.sight.audit.people.iter().collect();
    people.sort_by_key(|person| parts::place_of(scene, &person.account));
    let people = || people.iter().copied();
    if !scene.sight.audit.intent_said {
        let named =
            people().filter(|person| person.operations > 0).map(|person| Share { person: Some(person), manner: Manner::Plain, count: person.operations });
        return named.chain(nobody(scene.unseen(), Manner::Unknown)).chain(nobody(counts.run_only, Manner::RunOnly)).collect();
    }
    let mismatching =
        people().filter(|person| person.mismatches > 0).map(|person| Share { person: Some(person), manner: Manner::Mismatch, count: person.mismatches });
    let fitting = people().filter(|person| person.operations > person.mismatches).map(|person| Share {
        person: Some(person),
        manner: Manner::Intended,
        count: person.operations - person.mismatches,
    });
    mismatching.chain(nobody(counts.unknown, Manner::Unknown)).chain(fitting).chain(nobody(counts.run_only, Manner::RunOnly)).collect()
}

fn nobody<'a>(count: usize, manner: Manner) -> Option<Share<'a>> {
    (count > 0).then_some(Share { person: None, manner, count })
}

/// The same as the list below it, as lengths: nothing is said here alone.
fn bar(shares: &[Share]) -> Element {
    let segment = |share: &Share| {
        let words = match share.person {
            Some(person) => Some(name(person.account.initials())),
            None => (share.manner == Manner::Unknown).then(|| name("?")),
        };
        let sign = share.manner.sign().filter(|_| matches!(share.manner, Manner::Intended | Manner::RunOnly));
        el(Tag::Span, "part").class(true, share.manner.class()).attr(Attr::Share(share.count)).maybe(words).maybe(sign)
    };
    el(Tag::Div, "bar").attr(Attr::Decoration).all(shares.iter().map(segment))
}

fn row(share: &Share) -> Element {
    let key = share.person.and_then(|person| person.account.address()).unwrap_or_default();
    let called: Node = match share.person {
        Some(person) => name(person.account.short_name()),
        None if share.manner == Manner::RunOnly => Text::new("people_run_only").into(),
        None => Text::new("people_unknown").into(),
    };
    let words = Text::counted(if share.manner == Manner::Intended { "people_as_intended" } else { "people_operations" }, share.count);
    el(Tag::Li, "person")
        .class(true, share.manner.class())
        .key(format!("person:{}:{key}", share.manner.class()))
        .with(avatar(share.person.map(|person| &person.account), share.manner))
        .with(el(Tag::B, "ellipsis").with(called))
        .with(el(Tag::Span, "count").with(words).maybe(share.manner.sign()))
}
